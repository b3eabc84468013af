using System;
using System.IO;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Tests.Core.Files;

/// <summary>What only the file systems of Windows do, as they do it.</summary>
public sealed class WindowsFileTests : IDisposable
{
    private const string OfWindows = "The other systems rename, replace and remove open files.";
    private static readonly byte[] Bytes = [1, 2, 3];
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder["report.html"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(FileShare.None)]
    [InlineData(FileShare.Read)]
    public void A_report_is_replaced_when_the_process_that_reads_it_has_closed_it(FileShare share)
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), OfWindows);
        var disk = OpenElsewhere(share);

        WholeFile.Write(disk, Target, Bytes, forAll: true);

        Assert.Equal(1, disk.Waits);
        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_file_is_removed_when_the_process_that_reads_it_has_closed_it()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), OfWindows);
        var disk = OpenElsewhere(FileShare.Read);

        disk.DeleteWhenClosed(Target);

        Assert.Equal(1, disk.Waits);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void A_file_that_is_open_elsewhere_is_opened_when_it_is_closed()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), OfWindows);
        var disk = OpenElsewhere(FileShare.Read);

        OwnFile.Open(disk, Target)!.File.Dispose();

        Assert.Equal(1, disk.Waits);
    }

    [Fact]
    public void A_download_gets_the_name_of_a_file_that_is_closed_meanwhile()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), OfWindows);
        var disk = OpenElsewhere(FileShare.Read);

        Save(Target, disk, replace: true);

        Assert.Equal(1, disk.Waits);
        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_file_that_is_read_only_is_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), OfWindows);
        var disk = OpenElsewhere(FileShare.Read);
        disk.Wait(default);
        File.SetAttributes(Target, FileAttributes.ReadOnly);

        Assert.Throws<UnauthorizedAccessException>(() => disk.DeleteWhenClosed(Target));

        Assert.Equal(1, disk.Waits);
        Assert.True(File.Exists(Target));
        File.SetAttributes(Target, FileAttributes.Normal);
    }

    [Fact]
    public void With_force_a_download_replaces_a_file_that_is_read_only()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), OfWindows);
        File.WriteAllText(Target, "old");
        File.SetAttributes(Target, FileAttributes.ReadOnly);

        Save(Target, Disk.Local, replace: true);

        Assert.Equal(Bytes, File.ReadAllBytes(Target));
    }

    // Longer than MAX_PATH, which .NET takes, and each call of the module's own must, too.
    [Fact]
    public void A_folder_with_a_path_of_300_characters_takes_files()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "The other systems have no such limit.");
        string folder = _folder[string.Join('\\', new string('a', 100), new string('b', 100), new string('c', 100))];
        string path = Path.Combine(folder, "dump.rdb");

        new DestinationFolder(folder).Create();
        Save(path, Disk.Local, replace: false);
        WholeFile.Write(Disk.Local, Path.Combine(folder, "report.html"), Bytes, forAll: true);

        Assert.Equal(Bytes, File.ReadAllBytes(path));
        Assert.Equal(2, Directory.GetFiles(folder).Length);
        Assert.Equal(path, WindowsPath.ToStored(Path.Combine(folder, "DUMP.rdb")));
        Assert.True(DiskFlush.FlushFolder(folder));
        Assert.NotNull(Disk.Local.GetFreeBytes(folder));
        Assert.Equal(3, Disk.Local.Look(path)!.Size);
    }

    private static void Save(string path, Disk disk, bool replace)
    {
        using var file = PartialFile.Open(path, force: false, disk);
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.Finish(Bytes.Length, replace, modified: null);
    }

    private ClosingDisk OpenElsewhere(FileShare share)
    {
        File.WriteAllText(Target, "old");
        return new ClosingDisk(new FileStream(Target, FileMode.Open, FileAccess.Read, share));
    }

    // The other process closes its file while this one waits.
    private sealed class ClosingDisk(FileStream other) : Disk
    {
        public int Waits { get; private set; }

        public override void Wait(TimeSpan time)
        {
            Waits++;
            other.Dispose();
        }
    }
}
