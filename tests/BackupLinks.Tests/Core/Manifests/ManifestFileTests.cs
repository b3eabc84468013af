using System;
using System.IO;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Manifests;

namespace BackupLinks.Tests.Core.Manifests;

public sealed class ManifestFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingDisk _disk = new();

    private string Target => _folder["links.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_manifest_is_flushed_then_renamed_and_then_its_folder_is_flushed()
    {
        using (var manifest = ManifestFile.Create(Target, ManifestFormat.Jsonl, replace: true, _disk))
            manifest.Complete();

        Assert.Equal(
            ["flush draft", "rename links.jsonl", "folder " + Path.GetFileName(_folder.Path)],
            _disk.CallsOf("flush", "rename", "folder"));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_manifest_that_the_disk_does_not_take_leaves_the_old_one()
    {
        File.WriteAllText(Target, "old");
        _disk.Before = call =>
        {
            if (call == "flush draft")
                throw new IOException("the disk failed", 5);
        };

        using (var manifest = ManifestFile.Create(Target, ManifestFormat.Jsonl, replace: true, _disk))
            Assert.Equal(ErrorKind.DestinationUnavailable, Assert.Throws<BackupLinksException>(manifest.Complete).Kind);

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_file_that_comes_to_the_name_at_the_last_moment_is_kept_with_NoClobber()
    {
        _disk.Before = call =>
        {
            if (call == "rename links.jsonl")
                File.WriteAllText(Target, "theirs");
        };

        using (var manifest = ManifestFile.Create(Target, ManifestFormat.Jsonl, replace: false, _disk))
            Assert.Equal(ErrorKind.FileExists, Assert.Throws<BackupLinksException>(manifest.Complete).Kind);

        Assert.Equal("theirs", File.ReadAllText(Target));
    }

    [Fact]
    public void A_pipe_is_not_replaced_by_a_manifest()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        Peers.Peer.Run(Peers.Peer.Require("mkfifo"), Target);

        var error = Assert.Throws<BackupLinksException>(
            () => ManifestFile.Create(Target, ManifestFormat.Jsonl, replace: true));

        Assert.Equal(ErrorKind.DestinationUnavailable, error.Kind);
        Assert.Contains("pipe", error.Message);
    }

    [Theory]
    [InlineData("links.jsonl", true)]
    [InlineData("COM.jsonl", true)]
    [InlineData("console.txt", true)]
    [InlineData("NUL", false)]
    [InlineData("nul.jsonl", false)]
    [InlineData("COM1.jsonl", false)]
    [InlineData("a b.jsonl", true)]
    [InlineData("a<b.jsonl", false)]
    [InlineData("a|b.jsonl", false)]
    [InlineData("a:b.jsonl", false)]
    [InlineData("a\tb.jsonl", false)]
    [InlineData("", false)]
    public void Names_that_no_file_has_on_Windows_are_known(string name, bool isValid) =>
        Assert.Equal(isValid, SafeFileName.IsValidOnWindows(name));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_a_file_that_is_to_be_replaced_is_made_replaceable_and_no_draft_is_left(bool replace)
    {
        using (var manifest = ManifestFile.Create(Target, ManifestFormat.Jsonl, replace, _disk))
        {
            Assert.Equal((Target, 1), (manifest.Path, Directory.GetFiles(_folder.Path).Length));
            manifest.Complete();
        }

        Assert.Equal(replace ? ["replaceable links.jsonl"] : [], _disk.CallsOf("replaceable"));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_manifest_that_was_not_completed_leaves_nothing()
    {
        ManifestFile.Create(Target, ManifestFormat.Curl, replace: true, _disk).Dispose();

        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Empty(_disk.CallsOf("rename"));
    }

    [Fact]
    public void A_draft_that_cannot_be_removed_is_named_because_it_has_links()
    {
        var manifest = ManifestFile.Create(Target, ManifestFormat.Jsonl, replace: true, _disk);
        string draft = Assert.Single(Directory.GetFiles(_folder.Path));
        _disk.Before = call =>
        {
            if (call.StartsWith("delete", StringComparison.Ordinal))
                throw new UnauthorizedAccessException("Access is denied.");
        };

        var error = Assert.Throws<BackupLinksException>(manifest.Dispose);

        Assert.Equal(ErrorKind.FileInUse, error.Kind);
        Assert.StartsWith($"'{draft}' has links in it", error.Message);
    }

    [Fact]
    public void A_file_that_is_there_is_an_error_before_anything_is_written_with_NoClobber()
    {
        File.WriteAllText(Target, "old");

        var error = Assert.Throws<BackupLinksException>(
            () => ManifestFile.Create(Target, ManifestFormat.Jsonl, replace: false, _disk));

        Assert.Equal(ErrorKind.FileExists, error.Kind);
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }
}
