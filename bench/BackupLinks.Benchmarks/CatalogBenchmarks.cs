using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace BackupLinks.Benchmarks;

/// <summary>Get-BackupFile over a catalog of a million lines, against <c>jq</c>, which reads the same lines.</summary>
internal sealed class CatalogBenchmarks : IDisposable
{
    private const int Runs = 5;
    private const int Lines = 1_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks.Benchmarks.").FullName;

    private string Catalog => Path.Combine(_folder, ".backuplinks", "catalog.jsonl");

    /// <summary>Measures, as far as the peer is installed.</summary>
    public static int Run()
    {
        using var benchmarks = new CatalogBenchmarks();
        benchmarks.Write();
        Console.WriteLine();
        Console.WriteLine("| the catalog | measured | goal |");
        Console.WriteLine("|---|---|---|");
        foreach (var (figure, measured, goal) in benchmarks.Measure())
            Console.WriteLine($"| {figure} | {measured} | {goal} |");
        return 0;
    }

    /// <summary>For a process of its own: reads a catalog twice.</summary>
    /// <returns>
    /// Seconds of the second time, those of the processors among them, and the most memory that the process had in both
    /// over what it had before, in MB.
    /// </returns>
    public static double[] Read(string folder)
    {
        using var module = new TestingModule();
        module.Find(Path.GetTempPath());
        GC.Collect();
        double idle = ProcessMemory.Now;
        ProcessMemory.RestartPeak();
        module.Find(folder);
        var processors = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        module.Find(folder);
        double seconds = watch.Elapsed.TotalSeconds;
        return [seconds, (Environment.CpuUsage.TotalTime - processors).TotalSeconds, ProcessMemory.Peak - idle];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IEnumerable<(string Figure, string Measured, string Goal)> Measure()
    {
        var seconds = new List<double>();
        var processors = new List<double>();
        var memory = new List<double>();
        var peer = new List<double>();
        for (int run = 0; run < Runs; run++)
        {
            double[] figures = [.. ServedFolder.Output(
                "dotnet", [typeof(CatalogBenchmarks).Assembly.Location, "catalog-read", _folder])
                .Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            seconds.Add(figures[0]);
            processors.Add(figures[1]);
            memory.Add(figures[2]);
            if (!File.Exists("/usr/bin/jq"))
                continue;
            var watch = Stopwatch.StartNew();
            ServedFolder.Output("bash", ["-c", "jq -r .path \"$0\" > /dev/null", Catalog]);
            peer.Add(watch.Elapsed.TotalSeconds);
        }

        double own = Middle(seconds);
        yield return (
            $"{Lines:#,0} lines, {new FileInfo(Catalog).Length / 1000000} MB",
            Number($"{own:0.0} s ({Middle(processors):0.0} s of processor time)"), "3 s");
        yield return ("memory above idle", Number($"{Middle(memory):0} MB"), "100 MB");
        if (peer.Count > 0)
            yield return ("over jq, which prints one field", Number($"{own / Middle(peer):0.00} x"), "-");
    }

    private void Write()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Catalog)!);
        using var text = new StreamWriter(Catalog);
        for (int i = 0; i < Lines; i++)
        {
            string time = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i).ToString(
                "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            text.Write(string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                {"v":1,"path":"{{time[..10]}}/dump-{{i}}.rdb","object":"{{i:x64}}","size":{{i}},"sha256":"{{~i:x64}}",
                """));
            text.Write(string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                "etag":"\"{{i:x32}}-4\"","lastModified":"{{time}}","savedAt":"{{time}}","cloud":"HuaweiCloud",
                """));
            text.Write(string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                "service":"HuaweiCloud.Rds","region":"cn-north-4","instanceId":"{{i % 200:x36}}","engine":"MySQL",
                """));
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                "backupId":"{{i:x36}}","kind":"Full","type":"auto","backupTime":"{{time}}","fileCount":1}
                """));
        }
    }

    private static double Middle(IEnumerable<double> values) => values.Order().ElementAt(Runs / 2);

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
