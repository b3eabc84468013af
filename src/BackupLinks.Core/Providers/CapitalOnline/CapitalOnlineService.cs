using BackupLinks.Providers;

namespace BackupLinks.CapitalOnline;

/// <summary>A service of Capital Online. All of them have one API root.</summary>
internal abstract class CapitalOnlineService : BackupService
{
    /// <inheritdoc/>
    public sealed override Provider Provider => CapitalOnlineProvider.Instance;

    /// <summary>The first segment of the path: <c>redis</c>.</summary>
    public abstract string PathSegment { get; }

    /// <inheritdoc/>
    public sealed override string EndpointExample => CapitalOnlineProvider.DefaultEndpoint;

    /// <inheritdoc/>
    public sealed override bool HasIntranet => true;
}
