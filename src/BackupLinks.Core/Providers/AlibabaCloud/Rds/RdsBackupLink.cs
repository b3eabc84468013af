using BackupLinks.Discovery;
using BackupLinks.Links;

namespace BackupLinks.AlibabaCloud.Rds;

/// <summary>
/// A file of an RDS backup: one for each database of SQL Server, else one for all. Source: Alibaba Cloud RDS API
/// reference, "DescribeBackups".
/// </summary>
public sealed class RdsBackupLink : AlibabaCloudBackupLink
{
    internal RdsBackupLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaBackupLinksRequest request, AlibabaFile item)
        : base(file, origin, request, item)
    {
        DatabaseName = item.Database;
        Checksum = item.Database is null ? WireValue.Text(item.Backup.Checksum) : null;
        IsEncrypted = item.Backup.IsEncrypted;
    }

    /// <summary>The database in the file; null for all.</summary>
    public string? DatabaseName { get; }

    /// <summary>
    /// The CRC-64 of the file, as a decimal number, by the polynomial of xz and OSS; null when the provider states none
    /// for this file.
    /// </summary>
    public string? Checksum { get; }

    /// <summary>True for an encrypted backup; the key is in the Key Management Service of the account.</summary>
    public bool IsEncrypted { get; }
}
