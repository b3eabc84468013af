using System;
using System.IO;
using System.Linq;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Manifests;

namespace BackupLinks.Tests.Core.Files;

/// <summary>On Windows, a scanner that has a file open for a moment does not cost it its name.</summary>
public sealed class BusyFileTests : PartialFileTest
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private int _failures;

    public BusyFileTests() => Disk.ClosesBeforeRename = true;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_another_process_closes_soon_gets_its_name(bool isDenied)
    {
        Disk.Before = call => FailRename(call, 3, isDenied);

        Finish();

        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(Folder.Path));
        Assert.Equal(3, Disk.CallsOf("wait").Count());
    }

    [Theory]
    [InlineData(Data)]
    [InlineData("dump.rdb")]
    public void One_that_stays_open_is_named_and_the_wait_has_an_end(string name)
    {
        FileStream? open = null;
        Disk.Before = call =>
        {
            if (call.StartsWith("rename", StringComparison.Ordinal) && _failures == 0)
                open = new FileStream(Folder[name], FileMode.OpenOrCreate, FileAccess.Read, FileShare.None);
            FailRename(call, int.MaxValue, isDenied: false);
        };

        var error = AssertKind(ErrorKind.FileInUse, Finish);

        open!.Dispose();
        Assert.StartsWith($"'{Folder[name]}' is in use", error.Message);
        Assert.InRange(Disk.CallsOf("wait").Count(), 4, 100);
    }

    [Fact]
    public void Read_only_file_that_is_not_replaced_is_read_only_again()
    {
        Disk.IsReadOnly = true;
        Disk.Before = call => FailRename(call, int.MaxValue, isDenied: false);

        AssertKind(ErrorKind.FileInUse, () => Finish(replace: true));

        Assert.Equal(["replaceable dump.rdb", "protect dump.rdb"], Disk.CallsOf("replaceable", "protect"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_report_is_written_over_one_that_a_browser_closes_soon(bool isDenied)
    {
        File.WriteAllText(Target, "old");
        Disk.Before = call => FailRename(call, 3, isDenied);

        WholeFile.Write(Disk, Target, Bytes, forAll: true);

        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(Folder.Path));
        Assert.Equal(3, Disk.CallsOf("wait").Count());
    }

    [Fact]
    public void A_report_over_one_that_stays_open_is_an_error_and_the_old_one_stays()
    {
        File.WriteAllText(Target, "old");
        Disk.Before = call => FailRename(call, int.MaxValue, isDenied: false);

        AssertKind(ErrorKind.FileInUse, () => WholeFile.Write(Disk, Target, Bytes, forAll: true));

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(Folder.Path));
        Assert.InRange(Disk.CallsOf("wait").Count(), 4, 100);
    }

    [Fact]
    public void A_manifest_is_written_over_one_that_another_process_closes_soon()
    {
        File.WriteAllText(Target, "old");
        Disk.Before = call => FailRename(call, 3, isDenied: false);

        using (var manifest = ManifestFile.Create(Target, ManifestFormat.Jsonl, replace: true, Disk))
            manifest.Complete();

        Assert.Equal("", File.ReadAllText(Target));
        Assert.Equal(3, Disk.CallsOf("wait").Count());
    }

    [Fact]
    public void A_file_of_another_origin_is_set_aside_when_another_process_has_closed_it()
    {
        File.WriteAllText(Folder[Data], "theirs");
        Disk.Before = call => FailRename(call, 3, isDenied: false);

        Finish();

        Assert.Equal("theirs", File.ReadAllText(Folder[Data + ".1"]));
        Assert.Equal(3, Disk.CallsOf("wait").Count());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public void A_journal_that_another_process_has_open_is_removed_when_it_is_closed_or_told(int times)
    {
        Disk.Before = call => Fail(call, $"delete {Journal}", times);

        Finish();

        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        Assert.Equal(times < 10, Warned.Count == 0);
        Assert.All(Warned, line => Assert.StartsWith($"'{Folder[Journal]}' is not needed any more", line));
        Assert.Equal(times < 10, !File.Exists(Folder[Journal]));
        Assert.InRange(Disk.CallsOf("wait").Count(), 3, 100);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public void A_journal_that_another_process_has_open_is_opened_when_it_is_closed_and_else_in_use(int times)
    {
        LeaveCheckpoint();
        Disk.Before = call => Fail(call, $"open {Journal}", times);

        if (times < 10)
            Finish();
        else
            AssertKind(ErrorKind.FileInUse, Finish);

        Assert.Equal(times < 10, File.Exists(Target));
        Assert.InRange(Disk.CallsOf("wait").Count(), 2, 10);
    }

    [Fact]
    public void A_system_that_failures_open_files_is_not_waited_for()
    {
        Disk.ClosesBeforeRename = false;
        Disk.Before = call => FailRename(call, int.MaxValue, isDenied: true);

        AssertKind(ErrorKind.DestinationUnavailable, () => WholeFile.Write(Disk, Target, Bytes, forAll: true));

        Assert.Empty(Disk.CallsOf("wait"));
    }

    [Fact]
    public void Files_that_stay_denied_are_waited_for_at_length_once()
    {
        Disk.Before = call => FailRename(call, int.MaxValue, isDenied: true);
        Assert.Throws<BackupLinksException>(() => WholeFile.Write(Disk, Target, Bytes, forAll: true));
        int first = Disk.CallsOf("wait").Count();

        Assert.Throws<BackupLinksException>(() => WholeFile.Write(Disk, Target, Bytes, forAll: true));
        int second = Disk.CallsOf("wait").Count() - first;
        _failures = 0;
        Disk.Before = call => FailRename(call, 1, isDenied: true);
        WholeFile.Write(Disk, Target, Bytes, forAll: true);
        _failures = 0;
        Disk.Before = call => FailRename(call, 5, isDenied: true);
        WholeFile.Write(Disk, Target, Bytes, forAll: true);

        Assert.InRange(first, 4, 100);
        Assert.Equal(1, second);
        Assert.Equal(Bytes, File.ReadAllBytes(Target));
    }

    [Fact]
    public void Another_error_is_one_at_once()
    {
        Disk.Before = FailOnce("rename dump.rdb", new IOException("The disk is gone."));

        AssertKind(ErrorKind.DestinationUnavailable, Finish);

        Assert.Empty(Disk.CallsOf("wait"));
    }

    private void FailRename(string call, int times, bool isDenied) => Fail(call, "rename", times, isDenied);

    private void Fail(string call, string which, int times, bool isDenied = false)
    {
        if (!call.StartsWith(which, StringComparison.Ordinal) || _failures++ >= times)
            return;
        throw isDenied
            ? new UnauthorizedAccessException("Access is denied.")
            : new IOException("It is being used by another process.", SharingViolation);
    }

    private void Finish() => Finish(replace: false);

    private void Finish(bool replace)
    {
        using var file = Open();
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.Finish(Bytes.Length, replace, modified: null);
    }
}
