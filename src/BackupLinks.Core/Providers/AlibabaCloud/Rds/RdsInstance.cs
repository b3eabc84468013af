using System;
using BackupLinks.Discovery;
using BackupLinks.Time;

namespace BackupLinks.AlibabaCloud.Rds;

/// <summary>
/// An ApsaraDB RDS instance. A property is null where the response does not state it. Source: Alibaba Cloud RDS API
/// reference, "DescribeDBInstances".
/// </summary>
public sealed class RdsInstance : AlibabaCloudInstance
{
    internal RdsInstance(RdsInstanceItem item, string? region)
        : base(item.RegionId, region)
    {
        InstanceId = item.DBInstanceId!;
        Name = WireValue.Text(item.DBInstanceDescription);
        Status = WireValue.Text(item.DBInstanceStatus);
        Engine = WireValue.Text(item.Engine);
        EngineVersion = WireValue.Text(item.EngineVersion);
        Type = WireValue.Text(item.DBInstanceType);
        InstanceClass = WireValue.Text(item.DBInstanceClass);
        StorageType = WireValue.Text(item.DBInstanceStorageType);
        ZoneId = WireValue.Text(item.ZoneId);
        CreatedAt = WireTime.Parse(item.CreateTime, TimeSpan.Zero);
    }

    /// <summary>The id (<c>DBInstanceId</c>).</summary>
    public override string InstanceId { get; }

    /// <summary>The name (<c>DBInstanceDescription</c>).</summary>
    public override string? Name { get; }

    /// <summary>The state in the provider's word: <c>Running</c>.</summary>
    public override string? Status { get; }

    /// <summary>The database engine: <c>MySQL</c>, <c>SQLServer</c>, <c>PostgreSQL</c>, <c>MariaDB</c>.</summary>
    public override string? Engine { get; }

    /// <summary>The version of the engine.</summary>
    public override string? EngineVersion { get; }

    /// <summary>The kind of instance: <c>Primary</c>, <c>Readonly</c>.</summary>
    public override string? Type { get; }

    /// <summary>The class: <c>mysql.n2.medium.1</c>.</summary>
    public string? InstanceClass { get; }

    /// <summary>
    /// The kind of disk. Only <c>local_ssd</c> has backups that can be downloaded; those of cloud disks are snapshots.
    /// </summary>
    public string? StorageType { get; }

    /// <summary>The zone.</summary>
    public string? ZoneId { get; }

    /// <summary>The time of creation.</summary>
    public DateTimeOffset? CreatedAt { get; }
}
