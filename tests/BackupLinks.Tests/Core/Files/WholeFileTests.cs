using System;
using System.IO;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Tests.Core.Files;

/// <summary>What a small file may take the place of.</summary>
public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder["links.json"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        nameof(FileType.Pipe), nameof(ErrorKind.DestinationUnavailable), "is a pipe, and would be replaced by a file")]
    [InlineData(
        nameof(FileType.Special), nameof(ErrorKind.DestinationUnavailable),
        "is a device, and would be replaced by a file")]
    [InlineData(nameof(FileType.Folder), nameof(ErrorKind.UnsafeFileName), "folder")]
    public void What_is_no_file_stays(string type, string kind, string words)
    {
        var error = Assert.Throws<BackupLinksException>(
            () => WholeFile.Write(new DiskWith(Enum.Parse<FileType>(type)), Target, [1], forAll: false));

        Assert.Equal(kind, error.Kind.ToString());
        Assert.Contains(words, error.Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_file_that_is_there_is_told_and_a_draft_is_beside_it()
    {
        Assert.Null(WholeFile.RequireReplaceable(Disk.Local, Target));
        File.WriteAllText(Target, "old");

        Assert.Equal(FileType.Regular, WholeFile.RequireReplaceable(Disk.Local, Target)?.Type);
        Assert.Equal((_folder.Path, ".tmp"), (
            Path.GetDirectoryName(WholeFile.DraftOf(Target)), Path.GetExtension(WholeFile.DraftOf(Target))));
        Assert.NotEqual(WholeFile.DraftOf(Target), WholeFile.DraftOf(Target));
    }

    private sealed class DiskWith(FileType type) : Disk
    {
        public override FileStatus? Look(string path) =>
            path.EndsWith("links.json", StringComparison.Ordinal) ? new FileStatus(type, null, 1, null, true) : null;
    }
}
