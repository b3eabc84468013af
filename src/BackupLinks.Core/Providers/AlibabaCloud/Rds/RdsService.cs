using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.AlibabaCloud.Rds;

/// <summary>ApsaraDB RDS.</summary>
internal sealed class RdsService : AlibabaDatabaseService
{
    private static readonly string[] EngineNames = ["MySQL", "SQLServer", "PostgreSQL", "MariaDB"];

    /// <summary>The service.</summary>
    public static readonly RdsService Instance = new();

    private RdsService()
        : base(typeof(RdsBackupLink), typeof(RdsLogLink))
    {
    }

    public override string Name => "Rds";

    public override IReadOnlyList<string> Engines => EngineNames;

    public override string ApiVersion => "2014-08-15";

    public override AlibabaHosts Hosts { get; } = new(
        "rds", "cn-qingdao", "cn-beijing", "cn-hangzhou", "cn-shanghai", "cn-shenzhen", "cn-heyuan", "cn-hongkong",
        "ap-southeast-1", "us-west-1", "us-east-1", "cn-shanghai-finance-1", "cn-shenzhen-finance-1",
        "cn-north-2-gov-1", "cn-beijing-finance-1", "cn-beijing-gov-1")
    {
        VpcOnly = ["cn-hangzhou-finance"],
    };

    public override IReadOnlyList<string> Permissions =>
    [
        "rds:DescribeDBInstances", "rds:DescribeBackups", "rds:DescribeBinlogFiles", "rds:DescribeLogBackupFiles",
        "rds:DescribeSQLLogFiles", "dbs:CreateDownload", "dbs:DescribeDBInstanceDownloadSize",
    ];

    /// <summary>As the console states it for links of OSS; the address has it, too.</summary>
    public override TimeSpan? LinkLifetime => TimeSpan.FromHours(1);

    public override VendorWords InstanceWords { get; } = new()
    {
        Engine = EngineNames,
        Type = ["Primary", "Readonly", "Guest", "Temp"],
        Status =
        [
            "Running", "Creating", "Deleting", "Rebooting", "DBInstanceClassChanging", "TRANSING",
            "EngineVersionUpgrading", "GuestSwitching", "Restoring", "Importing", "DBInstanceNetTypeChanging",
        ],
    };

    public override LinkIds SampleIds { get; } = new("rm-uf6wjk5xxxxxxx", "321020562");

    public override IReadOnlyList<LogSample> LogSamples { get; } =
    [
        new(LogKind.Binlog, "binlog/2018-10-31T08:40:00Z/5422964/mysql-bin.000217")
        {
            IsFoundInList = true, IsKept = false,
        },
        new(LogKind.Audit, "audit/2018-10-31T08:40:00Z/custins2_20240115.csv")
        {
            IsFoundInList = true, IsPublicOnly = true, MayBeAbsent = true,
        },
    ];

    /// <summary>
    /// The binary logs of MySQL and MariaDB and the write-ahead logs of PostgreSQL; the log backups of SQL Server; the
    /// files that were exported from the audit. Error logs and slow logs are records, not files.
    /// </summary>
    public override IReadOnlyList<AlibabaLogAction> LogActions { get; } =
    [
        new("DescribeBinlogFiles", "binlog", LogKind.Binlog)
        {
            TimeFormat = AlibabaLogAction.Seconds,
            Engines = ["MySQL", "PostgreSQL", "MariaDB"],
        },
        new("DescribeLogBackupFiles", "logbackup", LogKind.Binlog)
        {
            TimeFormat = AlibabaLogAction.Minutes,
            Engines = ["SQLServer"],
        },
        new("DescribeSQLLogFiles", "audit", LogKind.Audit) { Engines = ["MySQL", "PostgreSQL", "SQLServer"] },
    ];

    public override VendorWords LogWords { get; } = new()
    {
        Status = ["Completed", "Uploading", "Success", "Failed", "Generating"],
    };

    public override ServiceRequest<IInstance> Instances(InstanceFilter filter) => new RdsInstancesRequest(filter);

    internal override IBackup ToBackup(AlibabaBackupItem item, InstanceReference instance, string? region) =>
        new RdsBackup(item, instance, region);

    internal override DownloadLink ToLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaBackupLinksRequest request, AlibabaFile item) =>
        new RdsBackupLink(file, origin, request, item);

    internal override ILog ToLog(AlibabaLogItem item, InstanceReference instance, string? region) =>
        new RdsLog(item, instance, region);

    internal override DownloadLink ToLogLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaLogLinkRequest request, AlibabaLogItem item) =>
        new RdsLogLink(file, origin, request, item);

    internal override async Task<string?> FindEngineAsync(
        AlibabaSession session, string instanceId, CancellationToken cancellationToken)
    {
        var response = await session.Client.SendAsync(
            HttpMethod.Get,
            AlibabaSession.PathTo(
                "DescribeDBInstances", [("RegionId", session.Region), ("DBInstanceId", instanceId)]),
            null, ScreenText.Sentence($"the engine of instance '{instanceId}'"), RdsJson.Default.RdsInstancesResponse,
            static read => read.Records is not null || read.Total is not null, cancellationToken).ConfigureAwait(false);
        return WireValue.Text(
            (response?.Records ?? []).FirstOrDefault(item => item?.DBInstanceId == instanceId)?.Engine);
    }
}
