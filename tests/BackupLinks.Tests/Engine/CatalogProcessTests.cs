using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Files;
using BackupLinks.Formats;
using BackupLinks.Tests.Core.Formats;
using BackupLinks.Tests.Isolation;
using BackupLinks.Time;

namespace BackupLinks.Tests.Engine;

/// <summary>Several processes that write one catalog, and those that are killed while they do.</summary>
public sealed class CatalogProcessTests : IDisposable
{
    private const int Files = 25;
    private static readonly byte[] Rdb = RdbWriter.Small();

    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;
    private readonly string _script = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.ps1");

    public CatalogProcessTests()
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Rdb));
        var entries = Enumerable.Range(0, Files).Select(i => (CatalogEvent)new CatalogEntry
        {
            Path = $"{i}.rdb", Size = Rdb.Length, Sha256 = hash, SavedAt = DateTimeOffset.UtcNow,
        });
        for (int i = 0; i < Files; i++)
            File.WriteAllBytes(Path.Combine(_folder, $"{i}.rdb"), Rdb);
        new CatalogFile(_folder, Disk.Local).AddAsync([.. entries], Clock.System, CancellationToken.None)
            .GetAwaiter().GetResult();
        // Each command writes its result by itself.
        File.WriteAllText(_script, """
            param($manifest, $folder, $rounds)
            Import-Module $manifest
            for ($round = 0; $round -lt $rounds; $round++) {
                foreach ($file in Get-BackupFile $folder) { $null = $file | Test-BackupFile }
            }
            """);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        File.Delete(_script);
    }

    [Fact]
    public async Task Two_processes_that_write_at_once_lose_no_line()
    {
        Process[] processes = [Start(rounds: 4), Start(rounds: 4)];

        foreach (var process in processes)
        {
            Assert.Equal("", await process.StandardOutput.ReadToEndAsync().WaitAsync(TestTimeout.Hang));
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            process.Dispose();
        }

        string[] lines = File.ReadAllLines(CatalogPath);
        Assert.Equal(Files, lines.Count(line => !line.Contains("\"event\"")));
        Assert.Equal(2 * 4 * Files, lines.Count(line => line.Contains("\"tested\"") && line.EndsWith('}')));
    }

    [Fact]
    public async Task A_process_that_is_killed_while_it_writes_costs_no_line_but_its_last()
    {
        var random = new Random(20261127);
        for (int kill = 0; kill < 4; kill++)
        {
            using var process = Start(rounds: 1000);
            long target = new FileInfo(CatalogPath).Length + random.Next(200, 3000);
            var watch = Stopwatch.StartNew();
            while (!process.HasExited && new FileInfo(CatalogPath).Length < target && watch.Elapsed < TestTimeout.Hang)
                await Task.Delay(1);
            process.Kill();
            await process.WaitForExitAsync();

            var catalog = Assert.Single(BackupCatalog.Find(_folder));
            Assert.Equal(Files, catalog.ReadFiles().Count());
            Assert.InRange(catalog.UnreadableLines, 0, kill + 1);
        }

        using var last = Start(rounds: 1);
        Assert.Equal("", await last.StandardOutput.ReadToEndAsync().WaitAsync(TestTimeout.Hang));
        Assert.All(
            Assert.Single(BackupCatalog.Find(_folder)).ReadFiles(),
            file => Assert.Equal(
                (FilePresence.Present, BackupFileState.Intact), (file.State, file.TestState)));
    }

    private string CatalogPath => Path.Combine(_folder, CatalogFolder.Name, "catalog.jsonl");

    private Process Start(int rounds) => ChildProcess.StartAssembly(
        "BackupLinks.Sandbox", "run", _script, ModuleHost.ManifestPath, _folder, $"{rounds}");
}
