using System;
using BackupLinks.Credentials;

namespace BackupLinks.Links;

/// <summary>
/// A short-lived address of one file, as a provider's API returned it. The address is a bearer secret:
/// anyone who has it can download the file until it expires. Only <see cref="Uri"/> shows it whole.
/// </summary>
public abstract class DownloadLink
{
    private readonly Func<Uri, DateTimeOffset> _now;

    private protected DownloadLink(LinkFields file, LinkOrigin origin)
    {
        Uri = file.Uri;
        FileName = file.FileName;
        Size = file.Size;
        ExpiresAt = file.ExpiresAt;
        InstanceName = file.Details.InstanceName;
        BackupTime = file.Details.BackupTime;
        BackupSize = file.Details.BackupSize;
        EndTime = file.Details.EndTime;
        BackupType = file.Details.Type;
        BackupKind = file.BackupKind;
        BackupPart = file.BackupPart;
        Engine = file.Details.Engine;
        FileCount = file.FileCount;
        _now = origin.Now;
        Service = origin.Service;
        Endpoint = origin.Endpoint;
        SecretName = origin.Secret.Name;
        Vault = origin.Secret.Vault;
        Credential = origin.Credential;
    }

    /// <summary>
    /// The presigned address, signature included. Its path and query are as the provider wrote them, byte for
    /// byte, because the signature covers them.
    /// </summary>
    public Uri Uri { get; }

    /// <summary>A leaf name that is safe on every file system, and distinct among the files of one backup.</summary>
    public string FileName { get; }

    /// <summary>The size in bytes, to the precision that the provider gives; null when it does not say.</summary>
    public long? Size { get; }

    /// <summary>When the address stops working; null when neither the provider nor the address says.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>
    /// The time until <see cref="ExpiresAt"/>, in whole seconds, by the clock of the store, or else of the service,
    /// where it is known to differ; negative when it is over, null when the end is not known.
    /// </summary>
    public TimeSpan? ExpiresIn => TimeUntil(ExpiresAt, _now(Uri));

    /// <summary>The name of the instance; null when the link was requested by ids alone.</summary>
    public string? InstanceName { get; }

    /// <summary>The time of the backup, or the day of the log; null when the link was requested by ids alone.</summary>
    public DateTimeOffset? BackupTime { get; }

    /// <summary>
    /// The size of all files of the backup, in bytes, as the list of backups states it; null when the link was
    /// requested by ids alone.
    /// </summary>
    public long? BackupSize { get; }

    /// <summary>When the backup ended; null when neither the list nor the response states it.</summary>
    public DateTimeOffset? EndTime { get; }

    /// <summary>
    /// The kind of backup in the provider's word; null when neither the list nor the response states it.
    /// </summary>
    public string? BackupType { get; }

    /// <summary>
    /// What a restore needs besides the backup: <c>Full</c>, <c>Incremental</c> or <c>Log</c>; null when the provider's
    /// word for its kind is not known.
    /// </summary>
    public string? BackupKind { get; }

    /// <summary>
    /// The part of the instance, such as a shard, that the provider backs up by itself; null for a backup of all of it.
    /// </summary>
    public string? BackupPart { get; }

    /// <summary>The database engine; null when the list does not state it.</summary>
    public string? Engine { get; }

    /// <summary>The number of files of the backup or log, of which this is one.</summary>
    public int? FileCount { get; }

    /// <summary>The key of the service that returned the link: <c>HuaweiCloud.Rds</c>.</summary>
    public string Service { get; }

    /// <summary>The base address of the service that returned the link.</summary>
    public string Endpoint { get; }

    /// <summary>The name of the secret that the credential came from; null when it came from elsewhere.</summary>
    public string? SecretName { get; }

    /// <summary>The vault that was named for the secret; null when none was.</summary>
    public string? Vault { get; }

    /// <summary>
    /// The credential that the link was requested with, to renew it in the same process. Not a public property:
    /// it goes into no file and over no wire.
    /// </summary>
    internal CredentialFields Credential { get; }

    /// <summary>
    /// True when the caller requested the address inside the provider's network, which may be plain http.
    /// </summary>
    internal virtual bool IsIntranet => false;

    /// <summary>The address itself, for parameters that take a <see cref="System.Uri"/>.</summary>
    /// <param name="link">The link; null gives null.</param>
    public static implicit operator Uri?(DownloadLink? link) => link?.Uri;

    /// <summary>The address itself.</summary>
    /// <returns>The same as <see cref="Uri"/>.</returns>
    public Uri ToUri() => Uri;

    internal static TimeSpan? TimeUntil(DateTimeOffset? end, DateTimeOffset now) =>
        end is { } time ? TimeSpan.FromSeconds(Math.Ceiling((time - now).TotalSeconds)) : null;

    /// <summary>The address without its signature, fit for any screen or log.</summary>
    /// <returns>Scheme, host and path.</returns>
    public override string ToString() => PresignedUri.Redact(Uri);
}
