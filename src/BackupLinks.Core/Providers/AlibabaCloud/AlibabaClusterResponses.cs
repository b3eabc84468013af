using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.AlibabaCloud;

// The shape of the lists of cluster backups. Names on the wire are as they stand here.

internal sealed record AlibabaClusterBackupsResponse : IListResponse<AlibabaClusterBackupItem>
{
    [JsonPropertyName("ClusterBackups")]
    [JsonConverter(typeof(WrappedListConverter<AlibabaClusterBackupItem>))]
    public IReadOnlyList<AlibabaClusterBackupItem?>? Records { get; init; }

    /// <summary>Absent from the pages; a service of this shape has no total.</summary>
    [JsonPropertyName("TotalCount")]
    public long? Total { get; init; }

    /// <summary>Marks a response without a list.</summary>
    public long? PageNumber { get; init; }
}

internal sealed record AlibabaClusterBackupItem
{
    public string? ClusterBackupId { get; init; }

    public string? ClusterBackupStatus { get; init; }

    public string? ClusterBackupMode { get; init; }

    /// <summary>Bytes of all shards; text.</summary>
    public long? ClusterBackupSize { get; init; }

    public string? ClusterBackupStartTime { get; init; }

    public string? ClusterBackupEndTime { get; init; }

    /// <summary>When the provider deletes it.</summary>
    public string? ExpectExpireTime { get; init; }

    /// <summary>The same, by the name that MongoDB has.</summary>
    public string? BackupExpireTime { get; init; }

    public string? EngineVersion { get; init; }

    /// <summary>0 for a backup that lacks those of some shards.</summary>
    public string? IsAvail { get; init; }

    /// <summary>The backups of the shards.</summary>
    [JsonConverter(typeof(WrappedListConverter<AlibabaShardBackupItem>))]
    public IReadOnlyList<AlibabaShardBackupItem?>? Backups { get; init; }

    /// <summary>The same as a backup of an instance without shards.</summary>
    public AlibabaBackupItem ToBackup() => new()
    {
        BackupId = ClusterBackupId,
        BackupStatus = ClusterBackupStatus,
        BackupMode = ClusterBackupMode,
        BackupSize = ClusterBackupSize,
        BackupStartTime = ClusterBackupStartTime,
        BackupEndTime = ClusterBackupEndTime,
        ExpectExpireTime = ExpectExpireTime,
        BackupExpireTime = BackupExpireTime,
        EngineVersion = EngineVersion,
        IsAvail = IsAvail,
        Shards = [.. (Backups ?? []).Select(shard => (shard ?? new AlibabaShardBackupItem()).ToBackup(this))],
    };
}

internal sealed record AlibabaShardBackupItem
{
    /// <summary>The name of the file.</summary>
    public string? BackupName { get; init; }

    public long? BackupSize { get; init; }

    public string? BackupStatus { get; init; }

    public string? IsAvail { get; init; }

    public string? BackupDownloadURL { get; init; }

    public string? BackupIntranetDownloadURL { get; init; }

    /// <summary>The shard.</summary>
    public string? InstanceName { get; init; }

    public AlibabaBackupItem ToBackup(AlibabaClusterBackupItem cluster) => new()
    {
        BackupId = cluster.ClusterBackupId,
        BackupName = BackupName,
        BackupStatus = BackupStatus,
        IsAvail = IsAvail,
        BackupMode = cluster.ClusterBackupMode,
        BackupSize = BackupSize,
        EngineVersion = cluster.EngineVersion,
        NodeInstanceId = InstanceName,
        BackupDownloadURL = BackupDownloadURL,
        BackupIntranetDownloadURL = BackupIntranetDownloadURL,
    };
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(AlibabaClusterBackupsResponse))]
internal sealed partial class AlibabaClusterJson : JsonSerializerContext;
