using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;

namespace BackupLinks.Tests.Core.Http;

public sealed class BoundedBodyHandlerTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2 * 1024, true)]
    [InlineData((2 * 1024) + 1, false)]
    [InlineData((2 * 1024) + 1, true)]
    [InlineData(100_003, false)]
    [InlineData(100_003, true)]
    [InlineData(BoundedBodyHandler.MaxBytes, false)]
    [InlineData(BoundedBodyHandler.MaxBytes, true)]
    public async Task Body_up_to_the_limit_is_kept_whole(int size, bool isAnnounced)
    {
        byte[] sent = Body(size);

        using var response = await SendAsync(sent, isAnnounced);

        Assert.False(response.Headers.Contains(BoundedBodyHandler.TruncatedHeader));
        byte[] kept = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.True(sent.AsSpan().SequenceEqual(kept));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1024 * 1024)]
    public async Task Body_above_the_limit_is_cut_off_there_and_marked(int more)
    {
        byte[] sent = Body(BoundedBodyHandler.MaxBytes + more);

        using var response = await SendAsync(sent, isAnnounced: false);

        Assert.True(response.Headers.Contains(BoundedBodyHandler.TruncatedHeader));
        byte[] kept = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.True(sent.AsSpan(0, BoundedBodyHandler.MaxBytes).SequenceEqual(kept));
    }

    [Fact]
    public async Task Small_body_costs_little_memory()
    {
        byte[] sent = Body(500);
        (await SendAsync(sent, isAnnounced: false)).Dispose();
        long before = GC.GetAllocatedBytesForCurrentThread();

        (await SendAsync(sent, isAnnounced: false)).Dispose();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 12 * 1024);
    }

    private static byte[] Body(int size) => [.. Enumerable.Range(0, size).Select(i => (byte)(i * 31))];

    private static async Task<HttpResponseMessage> SendAsync(byte[] body, bool isAnnounced)
    {
        using var client = new HttpMessageInvoker(
            new BoundedBodyHandler { InnerHandler = new Response(body, isAnnounced) });
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://host.example/");
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private sealed class Response(byte[] body, bool isAnnounced) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new StreamContent(new Pieces(body));
            content.Headers.ContentLength = isAnnounced ? body.Length : null;
            return Task.FromResult(new HttpResponseMessage { Content = content });
        }
    }

    // As a network hands them out: never as many as fit.
    private sealed class Pieces(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override Task<int> ReadAsync(
            byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            base.ReadAsync(buffer, offset, Math.Min(count, 1021), cancellationToken);
    }
}
