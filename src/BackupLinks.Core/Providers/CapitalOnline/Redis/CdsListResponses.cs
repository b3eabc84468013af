using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.CapitalOnline.Redis;

// The shapes of GET /redis?Action=DescribeDBInstances and Action=DescribeBackups. Names on the wire are as they stand here.

internal sealed record CdsInstancesResponse : ICapitalOnlineResponse, IListResponse<CdsInstanceData>
{
    public string? Code { get; init; }

    [JsonPropertyName("Data")]
    [JsonConverter(typeof(OneOrManyConverter<CdsInstanceData>))]
    public IReadOnlyList<CdsInstanceData?>? Records { get; init; }

    [JsonIgnore]
    public long? Total => null;
}

internal sealed record CdsInstanceData
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

    /// <summary>No zone, and possibly empty.</summary>
    public string? CreatedTime { get; init; }
}

internal sealed record CdsBackupsResponse : ICapitalOnlineResponse, IListResponse<CdsDownloadData>
{
    public string? Code { get; init; }

    /// <summary>A list in the page's example, a dictionary in its table.</summary>
    [JsonPropertyName("Data")]
    [JsonConverter(typeof(OneOrManyConverter<CdsDownloadData>))]
    public IReadOnlyList<CdsDownloadData?>? Records { get; init; }

    [JsonIgnore]
    public long? Total => null;
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(CdsInstancesResponse))]
[JsonSerializable(typeof(CdsBackupsResponse))]
internal sealed partial class CdsListJson : JsonSerializerContext;
