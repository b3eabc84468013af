using System;
using System.IO;
using System.Linq;
using System.Text;
using BackupLinks.Errors;
using BackupLinks.Files;

namespace BackupLinks.Tests.Core.Files;

public sealed class PartialFileConflictTests : PartialFileTest
{
    [Theory]
    [InlineData("empty", false)]
    [InlineData("zeroed", true)]
    [InlineData("torn", true)]
    [InlineData("half a line", true)]
    [InlineData("other version", true)]
    [InlineData("missing", false)]
    [InlineData("garbage", false)]
    public void A_damaged_journal_is_a_fresh_start_that_costs_no_strange_byte(string damage, bool isKnownAsOurs)
    {
        LeaveCheckpoint();
        byte[] journal = File.ReadAllBytes(Folder[Journal]);
        byte[]? damaged = damage switch
        {
            "empty" => [],
            "zeroed" => new byte[journal.Length],
            "torn" => journal[..100],
            "half a line" => [.. journal.Take(60), .. Enumerable.Repeat((byte)'x', journal.Length - 60)],
            "other version" =>
                Encoding.UTF8.GetBytes("{\"format\":\"BackupLinks partial file, version 9\",\"etag\":1}\n"),
            "garbage" => Encoding.UTF8.GetBytes("{ \"mine\": 1 }"),
            _ => null,
        };
        if (damaged is null)
            File.Delete(Folder[Journal]);
        else
            File.WriteAllBytes(Folder[Journal], damaged);

        using (var file = Open())
        {
            Assert.Null(file.Record);
            Assert.Equal(isKnownAsOurs, file.HadData);
            file.Clear();
            file.Write(Bytes, Bytes.Length, 0);
            file.Finish(Bytes.Length, replace: false, modified: null);
        }

        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        string[] expected = isKnownAsOurs ? [] : damage == "garbage" ? [Data + ".1", Journal + ".1"] : [Data + ".1"];
        Assert.Equal(
            expected.Order(),
            Directory.GetFiles(Folder.Path).Select(Path.GetFileName).Where(name => name != "dump.rdb").Order());
        Assert.Equal(expected.Length, Warned.Count);
        foreach (string name in expected)
            Assert.Contains(Warned, line => line.Contains(Folder[name], StringComparison.Ordinal));
    }

    // The administrator opens every file, so the refusal is the test's.
    [Theory]
    [InlineData(Data)]
    [InlineData(Journal)]
    public void A_leftover_whose_mode_does_not_let_its_owner_open_it_is_set_aside(string name)
    {
        LeaveCheckpoint();
        Disk.Before = FailOnce($"open {name}", new UnauthorizedAccessException("Access is denied"));

        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.Finish(Bytes.Length, replace: false, modified: null);

        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        Assert.True(File.Exists(Folder[name + ".1"]));
        Assert.Contains(Warned, line => line.Contains($"{name}.1", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_that_were_set_aside_before_stay_as_they_are()
    {
        File.WriteAllText(Folder[Data], "second");
        File.WriteAllText(Folder[Data + ".1"], "first");

        using (Open())
        {
        }

        Assert.Equal("first", File.ReadAllText(Folder[Data + ".1"]));
        Assert.Equal("second", File.ReadAllText(Folder[Data + ".2"]));
    }

    [Fact]
    public void With_Force_what_is_in_the_way_is_removed_and_never_written_through()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hard links are made with ln.");
        foreach (string name in new[] { Data, Journal })
        {
            File.WriteAllText(Folder["victim of " + name], "precious");
            HardLink(Folder["victim of " + name], Folder[name]);
        }

        using var file = Open(force: true);
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.Finish(Bytes.Length, replace: true, modified: null);

        Assert.All(
            new[] { Data, Journal }, name => Assert.Equal("precious", File.ReadAllText(Folder["victim of " + name])));
        Assert.Equal(3, Directory.GetFiles(Folder.Path).Length);
    }

    [Theory]
    [InlineData(Data)]
    [InlineData(Journal)]
    public void A_partial_file_of_two_names_is_set_aside_whole(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hard links are made with ln.");
        LeaveCheckpoint();
        byte[] content = File.ReadAllBytes(Folder[name]);
        HardLink(Folder[name], Folder["snapshot"]);

        using (var file = Open())
        {
            Assert.Null(file.Record);
            file.Clear();
            file.Write(new byte[Bytes.Length], Bytes.Length, 0);
        }

        Assert.Equal(content, File.ReadAllBytes(Folder["snapshot"]));
    }

    [Theory]
    [InlineData(Data)]
    [InlineData(Journal)]
    public void A_link_that_is_planted_between_the_look_and_the_open_makes_no_file_elsewhere(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege on Windows.");
        string outside = Folder["outside"];
        Disk.Before = Once($"open {name}", () => File.CreateSymbolicLink(Folder[name], outside));

        AssertKind([ErrorKind.UnsafeFileName, ErrorKind.FileExists], () =>
        {
            using var file = Open();
            file.Clear();
        });

        Assert.False(File.Exists(outside));
    }

    [Theory]
    [InlineData(Data)]
    [InlineData(Journal)]
    public void A_pipe_in_the_way_has_a_sentence_of_its_own_and_nothing_waits_for_it(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        Peers.Peer.Run(Peers.Peer.Require("mkfifo"), Folder[name]);

        var error = AssertKind(ErrorKind.UnsafeFileName, () => Open().Dispose());

        Assert.Contains("named pipe", error.Message);
    }

    // A process that opens the file just before another one removes it holds a lock on nothing.
    [Fact]
    public void A_lock_on_a_file_that_has_lost_its_name_is_not_a_lock()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets no process remove a file that is open.");
        LeaveCheckpoint();
        byte[] journal = File.ReadAllBytes(Folder[Journal]);
        Disk.After = Once($"open {Journal}", () =>
        {
            File.Delete(Folder[Journal]);
            File.WriteAllBytes(Folder[Journal], journal);
        });

        using var file = Open();

        Assert.Equal(2, Disk.Calls.Count(call => call == $"open {Journal}"));
        Assert.Empty(Warned);
        Assert.Equal([All], file.CompletedRanges);
        Assert.Throws<IOException>(() => File.OpenRead(Folder[Journal]).Dispose());
    }

    [Fact]
    public void Bytes_that_changed_since_the_checkpoint_are_completed_no_longer()
    {
        var first = new CheckedRange(0, 30, CheckedRange.Append(0, Bytes.AsSpan(0, 30)));
        var second = new CheckedRange(60, 100, CheckedRange.Append(0, Bytes.AsSpan(60)));
        using (var file = Open())
        {
            file.Clear();
            file.Write(Bytes, Bytes.Length, 0);
            file.SaveCheckpoint(Identity, [first, second], () => [first, second]);
        }

        using (var data = File.OpenWrite(Folder[Data]))
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
    public void The_journal_that_a_power_cut_brought_back_beside_a_finished_file_goes()
    {
        LeaveCheckpoint();
        File.Delete(Folder[Data]);
        File.WriteAllBytes(Target, Bytes);
        File.WriteAllText(Folder["other.partial.json"], "theirs");

        PartialFile.CompleteFinish(Target);
        PartialFile.CompleteFinish(Folder["other"]);

        Assert.Equal([Target, Folder["other.partial.json"]], Directory.GetFiles(Folder.Path).Order());
    }

    // A process that was killed between the rename and the flush left the name to the system.
    [Fact]
    public void The_name_of_a_file_whose_process_was_killed_is_flushed_before_its_journal_goes()
    {
        string folder = $"folder {Path.GetFileName(Folder.Path)}";
        LeaveCheckpoint();
        File.Move(Folder[Data], Target);
        Disk.Before = FailOnce(folder, new IOException("the disk failed", 5));

        Assert.Throws<IOException>(() => PartialFile.CompleteFinish(Target, Disk));
        Assert.True(File.Exists(Folder[Journal]));
        PartialFile.CompleteFinish(Target, Disk);

        Assert.Equal([folder, folder, $"delete {Journal}"], Disk.CallsOf("folder", "delete"));
        Assert.Equal([Target], Directory.GetFiles(Folder.Path));
    }

    [Fact]
    public void A_file_that_comes_to_the_name_at_the_last_moment_is_kept()
    {
        Disk.Before = Once("rename dump.rdb", () => File.WriteAllText(Target, "theirs"));
        using (var file = Open())
        {
            file.Clear();
            file.Write(Bytes, Bytes.Length, 0);
            AssertKind(ErrorKind.FileExists, () => file.Finish(Bytes.Length, replace: false, modified: null));
        }

        Assert.Equal("theirs", File.ReadAllText(Target));
        // A failed rename leaves no partial file without its journal.
        Assert.Equal([Target], Directory.GetFiles(Folder.Path));
    }
}
