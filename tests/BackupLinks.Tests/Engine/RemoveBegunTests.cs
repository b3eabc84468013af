using System;
using System.IO;
using System.Linq;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Retention;
using BackupLinks.Tests.Core.Catalog;

namespace BackupLinks.Tests.Engine;

/// <summary>A removal that was begun by a command that was stopped, and of which no file is gone.</summary>
public sealed class RemoveBegunTests : IDisposable
{
    private readonly ModuleHost _module = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;

    public RemoveBegunTests()
    {
        (SavedFile.At("2026-01-01", "b1") with { FileName = "1/b1" }).Save(_folder);
        File.AppendAllText(
            Path.Combine(_folder, CatalogFolder.Name, "catalog.jsonl"),
            """{"v":1,"event":"removing","path":"1/b1","at":"2026-01-15T00:00:00Z"}""" + "\n");
    }

    private BackupFile Known => BackupCatalog.Find(_folder)[0].ReadFiles().Single();

    public void Dispose()
    {
        _module.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_backup_stays_by_the_rules_and_the_catalog_says_so()
    {
        var preview = _module.Run("Remove-BackupFile $args[0] -KeepLast 9 -WhatIf -PassThru", _folder);
        Assert.True(Known.IsBeingRemoved);
        var result = _module.Run("Remove-BackupFile $args[0] -KeepLast 9 -Confirm:$false -PassThru", _folder);

        Assert.True(preview.Single<RetentionDecision>().Keep);
        Assert.True(result.Single<RetentionDecision>().Keep);
        Assert.False(Known.IsBeingRemoved);
    }

    [Fact]
    public void The_file_is_compared_by_a_test()
    {
        string path = Path.Combine(_folder, "1", "b1");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);

        _module.Run("Test-BackupFile $args[0]", path);

        Assert.Equal(FilePresence.Changed, Known.State);
    }
}
