using System;
using System.IO;
using System.Linq;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Tests.Core.Files;

/// <summary>Which folder a path leads to.</summary>
public sealed class FolderIdentityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_has_one_in_common_with_itself_before_and_after_it_is_made_and_none_with_another()
    {
        string path = Path.Combine(_folder.Path, "new", "day");
        var before = FolderIdentity.AllOf(Disk.Local, path);
        Directory.CreateDirectory(path);
        var after = FolderIdentity.AllOf(Disk.Local, path);

        Assert.NotEmpty(before.Intersect(after));
        foreach (string other in new[] { "new", Path.Combine("new", "night"), Path.Combine("new", "day", "day") })
            Assert.Empty(after.Intersect(FolderIdentity.AllOf(Disk.Local, Path.Combine(_folder.Path, other))));
    }

    // As some shares do.
    [Fact]
    public void Where_folders_have_no_numbers_they_are_not_told_apart_by_them() =>
        Assert.Empty(FolderIdentity.AllOf(new DiskWithoutNumbers(), _folder["day"]));

    private sealed class DiskWithoutNumbers : Disk
    {
        public override FileStatus? Look(string path) => new(FileType.Folder, new FileIdentity(0, 0), 1, null, true);
    }
}
