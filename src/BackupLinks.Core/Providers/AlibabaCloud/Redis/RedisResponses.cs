using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.AlibabaCloud.Redis;

// The shape of DescribeInstances. Names on the wire are as they stand here.

internal sealed record RedisInstancesResponse : IListResponse<RedisInstanceItem>
{
    [JsonPropertyName("Instances")]
    [JsonConverter(typeof(WrappedListConverter<RedisInstanceItem>))]
    public IReadOnlyList<RedisInstanceItem?>? Records { get; init; }

    [JsonPropertyName("TotalCount")]
    public long? Total { get; init; }
}

internal sealed record RedisInstanceItem
{
    public string? InstanceId { get; init; }

    public string? InstanceName { get; init; }

    public string? InstanceStatus { get; init; }

    public string? InstanceType { get; init; }

    public string? EngineVersion { get; init; }

    public string? ArchitectureType { get; init; }

    public string? RegionId { get; init; }

    public string? ZoneId { get; init; }

    public long? ShardCount { get; init; }

    /// <summary>Megabytes.</summary>
    public long? Capacity { get; init; }

    public string? CreateTime { get; init; }

    public string? ConnectionDomain { get; init; }

    public long? Port { get; init; }
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(RedisInstancesResponse))]
internal sealed partial class RedisJson : JsonSerializerContext;
