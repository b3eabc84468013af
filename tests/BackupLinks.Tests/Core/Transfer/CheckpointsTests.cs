using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Files;
using BackupLinks.Tests.Isolation;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

public sealed class CheckpointsTests : IDisposable
{
    private const string Data = "dump.rdb.partial";
    private const string Journal = "dump.rdb.partial.json";
    private const int Size = 20 * 1024 * 1024;

    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 1024 * 1024).Select(i => (byte)(i * 7))];
    private static readonly ObjectIdentity Identity = new("https://host/dump.rdb", "\"tag\"", Size);

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingDisk _disk = new();
    private readonly ManualClock _clock = new();
    private readonly PartialFile _file;
    private readonly SegmentPlan _plan = new(Size, [], () => TimeSpan.Zero);
    private readonly Segment _segment;
    private readonly Checkpoints _checkpoints;

    public CheckpointsTests()
    {
        _file = PartialFile.Open(_folder["dump.rdb"], force: false, _disk);
        _file.Clear();
        _segment = _plan.Take(Size)!;
        _checkpoints = new Checkpoints(_file, _plan, Identity, _clock, []);
    }

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_comes_during_a_flush_is_not_noted_as_flushed()
    {
        Receive(1000);
        bool isFirst = true;
        _disk.Before = call =>
        {
            if (call == $"flush {Data}" && isFirst)
                Receive(500);
            isFirst &= call != $"flush {Data}";
        };

        Assert.True(_checkpoints.Flush());

        Assert.Equal((1000L, 1500L), ReadCheckpoint());
        Assert.False(_file.IsFlushed);
        Assert.True(_checkpoints.Flush());
        Assert.Equal((1500L, 1500L), ReadCheckpoint());
        Assert.False(_checkpoints.Flush());
    }

    [Fact]
    public void Nothing_is_noted_as_flushed_without_a_flush()
    {
        Receive(Bytes.Length, times: 5);

        _checkpoints.SaveWhenDue();

        Assert.Equal((0L, 5L * Bytes.Length), ReadCheckpoint());
        Assert.DoesNotContain($"flush {Data}", _disk.Calls);
    }

    [Fact]
    public void A_checkpoint_is_saved_every_four_megabytes_and_not_more_often()
    {
        for (int i = 1; i <= 8; i++)
        {
            Receive(Bytes.Length);
            _checkpoints.SaveWhenDue();
        }

        // Two empty lines in one, at the beginning, and then after 4 MiB and after 8.
        Assert.Equal(3, _disk.Calls.Count(call => call == $"write {Journal}"));
    }

    [Fact]
    public async Task Connections_that_are_too_far_ahead_of_a_slow_checkpoint_wait_for_it()
    {
        using var isBegun = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        int saves = 0;
        _disk.Before = call =>
        {
            if (call == $"write {Journal}" && Interlocked.Increment(ref saves) == 1)
            {
                isBegun.Set();
                release.Wait(TestTimeout.Hang);
            }
        };
        Receive(Bytes.Length, times: 4);
        var slow = Task.Run(_checkpoints.SaveWhenDue, TestContext.Current.CancellationToken);
        Assert.True(isBegun.Wait(TestTimeout.Hang, TestContext.Current.CancellationToken));

        Receive(Bytes.Length, times: 2);
        _checkpoints.SaveWhenDue();
        Receive(Bytes.Length);
        var ahead = new Thread(_checkpoints.SaveWhenDue) { IsBackground = true };
        ahead.Start();
        // It stands at the lock that the slow one has, as long as that one writes.
        Assert.True(SpinWait.SpinUntil(
            () => !ahead.IsAlive || ahead.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TestTimeout.Hang));
        Assert.True(ahead.IsAlive);

        release.Set();
        await slow;
        Assert.True(ahead.Join(TestTimeout.Hang));
        Assert.Equal((0L, 7L * Bytes.Length), ReadCheckpoint());
    }

    [Fact]
    public void The_checkpoint_says_what_the_bytes_are()
    {
        Receive(1000);
        _checkpoints.Flush();

        using var copy = Copy();
        Assert.Equal(0, copy.Verify(CancellationToken.None));
        Assert.Equal([new CheckedRange(0, 1000, CheckedRange.Append(0, Bytes.AsSpan(0, 1000)))], copy.CompletedRanges);
    }

    [Fact]
    public void Of_the_flushed_ranges_those_within_good_ones_are_kept()
    {
        CheckedRange[] flushed = [new(0, 100, 1), new(200, 300, 2), new(400, 500, 3), new(600, 700, 4)];
        CheckedRange[] good = [new(0, 100, 1), new(199, 299, 5), new(401, 501, 6), new(500, 800, 7)];

        Assert.Equal([flushed[0], flushed[3]], Checkpoints.Within(flushed, good));
    }

    [Fact]
    public async Task The_data_is_flushed_before_the_checkpoint_and_the_checkpoint_after_it()
    {
        using var stop = new CancellationTokenSource();
        Receive(1000);
        int before = _disk.Calls.Count;
        var saved = new TaskCompletionSource();
        _disk.After = call =>
        {
            if (call == $"flush {Journal}")
                saved.TrySetResult();
        };
        var running = _checkpoints.RunAsync(stop.Token);
        _clock.Advance(TimeSpan.FromSeconds(1));
        // The bound is for a fault that would wait for ever.
        await Task.WhenAny(saved.Task, Task.Delay(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        stop.Cancel();
        await running;

        Assert.Equal(
            [$"flush {Data}", $"write {Journal}", $"folder {Path.GetFileName(_folder.Path)}", $"flush {Journal}"],
            _disk.Calls.Skip(before));
    }

    [Fact]
    public void When_the_disk_lost_bytes_what_was_noted_of_them_is_taken_back()
    {
        Receive(1000);
        _checkpoints.Flush();
        Receive(Bytes.Length, times: 5);
        _checkpoints.SaveWhenDue();
        _disk.Before = call =>
        {
            if (call == $"flush {Data}")
                throw new IOException("the disk failed", 5);
        };

        _checkpoints.SaveLast();

        Assert.Equal((1000L, 1000L), ReadCheckpoint());
    }

    [Fact]
    public void Lost_bytes_are_taken_back_also_of_a_file_that_is_complete()
    {
        Receive(Bytes.Length, times: 5);
        _checkpoints.SaveWhenDue();
        Receive(Bytes.Length, times: 15);
        _disk.Before = call =>
        {
            if (call == $"flush {Data}")
                throw new IOException("the disk failed", 5);
        };
        Assert.ThrowsAny<IOException>(_file.Flush);

        _checkpoints.SaveLast();

        Assert.Equal((0L, 0L), ReadCheckpoint());
    }

    [Fact]
    public void What_came_is_kept_when_the_download_ends_early_and_not_when_nothing_came()
    {
        int before = _disk.Calls.Count;
        _checkpoints.SaveLast();
        Assert.Equal(before, _disk.Calls.Count);

        Receive(700);
        _checkpoints.SaveLast();
        Assert.Equal((700L, 700L), ReadCheckpoint());
    }

    [Fact]
    public void Flushed_ranges_are_those_within_ranges_that_were_read_back()
    {
        CheckedRange[] flushed = [new(0, 10, 1), new(20, 30, 2), new(40, 50, 3)];

        Assert.Equal(
            [flushed[0], flushed[2]],
            Checkpoints.Within(flushed, [new CheckedRange(0, 25, 9), new CheckedRange(35, 60, 9)]));
        Assert.Empty(Checkpoints.Within(flushed, []));
    }

    private void Receive(int count, int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            _plan.Reserve(_segment, count);
            _file.Write(Bytes, count, _segment.Position);
            _plan.Advance(_segment, count, CheckedRange.Append(_segment.Checksum, Bytes.AsSpan(0, count)));
        }
    }

    // How many bytes the journal on the disk has as flushed, and as written.
    private (long Flushed, long Written) ReadCheckpoint()
    {
        var record = PartialRecord.Parse(_disk.Read(Journal))!.Value.Record;
        return (record.Flushed.Sum(range => range.Length), record.Written.Sum(range => range.Length));
    }

    private PartialFile Copy()
    {
        string folder = Directory.CreateDirectory(_folder["copy"]).FullName;
        foreach (string name in new[] { Data, Journal })
            File.WriteAllBytes(Path.Combine(folder, name), _disk.Read(name));
        return PartialFile.Open(Path.Combine(folder, "dump.rdb"), force: false);
    }
}
