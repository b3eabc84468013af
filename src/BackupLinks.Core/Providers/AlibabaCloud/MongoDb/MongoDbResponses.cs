using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.AlibabaCloud.MongoDb;

// The shape of DescribeDBInstances. Names on the wire are as they stand here.

internal sealed record MongoDbInstancesResponse : IListResponse<MongoDbInstanceItem>
{
    [JsonPropertyName("DBInstances")]
    [JsonConverter(typeof(WrappedListConverter<MongoDbInstanceItem>))]
    public IReadOnlyList<MongoDbInstanceItem?>? Records { get; init; }

    [JsonPropertyName("TotalCount")]
    public long? Total { get; init; }

    /// <summary>Marks a response without a list.</summary>
    public long? PageNumber { get; init; }
}

internal sealed record MongoDbInstanceItem
{
    public string? DBInstanceId { get; init; }

    /// <summary>The name.</summary>
    public string? DBInstanceDescription { get; init; }

    public string? DBInstanceStatus { get; init; }

    public string? DBInstanceType { get; init; }

    public string? Engine { get; init; }

    public string? EngineVersion { get; init; }

    public string? RegionId { get; init; }

    public string? ZoneId { get; init; }

    public string? CreationTime { get; init; }

    /// <summary>The shards of a sharded cluster.</summary>
    [JsonConverter(typeof(WrappedListConverter<MongoDbShardItem>))]
    public IReadOnlyList<MongoDbShardItem?>? ShardList { get; init; }
}

internal sealed record MongoDbShardItem
{
    public string? NodeId { get; init; }
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(MongoDbInstancesResponse))]
internal sealed partial class MongoDbJson : JsonSerializerContext;
