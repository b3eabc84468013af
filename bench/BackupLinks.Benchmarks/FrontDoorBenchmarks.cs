using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace BackupLinks.Benchmarks;

/// <summary>
/// The front door from instances to links: against the time that the round trips take, when each command has as many
/// requests in flight as it may, and all commands work at the same time.
/// </summary>
internal static class FrontDoorBenchmarks
{
    private const int Runs = 5;
    private const int Throttle = 16;
    private const int Latency = 50;

    // The instances, and the backups of the first; the projects are known by then.
    private const int TripsBeforeLinks = 2;

    private const string Instances = "Get-CloudInstance @cloud @limit";
    private const string Backups = Instances + " | Get-CloudBackup @limit";
    private const string Links = Backups + " | Get-BackupLink @limit";
    private const string NewestLinks = Backups + " -Latest | Get-BackupLink @limit";

    /// <summary>Measures.</summary>
    public static async Task<int> RunAsync()
    {
        using var sandbox = await ServedSandbox.StartAsync("BackupLinks.Benchmarks.dll", "front-door-fleet");
        using var module = new ModuleUnderTest(sandbox.Address);
        module.Import();
        int instances = Run(module, Instances);
        int backups = Run(module, Backups);
        for (int i = 0; i < 3; i++)
            Run(module, NewestLinks);

        await sandbox.SetLatencyAsync(TimeSpan.FromMilliseconds(Latency), "/");
        var (newest, firstLink) = Measure(module, NewestLinks, instances);
        var (all, _) = Measure(module, Links, backups, runs: 1);
        var (_, firstInstance) = Measure(module, Instances, instances);
        var (_, firstBackup) = Measure(module, Backups, backups);
        await sandbox.SetLatencyAsync(TimeSpan.Zero);

        Console.WriteLine();
        Console.WriteLine(
            $"| {instances:#,0} instances of {FrontDoorFleet.Services.Length} services in "
                + $"{FrontDoorFleet.Regions.Length} regions, {backups:#,0} backups, {Latency} ms latency, "
                + $"-ThrottleLimit {Throttle} | measured | goal |");
        Console.WriteLine("|---|---|---|");
        Console.WriteLine(Row("the link of the newest backup of each instance", newest, instances));
        Console.WriteLine(Row("the links of all backups", all, backups));
        Console.WriteLine(
            $"| the first instance, the first backup, the first link | {Trips(firstInstance)}, {Trips(firstBackup)}, "
                + $"{Trips(firstLink)} round trips | 1, 2, 3 |");
        Console.WriteLine(
            "| memory: the last of ten times all newest links over the first | "
                + $"{MeasureMemory(module, instances)} | flat |");
        return 0;
    }

    private static int Run(ModuleUnderTest module, string script, Action<int>? seen = null) =>
        module.Run(script, FrontDoorFleet.Services, FrontDoorFleet.Regions, Throttle, seen);

    private static (double Time, double First) Measure(
        ModuleUnderTest module, string script, int expected, int runs = Runs)
    {
        var times = new List<double>();
        var first = new List<double>();
        for (int i = 0; i < runs; i++)
        {
            var watch = Stopwatch.StartNew();
            double began = 0;
            int count = Run(module, script, seen => began = seen == 1 ? watch.Elapsed.TotalMilliseconds : began);
            if (count != expected)
                throw new InvalidOperationException($"{count} objects of {expected}");
            times.Add(watch.Elapsed.TotalMilliseconds);
            first.Add(began);
        }

        return (Middle(times), Middle(first));
    }

    private static string Row(string figure, double time, int links)
    {
        double ideal = Latency * (TripsBeforeLinks + Math.Ceiling((double)links / Throttle));
        return Text($"| {figure}, over the ideal of {ideal / 1000:0.0} s | {time / ideal:0.00} x | 1.20 x |");
    }

    private static string MeasureMemory(ModuleUnderTest module, int expected)
    {
        const int Times = 10;
        var peaks = new long[Times];
        Run(module, $"for ($i = 0; $i -lt {Times}; $i++) {{ {NewestLinks} }}", seen =>
        {
            if (seen % 250 == 0 && seen / expected < Times)
                peaks[seen / expected] = Math.Max(peaks[seen / expected], GC.GetTotalMemory(forceFullCollection: true));
        });
        double grown = (peaks[^1] - peaks[0]) / 1048576.0;
        return Text($"{grown:+0.0;-0.0} MB ({peaks[0] / 1048576.0:0.0} MB, {peaks[^1] / 1048576.0:0.0} MB)");
    }

    private static string Trips(double milliseconds) => Text($"{milliseconds / Latency:0.0}");

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
