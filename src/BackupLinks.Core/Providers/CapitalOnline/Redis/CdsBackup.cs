using BackupLinks.Discovery;

namespace BackupLinks.CapitalOnline.Redis;

/// <summary>
/// A backup of a Redis instance of Capital Online. Source: Capital Online OpenAPI, "DescribeBackups".
/// </summary>
public sealed class CdsBackup : CapitalOnlineBackup
{
    internal CdsBackup(CapitalOnlineBackupData data, InstanceReference instance)
        : base(data, instance) => ShardId = WireValue.Text(data.ShardId);

    /// <summary>The shard of a cluster instance; null for other instances.</summary>
    public string? ShardId { get; }

    private protected override string? Part => ShardId;
}
