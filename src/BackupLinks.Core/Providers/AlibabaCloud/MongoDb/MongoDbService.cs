using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.AlibabaCloud.MongoDb;

/// <summary>ApsaraDB for MongoDB.</summary>
internal sealed class MongoDbService : AlibabaDatabaseService
{
    /// <summary>The type of replica sets, also of those of one node.</summary>
    public const string ReplicaSet = "replicate";

    /// <summary>The type of sharded clusters.</summary>
    public const string Sharded = "sharding";

    private static readonly string[] EngineNames = ["MongoDB"];

    /// <summary>The service.</summary>
    public static readonly MongoDbService Instance = new();

    private MongoDbService()
        : base(typeof(MongoDbBackupLink), typeof(MongoDbLogLink))
    {
    }

    public override string Name => "MongoDb";

    public override IReadOnlyList<string> Engines => EngineNames;

    public override string ApiVersion => "2015-12-01";

    public override AlibabaHosts Hosts { get; } = new(
        "mongodb", "cn-beijing", "cn-wulanchabu", "cn-hangzhou", "cn-shanghai", "cn-heyuan", "cn-hangzhou-finance",
        "cn-beijing-gov-1");

    public override bool HasNodes => true;

    public override string? ClusterAction => "DescribeClusterBackups";

    public override string ClusterPageParameter => "PageNo";

    /// <summary>The action takes no less.</summary>
    public override int ClusterPageSize => 30;

    public override string ClusterIdParameter => "BackupId";

    public override HttpMethod ClusterMethod => HttpMethod.Post;

    public override IReadOnlyList<string> Permissions =>
        ["dds:DescribeDBInstances", "dds:DescribeBackups", "dds:DescribeClusterBackups"];

    /// <summary>Backups may be kept for the long term.</summary>
    public override TimeSpan LongestRetention => TimeSpan.FromDays(7300);

    public override bool LogsHaveIntranet => false;

    public override VendorWords InstanceWords { get; } = new()
    {
        Engine = EngineNames,
        Type = [ReplicaSet, Sharded, "serverless"],
        Status =
        [
            "Running", "Creating", "Deleting", "Rebooting", "DBInstanceClassChanging", "NetAddressCreating", "Transing",
            "Restoring", "GuestSwitching", "NodeCreating", "NodeDeleting",
        ],
    };

    public override LinkIds SampleIds { get; } = new("dds-bp1a7009eb241234", "32994455");

    public override IReadOnlyList<LogSample> LogSamples { get; } =
    [
        new(LogKind.Binlog, "binlog/2024-03-08T09:31:29Z/1709846151") { IsFoundInList = true },
    ];

    public override int RequestsOfInstances => MongoDbInstancesRequest.ListedTypes.Length;

    /// <summary>The files of the oplog. The page names no permission for them.</summary>
    public override IReadOnlyList<AlibabaLogAction> LogActions { get; } =
        [new("DescribeBinlogFiles", "binlog", LogKind.Binlog) { TimeFormat = AlibabaLogAction.Milliseconds }];

    public override ServiceRequest<IInstance> Instances(InstanceFilter filter) => new MongoDbInstancesRequest(filter);

    internal override IBackup ToBackup(AlibabaBackupItem item, InstanceReference instance, string? region) =>
        new MongoDbBackup(item, instance, region);

    internal override DownloadLink ToLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaBackupLinksRequest request, AlibabaFile item) =>
        new MongoDbBackupLink(file, origin, request, item);

    internal override ILog ToLog(AlibabaLogItem item, InstanceReference instance, string? region) =>
        new MongoDbLog(item, instance, region);

    internal override DownloadLink ToLogLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaLogLinkRequest request, AlibabaLogItem item) =>
        new MongoDbLogLink(file, origin, request, item);

    internal override async Task<IReadOnlyList<string>> FindNodesAsync(
        AlibabaSession session, string instanceId, CancellationToken cancellationToken)
    {
        try
        {
            var response = await session.Client.SendAsync(
                HttpMethod.Get,
                AlibabaSession.PathTo(
                    "DescribeDBInstances",
                    [("RegionId", session.Region), ("DBInstanceId", instanceId), ("DBInstanceType", Sharded)]),
                null, ScreenText.Sentence($"the shards of instance '{instanceId}'"),
                MongoDbJson.Default.MongoDbInstancesResponse,
                static read => read.Records is not null || (read.Total ?? read.PageNumber) is not null,
                cancellationToken).ConfigureAwait(false);
            return
            [
                .. (response?.Records ?? []).OfType<MongoDbInstanceItem>()
                    .Where(item => item.DBInstanceId == instanceId).SelectMany(MongoDbInstance.FindShards),
            ];
        }
        catch (ApiException e) when (e.Kind == ErrorKind.NotFound)
        {
            // It is of the other type.
            return [];
        }
    }
}
