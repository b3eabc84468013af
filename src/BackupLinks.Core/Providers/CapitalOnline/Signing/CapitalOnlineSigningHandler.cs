using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using BackupLinks.Http;
using BackupLinks.Text;

namespace BackupLinks.CapitalOnline.Signing;

/// <summary>
/// Adds Capital Online's public parameters to the query of a request, a new nonce each time, and signs it.
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
        var parameters = uri.Query.TrimStart('?')
            .Split(['&'], StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split(['='], 2))
            .ToDictionary(
                pair => PercentEncoding.Decode(pair[0]),
                pair => PercentEncoding.Decode(pair[1]),
                StringComparer.Ordinal);
        foreach (var common in new Dictionary<string, string>
        {
            ["AccessKeyId"] = credential.AccessKey,
            ["SignatureMethod"] = "HMAC-SHA1",
            ["SignatureNonce"] = Guid.NewGuid().ToString(),
            ["SignatureVersion"] = "1.0",
            ["Timestamp"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["Version"] = ApiVersion,
        })
        {
            parameters[common.Key] = common.Value;
        }

        string query = CapitalOnlineSigner.SignedQuery(credential.SecretKey, request.Method.Method, parameters);
        request.RequestUri = new Uri(uri.GetLeftPart(UriPartial.Path) + "?" + query);
        return Task.CompletedTask;
    }
}
