using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using BackupLinks.Http;

namespace BackupLinks.HuaweiCloud.Signing;

/// <summary>
/// Signs requests with an access key. Exactly the headers that the signature needs are signed, and nothing
/// that the framework may rewrite on the way out.
/// </summary>
internal sealed class HuaweiSigningHandler(
    IKeySource keys, string? projectId, ClockRefusal refusal, ClockSkewTracker clocks, RequestLog log)
    : SigningHandler(refusal, clocks, log, keys)
{
    protected override async Task SignAsync(HttpRequestMessage request, DateTimeOffset now)
    {
        var (uri, key) = (request.RequestUri!, Key);
        string date = HuaweiSigner.FormatDate(now);
        // The vendor's SDK sends and signs the host without its port.
        var signed = new Dictionary<string, string> { ["Host"] = uri.Host, [HuaweiSigner.DateHeader] = date };
        if (projectId is not null)
            signed["X-Project-Id"] = projectId;
        if (key.Token is not null)
            signed["X-Security-Token"] = key.Token;
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        string authorization = HuaweiSigner.Authorize(
            key.Id, key.Secret, request.Method.Method, uri, signed, date, body);

        request.Headers.Host = uri.Host;
        signed.Remove("Host");
        foreach (var header in signed)
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
    }
}
