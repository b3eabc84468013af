using System;
using System.IO;
using System.Linq;
using BackupLinks.Catalog;
using BackupLinks.Tests.Core.Catalog;

namespace BackupLinks.Tests.Engine;

/// <summary>Remove-BackupFile where it cannot know what may go.</summary>
public sealed class RemoveRefusalTests : IDisposable
{
    private readonly ModuleHost _module = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;

    public void Dispose()
    {
        _module.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_the_list_of_instances_that_are_gone_the_rules_remove_nothing(bool isFolder)
    {
        foreach (string id in new[] { "b1", "b2", "b3" })
            SavedFile.At($"2026-01-0{id[1]}", id).Save(_folder);
        string list = Path.Combine(_folder, CatalogFolder.Name, "instances.json");
        if (isFolder)
            Directory.CreateDirectory(list);
        else
            File.WriteAllText(list, "{");

        var result = _module.Run("Remove-BackupFile $args[0] -KeepLast 1 -Confirm:$false -PassThru", _folder);

        var error = Assert.Single(result.Errors);
        Assert.StartsWith("FileUnavailable", error.FullyQualifiedErrorId);
        string reason = isFolder ? "cannot be read" : "is not what Get-BackupStatus wrote";
        Assert.StartsWith($"'{list}' {reason}", error.Exception.Message);
        Assert.Empty(result.Output);
        Assert.Equal(["b1", "b2", "b3"], Files());
        var all = _module.Run("Remove-BackupFile $args[0] -InstanceId i1 -All -Confirm:$false", _folder);
        Assert.Empty(all.Errors);
        Assert.Empty(Files());
    }

    private string[] Files() => [.. Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)).Order()];
}
