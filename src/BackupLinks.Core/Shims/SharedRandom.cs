using System;

namespace BackupLinks.Shims;

internal static class SharedRandom
{
#if !NET8_0_OR_GREATER
    private static readonly Random Instance = new();
#endif

    /// <summary>A number from 0 (inclusive) to 1 (exclusive); safe from any thread.</summary>
    public static double NextDouble()
    {
#if NET8_0_OR_GREATER
        return Random.Shared.NextDouble();
#else
        lock (Instance)
            return Instance.NextDouble();
#endif
    }
}
