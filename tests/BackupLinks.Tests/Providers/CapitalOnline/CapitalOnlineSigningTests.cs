using System.Linq;
using BackupLinks.Http;
using BackupLinks.Tests.Core;

namespace BackupLinks.Tests.Providers.CapitalOnline;

/// <summary>Signatures of Capital Online, by computed examples.</summary>
public sealed class CapitalOnlineSigningTests
{
    public static TheoryData<string> Vectors =>
        [.. VectorFile.Read("capitalonline-hmac-sha1.json").Select(vector => vector.GetProperty("name").GetString()!)];

    [Theory, MemberData(nameof(Vectors))]
    public void Vector_is_met_byte_for_byte(string name)
    {
        var vector = VectorFile.Read("capitalonline-hmac-sha1.json").Single(
            item => item.GetProperty("name").GetString() == name);
        string Text(string property) => vector.GetProperty(property).GetString()!;
        var parameters = vector.GetProperty("params").EnumerateObject().ToDictionary(
            item => item.Name, item => item.Value.GetString()!);
        parameters["Action"] = Text("action");
        parameters["AccessKeyId"] = Text("accessKeyId");
        parameters["SignatureMethod"] = "HMAC-SHA1";
        parameters["SignatureNonce"] = Text("nonce");
        parameters["SignatureVersion"] = "1.0";
        parameters["Timestamp"] = Text("timestamp");
        parameters["Version"] = "2019-08-08";

        string canonical = QuerySignature.CanonicalQuery(parameters);
        string toSign = QuerySignature.StringToSign(Text("method"), canonical);
        string signature = QuerySignature.Sign(Text("secret"), toSign);
        Assert.Equal(Text("canonicalQuery"), canonical);
        Assert.Equal(Text("stringToSign"), toSign);
        Assert.Equal(Text("signature"), signature);
        Assert.NotEqual(Text("NOT_signature_with_ampersand_suffix"), signature);
        Assert.Equal(
            Text("url"),
            $"{Text("baseUrl")}/?{QuerySignature.SignedQuery(Text("secret"), Text("method"), parameters)}");
    }
}
