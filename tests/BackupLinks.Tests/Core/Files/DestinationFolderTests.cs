using System;
using System.IO;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Tests.Core.Files;

public sealed class DestinationFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingDisk _disk = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_second_of_two_files_that_fit_one_by_one_is_not_begun()
    {
        _disk.FreeBytes = 1000;
        var folder = new DestinationFolder(_folder.Path, _disk);
        long received = 0;
        using (folder.Reserve("one", 600, () => received))
        {
            Assert.Equal(
                ErrorKind.DiskFull,
                Assert.Throws<BackupLinksException>(() => folder.Reserve("two", 600, () => 0)).Kind);

            // What has come of the first is not free any more, and needs no room.
            (received, _disk.FreeBytes) = (300, 700);
            folder.Reserve("three", 400, () => 0).Dispose();
            Assert.Throws<BackupLinksException>(() => folder.Reserve("four", 401, () => 0));
        }

        folder.Reserve("two", 600, () => 0).Dispose();
    }

    [Fact]
    public void A_file_that_is_longer_than_it_was_to_be_needs_no_more_room()
    {
        _disk.FreeBytes = 100;
        var folder = new DestinationFolder(_folder.Path, _disk);
        using var first = folder.Reserve("one", 60, () => 70);

        folder.Reserve("two", 100, () => 0).Dispose();
        Assert.Throws<BackupLinksException>(() => folder.Reserve("three", 101, () => 0));
    }

    [Fact]
    public void A_disk_that_others_fill_meanwhile_has_no_room_at_all()
    {
        _disk.FreeBytes = 1000;
        var folder = new DestinationFolder(_folder.Path, _disk);
        using var first = folder.Reserve("one", 1000, () => 0);
        _disk.FreeBytes = 10;

        folder.Reserve("nothing", 0, () => 0).Dispose();
        Assert.Throws<BackupLinksException>(() => folder.Reserve("two", 1, () => 0));
    }

    [Fact]
    public void Two_folders_of_one_disk_share_its_room()
    {
        _disk.FreeBytes = 1000;
        var room = new DiskReservations();
        var one = new DestinationFolder(Directory.CreateDirectory(_folder["one"]).FullName, _disk, room);
        var two = new DestinationFolder(Directory.CreateDirectory(_folder["two"]).FullName, _disk, room);
        using var first = one.Reserve("one", 600, () => 0);

        Assert.Contains("400", Assert.Throws<BackupLinksException>(() => two.Reserve("two", 600, () => 0)).Message);
    }

    [Fact]
    public void An_object_has_one_path_also_when_its_name_comes_in_another_case()
    {
        var folder = new DestinationFolder(_folder.Path, _disk);
        var first = folder.Assign("Dump.rdb", "https://host/one");

        Assert.Same(first, folder.Assign("dump.rdb", "https://host/one"));

        var other = folder.Assign("DUMP.rdb", "https://host/two");
        Assert.NotEqual(first.Path, other.Path, StringComparer.OrdinalIgnoreCase);
        Assert.Same(other, folder.Assign("dump.RDB", "https://host/two"));
        Assert.True(folder.IsAssigned("dUMP.rdb"));
    }

    // 128 MiB, or an eighth of the room that a small disk had at the beginning.
    [Theory]
    [InlineData(1L << 40, 128 * 1024 * 1024, true)]
    [InlineData(1L << 40, (128 * 1024 * 1024) - 1, false)]
    [InlineData(8000, 1000, true)]
    [InlineData(8000, 999, false)]
    public void A_file_without_a_stated_size_leaves_room_for_others(long first, long free, bool isEnough)
    {
        var folder = new DestinationFolder(_folder.Path, _disk);
        _disk.FreeBytes = first;
        folder.RequireRoom("one", missing: null);
        _disk.FreeBytes = free;

        var error = Record.Exception(() => folder.RequireRoom("one", missing: null));

        Assert.Equal(isEnough ? null : ErrorKind.DiskFull, (error as BackupLinksException)?.Kind);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(999, false)]
    [InlineData(0, false)]
    public void A_file_of_which_the_provider_states_the_size_needs_that_room_and_no_more(long free, bool isEnough)
    {
        _disk.FreeBytes = free;

        var error = Record.Exception(() => new DestinationFolder(_folder.Path, _disk).RequireRoom("one", 1000));

        Assert.Equal(isEnough ? null : ErrorKind.DiskFull, (error as BackupLinksException)?.Kind);
        Assert.Equal(isEnough, error is null || !error.Message.Contains("needs 1000 more bytes"));
        new DestinationFolder(_folder.Path, _disk).RequireRoom("one", -1);
    }

    [Fact]
    public void Two_folders_of_two_disks_do_not_share_their_room()
    {
        var room = new DiskReservations();
        var disk = new TwoDisks();
        using var first = new DestinationFolder("/one", disk, room).Reserve("one", 600, () => 0);

        new DestinationFolder("/two", disk, room).Reserve("two", 600, () => 0).Dispose();

        Assert.Throws<BackupLinksException>(
            () => new DestinationFolder("/one", disk, room).Reserve("three", 600, () => 0));
    }

    [Fact]
    public void Bytes_that_come_while_the_room_is_looked_at_do_not_count_twice()
    {
        long received = 0;
        _disk.FreeBytes = 1000;
        var room = new DiskReservations();
        using var first = new DestinationFolder(_folder.Path, _disk, room).Reserve("one", 600, () => received);
        // They come between the two looks.
        _disk.Looked = () => (received, _disk.FreeBytes) = (600, 400);

        new DestinationFolder(_folder.Path, _disk, room).Reserve("two", 400, () => 0).Dispose();
    }

    [Fact]
    public void A_mount_that_does_not_say_how_much_room_it_has_refuses_no_file()
    {
        _disk.FreeBytes = null;

        new DestinationFolder(_folder.Path, _disk).Reserve("one", long.MaxValue, () => 0).Dispose();
    }

    [Fact]
    public void The_entry_of_each_new_folder_is_flushed_once()
    {
        var folder = new DestinationFolder(Path.Combine(_folder.Path, "a", "b", "c"), _disk);

        folder.Create();
        folder.Create();

        string[] expected = ["folder b", "folder a", "folder " + Path.GetFileName(_folder.Path)];
        Assert.Equal(expected, _disk.CallsOf("folder"));
        Assert.True(Directory.Exists(folder.Path));
    }

    [Fact]
    public void A_file_is_no_folder_to_save_to_and_its_permissions_are_not_to_blame()
    {
        File.WriteAllText(_folder["file"], "");

        var error = Assert.Throws<BackupLinksException>(new DestinationFolder(_folder["file"], _disk).Create);

        Assert.Equal(ErrorKind.DestinationUnavailable, error.Kind);
        Assert.Equal(
            $"'{_folder["file"]}' is a file, in which nothing can be saved; pass a folder.", error.Message);
    }

    [Fact]
    public void A_folder_whose_entry_the_disk_does_not_take_is_an_error()
    {
        _disk.Before = call => throw new IOException("the disk failed", 5);

        var error = Assert.Throws<BackupLinksException>(new DestinationFolder(_folder["new"], _disk).Create);

        Assert.Equal(ErrorKind.DestinationUnavailable, error.Kind);
    }

    [Fact]
    public void A_folder_whose_volume_was_unmounted_takes_no_more_files()
    {
        var disk = new MountedDisk();
        var folder = new DestinationFolder(_folder.Path, disk);
        folder.Create();
        folder.Create();
        disk.Device++;

        var error = Assert.Throws<BackupLinksException>(folder.Create);

        Assert.Equal(ErrorKind.DestinationUnavailable, error.Kind);
        Assert.Equal(
            $"The folder '{_folder.Path}' is on another volume now, as when its own was unmounted, so nothing is saved "
                + "there; mount it, and run the command again.",
            error.Message);
    }

    [Fact]
    public void A_folder_that_went_with_its_volume_is_not_made_anew()
    {
        var disk = new MountedDisk();
        var folder = new DestinationFolder(_folder["daily"], disk);
        folder.Create();
        Directory.Delete(folder.Path);
        folder.Create();
        Directory.Delete(folder.Path);
        disk.Device++;

        Assert.Throws<BackupLinksException>(folder.Create);

        Assert.False(Directory.Exists(folder.Path));
    }

    // The number of a folder may change on a share.
    private sealed class MountedDisk : Disk
    {
        private ulong _inode;

        public ulong Device { get; set; } = 1;

        public override FileStatus? Look(string path) => !Directory.Exists(path) ? null
            : new(FileType.Folder, new FileIdentity(Device, _inode++), 1, null, true);
    }

    private sealed class TwoDisks : Disk
    {
        public override FileStatus? Look(string path) =>
            new(FileType.Folder, new FileIdentity(path == "/one" ? 1UL : 2UL, 7), 1, null, true);

        public override long? GetFreeBytes(string folder) => 1000;
    }
}
