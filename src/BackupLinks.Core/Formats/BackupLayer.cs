using System;
using System.Collections.Generic;

namespace BackupLinks.Formats;

/// <summary>One format of a file that has several, one inside the other.</summary>
public sealed class BackupLayer
{
    internal BackupLayer(BackupFormat format, string name)
    {
        Kind = format;
        Format = name;
    }

    /// <summary>The format's name, such as <c>LZ4</c>.</summary>
    public string Format { get; internal set; }

    /// <summary>Where the problem is, in bytes from the beginning of this layer; null without a problem.</summary>
    public long? Offset { get; internal set; }

    /// <summary>The result of this layer: a word of <see cref="BackupFileState"/>.</summary>
    public string State { get; internal set; } = BackupFileState.Intact;

    /// <summary>The coverage of this layer's own checksums: a word of <see cref="ChecksumCoverage"/>.</summary>
    public string Checksum { get; internal set; } = ChecksumCoverage.Verified;

    /// <summary>The problem, or what there is to know of the layer; null when there is nothing.</summary>
    public string? Detail { get; internal set; }

    internal BackupFormat Kind { get; set; }

    /// <summary>Null when the format cannot tell a whole file from one that was cut.</summary>
    internal bool? IsWhole { get; set; } = true;

    /// <summary>The byte after the part that has the problem; null when earlier bytes may be the cause.</summary>
    internal long? ProblemEnd { get; set; }

    /// <summary>Where the part begins that has the problem; null where that is <see cref="Offset"/>.</summary>
    internal long? ProblemStart { get; set; }

    /// <summary>True when a checksum of this layer is right for the bytes that the problem is in.</summary>
    internal bool IsProven { get; private set; }

    internal string? Version { get; set; }

    internal string? Engine { get; set; }

    internal DateTimeOffset? CreatedAt { get; set; }

    internal Dictionary<string, object> Details { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a state that a restore would stumble over.</summary>
    internal bool IsBad => State is not (BackupFileState.Intact or BackupFileState.Unverifiable);

    /// <summary>True where the format could show that a file is whole, and this file does not. Text never could.
    /// </summary>
    internal bool IsUnsure => State is BackupFileState.Unverifiable && Kind is not BackupFormat.Text;

    /// <summary>The format and the state.</summary>
    /// <returns>For example <c>LZ4: Intact</c>.</returns>
    public override string ToString() => $"{Format}: {State}";

    /// <summary>
    /// Notes the first problem; a later one follows from it, except from a part that was passed over untested.
    /// </summary>
    internal void Fail(
        string state, long? offset, string problem, long? end = null, long? start = null, bool isProven = false)
    {
        bool isUntested = State is BackupFileState.Unsupported;
        if (IsBad && !(isUntested && state is not BackupFileState.Unsupported))
            return;
        State = state;
        Offset = offset;
        ProblemEnd = end;
        ProblemStart = start;
        IsProven = isProven;
        Detail = problem;
        IsWhole = state is BackupFileState.Unsupported ? null
            : state is not BackupFileState.TrailingData ? false
            : isUntested ? null : true;
    }
}
