using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Discovery;
using BackupLinks.Time;

namespace BackupLinks.AlibabaCloud.MongoDb;

/// <summary>
/// An ApsaraDB for MongoDB instance. A property is null where the response does not state it. Source: Alibaba Cloud
/// ApsaraDB for MongoDB API reference, "DescribeDBInstances".
/// </summary>
public sealed class MongoDbInstance : AlibabaCloudInstance
{
    internal MongoDbInstance(MongoDbInstanceItem item, string? region)
        : base(item.RegionId, region)
    {
        InstanceId = item.DBInstanceId!;
        Name = WireValue.Text(item.DBInstanceDescription);
        Status = WireValue.Text(item.DBInstanceStatus);
        Engine = WireValue.Text(item.Engine) ?? "MongoDB";
        EngineVersion = WireValue.Text(item.EngineVersion);
        Type = WireValue.Text(item.DBInstanceType);
        ZoneId = WireValue.Text(item.ZoneId);
        ShardIds = [.. FindShards(item)];
        CreatedAt = WireTime.Parse(item.CreationTime, TimeSpan.Zero);
    }

    /// <summary>The id (<c>DBInstanceId</c>).</summary>
    public override string InstanceId { get; }

    /// <summary>The name (<c>DBInstanceDescription</c>).</summary>
    public override string? Name { get; }

    /// <summary>The state in the provider's word: <c>Running</c>.</summary>
    public override string? Status { get; }

    /// <summary>The database engine.</summary>
    public override string? Engine { get; }

    /// <summary>The version of the engine.</summary>
    public override string? EngineVersion { get; }

    /// <summary>The kind of instance: <c>replicate</c>, <c>sharding</c>.</summary>
    public override string? Type { get; }

    /// <summary>The zone.</summary>
    public string? ZoneId { get; }

    /// <summary>The shards of a sharded cluster; none for a replica set.</summary>
    public string[] ShardIds { get; }

    /// <summary>The time of creation.</summary>
    public DateTimeOffset? CreatedAt { get; }

    internal static IEnumerable<string> FindShards(MongoDbInstanceItem item) =>
        (item.ShardList ?? []).Select(shard => WireValue.Text(shard?.NodeId)).OfType<string>();
}
