using System.Collections.Generic;
using BackupLinks.Providers;

namespace BackupLinks.AlibabaCloud;

/// <summary>A service of Alibaba Cloud.</summary>
internal abstract class AlibabaService : BackupService
{
    /// <inheritdoc/>
    public sealed override Provider Provider => AlibabaCloudProvider.Instance;

    /// <summary>Its hosts.</summary>
    public abstract AlibabaHosts Hosts { get; }

    /// <summary>The version of its API.</summary>
    public abstract string ApiVersion { get; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> Regions => Hosts.Table.Regions;

    /// <inheritdoc/>
    public sealed override string EndpointExample => Hosts.Example;

    /// <inheritdoc/>
    public sealed override bool HasIntranet => true;
}
