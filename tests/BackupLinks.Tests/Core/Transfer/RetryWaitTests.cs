using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Text;
using BackupLinks.Time;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>What lies between a body that broke and the request for the rest of it.</summary>
public sealed partial class RetryWaitTests : TransferTest
{
    // Far above every interval at which something is looked after.
    private static readonly TimeSpan Interval = TimeSpan.FromDays(365);

    private IEnumerable<string> Retries =>
        Told.Select(line => Retry().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    public RetryWaitTests()
    {
        Store.Content = Bytes(10_000);
        Store.Tag = Store.Md5Tag;
        Settings = Settings with { SegmentCount = 1, RetryInterval = Interval };
    }

    [Fact]
    public async Task Every_retry_waits_for_a_time_of_its_own_and_progress_begins_the_count_anew()
    {
        var clock = new RetryClock(() => Store.Requests.Count);
        Transport = new ApiTransport(clock, () => 0);
        Store.Instead = (number, _) =>
        {
            Store.CutAfter = number is 1 or 4 ? 1000 : number < 4 ? 0 : null;
            return null;
        };

        await SaveAsync();

        AssertWhole();
        Assert.Equal(["1", "2", "3", "1"], Retries);
        Assert.Equal([1, 2, 3, 4], clock.Retries.Select(retry => retry.Request));
        Assert.All(
            clock.Retries.Zip([1, 2, 4, 1]),
            pair => Assert.InRange(pair.First.Delay, TimeSpan.Zero, pair.Second * Interval));
    }

    [Fact]
    public async Task A_download_that_begins_again_after_a_break_waits_first()
    {
        var clock = new RetryClock(() => Store.Requests.Count);
        Transport = new ApiTransport(clock, () => 0);
        Store.Tag = null;
        Store.Instead = (number, _) =>
        {
            Store.CutAfter = number <= 2 ? 1000 : null;
            return null;
        };

        await SaveAsync();

        AssertWhole();
        Assert.Equal([1, 2], clock.Retries.Select(retry => retry.Request));
    }

    [Fact]
    public async Task A_store_that_says_when_to_retry_is_waited_for_as_long()
    {
        var clock = new ManualClock(advanceByItself: true);
        var log = new RequestLog(Told.Add, Warnings.Add);
        Store.Instead = (number, _) =>
        {
            if (number > 1)
                return null;
            var refusal = FakeStore.Refuse(400, "<Error><Code>RequestTimeout</Code></Error>");
            refusal.Headers.TryAddWithoutValidation("Retry-After", "7");
            return refusal;
        };
        var client = new DownloadClient(
            new HttpMessageInvoker(Store, disposeHandler: false), new SecretScrubber(), Settings, clock, log);
        using var link = new RenewableLink(Source, new ClockSkewTracker(clock), clock, log);

        using var response = await client.GetAsync(
            Source, link, null, null, TestContext.Current.CancellationToken);

        Assert.Equal([TimeSpan.FromSeconds(7)], clock.Delays);
    }

    [Fact]
    public async Task Bytes_of_a_connection_that_is_too_slow_are_no_progress()
    {
        Transport = new ApiTransport(new RetryClock(() => 0), () => 0);
        Store.CutWith = () => new SlowConnectionException(1024);
        Store.Instead = (number, _) =>
        {
            Store.CutAfter = number <= 3 ? 1000 : null;
            return null;
        };

        await SaveAsync();

        AssertWhole();
        Assert.Equal(["1", "2", "3"], Retries);
    }

    [Fact]
    public async Task A_file_with_a_wrong_hash_leaves_nothing_for_the_next_run()
    {
        Store.Content = Bytes(2 * (int)Download.SegmentLength);
        Store.Tag = Store.Md5Tag;
        Source = Source with { ExpectedHash = new string('0', 64) };

        await FailAsync(ErrorKind.HashMismatch);

        Assert.Empty(Directory.GetFiles(Folder));
    }

    [GeneratedRegex("; retry ([0-9]+) of ")]
    private static partial Regex Retry();

    // Retries are over at once. What is looked after at intervals is not, and ends with the download.
    private sealed class RetryClock(Func<int> request) : Clock
    {
        private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(1);

        public List<(int Request, TimeSpan Delay)> Retries { get; } = [];

        public override Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
        {
            if (delay <= LongestLook)
                return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            Retries.Add((request(), delay));
            return Task.CompletedTask;
        }
    }
}
