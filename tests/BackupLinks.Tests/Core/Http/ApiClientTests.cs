using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Text;

namespace BackupLinks.Tests.Core.Http;

/// <summary>The errors that refusals become.</summary>
public sealed class ApiClientTests : HttpMessageHandler
{
    private static readonly ApiConventions Conventions = new()
    {
        Name = "Cloud", CredentialAdvice = "check it", IdAdvice = "check it", ClassifyCode = static _ => null,
    };

    private readonly ManualClock _clock = new();
    private readonly HttpClient _http;
    private readonly ApiClient _client;

    public ApiClientTests()
    {
        _http = new HttpClient(this, disposeHandler: false);
        _client = new ApiClient(
            _http, new Uri("https://api.example/"), Conventions, new SecretScrubber(), new ClockSkewTracker(_clock),
            new RequestLog(null, static _ => { }));
    }

    [Fact]
    public async Task Refusal_of_a_signatures_time_is_told_with_the_time_of_the_clock_that_signed()
    {
        var error = await Assert.ThrowsAsync<ApiException>(() => _client.SendAsync(
            HttpMethod.Get, "backups", null, "the backups", CancellationToken.None));

        Assert.Equal(ErrorKind.ClockSkew, error.Kind);
        Assert.EndsWith($"; set this machine's clock, which says {_clock.GetUtcNow():u}.", error.Message);
    }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.Forbidden)
        {
            Content = new StringContent("""{"code":"SignatureExpired","message":"The timestamp is off."}"""),
            Headers = { Date = _clock.GetUtcNow().AddHours(1) },
        });

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _http.Dispose();
        base.Dispose(disposing);
    }
}
