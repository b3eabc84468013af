using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Files;
using BackupLinks.Sandbox;
using BackupLinks.Shims;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Engine;

/// <summary>Processes that are killed in the middle of their work, as a power cut or the OOM killer would.</summary>
[Collection(nameof(AloneCollection))]
public sealed class SaveKillTests : SaveTest
{
    private const int Kills = 100;
    private const int AtOnce = 4;

    [Fact]
    public async Task A_process_killed_a_hundred_times_loses_at_most_a_segment_each_time_and_ends_with_the_right_file()
    {
        Assert.SkipUnless(
            ModuleHost.ModuleFramework == "net8.0", "The same code as in the other build, and it takes a minute.");
        Fault(new ObjectFault { BytesPerSecond = 12_000_000 });
        Directory.CreateDirectory(Folder);
        string script = Path.Combine(Folder, "save.ps1");
        File.WriteAllText(script, """
            param($manifest, $uri, $name, $folder, $segments)
            Import-Module $manifest
            [pscustomobject]@{ Uri = $uri; FileName = $name } |
                Save-BackupFile -Destination $folder -SegmentCount $segments |
                ForEach-Object { "resumed $($_.BytesResumed)" }
            """);

        int kills = 0;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(worker => Task.Run(async () =>
        {
            var random = new Random(20260115 + worker);
            for (int round = 0; Volatile.Read(ref kills) < Kills; round++)
            {
                var item = Put($"w{worker}r{round}.rdb", (5 * Segment) + random.Next(Segment));
                int segments = 1 + (round % 4);
                long kept = 0;
                while (Volatile.Read(ref kills) < Kills && await KillAsync(script, item, segments, random))
                {
                    Interlocked.Increment(ref kills);
                    kept = RequireLittleLost(item);
                }

                // The run that may finish, unless the last one finished before it was killed.
                bool isThere = File.Exists(PathOf(item));
                string output = await RunAsync(script, item, segments);
                AssertContent(item, PathOf(item));
                if (!isThere)
                    Assert.Contains($"resumed {kept}\n", output, StringComparison.Ordinal);
            }
        })));

        Assert.Equal(Kills, Math.Min(kills, Kills));
    }

    // False when the process came to its end before.
    private async Task<bool> KillAsync(string script, SandboxObject item, int segments, Random random)
    {
        using var process = Start(script, item, segments);
        long until = SentOf(item) + random.Next(2 * Segment);
        bool isEarly = random.Next(10) == 0;
        var watch = Stopwatch.StartNew();
        while (!process.HasExited && SentOf(item) < until && (!isEarly || watch.ElapsedMilliseconds < until % 1000)
            && watch.Elapsed < TestTimeout.Hang)
            await Task.Delay(3);
        bool isAlive = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync();
        return isAlive || process.ExitCode != 0;
    }

    private async Task<string> RunAsync(string script, SandboxObject item, int segments)
    {
        using var process = Start(script, item, segments);
        string text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return text + "\n";
    }

    // The bytes that the next run resumes from. Those that were written and are not in the journal are fetched twice.
    // How many the store had sent besides depends on the machine: its sockets buffer megabytes.
    private long RequireLittleLost(SandboxObject item)
    {
        string path = PathOf(item);
        if (!File.Exists(PartialFileName.DataOf(path)) || !File.Exists(PartialFileName.JournalOf(path)))
            return 0;
        byte[] data = File.ReadAllBytes(PartialFileName.DataOf(path));
        byte[] expected = new byte[item.Length];
        item.Read(0, expected);
        var ranges = PartialRecord.Parse(File.ReadAllBytes(PartialFileName.JournalOf(path))) is { } newest
            ? newest.Record.GetCompletedRanges(BootId.Id) : [];
        long kept = 0;
        foreach (var range in ranges)
        {
            var (start, length) = ((int)range.Start, (int)range.Length);
            Assert.True(
                data.AsSpan(start, length).SequenceEqual(expected.AsSpan(start, length)),
                "a checkpoint of other bytes");
            data.AsSpan(start, length).Clear();
            kept += range.Length;
        }

        Assert.InRange(CountWritten(data, expected), 0, Segment);
        Discard(PartialFileName.DataOf(path), ranges, data.Length);
        return kept;
    }

    private static long CountWritten(byte[] data, byte[] expected)
    {
        long written = 0;
        for (int i = 0; i < data.Length; i++)
            written += data[i] == expected[i] && data[i] != 0 ? 1 : 0;
        return written;
    }

    // So that the next look sees only what the next run has written.
    private static void Discard(string path, IReadOnlyList<CheckedRange> kept, long length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        long position = 0;
        foreach (var range in kept.OrderBy(range => range.Start).Append(new CheckedRange(length, length, 0)))
        {
            file.Position = position;
            file.Write(new byte[Math.Max(0, range.Start - position)]);
            position = range.End;
        }
    }

    private Process Start(string script, SandboxObject item, int segments) => ChildProcess.StartAssembly(
        "BackupLinks.Sandbox", "run", script, ModuleHost.ManifestPath, Server.Presign(item).OriginalString, Name(item),
        Folder, $"{segments}");

    private static string Name(SandboxObject item) => Path.GetFileName(item.Key);

    private string PathOf(SandboxObject item) => Path.Combine(Folder, Name(item));

    private long SentOf(SandboxObject item) => Server.SentOf(item);
}
