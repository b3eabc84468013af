using BackupLinks.Discovery;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Dds;

/// <summary>
/// One file of a DDS (MongoDB) backup. Source: Huawei Cloud DDS API reference, "Obtaining the Link for Downloading a
/// Backup File". The size that the API gives is in KB; <see cref="DownloadLink.Size"/> is that times 1,024.
/// </summary>
public sealed class DdsBackupFile : HuaweiCloudLink
{
    internal DdsBackupFile(
        LinkFields file, HuaweiLinkOrigin origin, string instanceId, string backupId, DdsFilesResponse response,
        DdsFileItem item)
        : base(file, origin)
    {
        InstanceId = instanceId;
        BackupId = backupId;
        GroupId = WireValue.Text(item.GroupId) ?? WireValue.Text(response.GroupId);
        GroupName = WireValue.Text(item.GroupName) ?? WireValue.Text(response.GroupName);
        BucketName = response.Bucket;
        LinkExpiredTime = item.LinkExpiredTime;
    }

    /// <summary>The DDS instance.</summary>
    public string InstanceId { get; }

    /// <summary>The backup.</summary>
    public string BackupId { get; }

    /// <summary>
    /// The group of nodes, such as a shard, whose data the file has; null when the response does not name it.
    /// </summary>
    public string? GroupId { get; }

    /// <summary>The name of that group; null when the response does not give it.</summary>
    public string? GroupName { get; }

    /// <summary>The OBS bucket; null when the response does not name it.</summary>
    public string? BucketName { get; }

    /// <summary>
    /// The end of the link's life as the response spells it; null when it does not say.
    /// <see cref="DownloadLink.ExpiresAt"/> is the same as a time, when the spelling could be read.
    /// </summary>
    public string? LinkExpiredTime { get; }
}
