using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud.SqlServer;

/// <summary>TencentDB for SQL Server.</summary>
internal sealed class SqlServerService : TencentDatabaseService
{
    // Backups of the log; without the parameter, those of the data.
    private const int LogBackups = 2;

    private static readonly string[] EngineNames = ["SQLServer"];

    private static readonly Dictionary<string, string> BackupStates = new()
    {
        ["0"] = "Creating", ["1"] = "Success", ["2"] = "Failed",
    };

    private static readonly Dictionary<string, string> Starters = new()
    {
        ["0"] = "Scheduled", ["1"] = "Manual", ["2"] = "Regular",
    };

    /// <summary>The service, behind the words that it is made of.</summary>
    public static readonly SqlServerService Instance = new();

    private SqlServerService()
        : base(typeof(SqlServerBackupLink), typeof(SqlServerLogLink), WireValue.BytesPerKilobyte)
    {
    }

    public override string Name => "SqlServer";

    public override IReadOnlyList<string> OtherNames { get; } = ["MsSql"];

    public override IReadOnlyList<string> Engines => EngineNames;

    public override string ApiName => "sqlserver";

    public override string ApiVersion => "2018-03-28";

    public override bool HasIntranet => true;

    public override IReadOnlyList<LogKind> LogKinds { get; } = [LogKind.Binlog];

    public override IReadOnlyList<string> Permissions =>
        ["sqlserver:DescribeDBInstances", "sqlserver:DescribeBackups", "sqlserver:DescribeBackupFiles"];

    public override IReadOnlyDictionary<string, string> InstanceStates { get; } = new Dictionary<string, string>
    {
        ["1"] = "Applying", ["2"] = "Running", ["3"] = "Restricted", ["4"] = "Isolated", ["5"] = "Recycling",
        ["6"] = "Recycled", ["7"] = "Processing", ["8"] = "Offline", ["9"] = "Resizing", ["10"] = "Migrating",
        ["11"] = "ReadOnly", ["12"] = "Rebooting",
    };

    public override VendorWords InstanceWords => new()
    {
        Engine = EngineNames,
        Type = ["HA", "RO", "SI", "BI", "cvmHA", "cvmRO", "MultiHA", "cvmMultiHA"],
        Status = [.. InstanceStates.Values],
    };

    public override VendorWords BackupWords { get; } = new()
    {
        Status = [.. BackupStates.Values], Type = [.. Starters.Values, "pkg", "single"],
    };

    public override VendorWords LogWords { get; } = new() { Status = [.. BackupStates.Values] };

    public override LinkIds SampleIds { get; } = new("mssql-si2823jyl", "12445251");

    public override IReadOnlyList<LogSample> LogSamples { get; } =
    [
        new(LogKind.Binlog, "binlog/12446003") { IsFoundInList = true },
    ];

    internal override TencentCall GetInstancesCall(string? instanceId) =>
        new("DescribeDBInstances", new JsonObject { ["InstanceIdSet"] = ListOf(instanceId) }) { CountsPages = true };

    internal override IInstance ToInstance(TencentInstanceItem item, string? region) =>
        new SqlServerInstance(item, this, region);

    internal override string? VersionOf(TencentInstanceItem item) =>
        WireValue.Text(item.VersionName) ?? WireValue.Text(item.Version);

    internal override string? TypeOf(TencentInstanceItem item) => WireValue.Text(item.InstanceType);

    internal override TencentCall GetBackupsCall(string instanceId, BackupFilter filter, TencentSession session) =>
        GetBackupsCall(instanceId, filter.Since, session, new()
        {
            // The files of a set as one backup.
            ["Group"] = 1,
        });

    // A set of files has only the id of its group.
    internal override string? IdOf(TencentBackupItem item) =>
        IsSet(item) ? WireValue.Text(item.GroupId) ?? WireValue.Text(item.Id)
        : WireValue.Text(item.Id) ?? WireValue.Text(item.GroupId);

    internal override IBackup ToBackup(TencentBackupItem item, InstanceReference instance, TencentSession session)
    {
        var fields = new TencentBackupFields(IdOf(item)!)
        {
            Name = WireValue.Text(item.BackupName) ?? WireValue.Text(item.FileName),
            Mode = WordOf(Starters, item.BackupWay),
            Method = WireValue.Text(item.BackupFormat),
            Status = WordOf(BackupStates, item.Status),
            // A set has the addresses of its files elsewhere.
            IsGood = item.Status == "1" && (IsSet(item)
                || (WireValue.Text(item.ExternalAddr) ?? WireValue.Text(item.InternalAddr)) is not null),
            Obstacle = item.Status == "1" ? TencentCloudBackup.AddressObstacle : null,
            HasFailed = item.Status == "2",
            Size = IsSet(item) && item.Size == 0 ? null : WireValue.Kilobytes(item.Size),
            Start = TencentTime.Parse(item.StartTime),
            End = TencentTime.Parse(item.EndTime),
            Region = WireValue.Text(item.Region),
        };
        return new SqlServerBackup(fields, item, instance, session.Region);
    }

    // The id of a file is a number, and that of a set may be one.
    internal override async Task<TencentFiles> FindFilesAsync(
        TencentBackupLinksRequest request, TencentSession session, CancellationToken cancellationToken) =>
        (long.TryParse(request.BackupId, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? await FindOneAsync(request, id, session, cancellationToken).ConfigureAwait(false) : null)
        ?? await FindSetAsync(request, session, cancellationToken).ConfigureAwait(false);

    internal override DownloadLink ToLink(
        LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request, TencentFile item) =>
        new SqlServerBackupLink(file, origin, request, item);

    internal override TencentCall GetLogsCall(
        LogKind kind, string instanceId, LogFilter filter, TencentSession session) => GetBackupsCall(
            instanceId, filter.Since is { } since ? TencentTime.AtBeijing(since) : null, session,
            new() { ["Type"] = LogBackups });

    internal override TencentLogItem ReadLog(LogKind kind, TencentLogItem item) => item with
    {
        Name = WireValue.Text(item.FileName),
        Status = WordOf(BackupStates, item.Status),
        Size = WireValue.Kilobytes(item.Size),
        InternetUrl = item.ExternalAddr,
        IntranetUrl = item.InternalAddr,
    };

    internal override string? LogKeyOf(TencentLogItem item) => WireValue.Text(item.Id);

    internal override ILog ToLog(TencentLogId id, TencentLogItem item, InstanceReference instance, string? region) =>
        new SqlServerLog(id, item, instance, region);

    internal override DownloadLink ToLogLink(
        LinkFields file, TencentLinkOrigin origin, TencentLogLinksRequest request) =>
        new SqlServerLogLink(file, origin, request);

    private static bool IsSet(TencentBackupItem item) => VendorWords.Same(item.BackupFormat, "single");

    private static TencentCall GetBackupsCall(
        string instanceId, DateTimeOffset? since, TencentSession session, JsonObject parameters)
    {
        parameters["InstanceId"] = instanceId;
        parameters["StartTime"] = TencentTime.ToText(EarliestOf(since, session));
        parameters["EndTime"] = TencentTime.ToText(session.GetHostTime().AddDays(1));
        return new("DescribeBackups", parameters) { CountsPages = true };
    }

    // Null when no file has the number.
    private async Task<TencentFiles?> FindOneAsync(
        TencentBackupLinksRequest request, long id, TencentSession session, CancellationToken cancellationToken)
    {
        var list = ListOf(request, GetBackupsCall(
            request.InstanceId, null, session, new() { ["BackupId"] = id, ["Group"] = 1 }));
        var found = await list.ReadAllAsync(session, cancellationToken).ConfigureAwait(false);
        // A list of other backups is not a response to this request.
        var item = found.FirstOrDefault(item => IdOf(item) == request.BackupId) ?? new TencentBackupItem();
        if (found.Count == 0 || IsSet(item))
            return null;
        if (item.Status is "0" or "2")
            throw session.Unfinished(request.Subject, WordOf(BackupStates, item.Status));
        return new TencentFiles(
        [
            new TencentFile(WireValue.Text(item.FileName), item.ExternalAddr, WireValue.Kilobytes(item.Size))
            {
                IntranetAddress = item.InternalAddr,
            },
        ]);
    }

    private async Task<TencentFiles> FindSetAsync(
        TencentBackupLinksRequest request, TencentSession session, CancellationToken cancellationToken)
    {
        var call = new TencentCall(
            "DescribeBackupFiles",
            new JsonObject { ["InstanceId"] = request.InstanceId, ["GroupId"] = request.BackupId })
        {
            CountsPages = true,
        };
        var files = await ListOf(request, call).ReadAllAsync(session, cancellationToken).ConfigureAwait(false);
        if (files.Count == 0)
            return new TencentFiles([]) { Problem = session.Absent(request.Subject) };
        return new TencentFiles(
        [
            .. files.Select(item => new TencentFile(
                WireValue.Text(item.FileName), item.DownloadLink, WireValue.Kilobytes(item.Size))
            {
                IntranetAddress = item.DownloadLink,
                Part = WireValue.Text(string.Join(", ", (item.DBs ?? []).OfType<string>())),
            }),
        ]);
    }

    private TencentBackupsRequest ListOf(TencentBackupLinksRequest request, TencentCall call) =>
        new(this, new InstanceReference(request.InstanceId, request.Details.InstanceName), new BackupFilter())
        {
            Call = call, Purpose = request.Subject,
        };
}
