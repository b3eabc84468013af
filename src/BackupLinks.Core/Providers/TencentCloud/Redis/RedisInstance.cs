using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud.Redis;

/// <summary>
/// A TencentDB for Redis instance. A property is null where the response does not state it. Source: Tencent Cloud Redis
/// API, "DescribeInstances".
/// </summary>
public sealed class RedisInstance : TencentCloudInstance
{
    internal RedisInstance(TencentInstanceItem item, RedisService service, string? region)
        : base(item, service, region)
    {
        ShardCount = WireValue.Bytes(item.RedisShardNum);
        Memory = WireValue.Megabytes(item.Size);
    }

    /// <summary>The number of shards.</summary>
    public long? ShardCount { get; }

    /// <summary>The memory in bytes.</summary>
    public long? Memory { get; }
}
