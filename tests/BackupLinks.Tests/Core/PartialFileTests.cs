using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using BackupLinks.Errors;
using BackupLinks.Files;

namespace BackupLinks.Tests.Core;

public sealed class PartialFileTests : IDisposable
{
    private const string Data = "dump.rdb.partial";
    private const string Sidecar = "dump.rdb.partial.json";

    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
    private static readonly ObjectIdentity Identity = new("https://host/dump.rdb", "\"tag\"", Bytes.Length);
    private static readonly CheckedRange All = new(0, Bytes.Length, CheckedRange.Append(0, Bytes));

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingDisk _disk = new();
    private readonly List<string> _told = [];
    private readonly List<string> _warned = [];

    private string Target => _folder["dump.rdb"];

    public void Dispose() => _folder.Dispose();

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
    public void A_file_is_flushed_then_renamed_then_its_folder_is_flushed_and_only_then_the_sidecar_goes()
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);

        file.Finish(Bytes.Length, replace: false, modified: null);

        Assert.Equal(
            [$"write {Data}", $"flush {Data}", "rename dump.rdb", $"folder {Path.GetFileName(_folder.Path)}",
            $"delete {Sidecar}"],
            _disk.CallsOf("write", "flush", "rename", "folder", "delete").Where(call => call != $"write {Sidecar}"));
        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_file_that_was_flushed_already_is_renamed_without_another_flush_unless_it_is_cut()
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.Flush();

        file.Finish(60, replace: false, modified: null);

        Assert.Equal(2, _disk.Calls.Count(call => call == $"flush {Data}"));
        Assert.Equal(Bytes.Take(60), File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_file_of_no_use_goes_with_its_sidecar_also_when_it_was_claimed()
    {
        LeaveCheckpoint();
        using var file = Open();

        file.Discard();

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_claim_that_an_earlier_process_left_to_the_system_is_flushed_before_the_next_one()
    {
        LeaveCheckpoint();
        using var file = Open();
        int before = _disk.Calls.Count;

        file.SaveCheckpoint(Identity, [], () => [All]);
        file.SaveCheckpoint(Identity, [], () => [All]);

        Assert.Equal(
            [$"flush {Sidecar}", $"write {Sidecar}", $"write {Sidecar}"],
            _disk.Calls.Skip(before).Where(call => call.EndsWith(Sidecar)));
    }

    [Fact]
    public void A_claim_of_flushed_bytes_is_on_the_disk_itself_behind_both_names()
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.Flush();
        int before = _disk.Calls.Count;

        file.SaveCheckpoint(Identity, [All], () => [All]);

        Assert.Equal(
            [$"write {Sidecar}", $"folder {Path.GetFileName(_folder.Path)}", $"flush {Sidecar}"],
            _disk.Calls.Skip(before));
    }

    [Fact]
    public void A_claim_that_promises_nothing_new_beyond_the_process_costs_no_flush()
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);

        file.SaveCheckpoint(Identity, [], () => [All]);

        Assert.DoesNotContain($"flush {Sidecar}", _disk.Calls);
    }

    // A power cut leaves what was flushed, and any part of what was written since.
    [Fact]
    public void Whatever_a_power_cut_leaves_of_a_sidecar_the_last_flushed_claim_is_in_it()
    {
        byte[] onDisk = [];
        _disk.After = call =>
        {
            if (call == $"flush {Sidecar}")
                onDisk = _disk.Read(Sidecar);
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

            byte[] now = _disk.Read(Sidecar);
            byte[] torn = [.. now.Select((value, at) => at < onDisk.Length && onDisk[at] == value ? value : (byte)0)];
            if (flushed.Length > 0)
                Assert.Equal(flushed, PartialRecord.Parse(torn)!.Value.Record.Flushed);
        }
    }

    [Fact]
    public void A_disk_that_fails_a_flush_once_and_then_succeeds_never_ends_in_a_file()
    {
        using (var file = Open())
        {
            file.Clear();
            file.Write(Bytes, 50, 0);
            file.Flush();
            var first = new CheckedRange(0, 50, CheckedRange.Append(0, Bytes.AsSpan(0, 50)));
            file.SaveCheckpoint(Identity, [first], () => [first]);
            file.Write(Bytes, Bytes.Length, 0);
            _disk.Before = FailOnce($"flush {Data}", new IOException("the disk failed", 5));

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
        _disk.Before = FailOnce($"flush {Data}", new IOException("read-only file system", 30));

        Assert.Throws<IOException>(() => file.Finish(Bytes.Length, replace: false, modified: null));

        Assert.False(File.Exists(Target));
    }

    // The file has its name by then, and is not another process's for that.
    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    public void A_folder_that_the_disk_does_not_take_is_an_error_of_the_disk(int number)
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        _disk.Before = FailOnce($"folder {Path.GetFileName(_folder.Path)}", new IOException("the disk failed", number));

        AssertKind(ErrorKind.DestinationUnavailable, () => file.Finish(Bytes.Length, replace: false, modified: null));
    }

    [Fact]
    public void A_time_that_the_system_does_not_have_is_left_out()
    {
        _disk.Before = FailOnce($"time {Data}", new ArgumentOutOfRangeException("fileTime"));
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
        _disk.Before = call =>
        {
            if (call.StartsWith(refused, StringComparison.Ordinal))
                throw new UnauthorizedAccessException("Operation not permitted");
        };
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);

        file.Finish(Bytes.Length, replace: false, DateTimeOffset.UnixEpoch);

        Assert.True(File.Exists(Target));
        Assert.Contains(_told, line => line.Contains($"does not set the {refused}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_system_without_flushes_gets_its_file_and_one_line_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Folders need no flush there.");
        _disk.CanFlush = false;
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.SaveCheckpoint(Identity, [All], () => [All]);

        file.Finish(Bytes.Length, replace: false, modified: null);

        Assert.True(File.Exists(Target));
        Assert.Single(_told, line => line.Contains("power cut", StringComparison.Ordinal));
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
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody cut a file that is open.");
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.Flush();
        Peers.Peer.Run(Peers.Peer.Require("truncate"), "-s", "10", _folder[Data]);

        AssertKind(ErrorKind.FileInUse, () => file.Finish(Bytes.Length, replace: false, modified: null));

        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData("before")]
    [InlineData("between the look and the rename")]
    public void A_file_planted_in_the_place_of_the_partial_one_never_gets_the_name(string when)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux and macOS let a file go that is open.");
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        if (when == "before")
            Plant();
        else
            _disk.Before = Once("rename dump.rdb", Plant);

        AssertKind(ErrorKind.FileInUse, () => file.Finish(Bytes.Length, replace: false, modified: null));

        Assert.False(File.Exists(Target));

        void Plant()
        {
            File.Delete(_folder[Data]);
            File.WriteAllBytes(_folder[Data], new byte[Bytes.Length]);
        }
    }

    [Fact]
    public void A_partial_file_with_a_second_name_never_gets_the_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hard links are made with ln.");
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        HardLink(_folder[Data], _folder["other"]);

        AssertKind(ErrorKind.FileInUse, () => file.Finish(Bytes.Length, replace: false, modified: null));

        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void A_file_that_comes_to_the_name_at_the_last_moment_is_kept()
    {
        _disk.Before = Once("rename dump.rdb", () => File.WriteAllText(Target, "theirs"));
        using (var file = Open())
        {
            file.Clear();
            file.Write(Bytes, Bytes.Length, 0);
            AssertKind(ErrorKind.FileExists, () => file.Finish(Bytes.Length, replace: false, modified: null));
        }

        Assert.Equal("theirs", File.ReadAllText(Target));
        // A failed rename leaves no partial file without its sidecar.
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_claimed_file_whose_rename_fails_is_there_for_the_next_run()
    {
        _disk.Before = FailOnce("rename dump.rdb", new UnauthorizedAccessException("not permitted"));
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

    [Theory]
    [InlineData("empty", false)]
    [InlineData("zeroed", true)]
    [InlineData("torn", true)]
    [InlineData("half a line", true)]
    [InlineData("other version", true)]
    [InlineData("missing", false)]
    [InlineData("garbage", false)]
    public void A_damaged_sidecar_is_a_fresh_start_that_costs_no_strange_byte(string damage, bool isKnownAsOurs)
    {
        LeaveCheckpoint();
        byte[] sidecar = File.ReadAllBytes(_folder[Sidecar]);
        byte[]? damaged = damage switch
        {
            "empty" => [],
            "zeroed" => new byte[sidecar.Length],
            "torn" => sidecar[..100],
            "half a line" => [.. sidecar.Take(60), .. Enumerable.Repeat((byte)'x', sidecar.Length - 60)],
            "other version" =>
                Encoding.UTF8.GetBytes("{\"format\":\"BackupLinks partial file, version 9\",\"etag\":1}\n"),
            "garbage" => Encoding.UTF8.GetBytes("{ \"mine\": 1 }"),
            _ => null,
        };
        if (damaged is null)
            File.Delete(_folder[Sidecar]);
        else
            File.WriteAllBytes(_folder[Sidecar], damaged);

        using (var file = Open())
        {
            Assert.Null(file.Record);
            Assert.Equal(isKnownAsOurs, file.HadData);
            file.Clear();
            file.Write(Bytes, Bytes.Length, 0);
            file.Finish(Bytes.Length, replace: false, modified: null);
        }

        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        string[] expected = isKnownAsOurs ? [] : damage == "garbage" ? [Data + ".1", Sidecar + ".1"] : [Data + ".1"];
        Assert.Equal(
            expected.Order(),
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Where(name => name != "dump.rdb").Order());
        Assert.Equal(expected.Length, _warned.Count);
        foreach (string name in expected)
            Assert.Contains(_warned, line => line.Contains(_folder[name], StringComparison.Ordinal));
    }

    // The administrator opens every file, so the refusal is the test's.
    [Theory]
    [InlineData(Data)]
    [InlineData(Sidecar)]
    public void A_leftover_whose_mode_does_not_let_its_owner_open_it_is_set_aside(string name)
    {
        LeaveCheckpoint();
        _disk.Before = FailOnce($"open {name}", new UnauthorizedAccessException("Access is denied"));

        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.Finish(Bytes.Length, replace: false, modified: null);

        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        Assert.True(File.Exists(_folder[name + ".1"]));
        Assert.Contains(_warned, line => line.Contains($"{name}.1", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_that_were_set_aside_before_stay_as_they_are()
    {
        File.WriteAllText(_folder[Data], "second");
        File.WriteAllText(_folder[Data + ".1"], "first");

        using (Open())
        {
        }

        Assert.Equal("first", File.ReadAllText(_folder[Data + ".1"]));
        Assert.Equal("second", File.ReadAllText(_folder[Data + ".2"]));
    }

    [Fact]
    public void With_Force_what_is_in_the_way_is_removed_and_never_written_through()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hard links are made with ln.");
        foreach (string name in new[] { Data, Sidecar })
        {
            File.WriteAllText(_folder["victim of " + name], "precious");
            HardLink(_folder["victim of " + name], _folder[name]);
        }

        using var file = Open(force: true);
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.Finish(Bytes.Length, replace: true, modified: null);

        Assert.All(
            new[] { Data, Sidecar }, name => Assert.Equal("precious", File.ReadAllText(_folder["victim of " + name])));
        Assert.Equal(3, Directory.GetFiles(_folder.Path).Length);
    }

    [Theory]
    [InlineData(Data)]
    [InlineData(Sidecar)]
    public void A_partial_file_of_two_names_is_set_aside_whole(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hard links are made with ln.");
        LeaveCheckpoint();
        byte[] content = File.ReadAllBytes(_folder[name]);
        HardLink(_folder[name], _folder["snapshot"]);

        using (var file = Open())
        {
            Assert.Null(file.Record);
            file.Clear();
            file.Write(new byte[Bytes.Length], Bytes.Length, 0);
        }

        Assert.Equal(content, File.ReadAllBytes(_folder["snapshot"]));
    }

    [Theory]
    [InlineData(Data)]
    [InlineData(Sidecar)]
    public void A_link_that_is_planted_between_the_look_and_the_open_makes_no_file_elsewhere(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege on Windows.");
        string outside = _folder["outside"];
        _disk.Before = Once($"open {name}", () => File.CreateSymbolicLink(_folder[name], outside));

        AssertKind([ErrorKind.UnsafeFileName, ErrorKind.FileExists], () =>
        {
            using var file = Open();
            file.Clear();
        });

        Assert.False(File.Exists(outside));
    }

    [Theory]
    [InlineData(Data)]
    [InlineData(Sidecar)]
    public void A_pipe_in_the_way_has_a_sentence_of_its_own_and_nothing_waits_for_it(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        Peers.Peer.Run(Peers.Peer.Require("mkfifo"), _folder[name]);

        var error = AssertKind(ErrorKind.UnsafeFileName, () => Open().Dispose());

        Assert.Contains("named pipe", error.Message);
    }

    // A process that opens the file just before another one removes it holds a lock on nothing.
    [Fact]
    public void A_lock_on_a_file_that_has_lost_its_name_is_not_a_lock()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody remove a file that is open.");
        LeaveCheckpoint();
        byte[] sidecar = File.ReadAllBytes(_folder[Sidecar]);
        _disk.After = Once($"open {Sidecar}", () =>
        {
            File.Delete(_folder[Sidecar]);
            File.WriteAllBytes(_folder[Sidecar], sidecar);
        });

        using var file = Open();

        Assert.Equal(2, _disk.Calls.Count(call => call == $"open {Sidecar}"));
        Assert.Empty(_warned);
        Assert.Equal([All], file.CompletedRanges);
        Assert.Throws<IOException>(() => File.OpenRead(_folder[Sidecar]).Dispose());
    }

    [Fact]
    public void Bytes_that_are_others_than_claimed_are_claimed_no_longer()
    {
        var first = new CheckedRange(0, 30, CheckedRange.Append(0, Bytes.AsSpan(0, 30)));
        var second = new CheckedRange(60, 100, CheckedRange.Append(0, Bytes.AsSpan(60)));
        using (var file = Open())
        {
            file.Clear();
            file.Write(Bytes, Bytes.Length, 0);
            file.SaveCheckpoint(Identity, [first, second], () => [first, second]);
        }

        using (var data = File.OpenWrite(_folder[Data]))
        {
            data.Position = 70;
            data.WriteByte(0xFF);
        }

        using var later = Open();
        Assert.Equal(40, later.Verify(TestContext.Current.CancellationToken));
        Assert.Equal([first], later.CompletedRanges);
        Assert.Equal(0, later.Verify(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_sidecar_that_a_power_cut_brought_back_beside_a_finished_file_goes()
    {
        LeaveCheckpoint();
        File.Delete(_folder[Data]);
        File.WriteAllBytes(Target, Bytes);
        File.WriteAllText(_folder["other.partial.json"], "theirs");

        PartialFile.CompleteFinish(Target);
        PartialFile.CompleteFinish(_folder["other"]);

        Assert.Equal([Target, _folder["other.partial.json"]], Directory.GetFiles(_folder.Path).Order());
    }

    // A process that was killed between the rename and the flush left the name to the system.
    [Fact]
    public void The_name_of_a_file_whose_process_was_killed_is_flushed_before_its_sidecar_goes()
    {
        string folder = $"folder {Path.GetFileName(_folder.Path)}";
        LeaveCheckpoint();
        File.Move(_folder[Data], Target);
        _disk.Before = FailOnce(folder, new IOException("the disk failed", 5));

        Assert.Throws<IOException>(() => PartialFile.CompleteFinish(Target, _disk));
        Assert.True(File.Exists(_folder[Sidecar]));
        PartialFile.CompleteFinish(Target, _disk);

        Assert.Equal([folder, folder, $"delete {Sidecar}"], _disk.CallsOf("folder", "delete"));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    private static void HardLink(string path, string name) =>
        Assert.Equal(0, Peers.Peer.Run(Peers.Peer.Require("ln"), path, name).ExitCode);

    private static Action<string> Once(string call, Action action)
    {
        bool isDone = false;
        return made =>
        {
            if (made != call || isDone)
                return;
            isDone = true;
            action();
        };
    }

    private static Action<string> FailOnce(string call, Exception error) => Once(call, () => throw error);

    private static BackupLinksException AssertKind(ErrorKind kind, Action action) => AssertKind([kind], action);

    private static BackupLinksException AssertKind(ErrorKind[] kinds, Action action)
    {
        var error = Assert.Throws<BackupLinksException>(action);
        Assert.Contains(error.Kind, kinds);
        return error;
    }

    private PartialFile Open(bool force = false) =>
        PartialFile.Open(Target, force, _disk, new FileNotices(_told.Add, _warned.Add));

    private void LeaveCheckpoint()
    {
        using var file = PartialFile.Open(Target, force: false);
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.SaveCheckpoint(Identity, [], () => [All]);
    }
}
