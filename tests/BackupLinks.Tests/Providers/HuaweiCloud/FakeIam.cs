using System;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Tests.Core;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>IAM as it issues tokens: a new one for each request.</summary>
internal sealed class FakeIam(ManualClock clock) : HttpMessageHandler
{
    private int _requests;

    public int RequestCount => Volatile.Read(ref _requests);

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(24);

    public HttpStatusCode Status { get; set; } = HttpStatusCode.Created;

    /// <summary>The body of the newest request.</summary>
    public string Body { get; private set; } = "";

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int number = Interlocked.Increment(ref _requests);
        await Task.Yield();
        Body = await request.Content!.ReadAsStringAsync(cancellationToken);
        string expiry = (clock.GetUtcNow() + Lifetime).ToString(
            "yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        var response = new HttpResponseMessage(Status)
        {
            Content = new StringContent($$$"""{"token":{"expires_at":"{{{expiry}}}","project":{"id":"p"} } }"""),
        };
        response.Headers.Add("X-Subject-Token", "token-number-" + number);
        return response;
    }
}
