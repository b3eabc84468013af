using System;
using BackupLinks.Discovery;
using BackupLinks.Time;

namespace BackupLinks.AlibabaCloud.Redis;

/// <summary>
/// A Tair or Redis instance. A property is null where the response does not state it. Source: Alibaba Cloud Tair API
/// reference, "DescribeInstances".
/// </summary>
public sealed class RedisInstance : AlibabaCloudInstance
{
    internal RedisInstance(RedisInstanceItem item, string? region)
        : base(item.RegionId, region)
    {
        InstanceId = item.InstanceId!;
        Name = WireValue.Text(item.InstanceName);
        Status = WireValue.Text(item.InstanceStatus);
        Engine = WireValue.Text(item.InstanceType) ?? "Redis";
        EngineVersion = WireValue.Text(item.EngineVersion);
        Type = WireValue.Text(item.ArchitectureType);
        ZoneId = WireValue.Text(item.ZoneId);
        ShardCount = WireValue.Bytes(item.ShardCount);
        Memory = WireValue.Megabytes(item.Capacity);
        ConnectionDomain = WireValue.Text(item.ConnectionDomain);
        Port = WireValue.Port(item.Port);
        CreatedAt = WireTime.Parse(item.CreateTime, TimeSpan.Zero);
    }

    /// <summary>The id.</summary>
    public override string InstanceId { get; }

    /// <summary>The name.</summary>
    public override string? Name { get; }

    /// <summary>The state in the provider's word: <c>Normal</c>.</summary>
    public override string? Status { get; }

    /// <summary>The database engine (<c>InstanceType</c>): <c>Redis</c>, <c>Tair</c>.</summary>
    public override string? Engine { get; }

    /// <summary>The version of Redis that it is compatible with.</summary>
    public override string? EngineVersion { get; }

    /// <summary>The architecture: <c>standard</c>, <c>cluster</c>, <c>rwsplit</c>.</summary>
    public override string? Type { get; }

    /// <summary>The zone.</summary>
    public string? ZoneId { get; }

    /// <summary>The number of shards.</summary>
    public long? ShardCount { get; }

    /// <summary>The memory in bytes.</summary>
    public long? Memory { get; }

    /// <summary>The address to connect to.</summary>
    public string? ConnectionDomain { get; }

    /// <summary>The port to connect to.</summary>
    public int? Port { get; }

    /// <summary>The time of creation.</summary>
    public DateTimeOffset? CreatedAt { get; }
}
