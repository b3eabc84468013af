namespace BackupLinks.Errors;

/// <summary>
/// The kinds of error, in the module's own words. The member name is the first part of the
/// <c>FullyQualifiedErrorId</c> that a cmdlet reports, so members are never renamed.
/// </summary>
public enum ErrorKind
{
    /// <summary>The credential was not accepted: wrong key, wrong password, token past its life.</summary>
    AuthenticationFailed,

    /// <summary>The credential is good, but it may not do this.</summary>
    AccessDenied,

    /// <summary>The provider does not know the backup, the log, the instance or the address.</summary>
    NotFound,

    /// <summary>The newest backup that can be downloaded is older than allowed, or its age is not known.</summary>
    BackupTooOld,

    /// <summary>An instance has no backup that can be downloaded, and one is required.</summary>
    NoBackup,

    /// <summary>A backup failed after the newest that can be downloaded, which is young enough.</summary>
    NewerBackupFailed,

    /// <summary>The request is not valid: a bad id, or a state that does not permit it.</summary>
    InvalidRequest,

    /// <summary>The provider is busy with the resource; the same request may succeed later.</summary>
    Conflict,

    /// <summary>The provider's rate limit was still in force after the last retry.</summary>
    Throttled,

    /// <summary>The service failed or could not be reached, also after the last retry.</summary>
    ServiceUnavailable,

    /// <summary>No complete response within the time-out, also after the last retry.</summary>
    RequestTimeout,

    /// <summary>The response differs from the provider's documentation.</summary>
    InvalidResponse,

    /// <summary>
    /// The signature was refused because this machine's clock is wrong, and correcting it did not help.
    /// </summary>
    ClockSkew,

    /// <summary>The vault has no secret of that name.</summary>
    SecretNotFound,

    /// <summary>The vault is not registered, is locked, or failed.</summary>
    VaultUnavailable,

    /// <summary>A secret was named, and Microsoft.PowerShell.SecretManagement is not installed.</summary>
    SecretManagementNotAvailable,

    /// <summary>No credential was given, and none was found in the vault or the environment.</summary>
    CredentialNotFound,

    /// <summary>A secret, or a set of environment variables, has a missing, unknown or wrongly typed key.</summary>
    InvalidSecret,

    /// <summary>The region is not in the table of endpoints.</summary>
    UnknownRegion,

    /// <summary>The endpoint is not an absolute http or https address.</summary>
    InvalidEndpoint,

    /// <summary>The endpoint would carry credentials over plain http to another machine.</summary>
    InsecureEndpoint,

    /// <summary>The proxy's address cannot be used, or the proxy refuses the credential or the host.</summary>
    InvalidProxy,

    /// <summary>Neither a project id nor a region to look it up by was given.</summary>
    ProjectRequired,

    /// <summary>IAM knows no project of the region's name, or more than one.</summary>
    ProjectNotFound,

    /// <summary>The input is not a link: it has no valid address.</summary>
    InvalidLink,

    /// <summary>The link has expired, and does not name a provider that could renew it.</summary>
    LinkExpired,

    /// <summary>The provider did not renew the link.</summary>
    LinkRenewalFailed,

    /// <summary>The object in the store was replaced while it was being downloaded.</summary>
    ObjectChanged,

    /// <summary>The file does not have the size that the provider stated.</summary>
    SizeMismatch,

    /// <summary>The file does not have the hash that was expected.</summary>
    HashMismatch,

    /// <summary>Another file of that name is there already.</summary>
    FileExists,

    /// <summary>Another process is writing the same file, or has it open.</summary>
    FileInUse,

    /// <summary>The disk has no room for the file.</summary>
    DiskFull,

    /// <summary>The destination cannot be created or written.</summary>
    DestinationUnavailable,

    /// <summary>The name would lead out of the destination, or means something else than a file.</summary>
    UnsafeFileName,

    /// <summary>
    /// The link, or a redirect, uses plain http to another machine, or a redirect leads to this machine or to a
    /// link-local address.
    /// </summary>
    InsecureUri,

    /// <summary>No byte came for longer than the time-out, also after the last retry.</summary>
    Stalled,

    /// <summary>The file does not exist.</summary>
    FileNotFound,

    /// <summary>The file cannot be read: its permissions, another process, or the disk.</summary>
    FileUnavailable,

    /// <summary>The file changed while it was read.</summary>
    FileChanged,

    /// <summary>The file is not of the format that was named.</summary>
    InvalidFormat,

    /// <summary>The file is a web page, an error document, or empty, and not a backup.</summary>
    NotABackup,

    /// <summary>The file is a damaged backup: a checksum or its structure is wrong.</summary>
    BackupDamaged,

    /// <summary>The file is a backup without its end.</summary>
    BackupTruncated,

    /// <summary>The manifest is not there, or cannot be read.</summary>
    ManifestUnavailable,

    /// <summary>The file is not a manifest, or one of its lines is not a link.</summary>
    InvalidManifest,

    /// <summary>The provider had not finished making the link when the time for it was over.</summary>
    NotReady,

    /// <summary>The module knows no service of that name.</summary>
    UnknownService,

    /// <summary>
    /// No rule says which backups stay, the rules keep nothing, or a count or a duration is not one.
    /// </summary>
    NoRule,

    /// <summary>A file is saved, or was tested, and the catalog could not be written.</summary>
    CatalogUnavailable,
}
