using System;
using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.AlibabaCloud.PolarDb;

/// <summary>PolarDB. Its backups are snapshots, without links; its log backups have some.</summary>
internal sealed class PolarDbService : AlibabaDatabaseService
{
    private static readonly string[] EngineNames = ["MySQL", "PostgreSQL", "Oracle"];

    /// <summary>The service.</summary>
    public static readonly PolarDbService Instance = new();

    private PolarDbService()
        : base(null, typeof(PolarDbLogLink))
    {
    }

    public override string Name => "PolarDb";

    public override IReadOnlyList<string> Engines => EngineNames;

    public override string ApiVersion => "2017-08-01";

    public override AlibabaHosts Hosts { get; } = new(
        "polardb", "cn-qingdao", "cn-beijing", "cn-wulanchabu", "cn-hangzhou", "cn-shanghai", "cn-heyuan",
        "cn-hangzhou-finance", "cn-beijing-finance-1", "cn-beijing-gov-1");

    public override string InstanceParameter => "DBClusterId";

    public override bool NeedsTimes => true;

    /// <summary>"3 to 7300 days", says the page of the log backup policy.</summary>
    public override TimeSpan LongestRetention => TimeSpan.FromDays(7300);

    public override IReadOnlyList<string> Permissions =>
        ["polardb:DescribeDBClusters", "polardb:DescribeBackups", "polardb:DescribeBackupLogs"];

    public override VendorWords InstanceWords { get; } = new()
    {
        Engine = EngineNames,
        Type = ["Normal", "Basic", "Archive", "NormalMultimaster"],
        Status =
        [
            "Running", "Creating", "Deleting", "Rebooting", "DBNodeCreating", "DBNodeDeleting", "ClassChanging",
            "NetAddressCreating", "NetAddressDeleting", "Maintaining", "Switching", "Transing", "VersionUpgrading",
        ],
    };

    public override LinkIds SampleIds { get; } = new("pc-bp1s826a1up0exa01", "111111111");

    public override IReadOnlyList<LogSample> LogSamples { get; } =
    [
        new(LogKind.Binlog, "log/2020-02-12T03:54:43Z/1111111111") { IsFoundInList = true, HasStatus = false },
    ];

    public override IReadOnlyList<AlibabaLogAction> LogActions { get; } =
        [new("DescribeBackupLogs", "log", LogKind.Binlog) { TimeFormat = AlibabaLogAction.Minutes }];

    public override ServiceRequest<IInstance> Instances(InstanceFilter filter) => new PolarDbInstancesRequest(filter);

    internal override IBackup ToBackup(AlibabaBackupItem item, InstanceReference instance, string? region) =>
        new PolarDbBackup(item, instance, region);

    internal override ILog ToLog(AlibabaLogItem item, InstanceReference instance, string? region) =>
        new PolarDbLog(item, instance, region);

    internal override DownloadLink ToLogLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaLogLinkRequest request, AlibabaLogItem item) =>
        new PolarDbLogLink(file, origin, request, item);
}
