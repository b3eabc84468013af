using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.CapitalOnline;

// The shapes of DescribeDBInstances, DescribeBackups and DownloadBackup. Names on the wire are as they stand here.

internal sealed record CapitalOnlineInstancesResponse : ICapitalOnlineResponse, IListResponse<CapitalOnlineInstanceData>
{
    public string? Code { get; init; }

    [JsonPropertyName("Data")]
    [JsonConverter(typeof(OneOrManyConverter<CapitalOnlineInstanceData>))]
    public IReadOnlyList<CapitalOnlineInstanceData?>? Records { get; init; }

    [JsonIgnore]
    public long? Total => null;
}

internal sealed record CapitalOnlineInstanceData
{
    public string? InstanceUuid { get; init; }

    public string? InstanceName { get; init; }

    [JsonPropertyName("IP")]
    public string? Ip { get; init; }

    public long? Port { get; init; }

    public string? Status { get; init; }

    public string? StatusStr { get; init; }

    public string? RegionId { get; init; }

    public string? VdcId { get; init; }

    public string? Version { get; init; }

    public string? SubProductName { get; init; }

    public long? Cpu { get; init; }

    /// <summary>Megabytes.</summary>
    public long? Ram { get; init; }

    /// <summary>Gigabytes.</summary>
    public long? Disks { get; init; }

    /// <summary>No zone, and possibly empty.</summary>
    public string? CreatedTime { get; init; }
}

internal sealed record CapitalOnlineBackupsResponse : ICapitalOnlineResponse, IListResponse<CapitalOnlineBackupData>
{
    public string? Code { get; init; }

    /// <summary>A list in the page's example, a dictionary in its table.</summary>
    [JsonPropertyName("Data")]
    [JsonConverter(typeof(OneOrManyConverter<CapitalOnlineBackupData>))]
    public IReadOnlyList<CapitalOnlineBackupData?>? Records { get; init; }

    [JsonIgnore]
    public long? Total => null;
}

internal sealed record CapitalOnlineDownloadResponse
{
    public string? Code { get; init; }

    public CapitalOnlineBackupData? Data { get; init; }

    public string? TaskId { get; init; }

    /// <summary>False for a refusal, and for JSON that is not a response to this request.</summary>
    [JsonIgnore]
    public bool IsComplete => Code == CapitalOnlineCodes.Success && Data is not null;
}

/// <summary>A backup: an entry of the list, or the data of a download.</summary>
internal sealed record CapitalOnlineBackupData
{
    public string? BackupDownloadUrl { get; init; }

    public string? BackupIntranetDownloadUrl { get; init; }

    public string? BackupId { get; init; }

    public string? InstanceId { get; init; }

    public string? ShardId { get; init; }

    public string? BackupMode { get; init; }

    public string? BackupType { get; init; }

    public string? BackupStrategy { get; init; }

    /// <summary>Bytes; "string" in the table of the page, a number in its example.</summary>
    public long? BackupSize { get; init; }

    public string? Desc { get; init; }

    /// <summary>No zone, and possibly empty.</summary>
    public string? StartTime { get; init; }

    /// <inheritdoc cref="StartTime"/>
    public string? EndTime { get; init; }

    public string? Status { get; init; }
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(CapitalOnlineInstancesResponse))]
[JsonSerializable(typeof(CapitalOnlineBackupsResponse))]
[JsonSerializable(typeof(CapitalOnlineDownloadResponse))]
internal sealed partial class CapitalOnlineJson : JsonSerializerContext;
