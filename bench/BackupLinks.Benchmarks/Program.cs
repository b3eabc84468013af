using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Benchmarks;
using BackupLinks.Sandbox.HuaweiCloud;

const int Runs = 5;
const int Backups = 1000;

return args switch
{
    [] => await RunAllAsync() + await FrontDoorBenchmarks.RunAsync() + SaveBenchmarks.Run() + FormatBenchmarks.Run()
        + CatalogBenchmarks.Run(),
    ["links"] => await RunAllAsync(),
    ["lists"] => await RunListsAsync(),
    ["front-door"] => await FrontDoorBenchmarks.RunAsync(),
    ["front-door-fleet"] => await FrontDoorFleet.ServeAsync(),
    ["save"] => SaveBenchmarks.Run(),
    ["save-test"] => SaveBenchmarks.Run(onlyTest: true),
    ["formats"] => FormatBenchmarks.Run(),
    ["catalog"] => CatalogBenchmarks.Run(),
    ["catalog-read", var folder] => ReportAll(CatalogBenchmarks.Read(folder)),
    ["formats-memory", var small, var large] => Report(FormatBenchmarks.MemoryAboveIdle(small, large)),
    ["save-memory", var address] => Report(SaveBenchmarks.PeakMemory(address)),
    ["save-tiny", var address, var count] => Report(
        SaveBenchmarks.PeakMemoryOfMany(address, int.Parse(count, CultureInfo.InvariantCulture))),
    ["first-link", var endpoint] => Report(FirstLink(new Uri(endpoint))),
    ["first-raw", var endpoint] => Report(await FirstRawAsync(new Uri(endpoint))),
    ["import", var endpoint] => Report(Import(new Uri(endpoint), afterAnother: true)),
    ["first-import", var endpoint] => Report(Import(new Uri(endpoint), afterAnother: false)),
    _ => Usage(),
};

static async Task<int> RunAllAsync()
{
    using var sandbox = await ServedSandbox.StartAsync();
    using var module = new ModuleUnderTest(sandbox.Address);
    using var loop = new HandWrittenLoop(sandbox.Address);
    module.Import();
    var ids = Enumerable.Repeat(HuaweiSamples.DcsSingleBackupId, Backups).ToArray();
    var rows = new List<(string Figure, string Measured, string Goal)>();

    // Warm-up of both sides and of the cloud, until the JIT compiler is through with them.
    for (int i = 0; i < 10; i++)
    {
        module.GetLinks(Backups, 8);
        await loop.RunAsync(ids, 8);
    }

    await sandbox.SetLatencyAsync(TimeSpan.FromMilliseconds(50));
    var ideal = TimeSpan.FromMilliseconds(50 * Math.Ceiling(Backups / 32.0));
    var (latencyModule, latencyLoop) = await PairAsync(
        () => Task.FromResult(module.GetLinks(Backups, 32)), () => loop.RunAsync(ids, 32));
    rows.Add(("1,000 backups, 50 ms latency, -ThrottleLimit 32, over the ideal of 1.6 s",
        $"{latencyModule / ideal:0.00} x (hand-written loop: {latencyLoop / ideal:0.00} x)", "1.15 x"));

    await sandbox.SetLatencyAsync(TimeSpan.Zero);
    var (serialModule, serialLoop) = await PairAsync(
        () => Task.FromResult(module.GetLinks(Backups, 1)), () => loop.RunOneByOneAsync(ids));
    rows.Add(("1,000 backups one by one, no latency, over the hand-written loop",
        $"{serialModule / serialLoop:0.00} x ({Microseconds(serialModule)} against {Microseconds(serialLoop)} a link)",
        "1.25 x"));

    var (wideModule, wideLoop) = await PairAsync(
        () => Task.FromResult(module.GetLinks(Backups, 8)), () => loop.RunAsync(ids, 8));
    rows.Add((
        "1,000 backups eight at a time, no latency, over the hand-written loop", $"{wideModule / wideLoop:0.00} x",
        "-"));

    rows.Add(("memory: last thousand of 20,000 ids over the first thousand", MeasureMemory(module), "+ 5 MB"));
    rows.AddRange(await MeasureListsAsync(module, sandbox));
    rows.Add(("Import-Module in a fresh process whose engine has imported another module",
        $"{Median(() => Child("import", sandbox)):0} ms (first module of the "
            + $"process: {Median(() => Child("first-import", sandbox)):0} ms)", "20 ms"));
    double link = Median(() => Child("first-link", sandbox));
    double raw = Median(() => Child("first-raw", sandbox));
    rows.Add((
        "first link in a fresh process, over the raw call", $"+ {link - raw:0} ms ({link:0} ms against {raw:0} ms)",
        "+ 150 ms"));

    return Print(rows);
}

static async Task<int> RunListsAsync()
{
    using var sandbox = await ServedSandbox.StartAsync();
    using var module = new ModuleUnderTest(sandbox.Address);
    module.Import();
    return Print(await MeasureListsAsync(module, sandbox));
}

static int Print(IEnumerable<(string Figure, string Measured, string Goal)> rows)
{
    Console.WriteLine(
        $"{Environment.ProcessorCount} processors, .NET {Environment.Version}, medians of {Runs} runs, each pair in "
            + "turn");
    Console.WriteLine();
    Console.WriteLine("| figure | measured | goal |");
    Console.WriteLine("|---|---|---|");
    foreach (var (figure, measured, goal) in rows)
        Console.WriteLine($"| {figure} | {measured} | {goal} |");
    return 0;
}

static async Task<IReadOnlyList<(string Figure, string Measured, string Goal)>> MeasureListsAsync(
    ModuleUnderTest module, ServedSandbox sandbox)
{
    const int Instances = 200;
    const int Listed = 5000;
    const int Throttle = 16;
    const int Latency = 50;
    for (int i = 0; i < 10; i++)
        module.GetBackups(1, Throttle);

    await sandbox.SetLatencyAsync(TimeSpan.FromMilliseconds(Latency), "/v2/");
    // One page of instances, then the backups of each.
    double ideal = Latency * (1 + Math.Ceiling((double)Instances / Throttle));
    var all = new List<double>();
    var first = new List<double>();
    for (int i = 0; i < Runs; i++)
    {
        var watch = Stopwatch.StartNew();
        double began = 0;
        int count = module.GetBackups(1, Throttle, seen => began = seen == 1 ? watch.Elapsed.TotalMilliseconds : began);
        if (count < Listed)
            throw new InvalidOperationException($"{count} backups of {Listed}");
        all.Add(watch.Elapsed.TotalMilliseconds);
        first.Add(began);
    }

    await sandbox.SetLatencyAsync(TimeSpan.Zero);
    const int Times = 10;
    var peaks = new long[Times];
    module.GetBackups(Times, Throttle, seen =>
    {
        if (seen % 500 == 0 && seen / Listed < Times)
            peaks[seen / Listed] = Math.Max(peaks[seen / Listed], GC.GetTotalMemory(forceFullCollection: true));
    });
    double grown = (peaks[^1] - peaks[0]) / 1048576.0;
    return
    [
        ($"{Listed:#,0} backups of {Instances} instances, {Latency} ms latency, -ThrottleLimit {Throttle}, over the "
            + $"ideal of {ideal / 1000:0.0} s",
            string.Create(CultureInfo.InvariantCulture, $"{Middle(all) / ideal:0.00} x"), "1.20 x"),
        ("the first of them", string.Create(
            CultureInfo.InvariantCulture,
            $"{Middle(first):0} ms ({Middle(first) / Latency:0.0} round trips)"), "2 round trips"),
        ($"memory: the last {Listed:#,0} of {Times * Listed:#,0} listed over the first",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{grown:+0.0;-0.0} MB ({peaks[0] / 1048576.0:0.0} MB, {peaks[^1] / 1048576.0:0.0} MB)"), "flat"),
    ];
}

static double Middle(IEnumerable<double> values) => values.Order().ElementAt(Runs / 2);

static async Task<(TimeSpan Module, TimeSpan Loop)> PairAsync(Func<Task<int>> module, Func<Task<int>> loop)
{
    var modules = new List<TimeSpan>();
    var loops = new List<TimeSpan>();
    for (int i = 0; i < Runs; i++)
    {
        modules.Add(await TimeAsync(module));
        loops.Add(await TimeAsync(loop));
    }

    return (modules.Order().ElementAt(Runs / 2), loops.Order().ElementAt(Runs / 2));
}

static async Task<TimeSpan> TimeAsync(Func<Task<int>> work)
{
    var watch = Stopwatch.StartNew();
    int links = await work();
    return links == Backups
        ? watch.Elapsed : throw new InvalidOperationException($"{links} links for {Backups} backups");
}

static string MeasureMemory(ModuleUnderTest module)
{
    const int Ids = 20_000;
    const int Thousand = 1_000;
    long first = 0;
    long last = 0;
    module.GetLinks(Ids, 8, seen =>
    {
        if (seen % 100 != 0 || (seen > Thousand && seen <= Ids - Thousand))
            return;
        long memory = GC.GetTotalMemory(forceFullCollection: true);
        if (seen <= Thousand)
            first = Math.Max(first, memory);
        else
            last = Math.Max(last, memory);
    });
    return string.Create(
        CultureInfo.InvariantCulture,
        $"{(last - first) / 1048576.0:+0.0;-0.0} MB ({first / 1048576.0:0.0} MB, {last / 1048576.0:0.0} MB)");
}

static double Child(string mode, ServedSandbox sandbox)
{
    var start = new ProcessStartInfo(
        "dotnet",
        [typeof(HandWrittenLoop).Assembly.Location, mode, sandbox.Address.AbsoluteUri])
            { RedirectStandardOutput = true };
    using var process = Process.Start(start)!;
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return double.Parse(output, CultureInfo.InvariantCulture);
}

static double Median(Func<double> measure) =>
    Enumerable.Range(0, Runs).Select(_ => measure()).Order().ElementAt(Runs / 2);

static double FirstLink(Uri endpoint)
{
    using var module = new ModuleUnderTest(endpoint);
    module.Import();
    var watch = Stopwatch.StartNew();
    module.GetLinks(1, 8);
    return watch.Elapsed.TotalMilliseconds;
}

static async Task<double> FirstRawAsync(Uri endpoint)
{
    using var loop = new HandWrittenLoop(endpoint);
    var watch = Stopwatch.StartNew();
    await loop.RunOneByOneAsync([HuaweiSamples.DcsSingleBackupId]);
    return watch.Elapsed.TotalMilliseconds;
}

static double Import(Uri endpoint, bool afterAnother)
{
    using var module = new ModuleUnderTest(endpoint);
    if (afterAnother)
        module.ImportAnother();
    var watch = Stopwatch.StartNew();
    module.Import();
    return watch.Elapsed.TotalMilliseconds;
}

static int Report(double milliseconds)
{
    Console.Write(milliseconds.ToString("0.0", CultureInfo.InvariantCulture));
    return 0;
}

static int ReportAll(double[] figures)
{
    Console.Write(string.Join(' ', figures.Select(figure => figure.ToString("0.000", CultureInfo.InvariantCulture))));
    return 0;
}

static string Microseconds(TimeSpan time) =>
    string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds / Backups:0} µs");

static int Usage()
{
    Console.Error.WriteLine(
        "Usage: BackupLinks.Benchmarks [links | lists | front-door | save | save-test | formats | catalog]");
    return 2;
}
