using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>
/// One file of a DCS (Redis) backup. Source: Huawei Cloud DCS API reference, "Obtaining the Backup File URL".
/// </summary>
public sealed class DcsBackupLink : HuaweiCloudLink
{
    internal DcsBackupLink(
        LinkFields file, HuaweiLinkOrigin origin, DcsBackupLinksRequest request, DcsLinksResponse response)
        : base(file, origin)
    {
        InstanceId = request.InstanceId;
        BackupId = request.BackupId;
        Expiration = request.Expiration;
        ApiVersion = request.ApiVersion;
        BucketName = response.BucketName;
        FilePath = response.FilePath;
    }

    /// <summary>The DCS instance.</summary>
    public string InstanceId { get; }

    /// <summary>The backup record.</summary>
    public string BackupId { get; }

    /// <summary>The validity that was requested, in seconds, 300 to 86400.</summary>
    public int Expiration { get; }

    /// <summary>The version of the API: <c>v2</c> or <c>v1.0</c>.</summary>
    public string ApiVersion { get; }

    /// <summary>The OBS bucket; null when the response does not name it.</summary>
    public string? BucketName { get; }

    /// <summary>
    /// The path in the bucket as the response gives it: of the file, or, with a slash at its end, of all files of
    /// the backup; null when the response does not give it.
    /// </summary>
    public string? FilePath { get; }
}
