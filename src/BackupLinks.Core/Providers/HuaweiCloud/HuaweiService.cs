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

    /// <inheritdoc/>
    public sealed override string EndpointExample => Hosts.Example;
}
