using System;
using BackupLinks.Files;
using BackupLinks.Formats;

namespace BackupLinks.Transfer;

/// <summary>The result of a download.</summary>
/// <param name="Size">The size in bytes.</param>
/// <param name="Sha256">The SHA-256 in lower-case hexadecimal.</param>
/// <param name="Md5">The MD5 in lower-case hexadecimal; null when none is stated to compare it with.</param>
/// <param name="StoreMd5">The MD5 that the store states; null when it does not.</param>
/// <param name="LastModified">When the object was stored; null when the store does not say.</param>
/// <param name="BytesResumed">Bytes of earlier runs.</param>
/// <param name="Identity">The version that was downloaded.</param>
/// <param name="IsDecoded">True when the file is the decoded body.</param>
internal sealed record DownloadResult(
    long Size, string Sha256, string? Md5, string? StoreMd5, DateTimeOffset? LastModified, long BytesResumed,
    ObjectIdentity Identity, bool IsDecoded)
{
    /// <summary>The address of the object, without its query.</summary>
    public required string Address { get; init; }

    /// <summary>What the test of the bytes found; null when they were not tested.</summary>
    public BackupFileReport? Report { get; init; }

    /// <summary>The strong entity tag of the object, in quotes; null for none.</summary>
    public string? ETag { get; init; }
}
