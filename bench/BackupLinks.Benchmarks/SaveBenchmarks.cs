using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace BackupLinks.Benchmarks;

/// <summary>
/// Save-BackupFile against the programs that operators would use in its place, on the same nginx in the same minutes.
/// </summary>
internal sealed class SaveBenchmarks : IDisposable
{
    private const int Runs = 5;
    private const long Gibibyte = 1L << 30;
    private const int SmallFiles = 64;
    private const int TinyFiles = 10_000;
    private static readonly string[] Fetch = ["-s", "-f"];

    private readonly string _folder =
        Path.Combine(Path.GetTempPath(), "BackupLinks.Benchmarks." + Guid.NewGuid().ToString("N"));
    private readonly ServedFolder _nginx;
    private readonly List<(string Figure, string Measured, string Goal)> _rows = [];

    private SaveBenchmarks(string nginx)
    {
        Directory.CreateDirectory(Target);
        _nginx = new ServedFolder(nginx, _folder);
        Fill("1g.bin", Gibibyte);
        Fill("256m.bin", 256 << 20);
        for (int i = 0; i < SmallFiles; i++)
            Fill($"s{i}.bin", 4 << 20);
        Fill("t.bin", 64 << 10);
    }

    private string Target => Path.Combine(_folder, "out");

    /// <summary>Measures, where nginx and the peers are installed.</summary>
    /// <param name="onlyTest">True for the figure of -Test alone.</param>
    public static int Run(bool onlyTest = false)
    {
        if (Find("nginx") is not { } nginx)
        {
            Console.WriteLine("Saving is not measured: nginx is not installed.");
            return 0;
        }

        using var benchmarks = new SaveBenchmarks(nginx);
        if (onlyTest)
        {
            using var module = new SavingModule();
            benchmarks.MeasureTest(module);
        }
        else
        {
            benchmarks.Measure();
        }

        Console.WriteLine();
        Console.WriteLine("| saving | measured | goal |");
        Console.WriteLine("|---|---|---|");
        foreach (var (figure, measured, goal) in benchmarks._rows)
            Console.WriteLine($"| {figure} | {measured} | {goal} |");
        return 0;
    }

    /// <summary>For a process of its own: saves 16 files over 16 connections each.</summary>
    /// <returns>The most memory that the process had, in MB.</returns>
    public static double PeakMemory(string address) => PeakMemory((module, target) => module.Save(
        [.. Enumerable.Range(0, 16).Select(i => new Uri($"{address}/slow/256m.bin?{i}"))], target,
        segments: 16, files: 16));

    /// <summary>For a process of its own: saves small files.</summary>
    /// <returns>The most memory that the process had, in MB.</returns>
    public static double PeakMemoryOfMany(string address, int count) =>
        PeakMemory((module, target) => module.SaveMany(address, count, target));

    private static double PeakMemory(Action<SavingModule, string> save)
    {
        string target = Directory.CreateTempSubdirectory("BackupLinks.Benchmarks.").FullName;
        try
        {
            using var module = new SavingModule();
            save(module, target);
        }
        finally
        {
            Directory.Delete(target, recursive: true);
        }

        return ProcessMemory.Peak;
    }

    public void Dispose()
    {
        _nginx.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Measure()
    {
        using var module = new SavingModule();
        string big = _nginx.Address + "/1g.bin";
        string small = _nginx.Address + "/s0.bin";
        // The JIT compiler is to be through with it, and the page cache full.
        for (int i = 0; i < 3; i++)
            Time(() => module.Save([new Uri(small)], Target));
        Time(() => module.Save([new Uri(big)], Target));

        var contenders = new Dictionary<string, Action>
        {
            ["module"] = () => module.Save([new Uri(big)], Target),
            ["copy"] = () => MachineLimits.Copy(Served("1g.bin"), Path.Combine(Target, "copy")),
            ["SHA-256"] = () => MachineLimits.Hash(Served("1g.bin")),
        };
        AddPeer(contenders, "curl", [.. Fetch, "-o", Path.Combine(Target, "curl"), big]);
        // The module's file is on the disk when it returns; these, too.
        const string Curl = "curl -sf -o \"$0\" \"$1\" && ";
        AddScript(contenders, "curl and sync", Curl + "sync \"$0\"", Path.Combine(Target, "synced"), big);
        AddScript(
            contenders, "curl, sha256sum and sync", Curl + "sha256sum \"$0\" > /dev/null && sync \"$0\"",
            Path.Combine(Target, "hashed"), big);
        AddPeer(contenders, "aria2c", ["-q", "-x16", "-s16", "-d", Target, "-o", "aria2", big]);
        AddPeer(contenders, "wget2", ["-q", "-O", Path.Combine(Target, "wget2"), big]);
        if (Find("pwsh") is { } pwsh)
        {
            string script = $"$ProgressPreference = 'SilentlyContinue'; "
                + $"Invoke-WebRequest '{big}' -OutFile '{Path.Combine(Target, "iwr")}'";
            contenders["Invoke-WebRequest"] = () => Shell(pwsh, ["-NoProfile", "-Command", script]);
        }

        var times = Medians(contenders);
        var (saving, copy, hashing) = (times["module"], times["copy"], times["SHA-256"]);
        double floor = Math.Max(copy, hashing);
        _rows.Add((
            "1 GiB with SHA-256, over peers that do not hash",
            Against(times, "module", "curl", "aria2c", "wget2", "Invoke-WebRequest"), "< 1.00 x"));
        _rows.Add((
            "the same, over curl -o and then sync: both are on the disk",
            Against(times, "module", "curl and sync"), "-"));
        _rows.Add((
            "the same, over what people do today", Against(times, "module", "curl, sha256sum and sync"), "0.60 x"));
        _rows.Add(("the same, over the slower of copying to the disk and SHA-256 alone",
            Number($"{saving / floor:0.00} x ({saving:0.00} s; copy {copy:0.00} s, SHA-256 {hashing:0.00} s)"),
            "1.10 x"));

        MeasureSlow(module);
        MeasureTest(module);
        MeasureSmall(module);
        MeasureTiny(module);

        if (Find("curl") is { } curl)
        {
            double own = Median(() => Processor(() => module.Save([new Uri(big)], Target)));
            double hash = Median(() => Processor(() => MachineLimits.Hash(Served("1g.bin"))));
            double peer = Median(() => ChildProcessor(curl, [.. Fetch, "-o", Path.Combine(Target, "curl"), big]));
            _rows.Add((
                "processor time for 1 GiB without hashing, over curl",
                Number($"{(own - hash) / peer:0.00} x ({own - hash:0.00} s against {peer:0.00} s)"), "1.20 x"));
        }

        _rows.Add((
            "most memory of the whole process, 16 files of 256 MiB x 16 connections",
            Number($"{Memory("save-memory", _nginx.Address):0} MB"), "150 MB"));
    }

    private void MeasureSlow(SavingModule module)
    {
        string slow = _nginx.Address + "/slow/256m.bin";
        var contenders = new Dictionary<string, Action> { ["module"] = () => module.Save([new Uri(slow)], Target) };
        AddPeer(contenders, "aria2c", ["-q", "-x16", "-s16", "-k1M", "-d", Target, "-o", "aria2", slow]);
        const string Script =
            "aria2c -q -x16 -s16 -k1M -d \"$0\" -o hashed \"$1\" && sha256sum \"$0/hashed\" > /dev/null";
        AddScript(contenders, "aria2c and sha256sum", Script, Target, slow);
        _rows.Add((
            "256 MiB, 20 MB/s a connection",
            Against(Medians(contenders), "module", "aria2c and sha256sum", "aria2c"), "0.80 x of the first"));
    }

    private void MeasureSmall(SavingModule module)
    {
        Uri[] many = [.. Enumerable.Range(0, SmallFiles).Select(i => new Uri($"{_nginx.Address}/s{i}.bin"))];
        string[] served = [.. Enumerable.Range(0, SmallFiles).Select(i => Served($"s{i}.bin"))];
        var contenders = new Dictionary<string, Action>
        {
            ["module"] = () => module.Save(many, Target),
            ["SHA-256"] = () => MachineLimits.HashAll(served),
        };
        AddParallelCurl(contenders, many);
        AddPeer(contenders, "wget2", ["-q", "-P", Target, "--max-threads=16", .. many.Select(uri => uri.AbsoluteUri)]);
        var times = Medians(contenders);
        _rows.Add((
            "64 files of 4 MiB", Against(times, "module", "curl -Z, sha256sum and sync", "curl -Z", "wget2"),
            "0.70 x of the first"));
        _rows.Add((
            "the same, over SHA-256 alone on all processors",
            Number($"{times["module"] / times["SHA-256"]:0.00} x ({times["module"]:0.00} s)"), "-"));
    }

    private void MeasureTiny(SavingModule module)
    {
        string tiny = _nginx.Address + "/tiny";
        Uri[] all = [.. Enumerable.Range(0, TinyFiles).Select(i => new Uri($"{tiny}/{i}.bin"))];
        var contenders = new Dictionary<string, Action> { ["module"] = () => module.SaveMany(tiny, TinyFiles, Target) };
        AddParallelCurl(contenders, all);
        var times = Medians(contenders);
        _rows.Add((
            "10,000 files of 64 KiB",
            Against(times, "module", "curl -Z, sha256sum and sync", "curl -Z and sha256sum", "curl -Z"),
            "1.00 x of the first"));
        double roundTrip = MachineLimits.RoundTrip(all[0].AbsoluteUri);
        _rows.Add((
            "the same, a file over one round trip",
            Number($"{times["module"] / TinyFiles * 1e6 / roundTrip:0.0} x ({roundTrip:0} µs)"), "-"));
        double few = Memory("save-tiny", tiny, Number($"{TinyFiles / 10}"));
        double many = Memory("save-tiny", tiny, Number($"{TinyFiles}"));
        _rows.Add((
            "the same, most memory of the process, over 1,000 files", Number($"{many - few:+0;-0} MB ({many:0} MB)"),
            "flat"));
    }

    private static double Memory(params string[] mode) => Median(() => double.Parse(
        ServedFolder.Output("dotnet", [typeof(SaveBenchmarks).Assembly.Location, .. mode]),
        CultureInfo.InvariantCulture));

    private void MeasureTest(SavingModule module)
    {
        FormatFiles.WriteRdb(Path.Combine(_folder, "www", "1g.rdb"), Gibibyte);
        Uri[] backup = [new Uri(_nginx.Address + "/1g.rdb")];
        Time(() => module.Save(backup, Target, isTested: true));
        var times = Medians(new()
        {
            ["with -Test"] = () => module.Save(backup, Target, isTested: true),
            ["without"] = () => module.Save(backup, Target),
        });
        _rows.Add(("1 GiB of RDB, saved with -Test", Against(times, "with -Test", "without"), "1.05 x"));
    }

    private static string Against(Dictionary<string, double> times, string own, params string[] peers) => string.Join(
        ", ", peers.Where(times.ContainsKey).Select(peer => Number($"{times[own] / times[peer]:0.00} x of {peer}")));

    // Each in turn, so that a noisy minute is everybody's.
    private Dictionary<string, double> Medians(Dictionary<string, Action> contenders)
    {
        var times = contenders.Keys.ToDictionary(name => name, _ => new List<double>());
        for (int run = 0; run < Runs; run++)
        {
            foreach (var (name, work) in contenders)
                times[name].Add(Time(work));
        }

        return times.ToDictionary(pair => pair.Key, pair => pair.Value.Order().ElementAt(Runs / 2));
    }

    private static double Median(Func<double> measure) =>
        Enumerable.Range(0, Runs).Select(_ => measure()).Order().ElementAt(Runs / 2);

    private double Time(Action work)
    {
        EmptyTarget();
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }

    private double Processor(Action work)
    {
        EmptyTarget();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }

    private double ChildProcessor(string program, string[] arguments)
    {
        EmptyTarget();
        const string Timed = "TIMEFORMAT='%U %S'; { time \"$@\" > /dev/null 2>&1; } 2>&1";
        string times = ServedFolder.Output("bash", ["-c", Timed, "bash", program, .. arguments]);
        return times.Split(' ').Sum(part => double.Parse(part, CultureInfo.InvariantCulture));
    }

    private void EmptyTarget()
    {
        Directory.Delete(Target, recursive: true);
        Directory.CreateDirectory(Target);
    }

    private static void AddScript(
        Dictionary<string, Action> contenders, string name, string script, params string[] arguments)
    {
        if (name.Split([", ", " and "], StringSplitOptions.None).All(program => Find(program.Split(' ')[0]) is not null)
            && Find("bash") is { } bash)
            contenders[name] = () => Shell(bash, ["-c", script, .. arguments]);
    }

    // The list of addresses is longer than a command line may be.
    private void AddParallelCurl(Dictionary<string, Action> contenders, Uri[] files)
    {
        string list = Path.Combine(_folder, $"{files.Length}.txt");
        File.WriteAllLines(list, files.Select((uri, i) => $"url = \"{uri}\"\noutput = \"{i}.bin\""));
        const string Curl = "curl -Z -sf --no-progress-meter --parallel-max 50 --output-dir \"$0\" -K \"$1\"";
        const string Each = " && cd \"$0\" && find . -type f -print0 | xargs -0 ";
        AddScript(contenders, "curl -Z", Curl, Target, list);
        AddScript(contenders, "curl -Z and sha256sum", $"{Curl}{Each}sha256sum > /dev/null", Target, list);
        AddScript(
            contenders, "curl -Z, sha256sum and sync",
            $"{Curl}{Each}sha256sum > /dev/null && find . -type f -print0 | xargs -0 sync", Target, list);
    }

    private static void AddPeer(Dictionary<string, Action> contenders, string name, string[] arguments)
    {
        if (Find(name) is { } program)
            contenders[name] = () => Shell(program, arguments);
    }

    private static void Shell(string program, string[] arguments) => ServedFolder.Output(program, arguments);

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private string Served(string name) => Path.Combine(_folder, "www", name);

    private void Fill(string name, long size)
    {
        var random = new Random(1);
        byte[] block = new byte[1 << 20];
        using var file = File.Create(Served(name));
        for (long written = 0; written < size; written += block.Length)
        {
            random.NextBytes(block);
            file.Write(block);
        }
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
