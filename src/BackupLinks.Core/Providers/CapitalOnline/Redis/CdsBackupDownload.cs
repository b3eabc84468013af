using BackupLinks.Links;

namespace BackupLinks.CapitalOnline.Redis;

/// <summary>A Redis backup of Capital Online. Source: Capital Online OpenAPI, "DownloadBackup".</summary>
public sealed class CdsBackupDownload : CapitalOnlineBackupDownload
{
    internal CdsBackupDownload(
        LinkFields file, LinkOrigin origin, CapitalOnlineDownloadRequest request,
        CapitalOnlineDownloadResponse response)
        : base(file, origin, request, response) => ShardId = NullIfEmpty(response.Data?.ShardId);

    /// <summary>The shard of a cluster instance; null for other instances.</summary>
    public string? ShardId { get; }
}
