using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud.Rds;

/// <summary>Relational Database Service.</summary>
internal sealed class RdsService : HuaweiService
{
    private static readonly string[] EngineNames = ["MySQL", "PostgreSQL", "SQLServer", "MariaDB"];

    /// <summary>The service.</summary>
    public static readonly RdsService Instance = new();

    private RdsService() => LinkKinds =
    [
        new(this, "BackupFile", typeof(RdsBackupFile), RdsBackupFilesRequest.From)
        {
            Ids = [nameof(RdsBackupFile.BackupId)],
            SizeUnit = WireValue.BytesPerKilobyte,
            FormerName = nameof(RdsBackupFile),
        },
        new(this, "LogLink", typeof(RdsLogLink), RdsLogLinkRequest.From)
        {
            Ids = [nameof(RdsLogLink.InstanceId), nameof(RdsLogLink.LogId)],
            SizeUnit = WireValue.BytesPerKilobyte,
        },
    ];

    public override string Name => "Rds";

    public override IReadOnlyList<string> Engines => EngineNames;

    /// <summary>From <c>RdsRegion.cs</c> of the vendor's SDK.</summary>
    public override HuaweiHosts Hosts { get; } = new("rds", [.. HuaweiRegions.All]);

    public override IReadOnlyList<string> Permissions =>
    [
        "rds:instance:list", "rds:backup:list", "rds:backup:download", "rds:log:list", "rds:log:download",
        "rds:auditlog:list", "rds:auditlog:download",
    ];

    public override IReadOnlyDictionary<string, ErrorKind> ErrorCodes { get; } = new Dictionary<string, ErrorKind>
    {
        // The backup does not exist, as status 400.
        ["DBS.201203"] = ErrorKind.NotFound,
        ["DBS.280214"] = ErrorKind.NotFound,
        // The same request may succeed in a moment, as status 400.
        ["DBS.201208"] = ErrorKind.Conflict,
    };

    public override VendorWords InstanceWords { get; } = new()
    {
        Engine = EngineNames,
        Type = ["Single", "Ha", "Replica"],
        Status =
        [
            "ACTIVE", "BUILD", "FAILED", "FROZEN", "MODIFYING", "REBOOTING", "RESTORING", "MODIFYING INSTANCE TYPE",
            "SWITCHOVER", "MIGRATING", "BACKING UP", "MODIFYING DATABASE PORT", "STORAGE FULL",
        ],
    };

    public override VendorWords BackupWords { get; } = new()
    {
        Engine = EngineNames,
        Status = ["BUILDING", "COMPLETED", "FAILED", "DELETING"],
        Type = RdsBackupsRequest.TypeNames,
        // A fragment is a differential backup, says the page of the list.
        IncrementalTypes = ["fragment", "incremental"],
    };

    public override LinkIds SampleIds { get; } =
        new("dsfae23fsfdsae3435in04", "c0c9f155c7b7423a9d30f0175998b63bbr01");

    public override IReadOnlyList<LogSample> LogSamples { get; } =
    [
        new(LogKind.Error, DatabaseLogId.Error) { IsListed = false, IsOnlyOne = true, IsExported = true },
        new(LogKind.Slow, "slow/SQLTrace.trc")
        {
            Engine = "SQLServer", IsExported = true, HasStatus = false, HasTime = false,
        },
        new(LogKind.Audit, "audit/10190012aae94b38a10269b8ad025fc1no01_1607681849871")
        {
            HasStatus = false, MayBeAbsent = true,
        },
        new(LogKind.Run, "xel/events.xel")
        {
            Engine = "SQLServer", IsExported = true, HasStatus = false, HasTime = false,
        },
    ];

    public override IReadOnlyList<LinkKind> LinkKinds { get; }

    public override ServiceRequest<IInstance> Instances(InstanceFilter filter) => new RdsInstancesRequest(filter);

    public override ServiceRequest<IBackup> Backups(InstanceReference instance, BackupFilter filter) =>
        new RdsBackupsRequest(instance, filter);

    public override IReadOnlyList<LogKind> LogKinds { get; } =
        [LogKind.Error, LogKind.Slow, LogKind.Audit, LogKind.Run];

    public override ServiceRequest<ILog> Logs(InstanceReference instance, LogFilter filter) =>
        new RdsLogsRequest(instance, filter);

    public override ServiceRequest<DownloadLink> Links(LinkIds ids, LinkOptions options) => ids.LogId is { } log
        ? new RdsLogLinkRequest(ids.InstanceId ?? "", log)
        {
            Details = options.Details, WaitTimeout = options.WaitTimeout,
        }
        : new RdsBackupFilesRequest(ids.BackupId ?? "", ids.InstanceId) { Details = options.Details };
}
