using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Isolation;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Engine;

/// <summary>Objects that are replaced, and files of other objects, during and between downloads.</summary>
public sealed class SaveReplacementTests : SaveFaultTest
{
    [Fact]
    public async Task An_object_that_is_replaced_during_the_download_is_begun_again_and_never_mixed()
    {
        var old = Put("dump.rdb", 3 * Segment);
        var row = Row(old);
        Server.Faults.Add(
            new SandboxFault { Path = "/obs/", Count = 1, Object = new ObjectFault { BytesPerSecond = 20_000_000 } });
        var replaced = Task.Run(() =>
        {
            Assert.True(SpinWait.SpinUntil(() => Server.ObjectBytesSent > 1_000_000, TestTimeout.Hang));
            return Put("dump.rdb", 3 * Segment, version: 2);
        });

        var result = Save(row, "-SegmentCount 1");

        var item = await replaced;
        Assert.Empty(result.Errors);
        var saved = result.Single<SavedBackupFile>();
        // Which version it is depends on when the replacement came; a mixture it never is.
        AssertContent(saved.Sha256 == old.Sha256 ? old : item, saved.Path);
    }

    [Fact]
    public void An_object_that_is_replaced_between_two_segments_is_begun_again_with_a_warning()
    {
        var old = Put("dump.rdb", 2 * Segment);
        var row = Row(old);
        Server.Faults.Add(new SandboxFault { Path = "/obs/", After = 1, Count = 1, Status = 412 });
        Server.Faults.Add(
            new SandboxFault { Path = "/obs/", After = 1, Count = 1, Object = new ObjectFault { ETag = "\"other\"" } });

        var result = Save(row, "-SegmentCount 2");

        Assert.Contains(result.Warnings, warning => warning.Contains("replaced during the download"));
        AssertSaved(old, result.Single<SavedBackupFile>());
    }

    [Fact]
    public void A_store_that_gives_another_version_with_every_response_is_an_error()
    {
        var item = Put("dump.rdb", 2 * Segment);
        // Each response is cut, so that each start needs a second one, which is of another version.
        for (int i = 0; i < 6; i++)
            Fault(new ObjectFault { ETag = $"\"version{i}\"", IgnorePreconditions = true,
            CutAfter = 100_000 }, count: 1);

        Save(Row(item), "-SegmentCount 1").SingleError("ObjectChanged");

        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void What_is_left_of_another_version_is_not_gone_on_with()
    {
        var old = Put("dump.rdb", 3 * Segment);
        Fault(new ObjectFault { BytesPerSecond = 4_000_000 });
        StopAfter(old, 6_000_000);
        Server.Faults.Clear();
        var item = Put("dump.rdb", 3 * Segment, version: 2);

        var result = Save(Row(item));

        Assert.Contains(result.Warnings, warning => warning.Contains("dump.rdb"));
        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.Equal(0, result.Single<SavedBackupFile>().BytesResumed);
    }

    [Fact]
    public void What_is_left_of_another_object_with_the_same_tag_is_not_gone_on_with()
    {
        var old = Put("a/dump.rdb", 3 * Segment);
        Fault(new ObjectFault { BytesPerSecond = 4_000_000, ETag = "\"same\"" });
        StopAfter(old, 6_000_000);
        Server.Faults.Clear();
        Fault(new ObjectFault { ETag = "\"same\"" });
        var item = Put("b/dump.rdb", 3 * Segment);

        AssertSaved(item, SaveOne(Row(item)));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("half a line")]
    [InlineData("short data")]
    public void A_damaged_partial_file_costs_a_new_start_only(string damage)
    {
        var item = Put("dump.rdb", 3 * Segment);
        Fault(new ObjectFault { BytesPerSecond = 4_000_000 });
        StopAfter(item, 6_000_000);
        Server.Faults.Clear();
        string sidecar = Path.Combine(Folder, "dump.rdb.partial.json");
        byte[] notes = File.ReadAllBytes(sidecar);
        switch (damage)
        {
            case "cut":
                File.WriteAllBytes(sidecar, notes[..100]);
                break;
            case "half a line":
                for (int i = 60; i < notes.Length; i++)
                    notes[i] = (byte)'x';
                File.WriteAllBytes(sidecar, notes);
                break;
            default:
                using (var data = File.OpenWrite(Path.Combine(Folder, "dump.rdb.partial")))
                    data.SetLength(1000);
                break;
        }

        AssertSaved(item, SaveOne(Row(item)));
    }

    [Theory]
    [InlineData(".partial.json")]
    [InlineData(".partial")]
    public void A_file_of_another_program_in_the_place_of_a_partial_one_is_set_aside(string suffix)
    {
        var item = Put("dump.rdb", 100);
        Directory.CreateDirectory(Folder);
        string path = Path.Combine(Folder, "dump.rdb" + suffix);
        File.WriteAllText(path, "  { \"mine\": 1 }");

        var result = Save(Row(item));

        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.Contains(result.Warnings, warning => warning.Contains(path + ".1"));
        Assert.Equal("  { \"mine\": 1 }", File.ReadAllText(path + ".1"));
    }

    [Theory]
    [InlineData(".partial.json")]
    [InlineData(".partial")]
    public void A_file_of_another_program_in_the_place_of_a_partial_one_goes_with_Force(string suffix)
    {
        var item = Put("dump.rdb", 100);
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "dump.rdb" + suffix), "  { \"mine\": 1 }");

        AssertSaved(item, SaveOne(Row(item), "-Force"));

        Assert.Single(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_partial_file_that_is_removed_during_the_download_is_never_called_saved()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux(),
            "Only Linux tells which file an open one is; Windows lets no process remove it.");
        Assert.SkipUnless(ModuleHost.ModuleFramework == "net8.0", "The older framework is for Windows only.");
        var item = Put("dump.rdb", 2_000_000);
        Fault(new ObjectFault { BytesPerSecond = 2_000_000 }, count: 1);
        var meddler = Task.Run(() =>
        {
            SpinWait.SpinUntil(() => Server.ObjectBytesSent > 1_000_000, TestTimeout.Hang);
            string path = Path.Combine(Folder, "dump.rdb.partial");
            File.Delete(path);
            File.WriteAllBytes(path, new byte[2_000_000]);
        });

        var result = Save(Row(item));

        Assert.True(meddler.IsCompletedSuccessfully);
        Assert.Empty(result.Output);
        result.SingleError("FileInUse");
        Assert.False(File.Exists(Path.Combine(Folder, "dump.rdb")));
    }

    [Theory]
    [InlineData(".partial")]
    [InlineData(".partial.json")]
    public void A_file_that_another_process_is_writing_is_left_alone(string suffix)
    {
        Directory.CreateDirectory(Folder);
        using var other = new FileStream(
            Path.Combine(Folder, "dump.rdb" + suffix), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var error = Save(Row(Put("dump.rdb", 100))).SingleError("FileInUse");

        Assert.Contains("in use", error.Exception.Message);
    }
}
