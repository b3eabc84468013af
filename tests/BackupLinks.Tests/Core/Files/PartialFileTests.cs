using System;
using System.IO;
using System.Linq;
using BackupLinks.Errors;
using BackupLinks.Files;

namespace BackupLinks.Tests.Core.Files;

public sealed class PartialFileTests : PartialFileTest
{
    [Fact]
    public void What_is_written_after_a_flush_is_not_taken_for_flushed()
    {
        using var file = Open();
        file.Clear();
        Assert.False(file.IsFlushed);

        file.Write(Bytes, Bytes.Length, 0);
        file.Flush();
        Assert.True(file.IsFlushed);

        file.Write(Bytes, Bytes.Length, Bytes.Length);
        Assert.False(file.IsFlushed);
    }

    [Fact]
    public void What_an_earlier_process_wrote_is_not_taken_for_flushed()
    {
        LeaveCheckpoint();

        using var later = Open();

        Assert.Equal([All], later.CompletedRanges);
        Assert.False(later.IsFlushed);
    }

    [Fact]
    public void A_file_is_flushed_then_renamed_then_itsFolder_is_flushed_and_only_then_the_journal_goes()
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);

        file.Finish(Bytes.Length, replace: false, modified: null);

        Assert.Equal(
            [
                $"write {Data}", $"flush {Data}", "rename dump.rdb", $"folder {Path.GetFileName(Folder.Path)}",
                $"delete {Journal}",
            ],
            Disk.CallsOf("write", "flush", "rename", "folder", "delete").Where(call => call != $"write {Journal}"));
        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(Folder.Path));
    }

    [Fact]
    public void A_file_that_was_flushed_already_is_renamed_without_another_flush_unless_it_is_cut()
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.Flush();

        file.Finish(60, replace: false, modified: null);

        Assert.Equal(2, Disk.Calls.Count(call => call == $"flush {Data}"));
        Assert.Equal(Bytes.Take(60), File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_file_of_no_use_goes_with_its_journal_also_when_it_had_a_checkpoint()
    {
        LeaveCheckpoint();
        using var file = Open();

        file.Discard();

        Assert.Empty(Directory.GetFiles(Folder.Path));
    }

    [Fact]
    public void Without_a_checkpoint_a_journal_is_its_mark_and_no_more_also_when_it_had_one()
    {
        LeaveCheckpoint();
        using var file = Open();

        file.Clear();

        Assert.Equal(PartialRecord.Mark, Disk.Read(Journal));
    }

    [Fact]
    public void A_checkpoint_that_an_earlier_process_left_to_the_system_is_flushed_before_the_next_one()
    {
        LeaveCheckpoint();
        using var file = Open();
        int before = Disk.Calls.Count;

        file.SaveCheckpoint(Identity, [], () => [All]);
        file.SaveCheckpoint(Identity, [], () => [All]);

        Assert.Equal(
            [$"flush {Journal}", $"write {Journal}", $"write {Journal}"],
            Disk.Calls.Skip(before).Where(call => call.EndsWith(Journal)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Flushed_bytes_outlive_a_file_system_that_was_lost_without_a_restart(bool isShort)
    {
        var flushed = new CheckedRange(0, 60, CheckedRange.Append(0, Bytes.AsSpan(0, 60)));
        using (var file = PartialFile.Open(Target, force: false))
        {
            file.Clear();
            file.Write(Bytes, Bytes.Length, 0);
            file.SaveCheckpoint(Identity, [flushed], () => [All]);
        }

        byte[] left = [.. Bytes];
        left[80] ^= 1;
        File.WriteAllBytes(Folder[Data], isShort ? left[..70] : left);

        using var later = Open();

        Assert.Equal(isShort ? 0 : 40, later.Verify(default));
        Assert.Equal([flushed], later.CompletedRanges);
    }

    [Fact]
    public void A_checkpoint_of_flushed_bytes_is_on_theDisk_itself_behind_both_names()
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.Flush();
        int before = Disk.Calls.Count;

        file.SaveCheckpoint(Identity, [All], () => [All]);

        Assert.Equal(
            [$"write {Journal}", $"folder {Path.GetFileName(Folder.Path)}", $"flush {Journal}"],
            Disk.Calls.Skip(before));
    }

    [Fact]
    public void A_checkpoint_that_promises_nothing_new_beyond_the_process_costs_no_flush()
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);

        file.SaveCheckpoint(Identity, [], () => [All]);

        Assert.DoesNotContain($"flush {Journal}", Disk.Calls);
    }

    // A power cut leaves what was flushed, and any part of what was written since.
    [Fact]
    public void Whatever_a_power_cut_leaves_of_a_journal_the_last_flushed_checkpoint_is_in_it()
    {
        byte[] onDisk = [];
        Disk.After = call =>
        {
            if (call == $"flush {Journal}")
                onDisk = Disk.Read(Journal);
        };
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.Flush();
        CheckedRange[] flushed = [];
        var random = new Random(20261126);
        for (int i = 0; i < 60; i++)
        {
            if (random.Next(3) == 0)
                flushed = [new CheckedRange(0, i + 1, CheckedRange.Append(0, Bytes.AsSpan(0, i + 1)))];
            file.SaveCheckpoint(Identity, flushed, () => [new CheckedRange(0, 61, 1)]);

            byte[] now = Disk.Read(Journal);
            byte[] torn = [.. now.Select((value, at) => at < onDisk.Length && onDisk[at] == value ? value : (byte)0)];
            if (flushed.Length > 0)
                Assert.Equal(flushed, PartialRecord.Parse(torn)!.Value.Record.Flushed);
        }
    }

    [Fact]
    public void ADisk_that_fails_a_flush_once_and_then_succeeds_never_ends_in_a_file()
    {
        using (var file = Open())
        {
            file.Clear();
            file.Write(Bytes, 50, 0);
            file.Flush();
            var first = new CheckedRange(0, 50, CheckedRange.Append(0, Bytes.AsSpan(0, 50)));
            file.SaveCheckpoint(Identity, [first], () => [first]);
            file.Write(Bytes, Bytes.Length, 0);
            Disk.Before = FailOnce($"flush {Data}", new IOException("the disk failed", 5));

            Assert.Throws<IOException>(file.Flush);
            Assert.True(file.HasLostBytes);
            Assert.Throws<IOException>(file.Flush);
            Assert.Throws<IOException>(() => file.Finish(Bytes.Length, replace: false, modified: null));
            file.SaveCheckpoint(Identity, [first], () => [All]);
        }

        Assert.False(File.Exists(Target));
        using var later = Open();
        Assert.Equal(50, later.CompletedRanges.Single().End);
    }

    [Fact]
    public void A_read_only_file_system_is_a_failure_of_the_flush()
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        Disk.Before = FailOnce($"flush {Data}", new IOException("read-only file system", 30));

        Assert.Throws<IOException>(() => file.Finish(Bytes.Length, replace: false, modified: null));

        Assert.False(File.Exists(Target));
    }

    // The file has its name by then, and is not another process's for that.
    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    public void AFolder_that_theDisk_does_not_take_is_an_error_of_theDisk(int number)
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        Disk.Before = FailOnce($"folder {Path.GetFileName(Folder.Path)}", new IOException("the disk failed", number));

        AssertKind(ErrorKind.DestinationUnavailable, () => file.Finish(Bytes.Length, replace: false, modified: null));
    }

    [Fact]
    public void A_time_that_the_system_does_not_have_is_left_out()
    {
        Disk.Before = FailOnce($"time {Data}", new ArgumentOutOfRangeException("fileTime"));
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);

        file.Finish(Bytes.Length, replace: false, DateTimeOffset.MinValue);

        Assert.Equal(Bytes, File.ReadAllBytes(Target));
    }

    [Theory]
    [InlineData("time")]
    [InlineData("mode")]
    public void A_mount_that_refuses_times_or_modes_gets_its_file_all_the_same(string refused)
    {
        Disk.Before = call =>
        {
            if (call.StartsWith(refused, StringComparison.Ordinal))
                throw new UnauthorizedAccessException("Operation not permitted");
        };
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);

        file.Finish(Bytes.Length, replace: false, DateTimeOffset.UnixEpoch);

        Assert.True(File.Exists(Target));
        Assert.Contains(Told, line => line.Contains($"does not set the {refused}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_system_without_flushes_gets_its_file_and_one_line_says_so()
    {
        Disk.CanFlush = false;
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.SaveCheckpoint(Identity, [All], () => [All]);

        file.Finish(Bytes.Length, replace: false, modified: null);

        Assert.True(File.Exists(Target));
        Assert.Single(Told, line => line.Contains("power cut", StringComparison.Ordinal));
    }

    [Fact]
    public void A_longer_partial_file_is_cut_to_the_size_of_the_object()
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);

        file.Finish(40, replace: false, modified: null);

        Assert.Equal(40, new FileInfo(Target).Length);
    }

    [Fact]
    public void A_partial_file_that_another_process_cuts_never_gets_the_name()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets no process cut a file that is open.");
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.Flush();
        Peers.Peer.Run(Peers.Peer.Require("truncate"), "-s", "10", Folder[Data]);

        AssertKind(ErrorKind.FileInUse, () => file.Finish(Bytes.Length, replace: false, modified: null));

        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData("before", false)]
    [InlineData("between the look and the rename", false)]
    [InlineData("between the look and the rename", true)]
    public void A_file_planted_in_the_place_of_the_partial_one_never_gets_the_name(string when, bool isRemote)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux and macOS let a file go that is open.");
        Disk.IsRemote = isRemote;
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        if (when == "before")
            Plant();
        else
            Disk.Before = Once("rename dump.rdb", Plant);

        AssertKind(ErrorKind.FileInUse, () => file.Finish(Bytes.Length, replace: false, modified: null));

        Assert.False(File.Exists(Target));

        void Plant()
        {
            File.Delete(Folder[Data]);
            File.WriteAllBytes(Folder[Data], new byte[Bytes.Length]);
        }
    }

    [Fact]
    public void A_partial_file_with_a_second_name_never_gets_the_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hard links are made with ln.");
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        HardLink(Folder[Data], Folder["other"]);

        AssertKind(ErrorKind.FileInUse, () => file.Finish(Bytes.Length, replace: false, modified: null));

        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_read_only_file_is_let_go_right_before_it_is_replaced_and_only_then(bool replace)
    {
        File.WriteAllText(Target, "old");
        File.SetAttributes(Target, FileAttributes.ReadOnly);
        using var file = Open(force: replace);
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);

        if (replace)
            file.Finish(Bytes.Length, replace, modified: null);
        else
            AssertKind(ErrorKind.FileExists, () => file.Finish(Bytes.Length, replace, modified: null));

        Assert.Equal(
            replace ? ["replaceable dump.rdb", "rename dump.rdb"] : ["rename dump.rdb"],
            Disk.CallsOf("replaceable", "rename"));
        Assert.Equal(!replace, File.GetAttributes(Target).HasFlag(FileAttributes.ReadOnly));
        File.SetAttributes(Target, FileAttributes.Normal);
    }

    [Fact]
    public void A_file_with_a_checkpoint_whose_rename_fails_is_there_for_the_next_run()
    {
        Disk.Before = call =>
        {
            if (call == "rename dump.rdb")
                throw new UnauthorizedAccessException("not permitted");
        };
        using (var file = Open())
        {
            file.Clear();
            file.Write(Bytes, Bytes.Length, 0);
            file.SaveCheckpoint(Identity, [], () => [All]);
            AssertKind(
                ErrorKind.DestinationUnavailable, () => file.Finish(Bytes.Length, replace: false, modified: null));
        }

        using var later = Open();
        Assert.Equal([All], later.CompletedRanges);
    }
}
