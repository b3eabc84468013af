using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud.MariaDb;

/// <summary>TencentDB for MariaDB, which TDSQL for MySQL without shards is a part of.</summary>
internal sealed class MariaDbService : TencentDatabaseService
{
    private const string Action = "DescribeBackupFiles";
    private static readonly string[] EngineNames = ["MariaDB", "Percona", "MySQL"];

    private static readonly Dictionary<string, string> Starters = new() { ["0"] = "Automatic", ["1"] = "Manual" };

    /// <summary>The service, behind the words that it is made of.</summary>
    public static readonly MariaDbService Instance = new();

    private MariaDbService()
        : base(typeof(MariaDbBackupLink), typeof(MariaDbLogLink))
    {
    }

    public override string Name => "MariaDb";

    public override IReadOnlyList<string> OtherNames { get; } = ["Tdsql"];

    public override IReadOnlyList<string> Engines => EngineNames;

    public override string ApiName => "mariadb";

    public override string ApiVersion => "2017-03-12";

    public override IReadOnlyList<LogKind> LogKinds { get; } = [LogKind.Binlog, LogKind.Error, LogKind.Slow];

    public override IReadOnlyList<string> Permissions =>
        ["mariadb:DescribeDBInstances", "mariadb:DescribeBackupFiles", "mariadb:DescribeFileDownloadUrl"];

    public override IReadOnlyDictionary<string, ErrorKind> ErrorCodes { get; } = new Dictionary<string, ErrorKind>
    {
        // The state of the file does not permit it.
        ["InternalError.CosSignUrl"] = ErrorKind.Conflict,
    };

    public override IReadOnlyDictionary<string, string> InstanceStates { get; } = new Dictionary<string, string>
    {
        ["0"] = "Creating", ["1"] = "Processing", ["2"] = "Running", ["3"] = "Uninitialized", ["-1"] = "Isolated",
        ["4"] = "Initializing", ["5"] = "Deleting", ["6"] = "Rebooting", ["7"] = "Migrating", ["-2"] = "Deleted",
    };

    public override VendorWords InstanceWords => new()
    {
        Engine = EngineNames,
        Status = [.. InstanceStates.Values],
    };

    public override VendorWords BackupWords { get; } = new() { Type = ["Data", .. Starters.Values] };

    public override LinkIds SampleIds { get; } =
        new("tdsql-ow728lmc", "/cos_backup/tdsql/set_1/xtrabackup/ledger+1705309200+xbstream.lz4");

    public override IReadOnlyList<LogSample> LogSamples { get; } =
    [
        new(LogKind.Binlog, "binlog//cos_backup/tdsql/set_1/binlog/binlog.000007.lz4") { HasStatus = false },
        new(LogKind.Error, "error//cos_backup/tdsql/set_1/errlog/points-error.log") { HasStatus = false },
        new(LogKind.Slow, "slow//cos_backup/tdsql/set_1/slowlog/points-slow.log") { HasStatus = false },
    ];

    internal override TencentCall GetInstancesCall(string? instanceId) =>
        new("DescribeDBInstances", new JsonObject { ["InstanceIds"] = ListOf(instanceId) });

    internal override IInstance ToInstance(TencentInstanceItem item, string? region) =>
        new MariaDbInstance(item, this, region);

    internal override string? EngineOf(TencentInstanceItem item) => WireValue.Text(item.DbEngine) ?? "MariaDB";

    internal override string? VersionOf(TencentInstanceItem item) => WireValue.Text(item.DbVersion);

    internal override string? TypeOf(TencentInstanceItem item) => WireValue.Text(item.InstanceType);

    internal override TencentCall GetBackupsCall(string instanceId, BackupFilter filter, TencentSession session) =>
        new(Action, new JsonObject { ["InstanceId"] = instanceId, ["BackupType"] = "Data" });

    internal override string? IdOf(TencentBackupItem item) => WireValue.Text(item.FilePath);

    internal override IBackup ToBackup(TencentBackupItem item, InstanceReference instance, TencentSession session)
    {
        var fields = new TencentBackupFields(item.FilePath!)
        {
            Name = WireValue.Text(item.FileName),
            Type = WireValue.Text(item.BackupType),
            Mode = WordOf(Starters, item.ManualBackup),
            IsGood = true,
            Size = WireValue.Bytes(item.FileSize),
            Start = TencentTime.Parse(item.StartTime),
            End = TencentTime.Parse(item.EndTime),
        };
        return new MariaDbBackup(fields, instance, session.Region);
    }

    internal override Task<TencentFiles> FindFilesAsync(
        TencentBackupLinksRequest request, TencentSession session, CancellationToken cancellationToken) =>
        FindUrlAsync(request, request.BackupId, session, cancellationToken);

    internal override DownloadLink ToLink(
        LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request, TencentFile item) =>
        new MariaDbBackupLink(file, origin, request);

    internal override TencentCall GetLogsCall(
        LogKind kind, string instanceId, LogFilter filter, TencentSession session) => new(
        Action,
        new JsonObject
        {
            ["InstanceId"] = instanceId,
            ["BackupType"] = kind switch { LogKind.Binlog => "Binlog", LogKind.Error => "Errlog", _ => "Slowlog" },
        });

    internal override string? LogKeyOf(TencentLogItem item) => WireValue.Text(item.FilePath);

    internal override ILog ToLog(TencentLogId id, TencentLogItem item, InstanceReference instance, string? region) =>
        new MariaDbLog(id, item, instance, region);

    internal override Task<TencentFiles> FindLogFileAsync(
        TencentLogLinksRequest request, TencentSession session, CancellationToken cancellationToken) =>
        FindUrlAsync(request, request.Id.Name, session, cancellationToken);

    internal override DownloadLink ToLogLink(
        LinkFields file, TencentLinkOrigin origin, TencentLogLinksRequest request) =>
        new MariaDbLogLink(file, origin, request);

    // The key of the object, of which the address has no leaf that is its name.
    private static Task<TencentFiles> FindUrlAsync(
        TencentLinksRequest request, string path, TencentSession session, CancellationToken cancellationToken) =>
        FindUrlAsync(
            "DescribeFileDownloadUrl", new JsonObject { ["InstanceId"] = request.InstanceId, ["FilePath"] = path },
            request, session, cancellationToken);
}
