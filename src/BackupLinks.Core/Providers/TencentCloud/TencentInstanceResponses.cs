using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.TencentCloud;

// The shapes of the lists of instances. One record has the members of all services: each names some differently. Names
// on the wire are as they stand here.

internal sealed record TencentInstancesResponse : TencentResponse, IListResponse<TencentInstanceItem>
{
    /// <summary>Redis.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentInstanceItem>))]
    public IReadOnlyList<TencentInstanceItem?>? InstanceSet { get; init; }

    /// <summary>MySQL.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentInstanceItem>))]
    public IReadOnlyList<TencentInstanceItem?>? Items { get; init; }

    /// <summary>PostgreSQL.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentInstanceItem>))]
    public IReadOnlyList<TencentInstanceItem?>? DBInstanceSet { get; init; }

    /// <summary>SQL Server.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentInstanceItem>))]
    public IReadOnlyList<TencentInstanceItem?>? DBInstances { get; init; }

    /// <summary>MariaDB.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentInstanceItem>))]
    public IReadOnlyList<TencentInstanceItem?>? Instances { get; init; }

    /// <summary>TDSQL-C.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentInstanceItem>))]
    public IReadOnlyList<TencentInstanceItem?>? ClusterSet { get; init; }

    /// <summary>MongoDB.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentInstanceItem>))]
    public IReadOnlyList<TencentInstanceItem?>? InstanceDetails { get; init; }

    public long? TotalCount { get; init; }

    [JsonIgnore]
    public IReadOnlyList<TencentInstanceItem?>? Records =>
        InstanceSet ?? Items ?? DBInstanceSet ?? DBInstances ?? Instances ?? ClusterSet ?? InstanceDetails;

    [JsonIgnore]
    public long? Total => TotalCount;
}

internal sealed record TencentInstanceItem
{
    public string? InstanceId { get; init; }

    public string? InstanceName { get; init; }

    /// <summary>A number, or a word.</summary>
    public string? Status { get; init; }

    public string? Region { get; init; }

    public string? Zone { get; init; }

    public string? Engine { get; init; }

    public string? EngineVersion { get; init; }

    /// <summary>The minor version of Redis.</summary>
    public string? CurrentRedisVersion { get; init; }

    /// <summary>A number.</summary>
    public string? InstanceType { get; init; }

    /// <summary>The architecture of Redis.</summary>
    public string? ProductType { get; init; }

    /// <summary>The address of Redis.</summary>
    public string? WanIp { get; init; }

    /// <summary>The port of Redis.</summary>
    public long? Port { get; init; }

    /// <summary>The memory of Redis, in megabytes.</summary>
    public long? Size { get; init; }

    public long? RedisShardNum { get; init; }

    public string? Vip { get; init; }

    public long? Vport { get; init; }

    /// <summary>Redis spells it <c>Createtime</c>.</summary>
    public string? CreateTime { get; init; }

    /// <summary>The id of PostgreSQL.</summary>
    public string? DBInstanceId { get; init; }

    /// <summary>The name of PostgreSQL.</summary>
    public string? DBInstanceName { get; init; }

    /// <summary>The state of PostgreSQL.</summary>
    public string? DBInstanceStatus { get; init; }

    /// <summary>The kind of PostgreSQL.</summary>
    public string? DBInstanceType { get; init; }

    /// <summary>The name of SQL Server.</summary>
    public string? Name { get; init; }

    /// <summary>The version of SQL Server: <c>SQL Server 2019 Enterprise</c>.</summary>
    public string? VersionName { get; init; }

    /// <summary>The version of SQL Server, in short.</summary>
    public string? Version { get; init; }

    /// <summary>The engine of MariaDB.</summary>
    public string? DbEngine { get; init; }

    /// <summary>The version of PostgreSQL, MariaDB and TDSQL-C.</summary>
    public string? DbVersion { get; init; }

    /// <summary>The id of TDSQL-C.</summary>
    public string? ClusterId { get; init; }

    /// <summary>The name of TDSQL-C.</summary>
    public string? ClusterName { get; init; }

    /// <summary>The engine of TDSQL-C.</summary>
    public string? DbType { get; init; }

    /// <summary>The kind of TDSQL-C.</summary>
    public string? DbMode { get; init; }

    /// <summary>The kind of MongoDB, as a number.</summary>
    public string? ClusterType { get; init; }

    /// <summary>The version of MongoDB: <c>MONGO_50_WT</c>.</summary>
    public string? MongoVersion { get; init; }

    [JsonIgnore]
    public string? Id => WireValue.Text(InstanceId) ?? WireValue.Text(DBInstanceId) ?? WireValue.Text(ClusterId);

    [JsonIgnore]
    public string? DisplayName => WireValue.Text(InstanceName) ?? WireValue.Text(DBInstanceName)
        ?? WireValue.Text(ClusterName) ?? WireValue.Text(Name);
}

[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(TencentEnvelope<TencentInstancesResponse>))]
internal sealed partial class TencentInstancesJson : JsonSerializerContext;
