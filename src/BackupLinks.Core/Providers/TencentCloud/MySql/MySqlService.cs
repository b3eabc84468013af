using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud.MySql;

/// <summary>TencentDB for MySQL, whose API is named <c>cdb</c>.</summary>
internal sealed class MySqlService : TencentDatabaseService
{
    private static readonly string[] EngineNames = ["MySQL"];

    private static readonly Dictionary<string, string> Types = new()
    {
        ["1"] = "Master", ["2"] = "DisasterRecovery", ["3"] = "ReadOnly",
    };

    /// <summary>The service, behind the words that it is made of.</summary>
    public static readonly MySqlService Instance = new();

    private MySqlService()
        : base(typeof(MySqlBackupLink), typeof(MySqlLogLink))
    {
    }

    public override string Name => "MySql";

    public override string EncryptionRemark =>
        "is encrypted: it can be restored only with its key, which DescribeBackupDecryptionKey of the API returns";

    public override IReadOnlyList<string> OtherNames { get; } = ["Cdb"];

    public override IReadOnlyList<string> Engines => EngineNames;

    public override string ApiName => "cdb";

    public override string ApiVersion => "2017-03-20";

    public override bool HasIntranet => true;

    public override IReadOnlyList<LogKind> LogKinds { get; } = [LogKind.Binlog, LogKind.Slow, LogKind.Audit];

    public override IReadOnlyList<string> Permissions =>
    [
        "cdb:DescribeDBInstances", "cdb:DescribeBackups", "cdb:DescribeBinlogs", "cdb:DescribeSlowLogs",
        "cdb:DescribeAuditLogFiles",
    ];

    public override IReadOnlyDictionary<string, ErrorKind> ErrorCodes { get; } = new Dictionary<string, ErrorKind>
    {
        // The instance.
        ["InternalError.DBRecordNotExistError"] = ErrorKind.NotFound,
    };

    public override IReadOnlyDictionary<string, string> InstanceStates { get; } = new Dictionary<string, string>
    {
        ["0"] = "Creating", ["1"] = "Running", ["4"] = "Isolating", ["5"] = "Isolated",
    };

    public override VendorWords InstanceWords => new()
    {
        Engine = EngineNames,
        Type = [.. Types.Values],
        Status = [.. InstanceStates.Values],
    };

    public override VendorWords BackupWords { get; } = new()
    {
        Status = ["SUCCESS", "FAILED", "RUNNING"],
        Type = ["full", "partial", "automatic", "manual", "physical", "logical"],
    };

    public override VendorWords LogWords { get; } = new()
    {
        Status = ["SUCCESS", "FINISHED", "FAILED", "RUNNING", "creating"],
    };

    public override LinkIds SampleIds { get; } = new("cdb-c1nl9rpv", "12445233");

    public override bool FindsBackupsInList => true;

    public override IReadOnlyList<LogSample> LogSamples { get; } =
    [
        new(LogKind.Binlog, "binlog/mysql-bin.000123") { IsFoundInList = true },
        new(LogKind.Slow, "slow/billing_slow_20240115.log") { IsFoundInList = true, HasStatus = false },
        new(LogKind.Audit, "audit/audit_20240115.csv") { IsFoundInList = true, MayBeAbsent = true },
    ];

    internal override TencentCall GetInstancesCall(string? instanceId) => new(
        "DescribeDBInstances", new JsonObject { ["InstanceIds"] = ListOf(instanceId) });

    internal override IInstance ToInstance(TencentInstanceItem item, string? region) =>
        new MySqlInstance(item, this, region);

    internal override string? TypeOf(TencentInstanceItem item) => WordOf(Types, item.InstanceType);

    internal override TencentCall GetBackupsCall(string instanceId, BackupFilter filter, TencentSession session) =>
        new("DescribeBackups", new JsonObject { ["InstanceId"] = instanceId });

    internal override IBackup ToBackup(TencentBackupItem item, InstanceReference instance, TencentSession session)
    {
        var fields = new TencentBackupFields(item.BackupId!)
        {
            Name = WireValue.Text(item.ManualBackupName) ?? WireValue.Text(item.Name),
            Type = WireValue.Text(item.Method),
            Mode = WireValue.Text(item.Way),
            Method = WireValue.Text(item.Type),
            Status = WireValue.Text(item.Status),
            // A snapshot has no address.
            IsGood = VendorWords.Same(item.Status, "SUCCESS")
                && (WireValue.Text(item.InternetUrl) ?? WireValue.Text(item.IntranetUrl)) is not null,
            Obstacle = VendorWords.Same(item.Status, "SUCCESS") ? TencentCloudBackup.AddressObstacle : null,
            HasFailed = VendorWords.Same(item.Status, "FAILED"),
            Size = WireValue.Bytes(item.Size),
            Start = TencentTime.Parse(item.StartTime) ?? TencentTime.Parse(item.Date),
            End = TencentTime.Parse(item.FinishTime),
            Region = WireValue.Text(item.Region),
            IsEncrypted = IsEncrypted(item),
        };
        return new MySqlBackup(fields, item, instance, session.Region);
    }

    internal override async Task<TencentFiles> FindFilesAsync(
        TencentBackupLinksRequest request, TencentSession session, CancellationToken cancellationToken)
    {
        var list = new TencentBackupsRequest(
            this, new InstanceReference(request.InstanceId, request.Details.InstanceName), new BackupFilter())
        {
            Purpose = request.Subject,
        };
        var item = await list.FindAsync(session, request.BackupId, cancellationToken).ConfigureAwait(false)
            ?? throw session.Absent(request.Subject);
        if (VendorWords.Same(item.Status, "FAILED") || VendorWords.Same(item.Status, "RUNNING"))
            throw session.Unfinished(request.Subject, item.Status);
        return new TencentFiles(
        [
            new TencentFile(WireValue.Text(item.Name), item.InternetUrl, WireValue.Bytes(item.Size))
            {
                IntranetAddress = item.IntranetUrl, Md5 = item.MD5, IsEncrypted = IsEncrypted(item),
            },
        ])
        {
            Remark = IsEncrypted(item) ? EncryptionRemark : null,
        };
    }

    internal override DownloadLink ToLink(
        LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request, TencentFile item) =>
        new MySqlBackupLink(file, origin, request, item);

    internal override TencentCall GetLogsCall(
        LogKind kind, string instanceId, LogFilter filter, TencentSession session)
    {
        var parameters = new JsonObject { ["InstanceId"] = instanceId };
        if (kind != LogKind.Binlog)
            return new TencentCall(
                kind == LogKind.Audit ? "DescribeAuditLogFiles" : "DescribeSlowLogs", parameters);
        // A day more at each end: the zone of the days is the caller's, and the last log may have begun before.
        if (filter.Since is { } since)
            parameters["MinStartTime"] = TencentTime.ToText(TencentTime.AtBeijing(since).AddDays(-1));
        if (filter.Until is { } until)
            parameters["MaxStartTime"] = TencentTime.ToText(TencentTime.AtBeijing(until).AddDays(2));
        return new TencentCall("DescribeBinlogs", parameters);
    }

    internal override TencentLogItem ReadLog(LogKind kind, TencentLogItem item) =>
        kind == LogKind.Audit ? item.OfExport() : item;

    internal override ILog ToLog(TencentLogId id, TencentLogItem item, InstanceReference instance, string? region) =>
        new MySqlLog(id, item, instance, region);

    internal override DownloadLink ToLogLink(
        LinkFields file, TencentLinkOrigin origin, TencentLogLinksRequest request) =>
        new MySqlLogLink(file, origin, request);

    private static bool IsEncrypted(TencentBackupItem item) => VendorWords.Same(item.EncryptionFlag, "on");
}
