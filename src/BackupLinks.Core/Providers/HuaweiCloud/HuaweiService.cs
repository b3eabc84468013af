using System.Collections.Generic;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud;

/// <summary>A service of Huawei Cloud.</summary>
internal abstract class HuaweiService : BackupService
{
    /// <inheritdoc/>
    public sealed override Provider Provider => HuaweiCloudProvider.Instance;

    /// <summary>Its hosts.</summary>
    public abstract HuaweiHosts Hosts { get; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> Regions => Hosts.Regions;

    /// <summary>True for a region that has it, or a sub-project of one, such as <c>cn-north-4_analytics</c>.</summary>
    /// <inheritdoc/>
    public sealed override bool HasRegion(string region) => base.HasRegion(region.Trim().Split('_')[0]);

    /// <inheritdoc/>
    public sealed override string EndpointExample => Hosts.Example;
}
