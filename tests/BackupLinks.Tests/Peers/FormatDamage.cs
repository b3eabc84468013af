using System;
using System.Collections.Generic;
using BackupLinks.Formats;
using BackupLinks.Tests.Core.Formats;

namespace BackupLinks.Tests.Peers;

/// <summary>Damages real files, and wants each damage found.</summary>
internal static class FormatDamage
{
    private static readonly string[] Good = [BackupFileState.Intact, BackupFileState.Unverifiable];

    /// <summary>Tests a file on the disk.</summary>
    public static BackupFileReport Test(string path) =>
        BackupFileTester.Test(path, new BackupTestOptions(), progress: null, TestContext.Current.CancellationToken);

    /// <summary>Wants every part of a file to be called bad.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="slack">Bytes at the end that may be missing: white space, or padding.</param>
    public static void RequireCutsFound(byte[] file, int slack = 0)
    {
        foreach (int length in Places(file.Length - slack))
            RequireBad(file[..length], $"{length} of {file.Length} bytes");
    }

    /// <summary>Wants every changed bit to be found.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="from">Where what is covered begins.</param>
    /// <param name="to">Where it ends, from the end of the file.</param>
    public static void RequireFlipsFound(byte[] file, int from = 0, int to = 0)
    {
        foreach (int place in Places(file.Length - from - to))
        {
            byte[] flipped = FormatTest.Flip(file, from + place, place % 8);
            RequireBad(flipped, $"bit {place % 8} of byte {from + place} of {file.Length}");
        }
    }

    /// <summary>Wants bytes behind the end to be found.</summary>
    public static void RequireTailsFound(byte[] file)
    {
        RequireBad([.. file, .. "garbage"u8], "garbage behind the end");
        RequireBad([.. file, .. file], "the file twice");
    }

    private static void RequireBad(byte[] file, string damage)
    {
        var report = FormatTest.Test(file);
        Assert.True(Array.IndexOf(Good, report.State) < 0,
            $"{damage}: {report.State} ({report.Format}, {report.Checksum})");
    }

    // The ends, and places in between that are the same on every run.
    private static IEnumerable<int> Places(int length)
    {
        var random = new Random(length);
        for (int i = 1; i <= 12; i++)
            yield return length - Math.Min(i * i, length);
        for (int i = 0; i < 40; i++)
            yield return random.Next(Math.Max(1, length));
    }
}
