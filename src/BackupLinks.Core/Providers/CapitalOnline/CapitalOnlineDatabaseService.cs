using System;
using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.CapitalOnline;

/// <summary>
/// A database service of Capital Online. All of them have the same actions under a path of their own. A service adds
/// its words and its types.
/// </summary>
internal abstract class CapitalOnlineDatabaseService : CapitalOnlineService
{
    /// <summary>Makes the service.</summary>
    /// <param name="engine">The database engine.</param>
    /// <param name="linkType">The type of its links.</param>
    /// <param name="formerName">The name that manifests had for its links before kinds had keys; null for none.</param>
    private protected CapitalOnlineDatabaseService(string engine, Type linkType, string? formerName = null)
    {
        Engine = engine;
        LinkKinds =
        [
            new(this, "BackupDownload", linkType, link => CapitalOnlineDownloadRequest.From(this, link))
            {
                Ids =
                [
                    nameof(CapitalOnlineBackupDownload.InstanceId), nameof(CapitalOnlineBackupDownload.BackupId),
                    nameof(CapitalOnlineBackupDownload.Network),
                ],
                FormerName = formerName,
            },
        ];
    }

    /// <summary>The database engine.</summary>
    public string Engine { get; }

    public override string Name => Engine;

    public sealed override IReadOnlyList<string> Engines => [Engine];

    public sealed override string PathSegment => Name.ToLowerInvariant();

    public override VendorWords InstanceWords { get; } = new() { Status = ["RUNNING"] };

    public sealed override IReadOnlyList<LinkKind> LinkKinds { get; }

    public sealed override ServiceRequest<IInstance> Instances(InstanceFilter filter) =>
        new CapitalOnlineInstancesRequest(this, filter);

    public sealed override ServiceRequest<IBackup> Backups(InstanceReference instance, BackupFilter filter) =>
        new CapitalOnlineBackupsRequest(this, instance, filter);

    public sealed override ServiceRequest<DownloadLink> Links(LinkIds ids, LinkOptions options) =>
        new CapitalOnlineDownloadRequest(this, ids.InstanceId ?? "", ids.BackupId ?? "", options.IsIntranet)
        {
            Details = options.Details,
        };

    /// <summary>Makes an instance, which has an id.</summary>
    internal abstract IInstance ToInstance(CapitalOnlineInstanceData data);

    /// <summary>Makes a backup, which has an id.</summary>
    internal abstract IBackup ToBackup(CapitalOnlineBackupData data, InstanceReference instance);

    /// <summary>Makes a link.</summary>
    internal abstract DownloadLink ToLink(
        LinkFields file, LinkOrigin origin, CapitalOnlineDownloadRequest request,
        CapitalOnlineDownloadResponse response);
}
