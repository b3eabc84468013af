namespace BackupLinks.Discovery;

/// <summary>What the instances of all providers have in common, as far as they are chosen by it; null where the list does not say.</summary>
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
