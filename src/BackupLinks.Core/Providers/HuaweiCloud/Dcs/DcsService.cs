using System;
using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>Distributed Cache Service (Redis).</summary>
internal sealed class DcsService : HuaweiService
{
    private static readonly string[] RegionNames =
    [
        "ae-ad-1", "af-south-1", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4",
        "ap-southeast-5", "cn-east-2", "cn-east-3", "cn-east-4", "cn-east-5", "cn-north-1", "cn-north-12", "cn-north-2",
        "cn-north-4", "cn-north-9", "cn-south-1", "cn-south-2", "cn-southwest-2", "eu-west-0", "eu-west-101",
        "la-north-2", "la-south-2",
        "me-east-1", "my-kualalumpur-1", "na-mexico-1", "ru-moscow-1", "ru-northwest-2", "sa-brazil-1", "tr-west-1",
    ];

    /// <summary>The service.</summary>
    public static readonly DcsService Instance = new();

    private DcsService() => LinkKinds =
    [
        new(this, "BackupLink", typeof(DcsBackupLink), DcsBackupLinksRequest.From)
        {
            Ids = [nameof(DcsBackupLink.InstanceId), nameof(DcsBackupLink.BackupId)],
            FormerName = nameof(DcsBackupLink),
        },
        new(this, "LogLink", typeof(DcsLogLink), DcsLogLinkRequest.From)
        {
            Ids = [nameof(DcsLogLink.InstanceId), nameof(DcsLogLink.LogId)],
            FormerName = nameof(DcsLogLink),
        },
    ];

    public override string Name => "Dcs";

    public override IReadOnlyList<string> Engines { get; } = ["Redis", "Memcached"];

    /// <summary>
    /// From <c>DcsRegion.cs</c> of the vendor's SDK, which lists the region in Ireland under .com, unlike other
    /// services.
    /// </summary>
    public override HuaweiHosts Hosts { get; } = new("dcs", RegionNames)
    {
        Table = new RegionTable("dcs.{region}.myhuaweicloud.com", RegionNames),
    };

    /// <summary>From its pages.</summary>
    public override IReadOnlyList<string> Permissions =>
    [
        "dcs:instance:list", "dcs:instance:getDataBackupRecords", "dcs:instance:downloadBackupData",
        "dcs:instance:listRunLog", "dcs:redisLog:get",
    ];

    public override VendorWords InstanceWords { get; } = new()
    {
        Engine = ["Redis", "Memcached"],
        Status =
        [
            "RUNNING", "CREATING", "CREATEFAILED", "ERROR", "RESTARTING", "FROZEN", "EXTENDING", "RESTORING",
            "FLUSHING",
        ],
    };

    public override VendorWords BackupWords { get; } = new()
    {
        Status = ["waiting", "backuping", "succeed", "failed", "expired", "deleted"],
        Type = ["auto", "manual"],
    };

    public override VendorWords LogWords { get; } = new() { Status = ["succeed", "failed", "waiting", "backuping"] };

    public override IReadOnlyList<LogKind> LogKinds { get; } = [LogKind.Run];

    public override TimeSpan? LinkLifetime { get; } = TimeSpan.FromSeconds(DcsBackupLinksRequest.DefaultExpiration);

    public override LifetimeRange? LinkLifetimes { get; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromDays(1));

    public override LifetimeRange? LogLinkLifetimes => null;

    public override LinkIds SampleIds { get; } =
        new("5c597ce5-9823-48aa-bf4d-2defb9385b4a", "3ea6ce21-048e-447a-83c3-3fb004b88439");

    public override IReadOnlyList<LogSample> LogSamples { get; } =
        [new(LogKind.Run, "8f1b6c52-6b7c-4f1f-8f5e-2f6f4d1a9c33")];

    public override IReadOnlyList<LinkKind> LinkKinds { get; }

    public override ServiceRequest<IInstance> Instances(InstanceFilter filter) => new DcsInstancesRequest(filter);

    public override ServiceRequest<IBackup> Backups(InstanceReference instance, BackupFilter filter) =>
        new DcsBackupsRequest(instance, filter);

    public override ServiceRequest<ILog> Logs(InstanceReference instance, LogFilter filter) =>
        new DcsLogsRequest(instance, filter);

    public override ServiceRequest<DownloadLink> Links(LinkIds ids, LinkOptions options) => ids.LogId is { } logId
        ? new DcsLogLinkRequest(ids.InstanceId ?? "", logId) { Details = options.Details }
        : new DcsBackupLinksRequest(
            ids.InstanceId ?? "", ids.BackupId ?? "",
            options.ValidFor is { } lifetime ? (int)lifetime.TotalSeconds : DcsBackupLinksRequest.DefaultExpiration)
        {
            Details = options.Details,
        };
}
