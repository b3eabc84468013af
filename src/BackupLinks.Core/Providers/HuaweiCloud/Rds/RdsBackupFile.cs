using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Rds;

/// <summary>
/// One file of an RDS backup. Source: Huawei Cloud RDS API reference, "Obtaining the Link for Downloading a
/// Backup File". The size that the API gives is in KB; <see cref="DownloadLink.Size"/> is that times 1,024.
/// </summary>
public sealed class RdsBackupFile : HuaweiCloudLink
{
    internal RdsBackupFile(
        LinkFields file, HuaweiLinkOrigin origin, string backupId, string? instanceId, string? bucketName,
        DatabaseFileItem item)
        : base(file, origin)
    {
        BackupId = backupId;
        InstanceId = string.IsNullOrWhiteSpace(instanceId) ? null : instanceId;
        BucketName = bucketName;
        DatabaseName = string.IsNullOrEmpty(item.DatabaseName) ? null : item.DatabaseName;
        LinkExpiredTime = item.LinkExpiredTime ?? item.LinkExpiredLink;
    }

    /// <summary>The backup.</summary>
    public string BackupId { get; }

    /// <summary>
    /// The instance of the backup, as the caller names it; the response does not. Null when the caller names none.
    /// </summary>
    public string? InstanceId { get; }

    /// <summary>The OBS bucket; null when the response does not name it.</summary>
    public string? BucketName { get; }

    /// <summary>The database in the file; null unless the backup has one file for each database (SQL Server).</summary>
    public string? DatabaseName { get; }

    /// <summary>
    /// The end of the link's life as the response spells it; null when it does not say.
    /// <see cref="DownloadLink.ExpiresAt"/> is the same as a time, when the spelling could be read.
    /// </summary>
    public string? LinkExpiredTime { get; }
}
