using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Tests.Core.Files;

public sealed class OwnFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_another_user_has_closed_to_this_one_may_be_a_download_of_theirs()
    {
        string path = _folder["dump.rdb.partial.json"];
        File.WriteAllText(path, "theirs");
        var disk = new DiskOfAnotherUser();

        var error = Assert.Throws<BackupLinksException>(() => OwnFile.Open(disk, path));

        Assert.Equal(ErrorKind.FileInUse, error.Kind);
        Assert.Contains("another user", error.Message);
        Assert.False(OwnFile.IsClosedToOwner(disk, path, error));
    }

    [Theory]
    [InlineData(1001u, true)]
    [InlineData(1000u, false)]
    public void A_file_of_another_user_is_own_only_where_each_new_one_is_theirs_too(uint ownerOfNew, bool isOwn)
    {
        string path = _folder["dump.rdb.partial.json"];
        File.WriteAllText(path, "");

        var found = OwnFile.Open(new DiskOfOwners(path, 1001, ownerOfNew), path)!;

        using (found.File)
            Assert.Equal(isOwn, found.IsOwn);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(999)]
    public void What_is_set_aside_gets_the_first_free_number(int taken)
    {
        string path = _folder["dump.rdb.partial"];
        var disk = new DiskOfAsides(path, taken);

        Assert.Equal($"{path}.{taken + 1}", OwnFile.SetAside(disk, path));
        Assert.Equal([$"{path}.{taken + 1}"], disk.Renamed);
    }

    [Fact]
    public void Beside_a_thousand_files_nothing_is_set_aside()
    {
        string path = _folder["dump.rdb.partial"];
        var disk = new DiskOfAsides(path, 1000);

        Assert.Equal(
            "There are 1000 files beside it already",
            Assert.Throws<IOException>(() => OwnFile.SetAside(disk, path)).Message);
        Assert.Empty(disk.Renamed);
    }

    // The first so many numbers are taken.
    private sealed class DiskOfAsides(string path, int taken) : Disk
    {
        public List<string> Renamed { get; } = [];

        public override FileStatus? Look(string aside) =>
            int.Parse(aside[(path.Length + 1)..], CultureInfo.InvariantCulture) <= taken
                ? new FileStatus(FileType.Regular, null, 1, null, true) : null;

        public override void Rename(string from, string to, bool replace) => Renamed.Add(to);
    }

    private sealed class DiskOfOwners(string path, uint owner, uint ownerOfNew) : Disk
    {
        public override FileStatus Look(PositionalFile file) =>
            base.Look(file) with { IsOwn = false, Owner = file.Path == path ? owner : ownerOfNew };
    }

    private sealed class DiskOfAnotherUser : Disk
    {
        public override PositionalFile Open(string path, FileMode mode) =>
            throw new UnauthorizedAccessException("Access is denied");

        public override FileStatus? Look(string path) =>
            base.Look(path) is { } status ? status with { IsOwn = false } : null;
    }
}
