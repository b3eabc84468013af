using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Engine;

/// <summary>Processes that are killed in the middle of their work, as a power cut or the OOM killer would.</summary>
[Collection(nameof(AloneCollection))]
public sealed class SaveKillTests : SaveTest
{
    private const int Kills = 100;
    private const int AtOnce = 4;

    [Fact]
    public async Task A_process_killed_a_hundred_times_ends_with_the_right_file_and_fetches_at_most_a_segment_twice()
    {
        Assert.SkipUnless(
            ModuleHost.ModuleFramework == "net8.0", "The same code as in the other build, and it takes a minute.");
        Fault(new ObjectFault { BytesPerSecond = 12_000_000 });
        Directory.CreateDirectory(Folder);
        string script = Path.Combine(Folder, "save.ps1");
        File.WriteAllText(script, """
            param($manifest, $uri, $name, $folder, $segments)
            Import-Module $manifest
            [pscustomobject]@{ Uri = $uri; FileName = $name } | Save-BackupFile -Destination $folder -SegmentCount $segments
            """);

        int kills = 0;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(worker => Task.Run(async () =>
        {
            var random = new Random(20260115 + worker);
            for (int round = 0; Volatile.Read(ref kills) < Kills; round++)
            {
                var item = Put($"w{worker}r{round}.rdb", (5 * Segment) + random.Next(Segment));
                int killed = 0;
                while (Volatile.Read(ref kills) < Kills && await KillAsync(script, item, 1 + (round % 4), random))
                {
                    killed++;
                    Interlocked.Increment(ref kills);
                }

                // The run that is let live, unless the last one was faster than its murderer.
                Assert.Equal(0, await RunAsync(script, item, 1 + (round % 4)));
                AssertContent(item, Path.Combine(Folder, Name(item)));
                Assert.InRange(SentOf(item), item.Length, item.Length + ((killed + 1L) * Segment));
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

    private async Task<int> RunAsync(string script, SandboxObject item, int segments)
    {
        using var process = Start(script, item, segments);
        string text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        TestContext.Current.SendDiagnosticMessage(text);
        return process.ExitCode;
    }

    private Process Start(string script, SandboxObject item, int segments)
    {
        string host = Path.Combine(AppContext.BaseDirectory, "BackupLinks.Sandbox.dll");
        return ChildProcess.Start(
            ChildProcess.Dotnet,
            [host, "run", script, ModuleHost.ManifestPath, Server.Presign(item).OriginalString, Name(item), Folder,
            $"{segments}"]);
    }

    private static string Name(SandboxObject item) => Path.GetFileName(item.Key);

    private long SentOf(SandboxObject item) => Server.SentOf(item);
}
