using System;
using System.Collections.Generic;
using BackupLinks.Files;

namespace BackupLinks.Tests.Core.Files;

public sealed class WindowsPathTests
{
    [Theory]
    [InlineData(@"C:\", @"C:\")]
    [InlineData(@"C:\backups\a.bak", @"C:\")]
    [InlineData(@"\\nas\share", @"\\nas\share")]
    [InlineData(@"\\nas\share\a.bak", @"\\nas\share\")]
    [InlineData(@"\\?\C:\backups", @"\\?\C:\")]
    [InlineData(@"\\?\UNC\nas\share\a.bak", @"\\?\UNC\nas\share\")]
    [InlineData(@"\\.\Volume1\a.bak", @"\\.\Volume1\")]
    public void The_root_is_the_drive_or_the_share(string path, string root) =>
        Assert.Equal(root, path[..WindowsPath.GetRootLength(path)]);

    [Theory]
    [InlineData(@"c:\PROD\FULL.bak", @"c:\Prod\full.bak")]
    [InlineData(@"c:\prod\new\Full.bak", @"c:\Prod\new\Full.bak")]
    [InlineData(@"c:\prod\", @"c:\Prod\")]
    [InlineData(@"c:\", @"c:\")]
    [InlineData(@"c:\PRODUC~1\full.bak", @"c:\Production\full.bak")]
    [InlineData(@"\\NAS\Share\PROD\a", @"\\NAS\Share\Prod\a")]
    [InlineData(@"c:\prod\*", @"c:\Prod\*")]
    public void A_path_has_the_spelling_that_the_disk_has_and_else_its_own(string path, string stored)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [@"c:\prod"] = "Prod", [@"c:\prod\full.bak"] = "full.bak", [@"c:\produc~1"] = "Production",
            [@"\\nas\share\prod"] = "Prod", [@"c:\prod\*"] = "full.bak",
        };

        Assert.Equal(stored, WindowsPath.ToStored(path, names.GetValueOrDefault));
    }

    [Fact]
    public void On_the_other_systems_each_spelling_is_another_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has one file for all spellings.");
        using var folder = new TemporaryFolder();
        System.IO.Directory.CreateDirectory(folder["Prod"]);

        Assert.Equal(folder["prod"], WindowsPath.ToStored(folder["prod"]));
    }

    [Fact]
    public void Windows_says_how_a_folder_and_a_file_are_spelt()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "The other systems have a file for each spelling.");
        using var folder = new TemporaryFolder();
        System.IO.Directory.CreateDirectory(folder["Prod"]);
        System.IO.File.WriteAllText(folder[@"Prod\Full.bak"], "");

        Assert.Equal(folder[@"Prod\Full.bak"], WindowsPath.ToStored(folder[@"PROD\full.BAK"]));
        Assert.Equal(folder[@"Prod\New.bak"], WindowsPath.ToStored(folder[@"prod\New.bak"]));
    }
}
