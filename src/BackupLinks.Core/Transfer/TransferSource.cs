using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Checksums;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>The link of a file to save.</summary>
internal sealed record TransferSource
{
    /// <summary>The presigned address.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The leaf name to save it under; safe.</summary>
    public required string FileName { get; init; }

    /// <summary>The stated size in bytes; null when the provider states none.</summary>
    public long? Size { get; init; }

    /// <summary>The unit that the stated size is rounded to, in bytes.</summary>
    public long SizeUnit { get; init; } = 1;

    /// <summary>When the address expires; null when that is not known.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The SHA-256 or MD5 that the file must have, in hexadecimal; null for none.</summary>
    public string? ExpectedHash { get; init; }

    /// <summary>The checksums that the provider states of the file.</summary>
    public IReadOnlyList<StatedChecksum> Checksums { get; init; } = [];

    /// <summary>
    /// True for a link that a command of this process got with <c>-Network Intranet</c>: plain http to a private
    /// address was chosen with that. A file cannot choose it for its links.
    /// </summary>
    public bool IsIntranet { get; init; }

    /// <summary>The service that returned the link, whose clock its expiry is by; null when not known.</summary>
    public Uri? Service { get; init; }

    /// <summary>Requests another link to the same file; null when the link cannot be renewed.</summary>
    public Func<CancellationToken, Task<RenewedLink>>? Renew { get; init; }

    /// <summary>Which instance, backup and log it is.</summary>
    public SourceIds Ids { get; init; } = new(null, null, null);

    /// <summary>What else the link states of the backup.</summary>
    public SourceDetails Details { get; init; } = new();

    /// <summary>The address without what changes at a renewal; it tells the objects of one name apart.</summary>
    public string Address => PresignedUri.Identify(Uri);

    /// <summary>The object, as the catalog identifies it.</summary>
    public string CatalogObject => CatalogEntry.Identify(PresignedUri.Redact(Uri));

    /// <summary>The name that the file has where another object of its name has the plain one.</summary>
    public string OtherFileName => UniqueFileNames.Disambiguate(FileName, Address);

    /// <summary>The subject of a message: the files of several backups may have one name.</summary>
    public string Subject
    {
        get
        {
            string instance = Ids.InstanceName is { } name ? ScreenText.Sentence($" of instance '{name}'") : "";
            return instance.Insert(0, Ids switch
            {
                { LogId: { } log } => ScreenText.Sentence($"'{FileName}' of log '{log}'"),
                { BackupId: { } backup } => ScreenText.Sentence($"'{FileName}' of backup '{backup}'"),
                _ => ScreenText.Sentence($"'{FileName}'"),
            });
        }
    }

    /// <summary>Refuses an address that uses plain http to another machine.</summary>
    /// <param name="uri">An address of the file.</param>
    /// <param name="allowInsecure">True when the caller accepts plain http to any machine.</param>
    /// <param name="allowIntranetHttp">True when the caller accepts plain http to private addresses.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InsecureUri"/>.</exception>
    public void RequireSafe(Uri uri, bool allowInsecure, bool allowIntranetHttp)
    {
        if (IsSafe(uri, allowInsecure, allowIntranetHttp))
            return;
        throw new BackupLinksException(
            ErrorKind.InsecureUri,
            $"The link to {Subject} uses plain http to {uri.Authority}, so that others on the network can read and "
            + "change the file; use an https link, or pass "
            + (AddressRange.IsPrivate(uri) ? "-AllowIntranetHttp." : "-AllowInsecure."));
    }

    /// <summary>
    /// False for an address that uses plain http to another machine, and that the caller did not accept.
    /// </summary>
    /// <inheritdoc cref="RequireSafe"/>
    public bool IsSafe(Uri uri, bool allowInsecure, bool allowIntranetHttp) =>
        uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback || allowInsecure
        || ((IsIntranet || allowIntranetHttp) && AddressRange.IsPrivate(uri));

    /// <summary>
    /// True for the size that is stated to the byte; a rounded one may be that of a body that was cut there.
    /// </summary>
    public bool HasSize(long size) => size == Size && SizeUnit == 1;

    /// <summary>False for a size that cannot be the stated one.</summary>
    public bool Fits(long size) => Size is not { } stated || Math.Abs(size - stated) < SizeUnit;
}
