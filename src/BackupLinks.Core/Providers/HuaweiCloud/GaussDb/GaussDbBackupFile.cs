using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.GaussDb;

/// <summary>
/// One file of a GaussDB backup. Source: <c>DownloadBackup</c> of the vendor's SDK. Null means that the response does
/// not say.
/// </summary>
public sealed class GaussDbBackupFile : HuaweiCloudLink
{
    internal GaussDbBackupFile(
        LinkFields file, HuaweiLinkOrigin origin, string backupId, string? instanceId, string? bucketName,
        DatabaseFileItem item)
        : base(file, origin)
    {
        BackupId = backupId;
        InstanceId = WireValue.Text(instanceId);
        BucketName = bucketName;
        StatedSize = WireValue.Bytes(item.Size);
        LinkExpiredTime = item.LinkExpiredTime;
    }

    /// <summary>The backup.</summary>
    public string BackupId { get; }

    /// <summary>The instance that was backed up; null when the caller did not name it.</summary>
    public string? InstanceId { get; }

    /// <summary>The OBS bucket.</summary>
    public string? BucketName { get; }

    /// <summary>
    /// The size as the response states it, in a unit that the vendor does not document;
    /// <see cref="DownloadLink.Size"/> is null.
    /// </summary>
    public long? StatedSize { get; }

    /// <summary>
    /// The end of the link's lifetime as the response spells it. <see cref="DownloadLink.ExpiresAt"/> is the same as a
    /// time, when the spelling could be read.
    /// </summary>
    public string? LinkExpiredTime { get; }
}
