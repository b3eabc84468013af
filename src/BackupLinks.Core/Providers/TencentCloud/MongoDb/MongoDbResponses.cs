using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.TencentCloud.MongoDb;

// The shapes of the tasks that make files. Names on the wire are as they stand here.

internal sealed record MongoDbTasksResponse : TencentResponse
{
    [JsonConverter(typeof(LenientListConverter<MongoDbTaskItem>))]
    public IReadOnlyList<MongoDbTaskItem?>? Tasks { get; init; }

    public long? TotalCount { get; init; }
}

internal sealed record MongoDbTaskItem
{
    /// <summary>
    /// 0 while it waits, 1 while it runs, 2 when it is done, 3 when it failed, 4 before another attempt.
    /// </summary>
    public string? Status { get; init; }

    public string? ReplicaSetId { get; init; }

    public string? CreateTime { get; init; }

    /// <summary>Bytes.</summary>
    public long? BackupSize { get; init; }

    /// <summary>The address of a task that is done.</summary>
    public string? Url { get; init; }

    /// <summary>True for a task that is not done, and has not failed.</summary>
    [JsonIgnore]
    public bool IsPending => WireValue.Text(Status) is "0" or "1" or "4";

    [JsonIgnore]
    public bool HasFailed => WireValue.Text(Status) == "3";
}

internal sealed record MongoDbShardsResponse : TencentResponse
{
    [JsonConverter(typeof(LenientListConverter<MongoDbShardsItem>))]
    public IReadOnlyList<MongoDbShardsItem?>? InstanceDetails { get; init; }
}

internal sealed record MongoDbShardsItem
{
    public string? InstanceId { get; init; }

    /// <summary>0 for a replica set, 1 for a cluster with shards.</summary>
    public string? ClusterType { get; init; }

    [JsonConverter(typeof(LenientListConverter<MongoDbShardItem>))]
    public IReadOnlyList<MongoDbShardItem?>? ReplicaSets { get; init; }
}

internal sealed record MongoDbShardItem
{
    public string? ReplicaSetId { get; init; }
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(TencentEnvelope<MongoDbTasksResponse>))]
[JsonSerializable(typeof(TencentEnvelope<MongoDbShardsResponse>))]
internal sealed partial class TencentMongoDbJson : JsonSerializerContext;
