using System;
using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud.TaurusDb;

/// <summary>TaurusDB, which was GaussDB(for MySQL).</summary>
internal sealed class TaurusDbService : HuaweiService
{
    /// <summary>Why its backups have no links.</summary>
    public const string NoBackupLinks =
        "TaurusDB has no API for links of backups; download the backup in Huawei Cloud's console";

    private static readonly string[] RegionNames =
    [
        "af-south-1", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "cn-east-3", "cn-east-5",
        "cn-north-11", "cn-north-2", "cn-north-4", "cn-north-9", "cn-south-1", "cn-south-4", "cn-southwest-2",
        "cn-southwest-3", "la-north-2", "me-east-1", "ru-northwest-2", "sa-brazil-1", "tr-west-1",
    ];

    /// <summary>The service.</summary>
    public static readonly TaurusDbService Instance = new();

    private TaurusDbService() => LinkKinds =
    [
        new(this, "LogLink", typeof(TaurusDbLogLink), TaurusDbLogLinkRequest.From)
        {
            Ids = [nameof(TaurusDbLogLink.InstanceId), nameof(TaurusDbLogLink.LogId)],
            SizeUnit = WireValue.BytesPerKilobyte,
        },
    ];

    public override string Name => "TaurusDb";

    public override IReadOnlyList<string> Engines { get; } = ["MySQL"];

    /// <summary>
    /// From <c>GaussDBRegion.cs</c> of the vendor's SDK. Partner clouds have it as <c>gaussdb-mysql</c>; the vendor's
    /// own regions have three names for it.
    /// </summary>
    public override HuaweiHosts Hosts { get; } = new("gaussdb-mysql", RegionNames)
    {
        Names = ["gaussdb-mysql", "gaussdb", "gaussdbformysql"],
        SdkName = "GAUSSDB",
        Table = new RegionTable("gaussdb.{region}.myhuaweicloud.com", RegionNames)
            .With("gaussdb-mysql.{region}.myhuaweicloud.com", "af-south-1", "cn-east-5", "cn-southwest-3", "la-north-2")
            .With(
                "gaussdbformysql.{region}.myhuaweicloud.com",
                "ap-southeast-1", "ap-southeast-2", "cn-north-11", "me-east-1", "tr-west-1"),
    };

    /// <summary>As its pages name them for policies.</summary>
    public override IReadOnlyList<string> Permissions =>
        ["gaussdb:instance:list", "gaussdb:backup:list", "gaussdb:log:list", "gaussdb:log:download"];

    /// <summary>From the page "Error Codes".</summary>
    public override IReadOnlyDictionary<string, ErrorKind> ErrorCodes { get; } = new Dictionary<string, ErrorKind>
    {
        // The backup does not exist, as status 400.
        ["DBS.201203"] = ErrorKind.NotFound,
        ["DBS.280214"] = ErrorKind.NotFound,
        // The instance or the backup is in another state, as status 400.
        ["DBS.200086"] = ErrorKind.Conflict,
        ["DBS.201014"] = ErrorKind.Conflict,
        ["DBS.201208"] = ErrorKind.Conflict,
    };

    public override VendorWords InstanceWords { get; } = new()
    {
        Engine = ["gaussdb-mysql"],
        Type = ["Cluster"],
    };

    public override VendorWords BackupWords { get; } = new()
    {
        Engine = ["gaussdb-mysql"],
        Status = ["BUILDING", "COMPLETED", "FAILED", "AVAILABLE"],
        Type = TaurusDbBackupsRequest.TypeNames,
        IncrementalTypes = [TaurusDbBackupsRequest.Incremental],
    };

    public override LinkIds SampleIds { get; } =
        new("d738399de028480fabb2b8120d4e01a4in07", "c0c9f155c7b7423a9d30f0175998b63bbr07");

    public override IReadOnlyList<LogSample> LogSamples { get; } =
    [
        new(LogKind.Error, "error/02ebf757aaf94074855f49cc6e0e4712no07") { IsListed = false, IsExported = true },
        new(LogKind.Slow, "slow/02ebf757aaf94074855f49cc6e0e4712no07") { IsListed = false, IsExported = true },
        new(LogKind.Audit, "audit/10190012aae94b38a10269b8ad025fc1no01_1607681849871")
        {
            HasStatus = false, MayBeAbsent = true,
        },
        new(LogKind.Ddl, "ddl/ddlddl_d738399de028480fabb2b8120d4e01a4in07_1") { IsListed = false },
    ];

    public override bool LinksBackups => false;

    public override IReadOnlyList<LinkKind> LinkKinds { get; }

    public override ServiceRequest<IInstance> Instances(InstanceFilter filter) => new TaurusDbInstancesRequest(filter);

    public override ServiceRequest<IBackup> Backups(InstanceReference instance, BackupFilter filter) =>
        new TaurusDbBackupsRequest(instance, filter);

    public override IReadOnlyList<LogKind> LogKinds { get; } =
        [LogKind.Error, LogKind.Slow, LogKind.Audit, LogKind.Ddl];

    public override ServiceRequest<ILog> Logs(InstanceReference instance, LogFilter filter) =>
        new TaurusDbLogsRequest(instance, filter);

    public override ServiceRequest<DownloadLink> Links(LinkIds ids, LinkOptions options) => ids.LogId is { } log
        ? new TaurusDbLogLinkRequest(ids.InstanceId ?? "", log)
        {
            Details = options.Details, WaitTimeout = options.WaitTimeout,
        }
        : throw new NotSupportedException(NoBackupLinks);
}
