using System;
using BackupLinks.Discovery;

namespace BackupLinks.TencentCloud;

/// <summary>
/// An instance of a database service of Tencent Cloud. A property is null where the response does not state it.
/// </summary>
public abstract class TencentCloudInstance : CloudInstance, IInstance
{
    private protected TencentCloudInstance(TencentInstanceItem item, TencentDatabaseService service, string? region)
    {
        InstanceId = item.Id!;
        Name = item.DisplayName;
        Status = TencentDatabaseService.WordOf(service.InstanceStates, item.Status ?? item.DBInstanceStatus);
        Engine = service.EngineOf(item);
        EngineVersion = service.VersionOf(item);
        Type = service.TypeOf(item);
        Region = WireValue.Text(item.Region) ?? region;
        Zone = WireValue.Text(item.Zone);
        Address = WireValue.Text(item.WanIp) ?? WireValue.Text(item.Vip);
        Port = WireValue.Port(item.Port ?? item.Vport);
        CreatedAt = TencentTime.Parse(item.CreateTime);
    }

    /// <summary>The id.</summary>
    public override string InstanceId { get; }

    /// <summary>The name.</summary>
    public override string? Name { get; }

    /// <summary>
    /// The state: <c>Running</c>. The provider has numbers; one without a known meaning stays a number.
    /// </summary>
    public override string? Status { get; }

    /// <summary>The database engine.</summary>
    public override string? Engine { get; }

    /// <summary>The version of the engine.</summary>
    public override string? EngineVersion { get; }

    /// <summary>The kind of instance.</summary>
    public string? Type { get; }

    /// <summary>The region; null when neither the list nor the request names it.</summary>
    public override string? Region { get; }

    /// <summary>The zone.</summary>
    public string? Zone { get; }

    /// <summary>The address to connect to, inside the cloud's network.</summary>
    public string? Address { get; }

    /// <summary>The port to connect to.</summary>
    public int? Port { get; }

    /// <summary>The time of creation.</summary>
    public DateTimeOffset? CreatedAt { get; }
}
