using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.MySql;

/// <summary>
/// A backup of a TencentDB for MySQL instance. Source: Tencent Cloud MySQL API, "DescribeBackups".
/// </summary>
public sealed class MySqlBackup : TencentCloudBackup
{
    internal MySqlBackup(
        TencentBackupFields fields, TencentBackupItem item, InstanceReference instance, string? region)
        : base(fields, instance, region)
    {
        FileName = WireValue.Text(item.Name);
        Md5 = MySqlBackupLink.ReadMd5(item.MD5);
        IsArchived = item.CosStorageType is null ? null : item.CosStorageType is "1" or "2";
    }

    /// <summary>The name of the file.</summary>
    public string? FileName { get; }

    /// <summary>The MD5 of the file, in hexadecimal; null when the provider does not state it.</summary>
    public string? Md5 { get; }

    /// <summary>True for a backup in the archive, which must be restored to standard storage first.</summary>
    public bool? IsArchived { get; }
}
