using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.TdsqlC;

/// <summary>
/// A backup of a cluster of TDSQL-C. Source: Tencent Cloud TDSQL-C API, "DescribeBackupList".
/// </summary>
public sealed class TdsqlCBackup : TencentCloudBackup
{
    internal TdsqlCBackup(
        TencentBackupFields fields, TencentBackupItem item, InstanceReference instance, string? region)
        : base(fields, instance, region) => EncryptionKeyId = WireValue.Text(item.EncryptKeyId);

    /// <summary>The key of an encrypted backup (<c>EncryptKeyId</c>), which the Key Management Service has.</summary>
    public string? EncryptionKeyId { get; }
}
