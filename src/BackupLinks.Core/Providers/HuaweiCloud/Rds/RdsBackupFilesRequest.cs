using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Rds;

/// <inheritdoc/>
internal sealed record RdsBackupFilesRequest(string BackupId, string? InstanceId)
    : DatabaseFilesRequest(BackupId, InstanceId)
{
    /// <summary>The request that a link came from.</summary>
    public static RdsBackupFilesRequest From(LinkProperties link) =>
        new(link.Require(nameof(RdsBackupFile.BackupId)), link[nameof(RdsBackupFile.InstanceId)]);

    private protected override DownloadLink ToLink(
        LinkFields file, HuaweiLinkOrigin origin, DatabaseFilesResponse response, DatabaseFileItem item) =>
        new RdsBackupFile(file, origin, BackupId, InstanceId, response.Bucket, item);
}
