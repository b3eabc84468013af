using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Tests.Isolation;
using BackupLinks.Time;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>One task of a download fails, and the others are stopped.</summary>
public sealed class StoppedTasksTests : TransferTest
{
    [Fact]
    public async Task The_error_of_a_download_is_what_stopped_its_tasks_although_the_stop_is_seen_first()
    {
        var clock = new ObservedClock();
        Transport = new ApiTransport(clock, () => 0);
        Settings = Settings with { Test = true };
        Store.Content = Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");
        // The hash finds that it is not a backup, while the file is to be flushed: the flush sees only the stop.
        var disk = new RecordingDisk();
        disk.Before = call =>
        {
            if (!call.StartsWith("flush dump.rdb", StringComparison.Ordinal))
                return;
            Assert.True(clock.Stop.WaitHandle.WaitOne(TestTimeout.Hang));
            throw new OperationCanceledException(clock.Stop);
        };
        Disk = disk;

        var error = await FailAsync(ErrorKind.NotABackup);

        Assert.Contains("the file is a pointer of Git LFS to another file", error.Message);
    }

    // The watch for stalls waits under the token by which the tasks of a download are stopped.
    private sealed class ObservedClock : Clock
    {
        public CancellationToken Stop { get; private set; }

        public override Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
        {
            Stop = cancellationToken;
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
