using System;
using System.IO;
using System.Linq;
using BackupLinks.Tests.Core.Catalog;

namespace BackupLinks.Tests.Engine;

/// <summary>On Windows, one file has many spellings, and is one file.</summary>
public sealed class PathSpellingTests : IDisposable
{
    private readonly ModuleHost _module = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;

    public void Dispose()
    {
        _module.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("prod")]
    [InlineData("PROD")]
    public void A_folder_is_found_in_any_case_and_its_files_have_the_spelling_of_the_disk(string spelling)
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "The other systems have a folder for each spelling.");
        Save("Prod/b1");

        Assert.Equal(
            [@"Prod\b1"], Paths(_module.Run("(Get-BackupFile $args[0]).Path", Path.Combine(_folder, spelling))));
        Assert.Equal([@"Prod\b1"], Paths(_module.Run(
            "(Remove-BackupFile $args[0] -KeepLast 1 -PassThru).Path", Path.Combine(_folder, spelling, "B1"))));
    }

    // Such a path is relative to the location of its drive.
    [Fact]
    public void A_path_of_a_drive_without_a_folder_is_below_the_location()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "The other systems have no drives.");
        Save("Prod/b1");
        _module.Runspace.SessionStateProxy.Path.SetLocation(_folder);

        var result = _module.Run("(Get-BackupFile $args[0]).Path", $"{_folder[..2]}prod");

        Assert.Equal([@"Prod\b1"], Paths(result));
    }

    [Fact]
    public void A_saved_file_that_is_read_only_is_removed_by_no_rule_and_told()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "On the other systems, the folder decides.");
        Save("b1", "b2");
        string path = Path.Combine(_folder, "b1");
        File.SetAttributes(path, FileAttributes.ReadOnly);

        var result = _module.Run("Remove-BackupFile $args[0] -KeepLast 1 -Confirm:$false", _folder);

        Assert.Contains($"'{path}' cannot be removed", Assert.Single(result.Errors).Exception.Message);
        Assert.True(File.Exists(path));
        File.SetAttributes(path, FileAttributes.Normal);
    }

    private void Save(params string[] names)
    {
        foreach (var (name, day) in names.Select((name, index) => (name, index + 1)))
        {
            (new SavedFile(Path.GetFileName(name), SavedFile.Parse("2026-01-01").AddDays(day)) { FileName = name })
                .Save(_folder);
        }
    }

    private string[] Paths(RunResult result)
    {
        Assert.Empty(result.Errors);
        return [.. result.Output.Select(item => Path.GetRelativePath(_folder, (string)item.BaseObject))];
    }
}
