using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using BackupLinks.Http;

namespace BackupLinks.CapitalOnline.Signing;

/// <summary>
/// Adds Capital Online's public parameters to the query of a request, a new nonce each time, and signs it, as the
/// vendor's samples and cds-gic-sdk-go (<c>common/sign.go</c>) do. The key is the bare secret: the sentence of an old
/// page that puts an ampersand behind it was wrong.
/// </summary>
internal sealed class CapitalOnlineSigningHandler(
    CapitalOnlineCredential credential, ClockRefusal refusal, ClockSkewTracker clocks, RequestLog log)
    : SigningHandler(refusal, clocks, log)
{
    // The same for every service of this vendor.
    private const string ApiVersion = "2019-08-08";

    protected override Task SignAsync(HttpRequestMessage request, DateTimeOffset now)
    {
        var uri = request.RequestUri!;
        var parameters = QuerySignature.Parse(uri);
        foreach (var common in new Dictionary<string, string>
        {
            ["AccessKeyId"] = credential.AccessKey,
            ["SignatureMethod"] = "HMAC-SHA1",
            ["SignatureNonce"] = Guid.NewGuid().ToString(),
            ["SignatureVersion"] = "1.0",
            ["Timestamp"] = QuerySignature.Timestamp(now),
            ["Version"] = ApiVersion,
        })
        {
            parameters[common.Key] = common.Value;
        }

        string query = QuerySignature.SignedQuery(credential.SecretKey, request.Method.Method, parameters);
        request.RequestUri = new Uri(uri.GetLeftPart(UriPartial.Path) + "?" + query);
        return Task.CompletedTask;
    }
}
