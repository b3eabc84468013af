using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.AlibabaCloud.Rds;

// The shape of DescribeDBInstances. Names on the wire are as they stand here.

internal sealed record RdsInstancesResponse : IListResponse<RdsInstanceItem>
{
    [JsonPropertyName("Items")]
    [JsonConverter(typeof(WrappedListConverter<RdsInstanceItem>))]
    public IReadOnlyList<RdsInstanceItem?>? Records { get; init; }

    [JsonPropertyName("TotalRecordCount")]
    public long? Total { get; init; }
}

internal sealed record RdsInstanceItem
{
    public string? DBInstanceId { get; init; }

    /// <summary>The name.</summary>
    public string? DBInstanceDescription { get; init; }

    public string? DBInstanceStatus { get; init; }

    public string? DBInstanceType { get; init; }

    public string? DBInstanceClass { get; init; }

    public string? DBInstanceStorageType { get; init; }

    public string? Engine { get; init; }

    public string? EngineVersion { get; init; }

    public string? RegionId { get; init; }

    public string? ZoneId { get; init; }

    public string? CreateTime { get; init; }
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(RdsInstancesResponse))]
internal sealed partial class RdsJson : JsonSerializerContext;
