using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud.MongoDb;

/// <summary>TencentDB for MongoDB, which makes the files of a backup when their links are requested.</summary>
internal sealed class MongoDbService : TencentDatabaseService
{
    private const string Snapshot = "3";

    private static readonly string[] EngineNames = ["MongoDB"];

    private static readonly Dictionary<string, string> BackupStates = new()
    {
        ["1"] = "Running", ["2"] = "Success", ["3"] = "Failed",
    };

    private static readonly Dictionary<string, string> Starters = new() { ["0"] = "Automatic", ["1"] = "Manual" };

    private static readonly Dictionary<string, string> Methods = new()
    {
        ["0"] = "Logical", ["1"] = "Physical", [Snapshot] = "Snapshot",
    };

    private static readonly Dictionary<string, string> Clusters = new() { ["0"] = "ReplicaSet", ["1"] = "Sharding" };

    /// <summary>The service, behind the words that it is made of.</summary>
    public static readonly MongoDbService Instance = new();

    private MongoDbService()
        : base(typeof(MongoDbBackupLink))
    {
    }

    public override string Name => "MongoDb";

    public override IReadOnlyList<string> Engines => EngineNames;

    public override string ApiName => "mongodb";

    public override string ApiVersion => "2019-07-25";

    public override IReadOnlyList<string> Permissions =>
    [
        "mongodb:DescribeDBInstances", "mongodb:DescribeDBBackups", "mongodb:CreateBackupDownloadTask",
        "mongodb:DescribeBackupDownloadTask",
    ];

    public override bool ListsExactSizes => false;

    public override IReadOnlyDictionary<string, string> InstanceStates { get; } = new Dictionary<string, string>
    {
        ["0"] = "Initializing", ["1"] = "Processing", ["2"] = "Running", ["-2"] = "Isolated", ["-3"] = "Isolated",
    };

    public override VendorWords InstanceWords => new()
    {
        Engine = EngineNames,
        Type = [.. Clusters.Values],
        Status = [.. InstanceStates.Values.Distinct()],
    };

    public override VendorWords BackupWords { get; } = new()
    {
        Status = [.. BackupStates.Values], Type = [.. Starters.Values, .. Methods.Values],
    };

    public override LinkIds SampleIds { get; } = new("cmgo-p8vnipr5", "cmgo-p8vnipr5_2024-01-15 02:00");

    /// <summary>The shards of an instance are in the list of instances.</summary>
    public override int RequestsOfBackupLinks => 2;

    internal override TencentCall GetInstancesCall(string? instanceId) =>
        new("DescribeDBInstances", new JsonObject { ["InstanceIds"] = ListOf(instanceId) });

    internal override IInstance ToInstance(TencentInstanceItem item, string? region) =>
        new MongoDbInstance(item, this, region);

    internal override string? VersionOf(TencentInstanceItem item) => WireValue.Text(item.MongoVersion);

    internal override string? TypeOf(TencentInstanceItem item) => WordOf(Clusters, item.ClusterType);

    internal override TencentCall GetBackupsCall(string instanceId, BackupFilter filter, TencentSession session) =>
        new("DescribeDBBackups", new JsonObject { ["InstanceId"] = instanceId });

    // By older revisions of the page, the list without a method is that of logical backups.
    internal override string? MethodParameter => "BackupMethod";

    internal override IReadOnlyList<int> OtherMethods { get; } = [1, 3];

    internal override string? IdOf(TencentBackupItem item) => WireValue.Text(item.BackupName);

    internal override IBackup ToBackup(TencentBackupItem item, InstanceReference instance, TencentSession session)
    {
        var fields = new TencentBackupFields(item.BackupName!)
        {
            Name = WireValue.Text(item.BackupDesc) ?? WireValue.Text(item.BackupName),
            Mode = WordOf(Starters, item.BackupType),
            Method = WordOf(Methods, item.BackupMethod),
            Status = WordOf(BackupStates, item.Status),
            IsGood = item.Status == "2" && item.BackupMethod != Snapshot,
            Obstacle = item.Status == "2" ? TencentCloudBackup.SnapshotObstacle : null,
            HasFailed = item.Status == "3",
            Size = WireValue.Kilobytes(item.BackupSize),
            Start = TencentTime.Parse(item.StartTime),
            End = TencentTime.Parse(item.EndTime),
            Expiry = TencentTime.Parse(item.DeleteTime),
        };
        return new MongoDbBackup(fields, instance, session.Region);
    }

    internal override Task<TencentFiles> FindFilesAsync(
        TencentBackupLinksRequest request, TencentSession session, CancellationToken cancellationToken) =>
        new MongoDbDownload(request, session).FindAsync(cancellationToken);

    internal override DownloadLink ToLink(
        LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request, TencentFile item) =>
        new MongoDbBackupLink(file, origin, request, item);
}
