using System;
using BackupLinks.Discovery;
using BackupLinks.Time;

namespace BackupLinks.CapitalOnline;

/// <summary>
/// An instance of a database service of Capital Online. A property is null where the response does not state it.
/// Source: Capital Online OpenAPI, "DescribeDBInstances".
/// </summary>
public abstract class CapitalOnlineInstance : CloudInstance, IInstance
{
    private protected CapitalOnlineInstance(string engine, CapitalOnlineInstanceData data)
    {
        Engine = engine;
        InstanceId = data.InstanceUuid!;
        Name = WireValue.Text(data.InstanceName);
        Status = WireValue.Text(data.Status);
        StatusText = WireValue.Text(data.StatusStr);
        ProductName = WireValue.Text(data.SubProductName);
        EngineVersion = WireValue.Text(data.Version);
        Ip = WireValue.Text(data.Ip);
        Port = WireValue.Port(data.Port);
        RegionId = WireValue.Text(data.RegionId);
        VdcId = WireValue.Text(data.VdcId);
        CreatedAt = WireTime.Parse(data.CreatedTime, CapitalOnlineBackup.Zone);
    }

    /// <summary>The id (<c>InstanceUuid</c>).</summary>
    public override string InstanceId { get; }

    /// <summary>The name.</summary>
    public override string? Name { get; }

    /// <summary>The state in the provider's word: <c>RUNNING</c>.</summary>
    public override string? Status { get; }

    /// <summary>The state as the console words it.</summary>
    public string? StatusText { get; }

    /// <summary>The kind of instance as the console words it.</summary>
    public string? ProductName { get; }

    /// <summary>The database engine.</summary>
    public override string? Engine { get; }

    /// <summary>The version of the engine.</summary>
    public override string? EngineVersion { get; }

    /// <summary>The address to connect to; null for none.</summary>
    public string? Ip { get; }

    /// <summary>The port to connect to; null for none.</summary>
    public int? Port { get; }

    /// <summary>The site: <c>CN_Beijing_A</c>.</summary>
    public string? RegionId { get; }

    /// <summary>The same as <see cref="RegionId"/>, as the instances of other clouds have it.</summary>
    public override string? Region => RegionId;

    /// <summary>The virtual data centre.</summary>
    public string? VdcId { get; }

    /// <summary>
    /// The time of creation. The API names no zone; Beijing's is assumed.
    /// </summary>
    public DateTimeOffset? CreatedAt { get; }

    string? IInstance.Type => null;
}
