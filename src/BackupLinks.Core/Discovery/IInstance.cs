namespace BackupLinks.Discovery;

/// <summary>The properties of an instance by which all providers' instances are filtered; null for unknown.</summary>
internal interface IInstance
{
    string InstanceId { get; }

    string? Name { get; }

    string? Status { get; }

    string? Engine { get; }

    /// <summary>The kind of instance, in the provider's word.</summary>
    string? Type { get; }

    string? Region { get; }
}
