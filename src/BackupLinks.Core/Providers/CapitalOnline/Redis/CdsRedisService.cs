using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.CapitalOnline.Redis;

/// <summary>Redis of Capital Online.</summary>
internal sealed class CdsRedisService : CapitalOnlineService
{
    /// <summary>The service.</summary>
    public static readonly CdsRedisService Instance = new();

    private CdsRedisService() => LinkKinds =
    [
        new(this, "BackupDownload", typeof(CdsBackupDownload), CdsBackupDownloadRequest.From)
        {
            Ids = [nameof(CdsBackupDownload.InstanceId), nameof(CdsBackupDownload.BackupId), nameof(CdsBackupDownload.Network)],
            FormerName = nameof(CdsBackupDownload),
        },
    ];

    public override string Name => "Redis";

    public override string PathSegment => "redis";

    public override IReadOnlyList<string> Engines { get; } = ["Redis"];

    public override VendorWords InstanceWords { get; } = new() { Status = ["RUNNING"] };

    public override VendorWords BackupWords { get; } = new() { Status = ["finished"], Type = ["auto", "manual", "full-backup"] };

    public override LinkIds SampleIds { get; } = new(
        "5ac7c945-ae47-4bbf-82e6-2823d64b57c5", "77a3a1e6-2f0f-4a35-9f53-0a4b7ce9f1d2");

    public override IReadOnlyList<LinkKind> LinkKinds { get; }

    public override ServiceRequest<IInstance> Instances(InstanceFilter filter) => new CdsInstancesRequest(filter);

    public override ServiceRequest<IBackup> Backups(InstanceReference instance, BackupFilter filter) =>
        new CdsBackupsRequest(instance, filter);

    public override ServiceRequest<DownloadLink> Links(LinkIds ids, LinkOptions options) => new CdsBackupDownloadRequest(
        ids.InstanceId ?? "", ids.BackupId ?? "", options.IsIntranet ? CdsNetwork.Intranet : CdsNetwork.Public)
    {
        Details = options.Details,
    };
}
