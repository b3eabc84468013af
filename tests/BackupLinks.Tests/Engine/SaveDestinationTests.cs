using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Isolation;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Engine;

/// <summary>Where files are saved, and what is there already.</summary>
public sealed class SaveDestinationTests : SaveTest
{
    [Fact]
    public void A_folder_in_the_place_of_the_links_is_one_error_that_says_how_to_write_it()
    {
        var rows = new object[] { Row(Put("a.rdb", 10)), Row(Put("b.rdb", 10)) };

        var result = Module.Run("param($links, $folder) $links | Save-BackupFile $folder", rows, Folder);

        Assert.Contains("-Destination", result.SingleError("InvalidLink").Exception.Message);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void A_folder_that_the_system_cannot_look_at_is_the_error_of_its_file_alone()
    {
        string unusable = Path.Combine(Folder, new string('x', 300), "inner");
        object[] rows = [Row(Put("a.rdb", 10)), Row(Put("b.rdb", 10))];

        var result = Module.Run(
            $"param($rows) $rows | Save-BackupFile -Destination {{ if ($_.FileName -eq 'a.rdb') {{ '{unusable}' }} "
                + $"else {{ '{Folder}' }} }}",
            (object)rows);

        result.SingleError("DestinationUnavailable");
        Assert.Equal("b.rdb", Path.GetFileName(result.Single<SavedBackupFile>().Path));
    }

    [Fact]
    public void A_file_is_recognised_whatever_else_is_saved_with_it()
    {
        var first = Put("one/dump.rdb", 1000);
        var second = Put("two/dump.rdb", 2000);
        Save(new object[] { Row(first), Row(second) });
        string[] files = [.. Directory.GetFiles(Folder).Order()];

        foreach (object[] rows in new object[][]
        {
            [Row(second)], [Row(first)], [Row(first), Row(second)], [Row(second), Row(first)],
        })
        {
            var again = Save(rows);
            Assert.Empty(again.Errors);
            Assert.All(
                again.Output,
                file => Assert.Equal(SaveStatus.AlreadyPresent, ((SavedBackupFile)file.BaseObject).Status));
            Assert.Equal(files, Directory.GetFiles(Folder).Order());
        }
    }

    [Theory]
    [InlineData("there", "there/")]
    [InlineData("there", "there/../there")]
    [InlineData("there", "link")]
    [InlineData("there/new", "there/new/")]
    [InlineData("there/new", "link/new")]
    [InlineData("there/new/day", "link/new/day/")]
    public void Two_spellings_of_one_folder_are_one_and_no_file_takes_the_place_of_another(string one, string other)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && other[0] == 'l', "Only an administrator may make links.");
        Assert.SkipWhen(
            ModuleHost.ModuleFramework != "net8.0" && other == "link",
            "The older framework cannot read links; it is for Windows only.");
        string folder = Path.Combine(Folder, one);
        Directory.CreateDirectory(Path.Combine(Folder, "there"));
        if (other[0] == 'l')
            Directory.CreateSymbolicLink(Path.Combine(Folder, "link"), Path.Combine(Folder, "there"));
        object[] rows = [Row(Put("one/dump.rdb", 1000)), Row(Put("two/dump.rdb", 2000))];

        var result = Module.Run(
            "param($rows, $folders) $i = 0; $rows | Save-BackupFile -Force -Destination { $folders[$script:i++] }",
            (object)rows, new[] { folder, Path.Combine(Folder, other) });

        Assert.Empty(result.Errors);
        Assert.Equal([1000L, 2000L], Directory.GetFiles(folder).Select(file => new FileInfo(file).Length).Order());
    }

    [Fact]
    public void New_files_are_for_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        Assert.SkipUnless(
            ModuleHost.ModuleFramework == "net8.0", "The older framework knows no file modes; it is for Windows only.");
        var item = Put("dump.rdb", 100);

        string path = SaveOne(Row(item)).Path;

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Destination_is_a_PowerShell_path_and_is_made_when_it_is_not_there()
    {
        var item = Put("dump.rdb", 100);
        Directory.CreateDirectory(Folder);
        var result = Module.Run(
            """
            param($row, $d)
            $null = $ExecutionContext.SessionState.Path.SetLocation($d)
            $row | Save-BackupFile -Destination 'new/[folder]'
            $row | Save-BackupFile
            """,
            Row(item), Folder);

        var saved = result.Output.Select(file => ((SavedBackupFile)file.BaseObject).Path);
        Assert.Equal([Path.Combine(Folder, "new", "[folder]", "dump.rdb"), Path.Combine(Folder, "dump.rdb")], saved);
    }

    [Fact]
    public void A_path_that_is_no_folder_is_one_terminating_error()
    {
        var result = Module.Run("param($r) $r | Save-BackupFile -Destination Env:/x", Row(Put("dump.rdb", 1)));

        result.SingleError("DestinationUnavailable");
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_file_that_is_there_and_the_same_is_not_downloaded_again()
    {
        var item = Put("dump.rdb", 3 * Segment);
        SaveOne(Row(item));
        long sent = Server.ObjectBytesSent;

        var again = SaveOne(Row(item));

        Assert.Equal((SaveStatus.AlreadyPresent, item.Sha256, item.Length), (again.Status, again.Sha256, again.Size));
        Assert.InRange(Server.ObjectBytesSent - sent, 0, 64 * 1024);
    }

    [Fact]
    public void Another_backup_of_the_same_size_and_time_is_not_taken_for_the_same()
    {
        var one = Put("a/dump.rdb", 300_000);
        var two = Put("b/dump.rdb", 300_000);
        Fault(new ObjectFault { Encrypted = true });
        SaveOne(Row(one));

        Save(Row(two)).SingleError("FileExists");
        Assert.Equal(SaveStatus.AlreadyPresent, SaveOne(Row(one)).Status);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(99)]
    public void Another_file_of_that_name_is_kept_unless_it_may_be_replaced(int length)
    {
        var item = Put("dump.rdb", 100);
        string path = Path.Combine(Folder, "dump.rdb");
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(path, new byte[length]);

        var error = Save(Row(item)).SingleError("FileExists");

        Assert.Contains(path, error.Exception.Message);
        Assert.Equal(new byte[length], File.ReadAllBytes(path));
        AssertSaved(item, SaveOne(Row(item), "-Force"));
    }

    [Fact]
    public void A_good_copy_outlives_a_download_that_fails()
    {
        var item = Put("dump.rdb", 3 * Segment);
        SaveOne(Row(item));
        Put("dump.rdb", 3 * Segment, version: 2);
        Fault(new ObjectFault { CutAfter = 1000 });

        Save(Row(item), "-Force -MaximumRetryCount 1").SingleError("ServiceUnavailable");

        using var file = File.OpenRead(Path.Combine(Folder, "dump.rdb"));
        Assert.Equal(item.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file)));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..\\..\\boot.ini")]
    [InlineData("/tmp/x")]
    [InlineData("C:x")]
    [InlineData("dump.rdb:stream")]
    [InlineData("NUL")]
    [InlineData("COM1.txt")]
    [InlineData("..")]
    [InlineData("a\nb")]
    [InlineData("dump.rdb.partial")]
    [InlineData("dump.rdb.Partial.JSON")]
    [InlineData(".backuplinks")]
    [InlineData(".BackupLinks")]
    public void A_name_that_leads_elsewhere_is_refused(string name)
    {
        var row = Row(Put("dump.rdb", 100));
        row.Properties["FileName"].Value = name;

        Save(row).SingleError("UnsafeFileName");

        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void Links_planted_in_the_way_are_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege on Windows.");
        var item = Put("dump.rdb", 100);
        string path = Path.Combine(Folder, "dump.rdb");
        string victim = Path.Combine(Folder, "victim");
        Directory.CreateDirectory(Folder);
        foreach (string suffix in new[] { ".partial", ".partial.json" })
        {
            File.CreateSymbolicLink(path + suffix, victim);
            Save(Row(item)).SingleError("UnsafeFileName");
            File.Delete(path + suffix);
        }

        File.CreateSymbolicLink(path, victim);
        Assert.Contains("is a link", Save(Row(item)).SingleError("FileExists").Exception.Message);
        AssertSaved(item, SaveOne(Row(item), "-Force"));

        Assert.False(File.Exists(victim));
        Assert.Null(new FileInfo(path).LinkTarget);
    }

    [Fact]
    public void Two_objects_with_one_name_become_two_files()
    {
        var one = Put("a/dump.rdb", 100);
        var two = Put("b/dump.rdb", 200);

        var result = Save(new[] { Row(one), Row(two), Row(one) }, "-ThrottleLimit 1");

        Assert.Empty(result.Errors);
        var saved = result.Output.Select(item => (SavedBackupFile)item.BaseObject).ToArray();
        Assert.Equal(2, saved.Select(file => file.Path).Distinct().Count());
        Assert.Equal(
            [SaveStatus.Saved, SaveStatus.Saved, SaveStatus.AlreadyPresent], saved.Select(file => file.Status));
        AssertSaved(one, saved[0]);
        AssertSaved(two, saved[1]);
        Assert.Matches("^dump~[0-9a-f]{8}[.]rdb$", Path.GetFileName(saved[1].Path));
    }

    [Fact]
    public void Names_that_clash_are_given_in_the_order_of_the_input()
    {
        SandboxObject[] items = [.. Enumerable.Range(0, 30).Select(i => Put($"{i}/dump.rdb", 100 + i))];
        object[] rows = [.. items.Select(item => (object)Row(item))];

        var saved = Save(rows, "-ThrottleLimit 30").Output.Select(item => (SavedBackupFile)item.BaseObject).ToArray();

        Assert.Equal(items[0].Length, saved.Single(file => Path.GetFileName(file.Path) == "dump.rdb").Size);
        Assert.Equal(30, saved.Select(file => file.Path).Distinct().Count());
        Assert.All(
            Save(rows).Output,
            item => Assert.Equal(SaveStatus.AlreadyPresent, ((SavedBackupFile)item.BaseObject).Status));
    }

    [Fact]
    public void Once_the_volume_is_unmounted_nothing_is_saved_in_the_mount_point()
    {
        string home = Directory.CreateDirectory(Path.Combine(Folder, ".backuplinks")).FullName;
        string catalog = Path.Combine(home, "catalog.jsonl");
        File.WriteAllText(catalog, "");
        PSObject[] rows = [Row(Put("first.rdb", 100)), Row(Put("second.rdb", 100))];

        var result = Module.Run(
            """
            param($rows, $d, $catalog, $wait)
            & {
                $rows[0]
                $hasLine = { [System.IO.FileInfo]::new($catalog).Length -gt 0 }
                $null = [System.Threading.SpinWait]::SpinUntil($hasLine, $wait)
                [System.IO.Directory]::Move($d, "$d.unmounted")
                $null = [System.IO.Directory]::CreateDirectory($d)
                $rows[1]
            } | Save-BackupFile -Destination { [System.IO.Path]::Combine($d, $_.FileName -replace '\W') }
            """,
            rows, Folder, catalog, TestTimeout.Hang);

        Directory.Delete(Folder + ".unmounted", recursive: true);
        Assert.Contains("was unmounted", result.SingleError("DestinationUnavailable").ToString());
        Assert.Empty(Directory.GetFileSystemEntries(Folder));
    }
}
