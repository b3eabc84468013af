using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud.PostgreSql;

/// <summary>TencentDB for PostgreSQL.</summary>
internal sealed class PostgreSqlService : TencentDatabaseService
{
    private const string Finished = "finished";
    private static readonly string[] EngineNames = ["PostgreSQL"];
    private static readonly string[] States = ["init", "running", Finished, "failed", "canceled"];

    /// <summary>The service, behind the words that it is made of.</summary>
    public static readonly PostgreSqlService Instance = new();

    private PostgreSqlService()
        : base(typeof(PostgreSqlBackupLink), typeof(PostgreSqlLogLink))
    {
    }

    public override string Name => "PostgreSql";

    public override IReadOnlyList<string> OtherNames { get; } = ["Postgres"];

    public override IReadOnlyList<string> Engines => EngineNames;

    public override string ApiName => "postgres";

    public override string ApiVersion => "2017-03-12";

    public override bool ListsNothingOfUnknown => true;

    public override IReadOnlyList<LogKind> LogKinds { get; } = [LogKind.Binlog];

    public override IReadOnlyList<string> Permissions =>
    [
        "postgres:DescribeDBInstances", "postgres:DescribeBaseBackups", "postgres:DescribeLogBackups",
        "postgres:DescribeBackupDownloadURL",
    ];

    /// <summary>That of a request that names none.</summary>
    public override TimeSpan? LinkLifetime => TimeSpan.FromHours(12);

    public override LifetimeRange? LinkLifetimes { get; } = new(TimeSpan.FromHours(1), TimeSpan.FromHours(36));

    public override VendorWords InstanceWords { get; } = new()
    {
        Engine = EngineNames,
        Type = ["primary", "readonly", "guard", "temp"],
        Status = ["applying", "init", "initing", "running", "limited run", "isolating", "isolated", "recycling"],
    };

    public override VendorWords BackupWords { get; } = new()
    {
        Status = States, Type = ["physical", "logical", "automatic", "manual"],
    };

    public override VendorWords LogWords { get; } = new() { Status = States };

    public override LinkIds SampleIds { get; } =
        new("postgres-oamgybor", "88d3a71e-b822-5728-9d41-d8cfc0d0556e");

    public override IReadOnlyList<LogSample> LogSamples { get; } =
    [
        new(LogKind.Binlog, "binlog/7fe9a6a1-1f2d-5d36-9f2b-05c21ee0a1f3"),
    ];

    internal override TencentCall GetInstancesCall(string? instanceId) => new(
        "DescribeDBInstances",
        new JsonObject { ["Filters"] = instanceId is null ? null : FilterOf(instanceId) });

    internal override IInstance ToInstance(TencentInstanceItem item, string? region) =>
        new PostgreSqlInstance(item, this, region);

    internal override string? TypeOf(TencentInstanceItem item) => WireValue.Text(item.DBInstanceType);

    internal override TencentCall GetBackupsCall(string instanceId, BackupFilter filter, TencentSession session) =>
        new("DescribeBaseBackups", Bounded(instanceId, filter.Since, session));

    internal override string? IdOf(TencentBackupItem item) => WireValue.Text(item.Id);

    internal override IBackup ToBackup(TencentBackupItem item, InstanceReference instance, TencentSession session)
    {
        var fields = new TencentBackupFields(item.Id!)
        {
            Name = WireValue.Text(item.Name),
            Mode = WireValue.Text(item.BackupMode),
            Method = WireValue.Text(item.BackupMethod),
            Status = WireValue.Text(item.State),
            IsGood = VendorWords.Same(item.State, Finished),
            HasFailed = VendorWords.Same(item.State, "failed"),
            Size = WireValue.Bytes(item.Size),
            Start = TencentTime.Parse(item.StartTime),
            End = TencentTime.Parse(item.FinishTime),
            Expiry = TencentTime.Parse(item.ExpireTime),
        };
        return new PostgreSqlBackup(fields, instance, session.Region);
    }

    internal override Task<TencentFiles> FindFilesAsync(
        TencentBackupLinksRequest request, TencentSession session, CancellationToken cancellationToken) =>
        FindUrlAsync(request, "BaseBackup", request.BackupId, session, cancellationToken);

    internal override DownloadLink ToLink(
        LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request, TencentFile item) =>
        new PostgreSqlBackupLink(file, origin, request);

    internal override TencentCall GetLogsCall(
        LogKind kind, string instanceId, LogFilter filter, TencentSession session) => new(
        "DescribeLogBackups",
        Bounded(instanceId, filter.Since is { } since ? TencentTime.AtBeijing(since) : null, session));

    internal override string? LogKeyOf(TencentLogItem item) => WireValue.Text(item.Id);

    internal override ILog ToLog(TencentLogId id, TencentLogItem item, InstanceReference instance, string? region) =>
        new PostgreSqlLog(id, item, instance, region);

    internal override Task<TencentFiles> FindLogFileAsync(
        TencentLogLinksRequest request, TencentSession session, CancellationToken cancellationToken) =>
        FindUrlAsync(request, "LogBackup", request.Id.Name, session, cancellationToken);

    internal override DownloadLink ToLogLink(
        LinkFields file, TencentLinkOrigin origin, TencentLogLinksRequest request) =>
        new PostgreSqlLogLink(file, origin, request);

    private static Task<TencentFiles> FindUrlAsync(
        TencentLinksRequest request, string type, string id, TencentSession session,
        CancellationToken cancellationToken) => FindUrlAsync(
            "DescribeBackupDownloadURL",
            new JsonObject
            {
                ["DBInstanceId"] = request.InstanceId,
                ["BackupType"] = type,
                ["BackupId"] = id,
                ["URLExpireTime"] = request.ValidHours,
            },
            request, session, cancellationToken);

    // Without a bound, the actions list the last seven days.
    private static JsonObject Bounded(string instanceId, DateTimeOffset? since, TencentSession session) => new()
    {
        ["MinFinishTime"] = TencentTime.ToText(EarliestOf(since, session)),
        ["Filters"] = FilterOf(instanceId),
    };

    private static JsonArray FilterOf(string instanceId) =>
        new(new JsonObject([new("Name", "db-instance-id"), new("Values", ListOf(instanceId))]));
}
