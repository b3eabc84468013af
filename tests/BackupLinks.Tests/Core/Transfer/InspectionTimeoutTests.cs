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

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public async Task First_bytes_that_come_slowly_are_waited_for_as_long_as_some_come(int reads, bool isFound)
    {
        var timeout = TimeSpan.FromSeconds(60);
        byte[] page = new byte[reads * 100];
        "<html>"u8.CopyTo(page);
        using var message = new HttpResponseMessage
        {
            Content = new StreamContent(new SlowBody(page, () => _clock.Advance(timeout - TimeSpan.FromSeconds(1)))),
        };
        using var response = new ObjectResponse(
            new LinkVersion(Source.Uri, null, _clock.GetUtcNow(), 0), message, null);

        var document = await Inspection.FindErrorAsync(
            response, Source, timeout, _clock, TestContext.Current.CancellationToken);

        Assert.Equal(isFound, document is not null);
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

    // A hundred bytes at a time, and each time late.
    private sealed class SlowBody(byte[] content, Action pass) : ResponseStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < Length)
                pass();
            cancellationToken.ThrowIfCancellationRequested();
            return new(Read(buffer.Span[..Math.Min(100, buffer.Length)]));
        }
    }

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
