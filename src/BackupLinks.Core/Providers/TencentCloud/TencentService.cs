using System.Collections.Generic;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud;

/// <summary>A service of Tencent Cloud.</summary>
internal abstract class TencentService : BackupService
{
    private TencentHosts? _hosts;

    /// <inheritdoc/>
    public sealed override Provider Provider => TencentCloudProvider.Instance;

    /// <summary>The name of its API, which is in its signatures and its host names: <c>cdb</c>.</summary>
    public abstract string ApiName { get; }

    /// <summary>The version of its API.</summary>
    public abstract string ApiVersion { get; }

    /// <summary>Its hosts.</summary>
    public TencentHosts Hosts => _hosts ??= new TencentHosts(ApiName);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> Regions => Hosts.Table.Regions;

    /// <inheritdoc/>
    public sealed override string EndpointExample => Hosts.Example;
}
