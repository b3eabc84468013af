using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Manifests;

/// <summary>One file, as a manifest lists it.</summary>
internal sealed record ManifestEntry
{
    private const int Sha256Length = 64;

    /// <summary>Where it can be had; the first is the one to prefer.</summary>
    public required IReadOnlyList<Uri> Addresses { get; init; }

    /// <summary>The leaf name to save it under; safe, and distinct within the manifest.</summary>
    public required string FileName { get; init; }

    /// <summary>The exact size in bytes; null when it is unknown or rounded.</summary>
    public long? ExactSize { get; init; }

    /// <summary>The SHA-256 or MD5 that the file must have, in hexadecimal; null for none.</summary>
    public string? ExpectedHash { get; init; }

    /// <summary>The key of the kind of link; null for an object that is none.</summary>
    public string? Kind { get; init; }

    /// <summary>All that the object says, by name and in its order; among it the name.</summary>
    public required IReadOnlyList<KeyValuePair<string, object?>> Properties { get; init; }

    /// <summary>
    /// The name of the hash as aria2 and Metalink spell it (IANA "Hash Function Textual Names"); null without one.
    /// </summary>
    public string? HashName => ExpectedHash is null ? null : ExpectedHash.Length == Sha256Length ? "sha-256" : "md5";

    /// <summary>The same file under another name.</summary>
    public ManifestEntry Named(string name) => name == FileName ? this : this with
    {
        FileName = name,
        Properties =
        [
            .. Properties.Select(property =>
                property.Key == nameof(FileName) ? new KeyValuePair<string, object?>(property.Key, name) : property),
        ],
    };
}
