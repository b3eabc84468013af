using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud;

/// <summary>An instance that a service of Alibaba Cloud lists.</summary>
public abstract class AlibabaCloudInstance : CloudInstance, IInstance
{
    private protected AlibabaCloudInstance(string? regionId, string? sessionRegion) =>
        Region = WireValue.Text(regionId) ?? sessionRegion;

    /// <summary>The region; null when neither the list nor the request names it.</summary>
    public override string? Region { get; }

    /// <summary>The kind of instance in the provider's word.</summary>
    public abstract string? Type { get; }
}
