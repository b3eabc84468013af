using System;
using System.Collections.Generic;

namespace BackupLinks.Formats;

/// <summary>The report of a test about one file. A property that the file does not state is null.</summary>
public sealed class BackupFileReport
{
    internal BackupFileReport(string path) => Path = path;

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>The file's name, without its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The result: a word of <see cref="BackupFileState"/>.</summary>
    public string State { get; internal init; } = BackupFileState.Intact;

    /// <summary>Whether the end is there; null where the format cannot tell.</summary>
    public bool? IsWhole { get; internal init; }

    /// <summary>The formats, the outermost first: <c>LZ4 > tar</c>; null for what is not a backup.</summary>
    public string? Format { get; internal init; }

    /// <summary>The version of the innermost format that has one.</summary>
    public string? FormatVersion { get; internal init; }

    /// <summary>The program that was backed up, with its version: <c>Redis 7.0.15</c>.</summary>
    public string? Engine { get; internal init; }

    /// <summary>When the backup was made, by its own account.</summary>
    public DateTimeOffset? CreatedAt { get; internal init; }

    /// <summary>The coverage of the checksums: a word of <see cref="ChecksumCoverage"/>.</summary>
    public string Checksum { get; internal init; } = ChecksumCoverage.None;

    /// <summary>The problem, in one sentence; null for a file without a problem.</summary>
    public string? Problem { get; internal init; }

    /// <summary>
    /// Where the problem is, in bytes from the beginning of the layer that has it; that of the file for a single
    /// format.
    /// </summary>
    public long? Offset { get; internal init; }

    /// <summary>True for a file that does not have the SHA-256 that the catalog has.</summary>
    internal bool IsChanged { get; init; }

    /// <summary>True for what is evidently a page or an error document, and not merely of no known format.</summary>
    internal bool IsJunk { get; init; }

    /// <summary>
    /// The bytes of the file that the problem comes from, as narrow as the format can tell; null without a problem, and
    /// where a checksum of the file covers them and is right.
    /// </summary>
    internal (long Start, long End)? ProblemRange { get; init; }

    /// <summary>Each format by itself, the outermost first.</summary>
    public IReadOnlyList<BackupLayer> Layers { get; internal init; } = [];

    /// <summary>
    /// The figures that the file states of its content: the number of keys or members, stripes, databases.
    /// </summary>
    public IReadOnlyDictionary<string, object> Details { get; internal init; } = new Dictionary<string, object>();

    /// <summary>The size in bytes.</summary>
    public long Size { get; internal init; }

    /// <summary>The SHA-256 in lower-case hexadecimal; null when it was not computed.</summary>
    public string? Sha256 { get; internal init; }

    /// <summary>How long the test took.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>The state and the path.</summary>
    /// <returns>For example <c>Intact: /backups/a.rdb</c>.</returns>
    public override string ToString() => $"{State}: {Path}";
}
