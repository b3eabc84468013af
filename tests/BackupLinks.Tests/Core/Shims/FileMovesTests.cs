using System;
using System.Collections.Generic;
using System.IO;
using BackupLinks.Shims;

namespace BackupLinks.Tests.Core.Shims;

public sealed class FileMovesTests : IDisposable
{
    private const int NoSuchCall = 38;
    private const int NotSupported = 95;
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _tried = [];

    public FileMovesTests() => File.WriteAllText(_folder["source"], "ours");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_rename_that_must_not_replace_keeps_the_file_that_is_there()
    {
        File.WriteAllText(_folder["target"], "theirs");

        Assert.ThrowsAny<IOException>(() => FileMoves.Rename(_folder["source"], _folder["target"], replace: false));

        Assert.Equal("theirs", File.ReadAllText(_folder["target"]));
        Assert.Equal("ours", File.ReadAllText(_folder["source"]));
    }

    [Fact]
    public void A_rename_that_may_replace_does_and_never_writes_through_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege on Windows.");
        File.WriteAllText(_folder["victim"], "precious");
        File.CreateSymbolicLink(_folder["target"], _folder["victim"]);

        FileMoves.Rename(_folder["source"], _folder["target"], replace: true);

        Assert.Equal("ours", File.ReadAllText(_folder["target"]));
        Assert.Equal("precious", File.ReadAllText(_folder["victim"]));
    }

    [Theory]
    [InlineData(NoSuchCall)]
    [InlineData(NotSupported)]
    [InlineData(22)]
    [InlineData(null)]
    public void Without_a_rename_that_does_not_replace_a_second_name_is_made(int? error)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The numbers are those of Linux.");

        bool isRenamed = FileMoves.TryRenameNew(
            _folder["source"], _folder["target"], Try("rename", error), (source, target) =>
            {
                _tried.Add("link");
                return Libc.AddName(source, target);
            });

        Assert.False(isRenamed);
        Assert.Equal(["rename", "link"], _tried);
        Assert.Equal("ours", File.ReadAllText(_folder["source"]));
        Assert.Equal("ours", File.ReadAllText(_folder["target"]));
    }

    [Fact]
    public void Without_second_names_a_file_that_is_there_is_kept_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The numbers are those of Linux.");
        Assert.True(
            FileMoves.TryRenameNew(_folder["source"], _folder["target"], Try("rename", NoSuchCall), Try("link", 1)));
        Assert.Equal(["rename", "link"], _tried);
        Assert.Equal([_folder["target"]], Directory.GetFiles(_folder.Path));

        File.WriteAllText(_folder["source"], "other");
        Assert.ThrowsAny<IOException>(() =>
            FileMoves.TryRenameNew(_folder["source"], _folder["target"], Try("rename", NoSuchCall), Try("link", 1)));
        Assert.Equal("ours", File.ReadAllText(_folder["target"]));
    }

    [Theory]
    [InlineData(17)]
    [InlineData(5)]
    public void An_error_of_the_rename_is_not_a_reason_for_another_way(int error)
    {
        var thrown = Assert.ThrowsAny<IOException>(() =>
            FileMoves.TryRenameNew(_folder["source"], _folder["target"], Try("rename", error), Try("link", 0)));

        Assert.Equal(error, thrown.HResult);
        Assert.Equal(["rename"], _tried);
    }

    private Func<string, string, int?> Try(string name, int? error) => (_, _) =>
    {
        _tried.Add(name);
        return error;
    };
}
