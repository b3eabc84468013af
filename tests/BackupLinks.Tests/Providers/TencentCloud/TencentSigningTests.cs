using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using BackupLinks.TencentCloud.Signing;
using BackupLinks.Tests.Core;

namespace BackupLinks.Tests.Providers.TencentCloud;

/// <summary>The signature of Tencent Cloud, by the examples of its guide and the requests of its client.</summary>
public sealed class TencentSigningTests
{
    private const string Own = "tencent-tc3-hmac-sha256.json";
    private const string Published = "vendor-published.json";

    public static TheoryData<string, string> Vectors
    {
        get
        {
            var vectors = new TheoryData<string, string>();
            foreach (string file in new[] { Own, Published })
            {
                foreach (string name in VectorFile.Read(file).Select(vector => Text(vector, "name")).Where(
                    name => file == Own || name.StartsWith("tencent-")))
                    vectors.Add(file, name);
            }

            return vectors;
        }
    }

    [Theory, MemberData(nameof(Vectors))]
    public void Signature_is_met_byte_for_byte(string file, string name)
    {
        var vector = VectorFile.Read(file).Single(vector => Text(vector, "name") == name);
        var input = vector.GetProperty("input");
        byte[] body = Encoding.UTF8.GetBytes(Text(input, "body"));
        long time = input.GetProperty("timestamp").GetInt64();
        string authorization = Text(vector, "authorization");
        var headers = new Dictionary<string, string>
        {
            ["Host"] = Text(input, "host"), ["Content-Type"] = Text(input, "contentType"),
        };
        if (authorization.Contains("x-tc-action"))
            headers["X-TC-Action"] = Text(input, "action");

        string canonical = TencentSigner.CanonicalRequest(Text(input, "method"), Text(input, "query"), headers, body);

        Assert.Equal(Text(vector, "canonicalRequest"), canonical);
        Assert.Equal(
            Text(vector, "stringToSign"), TencentSigner.StringToSign(Text(input, "service"), time, canonical));
        Assert.Equal(
            authorization,
            TencentSigner.Authorize(
                Text(input, "secretId"), Text(input, "secretKey"), Text(input, "service"), time, Text(input, "method"),
                Text(input, "query"), headers, body));
    }

    // The day of the key is that of UTC, whatever the zone of the machine is.
    [Theory]
    [InlineData(1705276799, "2024-01-14")]
    [InlineData(1705276800, "2024-01-15")]
    public void Day_of_the_key_is_that_of_the_time_stamp(long time, string day)
    {
        Assert.Contains($"\n{day}/redis/tc3_request\n", TencentSigner.StringToSign("redis", time, ""));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
