using System;
using BackupLinks.Formats;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Tests bytes in memory, in pieces of any length.</summary>
internal static class FormatTest
{
    /// <summary>The report of one input.</summary>
    public static BackupFileReport Test(byte[] content, int pieces = 0, BackupFormat? format = null,
        BackupTestDepth depth = BackupTestDepth.Contents, string? folder = null)
    {
        var test = new BackupTest(depth, folder);
        using var reader = new ByteReader(pieces > 0 ? new PiecedSource(content, pieces) : new MemorySource(content));
        test.Run(reader, format is { } known ? FormatCatalog.Find(known) : null);
        reader.SkipToEnd();
        var report = BackupVerdict.ToReport("file", content.Length, test, sha256: null, TimeSpan.Zero);
        // No content may show a defect of a verifier.
        Assert.All(report.Layers, layer => Assert.DoesNotContain(BackupTest.Untested, layer.Detail ?? ""));
        return report;
    }

    /// <summary>The state of one input.</summary>
    public static string State(byte[] content) => Test(content).State;

    /// <summary>The same bytes with one bit changed.</summary>
    public static byte[] Flip(byte[] content, int at, int bit = 0)
    {
        byte[] copy = [.. content];
        copy[at] ^= (byte)(1 << bit);
        return copy;
    }

    /// <summary>Bytes that are the same on every run and cannot be compressed.</summary>
    public static byte[] Noise(int count, int seed = 1)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    // Returns a few bytes at a time, as a decoder may.
    private sealed class PiecedSource(byte[] content, int pieces) : IByteSource
    {
        private readonly Random _random = new(pieces);
        private int _at;

        public int Read(byte[] buffer, int offset, int count)
        {
            int read = Math.Min(Math.Min(count, 1 + _random.Next(pieces)), content.Length - _at);
            Buffer.BlockCopy(content, _at, buffer, offset, read);
            _at += read;
            return read;
        }
    }
}
