using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud.Rds;

/// <summary>
/// A backup of an ApsaraDB RDS instance. A property is null where the response does not state it. Source: Alibaba Cloud
/// RDS API reference, "DescribeBackups".
/// </summary>
public sealed class RdsBackup : AlibabaCloudBackup
{
    internal RdsBackup(AlibabaBackupItem item, InstanceReference instance, string? region)
        : base(item, instance, region)
    {
        Engine = WireValue.Text(item.Engine);
        Checksum = WireValue.Text(item.Checksum);
        IsEncrypted = item.IsEncrypted;
        IsArchived = item.StorageClass is null ? null : item.StorageClass == "1";
    }

    /// <summary>The database engine.</summary>
    public string? Engine { get; }

    /// <summary>
    /// The CRC-64 of the backup, as a decimal number, by the polynomial of xz and OSS; null when the provider does not
    /// state it.
    /// </summary>
    public string? Checksum { get; }

    /// <summary>True for an encrypted backup; the key is in the Key Management Service of the account.</summary>
    public bool IsEncrypted { get; }

    /// <summary>True for a backup in the archive, which must be restored to standard storage first.</summary>
    public bool? IsArchived { get; }

    private protected override string? EngineName => Engine;
}
