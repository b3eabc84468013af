using System;
using System.Collections.Generic;
using BackupLinks.Checksums;
using BackupLinks.Files;
using BackupLinks.Formats;

namespace BackupLinks.Transfer;

/// <summary>The result of a download.</summary>
/// <param name="Size">The size in bytes.</param>
/// <param name="Checksums">The checksums of the file.</param>
/// <param name="Stated">The checksums that are stated of it.</param>
/// <param name="LastModified">When the object was stored; null when the store does not say.</param>
/// <param name="BytesResumed">Bytes of earlier runs.</param>
/// <param name="Identity">The version that was downloaded.</param>
/// <param name="IsDecoded">True when the file is the decoded body.</param>
internal sealed record DownloadResult(
    long Size, FileChecksums Checksums, IReadOnlyList<StatedChecksum> Stated, DateTimeOffset? LastModified,
    long BytesResumed, ObjectIdentity Identity, bool IsDecoded)
{
    /// <summary>The SHA-256 in lower-case hexadecimal.</summary>
    public string Sha256 => Checksums.Sha256;

    /// <summary>The algorithms of the stated checksums that the file has; null for none.</summary>
    public string? VerifiedBy => Checksums.Describe(Stated);

    /// <summary>The address of the object, without its query.</summary>
    public required string Address { get; init; }

    /// <summary>True when the store or the provider states the length; else it may have been cut.</summary>
    public required bool HasLength { get; init; }

    /// <summary>True when the end of the body could be told from a connection that broke.</summary>
    public required bool HasEnd { get; init; }

    /// <summary>What the test of the bytes found; null when they were not tested.</summary>
    public BackupFileReport? Report { get; init; }

    /// <summary>The strong entity tag of the object, in quotes; null for none.</summary>
    public string? ETag { get; init; }
}
