using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud.TdsqlC;

/// <summary>TDSQL-C, whose API is named <c>cynosdb</c>.</summary>
internal sealed class TdsqlCService : TencentDatabaseService
{
    private static readonly string[] EngineNames = ["MySQL", "PostgreSQL"];

    /// <summary>The service, behind the words that it is made of.</summary>
    public static readonly TdsqlCService Instance = new();

    private TdsqlCService()
        : base(typeof(TdsqlCBackupLink), typeof(TdsqlCLogLink))
    {
    }

    public override string Name => "TdsqlC";

    public override string EncryptionRemark =>
        "is encrypted: it can be restored only with its key, which is in the Key Management Service of the account";

    public override IReadOnlyList<string> OtherNames { get; } = ["CynosDb"];

    public override IReadOnlyList<string> Engines => EngineNames;

    public override string ApiName => "cynosdb";

    public override string ApiVersion => "2019-01-07";

    public override IReadOnlyList<LogKind> LogKinds { get; } = [LogKind.Binlog];

    public override IReadOnlyList<string> Permissions =>
    [
        "cynosdb:DescribeClusters", "cynosdb:DescribeBackupList", "cynosdb:DescribeBackupDownloadUrl",
        "cynosdb:DescribeBinlogs", "cynosdb:DescribeBinlogDownloadUrl",
    ];

    // No page names their unit.
    public override bool ListsExactSizes => false;

    public override VendorWords InstanceWords { get; } = new()
    {
        Engine = EngineNames,
        Type = ["NORMAL", "SERVERLESS"],
        Status =
        [
            "creating", "running", "isolating", "isolated", "activating", "offlining", "offlined", "deleting",
            "deleted",
        ],
    };

    public override VendorWords BackupWords { get; } = new()
    {
        Status = ["success", "fail", "creating", "deleting"],
        Type = ["full", "increment", "auto", "manual", "snapshot", "logic"],
        IncrementalTypes = ["increment"],
    };

    public override LinkIds SampleIds { get; } = new("cynosdbmysql-on5xw0ni", "202401");

    public override IReadOnlyList<LogSample> LogSamples { get; } =
    [
        new(LogKind.Binlog, "binlog/5512") { HasStatus = false },
    ];

    internal override TencentCall GetInstancesCall(string? instanceId) => new(
        "DescribeClusters",
        new JsonObject
        {
            ["Filters"] = instanceId is null
                ? null
                : new JsonArray(new JsonObject
                {
                    ["Names"] = ListOf("ClusterId"), ["Values"] = ListOf(instanceId), ["ExactMatch"] = true,
                }),
        });

    internal override IInstance ToInstance(TencentInstanceItem item, string? region) =>
        new TdsqlCInstance(item, this, region);

    internal override string? EngineOf(TencentInstanceItem item) =>
        VendorWords.Same(item.DbType, "POSTGRESQL") ? "PostgreSQL" : VendorWords.Same(item.DbType, "MYSQL") ? "MySQL"
        : WireValue.Text(item.DbType);

    internal override string? VersionOf(TencentInstanceItem item) => WireValue.Text(item.DbVersion);

    internal override string? TypeOf(TencentInstanceItem item) => WireValue.Text(item.DbMode);

    internal override TencentCall GetBackupsCall(string instanceId, BackupFilter filter, TencentSession session) =>
        new("DescribeBackupList", new JsonObject { ["ClusterId"] = instanceId });

    internal override IBackup ToBackup(TencentBackupItem item, InstanceReference instance, TencentSession session)
    {
        var fields = new TencentBackupFields(item.BackupId!)
        {
            Name = WireValue.Text(item.BackupName) ?? WireValue.Text(item.FileName),
            Type = WireValue.Text(item.SnapShotType),
            Mode = WireValue.Text(item.BackupMethod),
            Method = WireValue.Text(item.BackupType),
            Status = WireValue.Text(item.BackupStatus),
            IsGood = VendorWords.Same(item.BackupStatus, "success"),
            HasFailed = VendorWords.Same(item.BackupStatus, "fail"),
            Size = WireValue.Bytes(item.FileSize),
            Start = TencentTime.Parse(item.StartTime) ?? TencentTime.Parse(item.SnapshotTime),
            End = TencentTime.Parse(item.FinishTime),
            IsEncrypted = WireValue.Text(item.EncryptKeyId) is not null,
        };
        return new TdsqlCBackup(fields, item, instance, session.Region);
    }

    internal override async Task<TencentFiles> FindFilesAsync(
        TencentBackupLinksRequest request, TencentSession session, CancellationToken cancellationToken)
    {
        var found = await FindUrlAsync(
            "DescribeBackupDownloadUrl",
            new JsonObject { ["ClusterId"] = request.InstanceId, ["BackupId"] = NumberOf(request.BackupId) }, request,
            session, cancellationToken).ConfigureAwait(false);
        return request.Details.IsEncrypted == true ? found with { Remark = EncryptionRemark } : found;
    }

    internal override DownloadLink ToLink(
        LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request, TencentFile item) =>
        new TdsqlCBackupLink(file, origin, request);

    internal override TencentCall GetLogsCall(
        LogKind kind, string instanceId, LogFilter filter, TencentSession session) =>
        new("DescribeBinlogs", new JsonObject { ["ClusterId"] = instanceId });

    internal override string? LogKeyOf(TencentLogItem item) => WireValue.Text(item.BinlogId);

    internal override ILog ToLog(TencentLogId id, TencentLogItem item, InstanceReference instance, string? region) =>
        new TdsqlCLog(id, item, instance, region);

    internal override Task<TencentFiles> FindLogFileAsync(
        TencentLogLinksRequest request, TencentSession session, CancellationToken cancellationToken) => FindUrlAsync(
            "DescribeBinlogDownloadUrl",
            new JsonObject { ["ClusterId"] = request.InstanceId, ["BinlogId"] = NumberOf(request.Id.Name) }, request,
            session, cancellationToken);

    internal override DownloadLink ToLogLink(
        LinkFields file, TencentLinkOrigin origin, TencentLogLinksRequest request) =>
        new TdsqlCLogLink(file, origin, request);

    // A text that is no number is for the service to refuse.
    private static JsonValue NumberOf(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? JsonValue.Create(number) : JsonValue.Create(id)!;
}
