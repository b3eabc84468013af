using System;
using System.Linq;
using BackupLinks.Links;

namespace BackupLinks.Manifests;

/// <summary>
/// A link from a manifest. Its other properties (ids, region, project, times) are on the same object, as
/// note properties with the names of its kind of link. A file can contain anything: the renewal of such a
/// link uses the provider's own hosts only.
/// </summary>
public sealed class ImportedLink
{
    private static readonly string[] OwnNames =
        [nameof(Uri), nameof(FileName), nameof(Size), nameof(ExpiresAt), nameof(ExpiresIn)];

    private readonly Func<DateTimeOffset> _now;

    internal ImportedLink(
        Uri uri, string fileName, long? size, DateTimeOffset? expiresAt, Func<DateTimeOffset> now)
    {
        _now = now;
        Uri = uri;
        FileName = fileName;
        Size = size;
        ExpiresAt = expiresAt;
    }

    /// <summary>True for the name of a property that every imported link has.</summary>
    internal static bool Owns(string name) => OwnNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc cref="DownloadLink.Uri"/>
    public Uri Uri { get; }

    /// <summary>A leaf name that is safe on every file system.</summary>
    public string FileName { get; }

    /// <inheritdoc cref="DownloadLink.Size"/>
    public long? Size { get; }

    /// <inheritdoc cref="DownloadLink.ExpiresAt"/>
    public DateTimeOffset? ExpiresAt { get; }

    /// <inheritdoc cref="DownloadLink.ExpiresIn"/>
    public TimeSpan? ExpiresIn => DownloadLink.TimeUntil(ExpiresAt, _now());

    /// <summary>The address itself, for parameters that take a <see cref="System.Uri"/>.</summary>
    /// <param name="link">The link; null gives null.</param>
    public static implicit operator Uri?(ImportedLink? link) => link?.Uri;

    /// <inheritdoc cref="DownloadLink.ToUri"/>
    public Uri ToUri() => Uri;

    /// <inheritdoc cref="DownloadLink.ToString"/>
    public override string ToString() => PresignedUri.Redact(Uri);
}
