using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using BackupLinks.AlibabaCloud.Signing;
using BackupLinks.Http;
using BackupLinks.Tests.Core;

namespace BackupLinks.Tests.Providers.AlibabaCloud;

/// <summary>Both signatures of Alibaba Cloud, by the examples of its pages and the requests of its clients.</summary>
public sealed class AlibabaSigningTests
{
    private const string Published = "vendor-published.json";

    public static TheoryData<string, string> Acs3Vectors => Find("alibaba-acs3-hmac-sha256.json", "alibaba-acs3");

    public static TheoryData<string, string> RpcVectors => Find("alibaba-rpc-v1-hmac-sha1.json", "alibaba-rpc");

    [Theory, MemberData(nameof(Acs3Vectors))]
    public void Version_3_is_met_byte_for_byte(string file, string name)
    {
        var (vector, input) = Read(file, name);
        string query = QuerySignature.CanonicalQuery(ReadParameters(input.GetProperty("query")));
        string hash = AlibabaSigner.HashBody(Encoding.UTF8.GetBytes(Text(input, "body")));
        var headers = vector.TryGetProperty("sentHeaders", out var sent)
            ? ReadParameters(sent)
            : new Dictionary<string, string>
            {
                ["host"] = Text(input, "host"), ["x-acs-action"] = Text(input, "action"),
                ["x-acs-version"] = Text(input, "version"), ["x-acs-date"] = Text(input, "date"),
                ["x-acs-signature-nonce"] = Text(input, "nonce"), ["x-acs-content-sha256"] = hash,
            };

        string canonical = AlibabaSigner.CanonicalRequest(
            Text(input, "method"), Text(input, "path"), query, headers, hash);

        Assert.Equal(Text(vector, "canonicalRequest"), canonical);
        Assert.Equal(Text(vector, "stringToSign"), AlibabaSigner.StringToSign(canonical));
        Assert.Equal(
            Text(vector, "authorization"),
            AlibabaSigner.Authorize(
                Text(input, "accessKeyId"), Text(input, "accessKeySecret"), Text(input, "method"), Text(input, "path"),
                query, headers, hash));
    }

    [Theory, MemberData(nameof(RpcVectors))]
    public void Version_1_is_met_byte_for_byte(string file, string name)
    {
        var (vector, input) = Read(file, name);
        var parameters = ReadParameters(input.GetProperty("params"));
        if (input.TryGetProperty("action", out var action))
        {
            parameters["Action"] = action.GetString()!;
            parameters["Version"] = Text(input, "version");
            parameters["Format"] = Text(input, "format");
            parameters["Timestamp"] = Text(input, "timestamp");
            parameters["SignatureMethod"] = "HMAC-SHA1";
            parameters["SignatureVersion"] = "1.0";
            parameters["SignatureNonce"] = Text(input, "nonce");
            parameters["AccessKeyId"] = Text(input, "accessKeyId");
            if (input.GetProperty("securityToken").GetString() is { } token)
                parameters["SecurityToken"] = token;
        }

        string canonical = QuerySignature.CanonicalQuery(parameters);
        string toSign = QuerySignature.StringToSign(Text(input, "method"), canonical);

        Assert.Equal(Text(vector, "canonicalQuery"), canonical);
        Assert.Equal(Text(vector, "stringToSign"), toSign);
        Assert.Equal(Text(vector, "signature"), AlibabaRpcSigner.Sign(Text(input, "accessKeySecret"), toSign));
        if (vector.TryGetProperty("wire", out var wire))
        {
            string signed = AlibabaRpcSigner.SignedQuery(
                Text(input, "accessKeySecret"), Text(input, "method"), parameters);
            Assert.Equal(Text(wire, Text(input, "method") == "GET" ? "query" : "body"), signed);
        }
    }

    private static TheoryData<string, string> Find(string file, string prefix)
    {
        var vectors = new TheoryData<string, string>();
        foreach (var vector in VectorFile.Read(file))
            vectors.Add(file, Text(vector, "name"));
        foreach (var vector in VectorFile.Read(Published).Where(
            vector => Text(vector, "name").StartsWith(prefix, StringComparison.Ordinal)))
            vectors.Add(Published, Text(vector, "name"));
        return vectors;
    }

    private static (JsonElement Vector, JsonElement Input) Read(string file, string name)
    {
        var vector = VectorFile.Read(file).Single(vector => Text(vector, "name") == name);
        return (vector, vector.GetProperty("input"));
    }

    private static Dictionary<string, string> ReadParameters(JsonElement element) =>
        element.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ToString());

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
