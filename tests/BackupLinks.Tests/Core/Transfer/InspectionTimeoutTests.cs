using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Text;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

public sealed class InspectionTimeoutTests
{
    private static readonly TransferSource Source = new()
    {
        Uri = new Uri("https://store.example/bucket/dump.rdb"),
        FileName = "dump.rdb",
    };

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task First_bytes_that_do_not_come_in_time_are_not_waited_for()
    {
        var link = new LinkVersion(Source.Uri, null, _clock.GetUtcNow(), 0);
        using var response = new ObjectResponse(link, Respond(HttpStatusCode.OK), null);
        var timeout = TimeSpan.FromSeconds(60);

        var inspection = Inspection.FindErrorAsync(
            response, Source, timeout, _clock, TestContext.Current.CancellationToken);
        Assert.Equal(1, _clock.CountBounds());
        _clock.Advance(timeout - TimeSpan.FromSeconds(1));
        Assert.False(inspection.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await inspection);
    }

    [Fact]
    public async Task The_words_of_a_refusal_that_do_not_come_in_time_are_left_out()
    {
        using var store = new HttpMessageInvoker(new Store(Respond(HttpStatusCode.NotFound)));
        var log = new RequestLog(null, _ => { });
        var client = new DownloadClient(store, new SecretScrubber(), new TransferSettings(), _clock, log);
        using var link = new RenewableLink(Source, new ClockSkewTracker(_clock), _clock, log);

        var request = client.GetAsync(Source, link, null, null, TestContext.Current.CancellationToken);
        Assert.Equal(1, _clock.CountBounds());
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(request.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorKind.NotFound, (await Assert.ThrowsAsync<ApiException>(() => request)).Kind);
    }

    private static HttpResponseMessage Respond(HttpStatusCode status) =>
        new(status) { Content = new StreamContent(new SilentBody()) };

    private sealed class Store(HttpResponseMessage response) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            response.RequestMessage = request;
            return Task.FromResult(response);
        }
    }
}
