using System;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Rds;

/// <summary>
/// An RDS instance. Source: Huawei Cloud RDS API reference, "Querying DB Instances" (<c>ListInstances</c>). A
/// property that the response lacks is null.
/// </summary>
public sealed class RdsInstance : HuaweiCloudInstance, IInstance
{
    internal RdsInstance(DatabaseInstanceItem item, HuaweiScope place)
        : base(place)
    {
        InstanceId = item.Id!;
        Name = WireValue.Text(item.Name);
        Status = WireValue.Text(item.Status);
        Type = WireValue.Text(item.Type);
        Engine = WireValue.Text(item.Datastore?.Type);
        EngineVersion = WireValue.Text(item.Datastore?.Version);
        VolumeSize = WireValue.Gigabytes(item.Volume?.Size);
        Port = WireValue.Port(item.Port);
        CreatedAt = WireTime.Parse(item.Created, TimeSpan.Zero);
        UpdatedAt = WireTime.Parse(item.Updated, TimeSpan.Zero);
    }

    /// <summary>The id.</summary>
    public override string InstanceId { get; }

    /// <summary>The name.</summary>
    public override string? Name { get; }

    /// <summary>The state in the provider's word: <c>ACTIVE</c>, <c>BUILD</c>, <c>FAILED</c>.</summary>
    public override string? Status { get; }

    /// <summary>The kind of instance: <c>Single</c>, <c>Ha</c>, <c>Replica</c>.</summary>
    public string? Type { get; }

    /// <summary>The database engine: <c>MySQL</c>, <c>PostgreSQL</c>, <c>SQLServer</c>.</summary>
    public override string? Engine { get; }

    /// <summary>The engine's version.</summary>
    public override string? EngineVersion { get; }

    /// <summary>The size of its disk in bytes.</summary>
    public long? VolumeSize { get; }

    /// <summary>The port to connect to; null for none.</summary>
    public int? Port { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; }
}
