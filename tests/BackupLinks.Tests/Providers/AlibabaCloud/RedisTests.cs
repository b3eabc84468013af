using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.AlibabaCloud.Redis;
using BackupLinks.Discovery;
using BackupLinks.Providers;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.AlibabaCloud;

/// <summary>Tair and Redis of Alibaba Cloud: clusters, nodes and fields. The rest is true of every service.</summary>
public sealed class RedisTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private const string Cluster = "r-bp1cluster000001";
    private const string Nodes = "r-bp1nodes00000001";
    private static readonly RequestCase Links = RequestCase.Find("AlibabaCloud.Redis BackupLink");

    [Fact]
    public async Task Page_DescribeBackups_has_ids_that_are_numbers()
    {
        const string Address = "http://rdsbak-hz.oss-cn-hangzhou.aliyuncs.com/custins1/hins1_data_20240115.rdb"
            + "?OSSAccessKeyId=AK&Expires=1705309200&Signature=x%3D";
        var (reading, cloud) = await SendAsync(Links, $$$"""
            {"RequestId":"963C","PageNumber":1,"PageSize":30,"TotalCount":1,"FullStorageSize":2097152,
            "Backups":{"Backup":[{"BackupId":1162771701,"BackupDBNames":"all","BackupStatus":"Success",
            "BackupType":"FullBackup","BackupMode":"Automated","BackupMethod":"Physical","BackupSize":1048576,
            "BackupStartTime":"2024-01-15T01:00:00Z","BackupEndTime":"2024-01-15T01:02:10Z",
            "NodeInstanceId":"r-bp1exampledb-0","EngineVersion":"5.0","BackupJobID":1234,
            "ExpectExpireTime":"2024-01-22T01:02Z",
            "BackupDownloadURL":"{{{Address}}}"}]}}
            """);

        var link = Assert.Single(reading.AssertGood<RedisBackupLink>());
        Assert.Equal(
            ("hins1_data_20240115.rdb", "r-bp1exampledb-0", "Physical", "5.0", 1_048_576L),
            (link.FileName, link.NodeId, link.BackupMethod, link.EngineVersion, link.Size));
        var query = CloudSample.Read(Assert.Single(cloud.Network.Requests).Address);
        Assert.Equal(("1162771701", "r-bp1zxszhcgatnx1234"), (query["BackupId"], query["InstanceId"]));
        // The action needs both; a list without a time of its own is bounded by what the provider keeps.
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\dZ$", query["StartTime"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\dZ$", query["EndTime"]);
    }

    [Fact]
    public async Task Times_of_a_list_are_a_day_wider_than_what_is_wanted()
    {
        var time = DateTimeOffset.UtcNow.AddDays(-20);
        using var cloud = Connect(Links);

        await cloud.ReadAsync(
            RedisService.Instance.Backups(
                new InstanceReference("r-bp1zxszhcgatnx1234", null), new BackupFilter { Since = time, Until = time }));

        var query = CloudSample.Read(cloud.Network.Requests[0].Address);
        Assert.Equal(
            ($"{time.AddDays(-1):yyyy-MM-ddTHH:mmZ}", $"{time.AddDays(1):yyyy-MM-ddTHH:mmZ}"),
            (query["StartTime"], query["EndTime"]));
    }

    [Fact]
    public async Task Backup_of_a_cluster_is_one_with_a_file_for_each_shard()
    {
        using var cloud = Connect(Links);

        var backup = Assert.Single(await ListAsync(cloud, Cluster, new BackupFilter { Latest = true }));
        Assert.Equal(["DescribeBackups", "DescribeClusterBackupList"], Actions());
        Assert.Equal(
            ("cb-exampl0000000001", "OK", true, 3, 3_075L),
            (backup.BackupId, backup.Status, backup.IsDownloadable, backup.ShardCount, backup.Size));

        var links = (await cloud.ReadAsync(
            RedisService.Instance.Links(new LinkIds(Cluster, backup.BackupId), new LinkOptions())))
            .AssertGood<RedisBackupLink>();
        Assert.Equal(
            [($"{Cluster}-db-0", "hins30_data.rdb", 1_024L), ($"{Cluster}-db-1", "hins31_data.rdb", 1_025L),
            ($"{Cluster}-db-2", "hins32_data.rdb", 1_026L)],
            links.Select(link => (link.NodeId, link.FileName, link.Size!.Value)));
        // They are one backup, and not one for each node.
        Assert.All(links, link => Assert.Null(link.BackupPart));

        IEnumerable<string> Actions() =>
            Sandbox.Server.Requests.TakeLast(2).Select(request => request.Headers["x-acs-action"]);
    }

    [Fact]
    public async Task Latest_backup_of_nodes_is_that_of_each_node()
    {
        using var cloud = Connect(Links);

        var backups = await ListAsync(cloud, Nodes, new BackupFilter { Latest = true });

        Assert.Equal([$"{Nodes}-db-0", $"{Nodes}-db-1"], backups.Select(backup => backup.NodeId));
        // Saved ones are kept each by itself, too.
        foreach (var backup in backups)
        {
            var links = (await cloud.ReadAsync(
                RedisService.Instance.Links(new LinkIds(Nodes, backup.BackupId), new LinkOptions())))
                .AssertGood<RedisBackupLink>();
            Assert.Equal(backup.NodeId, Assert.Single(links).BackupPart);
        }
    }

    [Fact]
    public async Task Empty_list_of_clusters_is_nothing_and_no_error()
    {
        var (reading, _) = await SendAsync(
            RequestCase.Find("AlibabaCloud.Redis backups"),
            """{"RequestId":"C009","PageNumber":1,"PageSize":30,"Backups":{},"ClusterBackups":[]}""");

        Assert.Empty(reading.AssertGood<RedisBackup>());
    }

    [Fact]
    public async Task Instance_is_typed()
    {
        var request = RequestCase.Find("AlibabaCloud.Redis instance");
        using var cloud = Connect(request);

        var instance = Assert.Single((await cloud.ReadAsync(request)).AssertGood<RedisInstance>());

        Assert.Equal(
            ("prod-sessions", "Redis", "5.0", "Normal", "standard"),
            (instance.Name, instance.Engine, instance.EngineVersion, instance.Status, instance.Type));
        Assert.Equal((1L, 1L << 30, 6379), (instance.ShardCount, instance.Memory, instance.Port));
    }

    private static async Task<IReadOnlyList<RedisBackup>> ListAsync(
        CloudUnderTest cloud, string instance, BackupFilter filter) => (await cloud.ReadAsync(
            RedisService.Instance.Backups(new InstanceReference(instance, null), filter))).AssertGood<RedisBackup>();
}
