using System;

namespace BackupLinks.Formats;

/// <summary>One format: how its first bytes look, and the test of the rest. Has no state, and serves any number of
/// files.</summary>
internal abstract class FormatVerifier
{
    /// <summary>How many of the first bytes <see cref="Recognises"/> sees, if there are so many.</summary>
    public const int HeadSize = 4096;

    /// <summary>Which format it is.</summary>
    public abstract BackupFormat Format { get; }

    /// <summary>The name that reports have.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the first bytes are those of this format, whole or damaged further on.</summary>
    /// <param name="head">The first bytes; fewer than <see cref="HeadSize"/> only where there are no more.</param>
    public abstract bool Recognises(ReadOnlySpan<byte> head);

    /// <summary>Reads to the end and says what was found.</summary>
    /// <param name="input">The bytes, from the first on.</param>
    /// <param name="layer">Takes what was found.</param>
    /// <param name="test">Tests what a container has in it.</param>
    /// <exception cref="BackupFormatException">The first problem.</exception>
    public abstract void Verify(ByteReader input, BackupLayer layer, BackupTest test);

    /// <summary>The problem of bytes behind the end, if there are any.</summary>
    /// <param name="input">The reader, at the end of the format.</param>
    /// <param name="layer">Takes the problem.</param>
    private protected void RefuseTrailingData(ByteReader input, BackupLayer layer) =>
        RefuseTrailingData(input, layer, Name);

    /// <summary>The problem of bytes behind the end of a format, if there are any.</summary>
    /// <param name="input">The reader, at the end of the format.</param>
    /// <param name="layer">Takes the problem.</param>
    /// <param name="name">The format's name.</param>
    /// <param name="start">Where a length begins that the end follows from; null where a checksum covers it.</param>
    private protected static void RefuseTrailingData(
        ByteReader input, BackupLayer layer, string name, long? start = null)
    {
        long end = input.Position;
        long behind = input.SkipToEnd();
        if (behind > 0)
            FailTrailing(layer, name, end, behind, start);
    }

    /// <summary>Notes bytes behind the end of a format.</summary>
    /// <param name="layer">Takes the problem.</param>
    /// <param name="name">The format's name.</param>
    /// <param name="end">Where the format ends.</param>
    /// <param name="behind">How many bytes follow.</param>
    /// <param name="start">Where a length begins that the end follows from; null where a checksum covers it.</param>
    private protected static void FailTrailing(
        BackupLayer layer, string name, long end, long behind, long? start = null) => layer.Fail(
        BackupFileState.TrailingData, end,
        $"trailing data: the {name} ends at {Text.Numbers.Text(end)}, and {Text.Numbers.Count(behind, "byte")} follow",
        start: start);
}
