using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Tests.Core.Catalog;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Engine;

/// <summary>Processes that are killed while they remove backups.</summary>
public sealed class RemoveKillTests : IDisposable
{
    private const int Backups = 150;
    private const int Kills = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;
    private readonly string _script = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.ps1");

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        File.Delete(_script);
    }

    [Fact]
    public async Task A_killed_process_leaves_a_truthful_catalog_and_the_next_one_ends_its_work()
    {
        for (int day = 0; day < Backups; day++)
        {
            var file = new SavedFile($"b{day:000}", SavedFile.Parse("2026-01-01").AddDays(day)) { Count = 2 };
            (file with { FileName = $"{day:000}/a" }).Save(_folder);
            (file with { FileName = $"{day:000}/b" }).Save(_folder);
        }

        File.WriteAllText(_script, """
            param($manifest, $folder)
            Import-Module $manifest
            Remove-BackupFile $folder -KeepLast 3 -Confirm:$false
            """);
        var random = new Random(20261126);

        for (int kill = 0; kill < Kills; kill++)
        {
            using var process = Start();
            int target = Math.Max(Files().Length - random.Next(1, 60), 8);
            var watch = Stopwatch.StartNew();
            while (!process.HasExited && Files().Length > target && watch.Elapsed < TestTimeout.Hang)
                await Task.Delay(1);
            process.Kill();
            await process.WaitForExitAsync();

            // What the catalog has is on the disk, and what is on the disk is in the catalog.
            var known = BackupCatalog.Find(_folder).Single().ReadFiles().ToList();
            Assert.All(known, file => Assert.Equal(FilePresence.Present, file.State));
            Assert.Equal(Files(), known.Select(file => file.Path).Order(StringComparer.Ordinal));
            Assert.InRange(known.Count(file => file.IsBeingRemoved), 0, 2);
        }

        using var last = Start();
        Assert.Equal("", await last.StandardOutput.ReadToEndAsync());
        await last.WaitForExitAsync();
        Assert.Equal(0, last.ExitCode);
        Assert.Equal(6, Files().Length);
        Assert.Equal(4, Directory.GetDirectories(_folder).Length);
        Assert.Equal(6, BackupCatalog.Find(_folder).Single().ReadKnownFiles().Count());
    }

    private Process Start() => ChildProcess.StartAssembly(
        "BackupLinks.Sandbox", "run", _script, ModuleHost.ManifestPath, _folder);

    private string[] Files() => [.. Directory.GetFiles(_folder, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0,
        })
        .Where(path => !path.Contains(CatalogFolder.Name, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
