using System;
using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud.Dds;

/// <summary>Document Database Service (MongoDB).</summary>
internal sealed class DdsService : HuaweiService
{
    /// <summary>"The backup download link is valid within 15 minutes", says the page.</summary>
    public static readonly TimeSpan BackupLinkLifetime = TimeSpan.FromMinutes(15);

    /// <summary>The service.</summary>
    public static readonly DdsService Instance = new();

    private DdsService() => LinkKinds =
    [
        new(this, "BackupFile", typeof(DdsBackupFile), DdsBackupFilesRequest.From)
        {
            Ids = [nameof(DdsBackupFile.InstanceId), nameof(DdsBackupFile.BackupId)],
            SizeUnit = WireValue.BytesPerKilobyte,
            FormerName = nameof(DdsBackupFile),
        },
        new(this, "LogLink", typeof(DdsLogLink), DdsLogLinkRequest.From)
        {
            Ids = [nameof(DdsLogLink.InstanceId), nameof(DdsLogLink.LogId)],
            SizeUnit = WireValue.BytesPerKilobyte,
        },
    ];

    public override string Name => "Dds";

    public override IReadOnlyList<string> Engines { get; } = ["MongoDB"];

    /// <summary>From <c>DdsRegion.cs</c> of the vendor's SDK.</summary>
    public override HuaweiHosts Hosts { get; } = new("dds", [.. HuaweiRegions.All]);

    public override IReadOnlyList<string> Permissions =>
    [
        "dds:instance:list", "dds:backup:list", "dds:backup:download", "dds:instance:listAuditLog",
        "dds:instance:downloadAuditLog", "dds:instance:downloadErrorLog", "dds:instance:downloadSlowLog",
    ];

    public override TimeSpan? LinkLifetime => BackupLinkLifetime;

    /// <summary>From the page "Error Code".</summary>
    public override IReadOnlyDictionary<string, ErrorKind> ErrorCodes { get; } = new Dictionary<string, ErrorKind>
    {
        // The backup does not exist, as status 400.
        ["DBS.201204"] = ErrorKind.NotFound,
        ["DBS.201214"] = ErrorKind.NotFound,
        // The instance does not exist, as status 400, and one as 403.
        ["DBS.201028"] = ErrorKind.NotFound,
        ["DBS.201501"] = ErrorKind.NotFound,
        ["DBS.201502"] = ErrorKind.NotFound,
        ["DBS.280016"] = ErrorKind.NotFound,
        ["DBS.280110"] = ErrorKind.NotFound,
        // The instance is another account's, or the user may not, as status 400.
        ["DBS.200010"] = ErrorKind.AccessDenied,
        ["DBS.280015"] = ErrorKind.AccessDenied,
        // The instance is busy, as status 403.
        ["DBS.200011"] = ErrorKind.Conflict,
        ["DBS.200018"] = ErrorKind.Conflict,
        ["DBS.200019"] = ErrorKind.Conflict,
        ["DBS.201014"] = ErrorKind.Conflict,
        ["DBS.201015"] = ErrorKind.Conflict,
    };

    public override VendorWords InstanceWords { get; } = new()
    {
        Engine = ["DDS-Community"],
        Type = ["Sharding", "ReplicaSet", "Single"],
        Status = ["normal", "abnormal", "creating", "data_disk_full", "createfail", "enlargefail"],
    };

    public override VendorWords BackupWords { get; } = new()
    {
        Engine = ["DDS-Community"],
        Status = ["BUILDING", "COMPLETED", "FAILED", "DISABLED"],
        Type = DdsBackupsRequest.TypeNames,
        IncrementalTypes = ["Incremental"],
    };

    public override LinkIds SampleIds { get; } =
        new("befb1cfe1f96403780396b0c54f85d11in02", "bd062e1af2d248b3bb4cd3dbb4183888br02");

    public override IReadOnlyList<LogSample> LogSamples { get; } =
    [
        new(LogKind.Error, DatabaseLogId.Error) { IsListed = false, IsOnlyOne = true, IsExported = true },
        new(LogKind.Slow, DatabaseLogId.Slow) { IsListed = false, IsOnlyOne = true, IsExported = true },
        new(LogKind.Audit, "audit/10190012aae94b38a10269b8ad025fc1no01_1607681849871")
        {
            HasStatus = false, MayBeAbsent = true,
        },
    ];

    public override IReadOnlyList<LinkKind> LinkKinds { get; }

    public override ServiceRequest<IInstance> Instances(InstanceFilter filter) => new DdsInstancesRequest(filter);

    public override ServiceRequest<IBackup> Backups(InstanceReference instance, BackupFilter filter) =>
        new DdsBackupsRequest(instance, filter);

    public override IReadOnlyList<LogKind> LogKinds { get; } = [LogKind.Error, LogKind.Slow, LogKind.Audit];

    public override ServiceRequest<ILog> Logs(InstanceReference instance, LogFilter filter) =>
        new DdsLogsRequest(instance, filter);

    public override ServiceRequest<DownloadLink> Links(LinkIds ids, LinkOptions options) => ids.LogId is { } log
        ? new DdsLogLinkRequest(ids.InstanceId ?? "", log)
        {
            Details = options.Details, WaitTimeout = options.WaitTimeout,
        }
        : new DdsBackupFilesRequest(ids.InstanceId ?? "", ids.BackupId ?? "") { Details = options.Details };
}
