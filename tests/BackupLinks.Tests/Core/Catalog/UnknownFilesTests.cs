using System;
using System.IO;
using System.Linq;
using BackupLinks.Catalog;
using BackupLinks.Files;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>The files of a folder that its catalog does not know.</summary>
public sealed class UnknownFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void They_come_by_path_with_their_sizes_and_without_known_ones_and_the_modules_own()
    {
        Write("b.rdb", 3);
        Write("a/deep/c.rdb", 0);
        Write("a/known.rdb", 5);
        Write("z.rdb.partial", 7);
        Write("z.rdb.partial.json", 7);
        Write("other/.backuplinks/catalog.jsonl", 1);
        Write("other/d.rdb", 1);
        var files = new UnknownFiles(Disk.Local);
        files.AddKnown(new BackupFile(_folder["a/known.rdb".Replace('/', Path.DirectorySeparatorChar)]));

        var found = files.In(_folder.Path).ToArray();

        Assert.Equal(
            [("a/deep/c.rdb", 0L, FilePresence.Unknown), ("b.rdb", 3L, FilePresence.Unknown)],
            found.Select(file => (
                Path.GetRelativePath(_folder.Path, file.Path).Replace(Path.DirectorySeparatorChar, '/'),
                file.Size, file.State)));
    }

    [Fact]
    public void A_folder_that_is_not_there_has_none() =>
        Assert.Empty(new UnknownFiles(Disk.Local).In(_folder["nowhere"]));

    [Fact]
    public void No_link_is_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        Write("real/a.rdb", 1);
        Directory.CreateDirectory(_folder["in"]);
        Directory.CreateSymbolicLink(Path.Combine(_folder["in"], "folder"), _folder["real"]);
        File.CreateSymbolicLink(Path.Combine(_folder["in"], "file"), Path.Combine(_folder["real"], "a.rdb"));

        Assert.Empty(new UnknownFiles(Disk.Local).In(_folder["in"]));
    }

    private void Write(string name, int length)
    {
        string path = _folder[name.Replace('/', Path.DirectorySeparatorChar)];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, new byte[length]);
    }
}
