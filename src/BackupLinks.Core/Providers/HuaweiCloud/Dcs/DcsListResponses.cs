using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.HuaweiCloud.Dcs;

// The shapes of GET .../instances, GET .../instances/{id}/backups and GET .../instances/{id}/redislog. The samples of
// the pages have objects where their tables have strings ("period": { }).

internal sealed record DcsInstancesResponse : IListResponse<DcsInstanceItem>
{
    [JsonPropertyName("instance_num")]
    public long? Total { get; init; }

    [JsonPropertyName("instances")]
    [JsonConverter(typeof(LenientListConverter<DcsInstanceItem>))]
    public IReadOnlyList<DcsInstanceItem?>? Records { get; init; }
}

internal sealed record DcsInstanceItem
{
    public string? InstanceId { get; init; }

    public string? Name { get; init; }

    public string? Status { get; init; }

    public string? Engine { get; init; }

    public string? EngineVersion { get; init; }

    public string? SpecCode { get; init; }

    /// <summary>Gigabytes; 0 for less than one.</summary>
    public string? Capacity { get; init; }

    /// <summary>Gigabytes, where there is less than one: <c>0.125</c>.</summary>
    public string? CapacityMinor { get; init; }

    /// <summary>Megabytes.</summary>
    public long? UsedMemory { get; init; }

    public string? DomainName { get; init; }

    public string? Ip { get; init; }

    public long? Port { get; init; }

    public string? Description { get; init; }

    public string? CreatedAt { get; init; }
}

internal sealed record DcsBackupsResponse : IListResponse<DcsBackupItem>
{
    /// <summary>"Number of records returned": of the page or of the list, the page does not say.</summary>
    [JsonPropertyName("total_num")]
    public long? Total { get; init; }

    [JsonPropertyName("backup_record_response")]
    [JsonConverter(typeof(LenientListConverter<DcsBackupItem>))]
    public IReadOnlyList<DcsBackupItem?>? Records { get; init; }
}

internal sealed record DcsBackupItem
{
    public string? BackupId { get; init; }

    public string? InstanceId { get; init; }

    public string? BackupName { get; init; }

    public string? BackupType { get; init; }

    public string? BackupFormat { get; init; }

    public string? Status { get; init; }

    public string? ErrorCode { get; init; }

    public string? Progress { get; init; }

    public string? Remark { get; init; }

    public string? IsSupportRestore { get; init; }

    /// <summary>Bytes.</summary>
    public long? Size { get; init; }

    public string? CreatedAt { get; init; }

    public string? UpdatedAt { get; init; }

    public string? ExecutionAt { get; init; }
}

internal sealed record DcsLogsResponse : IListResponse<DcsLogItem>
{
    [JsonPropertyName("total_num")]
    public long? Total { get; init; }

    [JsonPropertyName("file_list")]
    [JsonConverter(typeof(LenientListConverter<DcsLogItem>))]
    public IReadOnlyList<DcsLogItem?>? Records { get; init; }
}

internal sealed record DcsLogItem
{
    public string? Id { get; init; }

    public string? FileName { get; init; }

    public string? GroupName { get; init; }

    public string? ReplicationIp { get; init; }

    public string? Status { get; init; }

    /// <summary>A day: <c>yyyy-MM-dd</c>.</summary>
    public string? Time { get; init; }

    /// <summary>The background task.</summary>
    public string? BackupId { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(DcsInstancesResponse))]
[JsonSerializable(typeof(DcsBackupsResponse))]
[JsonSerializable(typeof(DcsLogsResponse))]
internal sealed partial class DcsListJson : JsonSerializerContext;
