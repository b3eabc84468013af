using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.AlibabaCloud.PolarDb;

// The shape of DescribeDBClusters. Names on the wire are as they stand here.

internal sealed record PolarDbInstancesResponse : IListResponse<PolarDbInstanceItem>
{
    [JsonPropertyName("Items")]
    [JsonConverter(typeof(WrappedListConverter<PolarDbInstanceItem>))]
    public IReadOnlyList<PolarDbInstanceItem?>? Records { get; init; }

    [JsonPropertyName("TotalRecordCount")]
    public long? Total { get; init; }
}

internal sealed record PolarDbInstanceItem
{
    public string? DBClusterId { get; init; }

    /// <summary>The name.</summary>
    public string? DBClusterDescription { get; init; }

    public string? DBClusterStatus { get; init; }

    /// <summary>The engine; the member Engine is always POLARDB.</summary>
    public string? DBType { get; init; }

    public string? DBVersion { get; init; }

    public string? Engine { get; init; }

    public string? Category { get; init; }

    public string? DBNodeClass { get; init; }

    public long? DBNodeNumber { get; init; }

    public string? RegionId { get; init; }

    public string? ZoneId { get; init; }

    public string? CreateTime { get; init; }
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(PolarDbInstancesResponse))]
internal sealed partial class PolarDbJson : JsonSerializerContext;
