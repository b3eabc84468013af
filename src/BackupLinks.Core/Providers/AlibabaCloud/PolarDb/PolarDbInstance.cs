using System;
using BackupLinks.Discovery;
using BackupLinks.Time;

namespace BackupLinks.AlibabaCloud.PolarDb;

/// <summary>
/// A PolarDB cluster. A property is null where the response does not state it. Source: Alibaba Cloud PolarDB API
/// reference, "DescribeDBClusters".
/// </summary>
public sealed class PolarDbInstance : AlibabaCloudInstance
{
    internal PolarDbInstance(PolarDbInstanceItem item, string? region)
        : base(item.RegionId, region)
    {
        InstanceId = item.DBClusterId!;
        Name = WireValue.Text(item.DBClusterDescription);
        Status = WireValue.Text(item.DBClusterStatus);
        Engine = WireValue.Text(item.DBType) ?? WireValue.Text(item.Engine);
        EngineVersion = WireValue.Text(item.DBVersion);
        Type = WireValue.Text(item.Category);
        ZoneId = WireValue.Text(item.ZoneId);
        NodeClass = WireValue.Text(item.DBNodeClass);
        NodeCount = WireValue.Bytes(item.DBNodeNumber);
        CreatedAt = WireTime.Parse(item.CreateTime, TimeSpan.Zero);
    }

    /// <summary>The id (<c>DBClusterId</c>).</summary>
    public override string InstanceId { get; }

    /// <summary>The name (<c>DBClusterDescription</c>).</summary>
    public override string? Name { get; }

    /// <summary>The state in the provider's word: <c>Running</c>.</summary>
    public override string? Status { get; }

    /// <summary>The database engine: <c>MySQL</c>, <c>PostgreSQL</c>, <c>Oracle</c>.</summary>
    public override string? Engine { get; }

    /// <summary>The version of the engine.</summary>
    public override string? EngineVersion { get; }

    /// <summary>The edition (<c>Category</c>): <c>Normal</c>, <c>Basic</c>.</summary>
    public override string? Type { get; }

    /// <summary>The zone.</summary>
    public string? ZoneId { get; }

    /// <summary>The class of the nodes: <c>polar.mysql.x4.large</c>.</summary>
    public string? NodeClass { get; }

    /// <summary>The number of nodes.</summary>
    public long? NodeCount { get; }

    /// <summary>The time of creation.</summary>
    public DateTimeOffset? CreatedAt { get; }
}
