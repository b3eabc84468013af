using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Files;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>A body that breaks among the first bytes, which are looked at before they are saved.</summary>
public sealed class BrokenBeginningTests : TransferTest
{
    // Behind the failure, the stream of .NET gives no more bytes, as if the body had ended.
    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(0, true)]
    [InlineData(3000, true)]
    public async Task A_body_that_breaks_while_it_is_looked_at_has_not_ended(int bytes, bool isMarkup)
    {
        Store.Content = Bytes(300_000);
        if (isMarkup)
            Store.Content[0] = (byte)'<';
        Store.Tag = "\"version-1\"";
        Store.HasNoLength = Store.IgnoresRanges = true;
        Store.Instead = (number, _) =>
        {
            Store.CutAfter = number == 1 ? bytes : null;
            return null;
        };

        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);

        AssertWhole();
        Assert.Equal(2, Store.Requests.Count);
    }

    [Fact]
    public async Task What_broke_breaks_for_each_reader()
    {
        using var message = Respond(() => new IOException("The chunk has no size."));
        using var response = new ObjectResponse(Link, message, null);
        await Assert.ThrowsAsync<IOException>(() => PeekAsync(response));

        var body = await response.OpenAsync(TestContext.Current.CancellationToken);
        byte[] block = new byte[100];

        Assert.Equal(10, await body.ReadAsync(block, TestContext.Current.CancellationToken));
        for (int reader = 0; reader < 2; reader++)
        {
            await Assert.ThrowsAsync<IOException>(
                async () => Assert.Equal(0, await body.ReadAsync(block, TestContext.Current.CancellationToken)));
        }
    }

    // What is left of the connection is closed, which is no error that a download retries.
    [Fact]
    public async Task Silence_is_silence_for_the_next_reader_too()
    {
        using var message = Respond(() => new OperationCanceledException());
        using var response = new ObjectResponse(Link, message, null);
        await Assert.ThrowsAsync<OperationCanceledException>(() => PeekAsync(response));

        var body = await response.OpenAsync(TestContext.Current.CancellationToken);
        byte[] block = new byte[100];

        Assert.Equal(10, await body.ReadAsync(block, TestContext.Current.CancellationToken));
        var error = await Assert.ThrowsAsync<TimeoutException>(
            async () => Assert.Equal(0, await body.ReadAsync(block, TestContext.Current.CancellationToken)));
        Assert.True(TransferErrors.IsTransient(error));
    }

    [Fact]
    public async Task Silence_is_no_error_of_the_second_look()
    {
        using var message = Respond(() => new OperationCanceledException(), bytes: 1);
        using var response = new ObjectResponse(Link, message, null);
        await Assert.ThrowsAsync<OperationCanceledException>(() => PeekAsync(response));

        Assert.True(await Inspection.IsGzipAsync(
            response, TimeSpan.FromMinutes(1), new ManualClock(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task No_byte_is_read_again_without_a_request()
    {
        Store.Content = Bytes(1000);
        var context = CreateContext();
        using var link = new RenewableLink(Source, context.Transport.Clocks, context.Transport.Clock, context.Log);
        var identity = new ObjectIdentity(Address, Store.Md5Tag, Store.Content.Length);
        var reading = new RepeatedReading(
            context, Source, link, new TransferProgress(Source.FileName), identity, new ByteRange(1000, 1000));

        await reading.RunAsync(() => { }, (_, _) => Assert.Fail(), TestContext.Current.CancellationToken);

        Assert.Empty(Store.Requests);
    }

    private static LinkVersion Link =>
        new(new Uri("https://store.example/dump.rdb"), null, DateTimeOffset.UnixEpoch, 0);

    private static Task<(int Count, bool IsAll)> PeekAsync(ObjectResponse response) =>
        response.PeekAsync(new byte[64], _ => true, TestContext.Current.CancellationToken);

    private static HttpResponseMessage Respond(Func<Exception> failure, int bytes = 10) =>
        new() { Content = new StreamContent(new Closing(failure, bytes)) };

    // Some bytes, a failure, and then a connection that is closed.
    private sealed class Closing(Func<Exception> failure, int bytes) : ResponseStream(new byte[bytes])
    {
        private bool _isClosed;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (Position < Length)
                return new(Read(buffer.Span));
            _isClosed = true;
            throw failure();
        }
    }
}
