using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using BackupLinks.Http;

namespace BackupLinks.TencentCloud.Signing;

/// <summary>
/// Signs each attempt. The clients name the action as a parameter of the address; the API has a header for it, and no
/// query. The service in the signature is that of the API, whatever the host is.
/// </summary>
/// <param name="keys">Has the key.</param>
/// <param name="service">The service, as its API is named: <c>cdb</c>.</param>
/// <param name="apiVersion">The version of the service's API: <c>2017-03-20</c>.</param>
/// <param name="region">The region; null for none.</param>
/// <param name="refusal">How a refusal blames the clock.</param>
/// <param name="clocks">The clocks of hosts.</param>
/// <param name="log">Told of a wrong clock.</param>
internal sealed class TencentSigningHandler(
    IKeySource keys, string service, string apiVersion, string? region, ClockRefusal refusal,
    ClockSkewTracker clocks, RequestLog log)
    : SigningHandler(refusal, clocks, log, keys)
{
    /// <summary>The parameter that names the action.</summary>
    public const string Action = "Action";

    // Byte for byte as it is signed: the API compares no other spelling.
    private const string ContentType = "application/json";

    protected override async Task SignAsync(HttpRequestMessage request, DateTimeOffset now)
    {
        var uri = request.RequestUri!;
        string action = QuerySignature.Parse(uri)[Action];
        request.RequestUri = new Uri(uri.GetLeftPart(UriPartial.Path));
        byte[] body = await request.Content!.ReadAsByteArrayAsync().ConfigureAwait(false);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        long timestamp = now.ToUnixTimeSeconds();
        var key = Key;
        Add("X-TC-Action", action);
        Add("X-TC-Version", apiVersion);
        Add("X-TC-Timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        Add("X-TC-Region", region);
        Add("X-TC-Token", key.Token);
        // The messages of errors are for people.
        Add("X-TC-Language", "en-US");
        // The signature covers the host without its port.
        request.Headers.Host = uri.Host;
        Add(
            "Authorization",
            TencentSigner.Authorize(
                key.Id, key.Secret, service, timestamp, request.Method.Method, "",
                new Dictionary<string, string> { ["content-type"] = ContentType, ["host"] = uri.Host }, body));

        void Add(string name, string? value)
        {
            if (value is not null)
                request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
