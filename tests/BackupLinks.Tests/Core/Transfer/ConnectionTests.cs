using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Http;
using BackupLinks.Tests.Isolation;
using BackupLinks.Time;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>What one connection of several meets, and what bounds all of them.</summary>
public sealed class ConnectionTests : TransferTest
{
    private const int Segment = (int)Download.SegmentLength;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    public async Task A_large_file_comes_in_as_many_parts_as_there_are_connections(int connections, int requests)
    {
        Large();
        Settings = Settings with { SegmentCount = connections };

        await SaveAsync();

        AssertWhole();
        Assert.InRange(Store.Requests.Count, requests, requests == 1 ? 1 : int.MaxValue);
    }

    [Theory]
    [InlineData(429, "")]
    [InlineData(503, "")]
    [InlineData(400, "<Error><Code>SlowDown</Code></Error>")]
    public async Task A_store_that_bears_one_connection_less_ends_the_connection_and_not_the_file(
        int status, string body)
    {
        Large();
        Settings = Settings with { SegmentCount = 4, MaximumRetryCount = 0 };
        Store.Instead = (number, _) => number == 2 ? FakeStore.Refuse(status, body) : null;

        await SaveAsync();

        AssertWhole();
    }

    [Fact]
    public async Task A_connection_that_stalls_too_often_ends_and_not_the_file()
    {
        Large();
        Settings = Settings with { SegmentCount = 4, MaximumRetryCount = 0 };
        Store.Change = (number, response) =>
        {
            if (number == 2)
                response.Content = Broken(response, new TimeoutException("no byte came in time"));
        };

        await SaveAsync();

        AssertWhole();
    }

    [Fact]
    public async Task The_last_connection_that_is_refused_ends_the_file()
    {
        Large();
        Settings = Settings with { SegmentCount = 2, MaximumRetryCount = 0 };
        Store.Instead = (number, _) => number == 1 ? null : FakeStore.Refuse(503);

        await FailAsync(ErrorKind.ServiceUnavailable);
    }

    [Fact]
    public async Task Every_byte_of_every_file_waits_for_the_one_limit()
    {
        var clock = new ManualClock(advanceByItself: true);
        Store.Content = Bytes(200_000);
        Store.Tag = Store.Md5Tag;
        Limiter = new BandwidthLimiter(100_000, clock);

        await SaveAsync();
        Source = Source with { FileName = "other.rdb" };
        await SaveAsync();

        Assert.Equal(4, clock.GetElapsed().TotalSeconds, precision: 3);
    }

    [Fact]
    public async Task A_wait_for_the_limit_is_not_taken_for_a_silent_store()
    {
        var clock = new ManualClock();
        Transport = new ApiTransport(clock, () => 0);
        Settings = Settings with { SegmentCount = 1 };
        Store.Content = Bytes(50_000);
        Store.Tag = Store.Md5Tag;
        Limiter = new BandwidthLimiter(100_000, new LongWaits(clock, Settings.StallTimeout));

        await SaveAsync();

        AssertWhole();
        Assert.Single(Store.Requests);
    }

    [Fact]
    public async Task A_body_without_a_length_ends_before_the_disk_is_full()
    {
        var disk = new ShrinkingDisk();
        Disk = disk;
        Store.Content = Bytes(64 * 1024 * 1024);
        Store.HasNoLength = true;
        Store.IgnoresRanges = true;

        var error = await FailAsync(ErrorKind.DiskFull);

        Assert.Contains("has no stated size", error.Message);
        Assert.Equal(3, disk.Looks);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Theory]
    [InlineData("https://store.example/a")]
    [InlineData("https://127.0.0.1/a")]
    public async Task A_redirect_from_https_to_http_is_never_followed(string from)
    {
        Settings = Settings with { AllowInsecure = true, AllowIntranetHttp = true };
        Source = Source with { Uri = new Uri(from), IsIntranet = true };
        foreach (string to in new[] { "http://127.0.0.1/b", "http://10.0.0.1/b", "http://elsewhere.example/b" })
        {
            Store.Messages.Clear();
            Store.Instead = (_, _) =>
            {
                var response = new HttpResponseMessage(HttpStatusCode.Found);
                response.Headers.Location = new Uri(to);
                return response;
            };

            await FailAsync(ErrorKind.InsecureUri);

            Assert.All(Store.Messages, request => Assert.Equal("https", request.RequestUri!.Scheme));
        }
    }

    private static StreamContent Broken(HttpResponseMessage response, Exception error)
    {
        var content = new StreamContent(new Failing(error));
        foreach (var header in response.Content.Headers)
            content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return content;
    }

    private void Large()
    {
        Store.Content = Bytes(4 * Segment);
        Store.Tag = Store.Md5Tag;
    }

    private sealed class Failing(Exception error) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(error);

        public override Task<int> ReadAsync(
            byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromException<int>(error);
    }

    // A wait during which three time-outs pass, and the watch looks.
    private sealed class LongWaits(ManualClock clock, TimeSpan timeout) : Clock
    {
        public override TimeSpan GetElapsed() => clock.GetElapsed();

        public override Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
        {
            var interval = TimeSpan.FromSeconds(1);
            int before = clock.CountDelays(interval);
            clock.Advance(3 * timeout);
            Assert.True(SpinWait.SpinUntil(() => clock.CountDelays(interval) > before, TestTimeout.Hang));
            return Task.CompletedTask;
        }
    }

    private sealed class ShrinkingDisk : Disk
    {
        public int Looks { get; private set; }

        public override long? GetFreeBytes(string folder) => ++Looks < 3 ? long.MaxValue : 1000;
    }
}
