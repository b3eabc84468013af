using System;

namespace BackupLinks.Formats;

/// <summary>Ends the test of one layer at the first problem; never leaves the test.</summary>
internal sealed class BackupFormatException : Exception
{
    public BackupFormatException(string state, long offset, string problem, long? end = null)
        : base(problem)
    {
        State = state;
        Offset = offset;
        End = end;
    }

    /// <summary>The state of the layer because of it.</summary>
    public string State { get; }

    /// <summary>Where it is in the layer's own bytes.</summary>
    public long Offset { get; }

    /// <summary>
    /// The byte after the part that begins at <see cref="Offset"/> and whose own checksum is wrong; null when earlier
    /// bytes may be the cause.
    /// </summary>
    public long? End { get; }

    /// <summary>Where the bytes begin that may be the cause; null where that is <see cref="Offset"/>.</summary>
    public long? Start { get; set; }

    /// <summary>A part with a checksum of its own, which is wrong.</summary>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="end">The byte after it.</param>
    /// <param name="problem">What is wrong.</param>
    public static BackupFormatException DamagedPart(long offset, long end, string problem) =>
        new(BackupFileState.Damaged, offset, "damaged: " + problem, end);

    /// <summary>A checksum or a structure that is wrong.</summary>
    public static BackupFormatException Damaged(long offset, string problem) =>
        new(BackupFileState.Damaged, offset, "damaged: " + problem);

    /// <summary>An end that is missing.</summary>
    public static BackupFormatException Truncated(long offset, string problem) =>
        new(BackupFileState.Truncated, offset, "cut: " + problem);

    /// <summary>A variant that the module does not know, as one damaged bit of a part may say, too.</summary>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="end">The byte after it.</param>
    /// <param name="problem">The variant.</param>
    public static BackupFormatException UnsupportedPart(long offset, long end, string problem) =>
        new(BackupFileState.Unsupported, offset, "not supported: " + problem, end);

    /// <summary>A variant that the module does not know.</summary>
    public static BackupFormatException Unsupported(long offset, string problem) =>
        new(BackupFileState.Unsupported, offset, "not supported: " + problem);
}
