using System;
using BackupLinks.Discovery;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Databases;

/// <summary>An instance of one of Huawei Cloud's database services. Null means that the list does not say.</summary>
public abstract class DatabaseInstance : HuaweiCloudInstance, IInstance
{
    private protected DatabaseInstance(DatabaseInstanceItem item, HuaweiScope scope)
        : base(scope)
    {
        InstanceId = item.Id!;
        Name = WireValue.Text(item.Name);
        Status = WireValue.Text(item.Status);
        Type = WireValue.Text(item.Type) ?? WireValue.Text(item.Mode);
        Engine = WireValue.Text(item.Datastore?.Type);
        EngineVersion = WireValue.Text(item.Datastore?.Version);
        Port = WireValue.Port(item.Port);
        CreatedAt = WireTime.Parse(item.Created, TimeSpan.Zero);
        UpdatedAt = WireTime.Parse(item.Updated, TimeSpan.Zero);
    }

    /// <summary>The id.</summary>
    public override string InstanceId { get; }

    /// <summary>The name.</summary>
    public override string? Name { get; }

    /// <summary>The state in the provider's word.</summary>
    public override string? Status { get; }

    /// <summary>The kind of instance in the provider's word.</summary>
    public string? Type { get; }

    /// <summary>The database engine in the provider's word.</summary>
    public override string? Engine { get; }

    /// <summary>The version of the engine.</summary>
    public override string? EngineVersion { get; }

    /// <summary>The port to connect to.</summary>
    public int? Port { get; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; }
}
