using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace BackupLinks.Benchmarks;

/// <summary>
/// Test-BackupFile against the programs that operators would use in its place, and against <c>cat</c>, which reads a
/// file and does nothing with it: the most that a test in one thread could reach.
/// </summary>
internal sealed class FormatBenchmarks : IDisposable
{
    private const int Runs = 7;
    private const long Size = 512 << 20;
    private const int SmallFiles = 1000;
    private const string Cat = "cat \"$0\"";

    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks.Benchmarks.").FullName;
    private readonly TestingModule _module = new();

    /// <summary>Measures, as far as the peers are installed.</summary>
    public static int Run()
    {
        using var benchmarks = new FormatBenchmarks();
        Console.WriteLine();
        Console.WriteLine("| testing | measured | goal |");
        Console.WriteLine("|---|---|---|");
        foreach (var (figure, measured, goal) in benchmarks.Measure())
            Console.WriteLine($"| {figure} | {measured} | {goal} |");
        return 0;
    }

    /// <summary>For a process of its own: tests a small file of the format, and then a large one.</summary>
    /// <returns>
    /// The most memory that the process had for the large one over what it had after the small one, in MB.
    /// </returns>
    public static double MemoryAboveIdle(string small, string large)
    {
        using var module = new TestingModule();
        module.Test(small);
        GC.Collect();
        double idle = ProcessMemory.Now;
        ProcessMemory.RestartPeak();
        module.Test(large);
        return ProcessMemory.Peak - idle;
    }

    public void Dispose()
    {
        _module.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private IEnumerable<(string Figure, string Measured, string Goal)> Measure()
    {
        string rdb = Write("rdb", FormatFiles.WriteRdb);
        if (Find("redis-check-rdb") is { } check)
            yield return ("RDB, over redis-check-rdb", Against(rdb, check + " \"$0\""), "6 x");
        yield return ("RDB, over cat", Against(rdb, Cat), "0.7 x");
        foreach (var (name, write) in new (string, Action<string, long>)[]
        {
            ("xbstream", FormatFiles.WriteXbstream), ("qpress", FormatFiles.WriteQpress), ("MTF", FormatFiles.WriteMtf),
            ("binlog", FormatFiles.WriteBinlog), ("mongodump archive", FormatFiles.WriteMongoArchive),
        })
        {
            string path = Write(name.Split(' ')[0], write);
            yield return (name + ", over cat", Against(path, Cat), "0.7 x");
            File.Delete(path);
        }

        string sql = Write("sql", FormatFiles.WriteSql);
        foreach (var (program, ending, goal) in new[]
        {
            ("gzip", ".gz", "0.9 x"), ("lz4", ".lz4", "0.8 x"), ("zstd", ".zst", "-"),
        })
        {
            if (Find(program) is not { } compressor)
                continue;
            ServedFolder.Output("bash", ["-c", $"{compressor} -c \"$0\" > \"$0{ending}\" 2> /dev/null", sql]);
            yield return ($"{program}, over {program} -t", Against(sql + ending, $"{compressor} -q -t \"$0\""), goal);
        }

        string small = Path.Combine(_folder, "small");
        Directory.CreateDirectory(small);
        for (int i = 0; i < SmallFiles; i++)
            FormatFiles.WriteRdb(Path.Combine(small, $"{i}.rdb"), 4096);
        yield return (
            $"{SmallFiles:#,0} RDB files of 4 KiB", Number(
                $"{Median(() => _module.Test(small, SmallFiles)):0.00} s"), "1 s");
        yield return ("memory above idle, RDB of 512 MiB", Above(Path.Combine(small, "0.rdb"), rdb), "16 MB");
        FormatFiles.WriteRdb(rdb + "4", 4 * Size);
        yield return ("memory above idle, RDB of 2 GiB", Above(Path.Combine(small, "0.rdb"), rdb + "4"), "16 MB");
    }

    // In turn, so that a noisy minute is everybody's.
    private string Against(string path, string command)
    {
        var own = new List<double>();
        var peer = new List<double>();
        _module.Test(path);
        for (int run = 0; run < Runs; run++)
        {
            own.Add(Time(() => _module.Test(path)));
            peer.Add(Time(() => ServedFolder.Output("bash", ["-c", command + " > /dev/null 2>&1", path])));
        }

        double ownTime = own.Order().ElementAt(Runs / 2), peerTime = peer.Order().ElementAt(Runs / 2);
        double rate = new FileInfo(path).Length / 1e6 / ownTime;
        return Number($"{peerTime / ownTime:0.00} x ({rate:0} MB/s)");
    }

    private static string Above(string small, string large)
    {
        string output = ServedFolder.Output(
            "dotnet", [typeof(FormatBenchmarks).Assembly.Location, "formats-memory", small, large]);
        return Number($"{double.Parse(output, CultureInfo.InvariantCulture):0.0} MB");
    }

    private string Write(string name, Action<string, long> write)
    {
        string path = Path.Combine(_folder, "a." + name);
        write(path, Size);
        return path;
    }

    private static double Median(Action work) =>
        Enumerable.Range(0, Runs).Select(_ => Time(work)).Order().ElementAt(Runs / 2);

    private static double Time(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
