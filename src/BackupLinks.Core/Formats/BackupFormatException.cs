using System;

namespace BackupLinks.Formats;

/// <summary>Ends the test of one layer at the first problem; never leaves the test.</summary>
internal sealed class BackupFormatException : Exception
{
    public BackupFormatException(string state, long offset, string problem)
        : base(problem)
    {
        State = state;
        Offset = offset;
    }

    /// <summary>The state of the layer because of it.</summary>
    public string State { get; }

    /// <summary>Where it is in the layer's own bytes.</summary>
    public long Offset { get; }

    /// <summary>A checksum or a structure that is wrong.</summary>
    public static BackupFormatException Damaged(long offset, string problem) =>
        new(BackupFileState.Damaged, offset, "damaged: " + problem);

    /// <summary>An end that is missing.</summary>
    public static BackupFormatException Truncated(long offset, string problem) =>
        new(BackupFileState.Truncated, offset, "cut: " + problem);

    /// <summary>A variant that the module does not know.</summary>
    public static BackupFormatException Unsupported(long offset, string problem) =>
        new(BackupFileState.Unsupported, offset, "not supported: " + problem);
}
