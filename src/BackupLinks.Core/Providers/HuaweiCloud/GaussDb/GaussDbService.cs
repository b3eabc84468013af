using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud.GaussDb;

/// <summary>GaussDB, which the vendor's SDK calls GaussDB(for openGauss).</summary>
internal sealed class GaussDbService : HuaweiService
{
    private static readonly string[] RegionNames =
    [
        "af-north-1", "af-south-1", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4",
        "ap-southeast-5", "cn-east-2", "cn-east-3", "cn-east-4", "cn-east-5", "cn-north-12", "cn-north-2", "cn-north-4",
        "cn-north-9", "cn-south-1", "cn-south-2", "cn-south-4", "cn-southwest-2", "la-north-2", "la-south-2",
        "me-east-1", "ru-northwest-2", "sa-brazil-1", "tr-west-1",
    ];

    /// <summary>The service.</summary>
    public static readonly GaussDbService Instance = new();

    private GaussDbService() => LinkKinds =
    [
        new(this, "BackupFile", typeof(GaussDbBackupFile), GaussDbBackupFilesRequest.From)
        {
            Ids = [nameof(GaussDbBackupFile.BackupId)],
        },
        new(this, "LogLink", typeof(GaussDbLogLink), GaussDbLogLinkRequest.From)
        {
            Ids = [nameof(GaussDbLogLink.InstanceId), nameof(GaussDbLogLink.LogId)],
            SizeUnit = WireValue.BytesPerKilobyte,
        },
    ];

    public override string Name => "GaussDb";

    public override IReadOnlyList<string> Engines { get; } = ["GaussDB"];

    /// <summary>
    /// From <c>GaussDBforopenGaussRegion.cs</c> of the vendor's SDK. Partner clouds have it as <c>gaussdb</c>, and so
    /// have the vendor's newer regions.
    /// </summary>
    public override HuaweiHosts Hosts { get; } = new("gaussdb", RegionNames)
    {
        Names = ["gaussdb", "gaussdb-opengauss"],
        SdkName = "GAUSSDBFOROPENGAUSS",
        Table = new RegionTable("gaussdb-opengauss.{region}.myhuaweicloud.com", RegionNames).With(
            "gaussdb.{region}.myhuaweicloud.com",
            "af-north-1", "ap-southeast-5", "cn-east-2", "cn-east-4", "cn-east-5", "cn-north-12",
            "me-east-1", "tr-west-1"),
    };

    /// <summary>From its pages; the vendor documents none for the links.</summary>
    public override IReadOnlyList<string> Permissions => ["gaussdb:instance:list", "gaussdb:backup:list"];

    /// <summary>From the page "Error Codes".</summary>
    public override IReadOnlyDictionary<string, ErrorKind> ErrorCodes { get; } = new Dictionary<string, ErrorKind>
    {
        // The backup does not exist, as status 400.
        ["DBS.201203"] = ErrorKind.NotFound,
        ["DBS.280124"] = ErrorKind.NotFound,
        // The instance does not exist, or the node is none of its, as status 400.
        ["DBS.200203"] = ErrorKind.NotFound,
        ["DBS.216030"] = ErrorKind.NotFound,
        // The instance or the backup is in another state, as status 400.
        ["DBS.201208"] = ErrorKind.Conflict,
        ["DBS.301024"] = ErrorKind.Conflict,
        ["DBS.06010001"] = ErrorKind.Conflict,
        ["DBS.06020003"] = ErrorKind.Conflict,
        // The user may not, as status 400.
        ["DBS.216003"] = ErrorKind.AccessDenied,
    };

    public override VendorWords InstanceWords { get; } = new()
    {
        Engine = ["GaussDB", "GaussDB(for openGauss)"],
        Type = ["Enterprise", "Ha"],
        Status =
        [
            "ACTIVE", "BUILD", "FAILED", "MODIFYING", "EXPANDING", "REBOOTING", "UPGRADING", "RESTORING", "SWITCHOVER",
            "MIGRATING", "BACKING UP", "UPGRADE TO BE OBSERVED", "STORAGE FULL",
        ],
    };

    public override VendorWords BackupWords { get; } = new()
    {
        Engine = ["GaussDB", "GaussDB(for openGauss)"],
        Status = ["BUILDING", "COMPLETED", "FAILED"],
        Type = GaussDbBackupsRequest.TypeNames,
    };

    public override LinkIds SampleIds { get; } =
        new("b331ed66cc3249f78bc20737308c01f4in14", "5651c62a7f12461c98020dd3abfe24ccbr14");

    public override IReadOnlyList<LogSample> LogSamples { get; } =
    [
        new(LogKind.Error, "error/error_b331ed66cc3249f78bc20737308c01f4in14_1")
        {
            IsFoundInList = true, MayBeAbsent = true,
        },
        new(LogKind.Slow, DatabaseLogId.Slow)
        {
            IsListed = false, IsOnlyOne = true, IsExported = true, IsExportedApart = true,
        },
    ];

    public override IReadOnlyList<LinkKind> LinkKinds { get; }

    public override ServiceRequest<IInstance> Instances(InstanceFilter filter) => new GaussDbInstancesRequest(filter);

    public override ServiceRequest<IBackup> Backups(InstanceReference instance, BackupFilter filter) =>
        new GaussDbBackupsRequest(instance, filter);

    public override IReadOnlyList<LogKind> LogKinds { get; } = [LogKind.Error, LogKind.Slow];

    public override ServiceRequest<ILog> Logs(InstanceReference instance, LogFilter filter) =>
        new GaussDbLogsRequest(instance, filter);

    public override ServiceRequest<DownloadLink> Links(LinkIds ids, LinkOptions options) => ids.LogId is { } log
        ? new GaussDbLogLinkRequest(ids.InstanceId ?? "", log)
        {
            Details = options.Details, WaitTimeout = options.WaitTimeout,
        }
        : new GaussDbBackupFilesRequest(ids.BackupId ?? "", ids.InstanceId) { Details = options.Details };
}
