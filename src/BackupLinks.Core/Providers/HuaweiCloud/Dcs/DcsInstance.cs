using System;
using BackupLinks.Discovery;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>
/// A DCS (Redis) instance. Source: Huawei Cloud DCS API reference, "Querying All DCS Instances"
/// (<c>ListInstances</c>). A property that the response lacks is null.
/// </summary>
public sealed class DcsInstance : HuaweiCloudInstance, IInstance
{
    internal DcsInstance(DcsInstanceItem item, HuaweiScope place)
        : base(place)
    {
        InstanceId = item.InstanceId!;
        Name = WireValue.Text(item.Name);
        Status = WireValue.Text(item.Status);
        Engine = WireValue.Text(item.Engine);
        EngineVersion = WireValue.Text(item.EngineVersion);
        SpecCode = WireValue.Text(item.SpecCode);
        Capacity = WireValue.Gigabytes(WireValue.Number(item.Capacity))
            ?? WireValue.Gigabytes(WireValue.Number(item.CapacityMinor));
        UsedMemory = WireValue.Megabytes(item.UsedMemory);
        DomainName = WireValue.Text(item.DomainName);
        Ip = WireValue.Text(item.Ip);
        Port = WireValue.Port(item.Port);
        Description = WireValue.Text(item.Description);
        CreatedAt = WireTime.Parse(item.CreatedAt, TimeSpan.Zero);
    }

    /// <summary>The id.</summary>
    public override string InstanceId { get; }

    /// <summary>The name.</summary>
    public override string? Name { get; }

    /// <summary>The state in the provider's word: <c>RUNNING</c>, <c>FROZEN</c>.</summary>
    public override string? Status { get; }

    /// <summary><c>Redis</c> or <c>Memcached</c>.</summary>
    public override string? Engine { get; }

    /// <summary>The engine's version: <c>5.0</c>.</summary>
    public override string? EngineVersion { get; }

    /// <summary>The provider's code for the kind of instance, such as <c>redis.cluster.xu1.large.r2.4</c>.</summary>
    public string? SpecCode { get; }

    /// <summary>The memory that was bought, in bytes.</summary>
    public long? Capacity { get; }

    /// <summary>The memory in use, in bytes, to the megabyte.</summary>
    public long? UsedMemory { get; }

    /// <summary>The name to connect to; null for none.</summary>
    public string? DomainName { get; }

    /// <summary>The address to connect to; null for none.</summary>
    public string? Ip { get; }

    /// <summary>The port to connect to; null for none.</summary>
    public int? Port { get; }

    /// <summary>The description that a user wrote.</summary>
    public string? Description { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; }

    string? IInstance.Type => null;
}
