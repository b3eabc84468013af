using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace BackupLinks.Benchmarks;

/// <summary>The memory of this process, in MB, as Linux counts it.</summary>
internal static class ProcessMemory
{
    /// <summary>What it has now.</summary>
    public static double Now => Read("VmRSS");

    /// <summary>The most that it had since <see cref="RestartPeak"/>.</summary>
    public static double Peak => Read("VmHWM");

    /// <summary>The peak begins anew.</summary>
    public static void RestartPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static double Read(string key)
    {
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith(key, StringComparison.Ordinal));
        return double.Parse(
            line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
