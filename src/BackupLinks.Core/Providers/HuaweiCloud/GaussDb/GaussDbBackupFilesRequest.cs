using System;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.GaussDb;

/// <inheritdoc/>
internal sealed record GaussDbBackupFilesRequest(string BackupId, string? InstanceId)
    : DatabaseFilesRequest(BackupId, InstanceId)
{
    /// <summary>The request that a link came from.</summary>
    public static GaussDbBackupFilesRequest From(LinkProperties link) =>
        new(link.Require(nameof(GaussDbBackupFile.BackupId)), link[nameof(GaussDbBackupFile.InstanceId)]);

    // No page names the unit of the size, and the list of backups rounds it: a wrong size would refuse a good file.
    private protected override FileEntry ToEntry(DatabaseFileItem item, DateTimeOffset sent) =>
        base.ToEntry(item, sent) with { Size = null, IsSizeOfBackup = false };

    private protected override DownloadLink ToLink(
        LinkFields file, HuaweiLinkOrigin origin, DatabaseFilesResponse response, DatabaseFileItem item) =>
        new GaussDbBackupFile(file, origin, BackupId, InstanceId, response.Bucket, item);
}
