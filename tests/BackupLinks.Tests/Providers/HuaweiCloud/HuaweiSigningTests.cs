using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using BackupLinks.HuaweiCloud.Signing;
using BackupLinks.Tests.Core;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>Signatures of Huawei Cloud, by the examples of its SDK and its guide.</summary>
public sealed class HuaweiSigningTests
{
    public static TheoryData<string> Vectors =>
        [.. VectorFile.Read("huawei-sdk-hmac-sha256.json").Select(vector => vector.GetProperty("name").GetString()!)];

    [Theory, MemberData(nameof(Vectors))]
    public void Vector_is_met_byte_for_byte(string name)
    {
        var vector = VectorFile.Read("huawei-sdk-hmac-sha256.json").Single(
            item => item.GetProperty("name").GetString() == name);
        var input = vector.GetProperty("input");
        string Text(string property) => input.GetProperty(property).GetString()!;
        var uri = new Uri(Text("url"));
        var headers = new Dictionary<string, string> { ["X-Sdk-Date"] = Text("date"), ["host"] = uri.Host };
        if (input.GetProperty("projectId").GetString() is { } project)
            headers["X-Project-Id"] = project;
        if (input.GetProperty("securityToken").GetString() is { } token)
            headers["X-Security-Token"] = token;
        byte[] body = Encoding.UTF8.GetBytes(Text("body"));
        var sorted = headers
            .Select(header => new KeyValuePair<string, string>(header.Key.ToLowerInvariant(), header.Value))
            .OrderBy(header => header.Key, StringComparer.Ordinal).ToArray();

        string canonical = HuaweiSigner.CanonicalRequest(Text("method"), uri, sorted, body);
        Assert.Equal(vector.GetProperty("canonicalRequest").GetString(), canonical);
        Assert.Equal(
            vector.GetProperty("stringToSign").GetString(), HuaweiSigner.StringToSign(Text("date"), canonical));
        Assert.Equal(
            vector.GetProperty("authorization").GetString(),
            HuaweiSigner.Authorize(Text("ak"), Text("sk"), Text("method"), uri, headers, Text("date"), body));
    }

    [Fact]
    public void Api_signing_guide_example_is_met()
    {
        // The published example signs content-type, which the vendor's SDK does not.
        var uri = new Uri(
            "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2"
                + "&marker=13551d6b-755d-4757-b956-536f674975c0");
        var headers = new Dictionary<string, string>
        {
            ["Content-Type"] = "application/json", ["Host"] = uri.Host, ["X-Sdk-Date"] = "20191115T033655Z",
        };

        string authorization = HuaweiSigner.Authorize(
            "QTWAOYTTINDUT2QVKYUC", "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc", "GET", uri, headers, "20191115T033655Z",
            []);

        Assert.Equal(
            "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, "
            + "Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe", authorization);
    }

    [Fact]
    public void A_value_with_an_equals_sign_and_a_name_without_a_value_are_signed_as_they_are()
    {
        string canonical = HuaweiSigner.CanonicalRequest(
            "GET", new Uri("https://h.example/x?marker=a==&flag&b=1"), [], []);

        Assert.Equal("b=1&flag=&marker=a%3D%3D", canonical.Split('\n')[2]);
    }
}
