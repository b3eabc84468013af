using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.AlibabaCloud.MongoDb;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Providers;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.AlibabaCloud;

/// <summary>MongoDB of Alibaba Cloud: shards, clusters and fields. The rest is true of every service.</summary>
public sealed class MongoDbTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private const string Sharded = "dds-bp1sharded000001";
    private static readonly RequestCase Links = RequestCase.Find("AlibabaCloud.MongoDb BackupLink");

    [Fact]
    public async Task Sharded_clusters_are_listed_after_replica_sets_and_found_by_their_id()
    {
        using var cloud = Connect(Links);

        var all = await ListInstancesAsync(cloud, new InstanceFilter());
        var one = await ListInstancesAsync(cloud, new InstanceFilter { InstanceId = Sharded });

        Assert.Equal(
            [(MongoDbService.Instance.SampleIds.InstanceId!, "replicate"), (Sharded, "sharding")],
            all.Select(instance => (instance.InstanceId, instance.Type!)));
        Assert.Equal(["d-bp128a0034361234", "d-bp128a0034361235"], Assert.Single(one).ShardIds);
    }

    [Fact]
    public async Task Instances_are_listed_once_by_a_service_that_ignores_their_type()
    {
        using var cloud = Connect(Links);
        cloud.Network.RespondWith("""
            {"TotalCount":2,"DBInstances":{"DBInstance":[{"DBInstanceId":"dds-1","DBInstanceType":"sharding"},
            {"DBInstanceId":"dds-2","DBInstanceType":"replicate"}]}}
            """);

        var instances = await ListInstancesAsync(cloud, new InstanceFilter());

        Assert.Equal(["dds-1", "dds-2"], instances.Select(instance => instance.InstanceId));
        Assert.Equal(
            ["replicate", "sharding"],
            cloud.Network.Requests.Select(request => CloudSample.Read(request.Address)["DBInstanceType"]));
    }

    [Fact]
    public async Task Latest_backup_of_a_sharded_cluster_is_that_of_each_shard_and_each_has_its_link()
    {
        using var cloud = Connect(Links);

        var backups = (await cloud.ReadAsync(
            MongoDbService.Instance.Backups(new InstanceReference(Sharded, null), new BackupFilter { Latest = true })))
            .AssertGood<MongoDbBackup>();
        Assert.Equal(
            [("32994460", "d-bp128a0034361234"), ("32994461", "d-bp128a0034361235")],
            backups.Select(backup => (backup.BackupId, backup.NodeId!)));

        var links = (await cloud.ReadAsync(
            MongoDbService.Instance.Links(new LinkIds(Sharded, "32994461"), new LinkOptions())))
            .AssertGood<MongoDbBackupLink>();
        var link = Assert.Single(links);
        Assert.Equal(
            ("hins61_data.tar.gz", "d-bp128a0034361235", link.NodeId), (link.FileName, link.NodeId, link.BackupPart));
    }

    [Fact]
    public async Task Oplogs_of_a_sharded_cluster_are_those_of_each_shard_and_each_has_its_link()
    {
        using var cloud = Connect(Links);

        var logs = (await cloud.ReadAsync(
            MongoDbService.Instance.Logs(new InstanceReference(Sharded, null), new LogFilter())))
            .AssertGood<MongoDbLog>();
        Assert.Equal(
            ["d-bp128a0034361234", "d-bp128a0034361235"], logs.Select(log => log.NodeId));
        Assert.All(logs, log => Assert.EndsWith($"/{log.NodeId}/1709846160", log.LogId));

        int before = cloud.Network.Requests.Count;
        var link = Assert.Single((await cloud.ReadAsync(
            MongoDbService.Instance.Links(
                new LinkIds(Sharded, null, logs[1].LogId), new LinkOptions()))).AssertGood<MongoDbLogLink>());
        Assert.Equal(("d-bp128a0034361235_1709846160.bson", logs[1].NodeId), (link.FileName, link.NodeId));
        // The id says the shard.
        var query = CloudSample.Read(Assert.Single(cloud.Network.Requests.Skip(before)).Address);
        Assert.Equal(logs[1].NodeId, query["NodeId"]);
        Assert.Matches("T[0-9:]{8}[.]000Z$", query["StartTime"]);
    }

    [Fact]
    public async Task Cluster_whose_shards_have_no_lists_of_backups_has_one_for_all()
    {
        using var cloud = Connect(Links);
        cloud.Network.Respond = (address, _) => TestNetwork.Response(
            200, CloudSample.Read(address).ContainsKey("PageNo")
            ? """
                {"PageNumber":1,"ClusterBackups":[{"ClusterBackupId":"cb-1","ClusterBackupStatus":"OK",
                "ClusterBackupStartTime":"2024-01-15T01:00:00Z","Backups":[{"BackupName":"s0.tar.gz",
                "InstanceName":"d-1","BackupDownloadURL":"https://h.example/s0"}]}]}
                """
            : """
                {"TotalCount":1,"Backups":{"Backup":[]},"DBInstances":{"DBInstance":[{
                "DBInstanceId":"dds-bp1sharded000001",
                "ShardList":{"ShardAttribute":[{"NodeId":"d-1"},{"NodeId":"d-2"}]}}]}}
                """);

        var backup = Assert.Single((await cloud.ReadAsync(
            MongoDbService.Instance.Backups(
                new InstanceReference(Sharded, null), new BackupFilter()))).AssertGood<MongoDbBackup>());

        Assert.Equal(("cb-1", 1), (backup.BackupId, backup.ShardCount));
    }

    [Fact]
    public async Task Cluster_without_lists_of_its_shards_has_one_for_all()
    {
        using var cloud = Connect(Links);
        cloud.Network.Respond = (address, _) => TestNetwork.Response(
            200, CloudSample.Read(address).ContainsKey("PageNo")
            ? """
                {"PageNumber":1,"ClusterBackups":[{"ClusterBackupId":"cb-1","ClusterBackupStatus":"OK",
                "ClusterBackupStartTime":"2024-01-15T01:00:00Z","Backups":[{"BackupName":"s0.tar.gz",
                "InstanceName":"d-1","BackupDownloadURL":"https://h.example/s0"}]}]}
                """
            : """{"TotalCount":0,"Backups":{"Backup":[]},"DBInstances":{"DBInstance":[]}}""");

        var backup = Assert.Single((await cloud.ReadAsync(
            MongoDbService.Instance.Backups(new InstanceReference("dds-1", null), new BackupFilter())))
            .AssertGood<MongoDbBackup>());

        Assert.Equal(("cb-1", 1, true), (backup.BackupId, backup.ShardCount, backup.IsDownloadable));
    }

    [Theory]
    [InlineData("MissingParameter", true)]
    [InlineData("OperationDenied.DBInstanceType", false)]
    public async Task Refusal_of_an_instance_that_is_not_a_cluster_is_not_an_empty_list(string code, bool isError)
    {
        using var cloud = Connect(Links);
        cloud.Network.Respond = (_, i) => i == 0
            ? TestNetwork.Response(400, $$"""{"Code":"{{code}}","Message":"no"}""")
            : TestNetwork.Response(
                200, """{"PageNumber":1,"TotalCount":0,"DBInstances":{"DBInstance":[]},"ClusterBackups":[]}""");

        var backups = await cloud.ReadAsync(
            MongoDbService.Instance.Backups(new InstanceReference("dds-1", null), new BackupFilter()));

        Assert.Empty(backups.Results);
        Assert.Equal(isError ? code : null, ((ApiException?)backups.Failure)?.ErrorCode);
    }

    // A replica set whose first backup is to come: the list for clusters refuses it in words of its own.
    [Fact]
    public async Task Refusal_of_the_list_for_clusters_is_none_of_a_replica_set()
    {
        using var cloud = Connect(Links);
        // Its list, that of the shards in the lists of sharded instances, and the list for clusters.
        cloud.Network.Respond = (_, i) => i == 2
            ? TestNetwork.Response(400, """{"Code":"InvalidParameter","Message":"no"}""")
            : TestNetwork.Response(
                200, """{"PageNumber":1,"TotalCount":0,"DBInstances":{"DBInstance":[]},"Backups":{}}""");

        var backups = await cloud.ReadAsync(
            MongoDbService.Instance.Backups(new InstanceReference("dds-1", null), new BackupFilter()));

        Assert.Empty(backups.AssertGood<MongoDbBackup>());
        Assert.Equal(3, cloud.Network.Requests.Count);
    }

    [Fact]
    public async Task Cluster_without_backups_has_none_and_no_error()
    {
        using var cloud = Connect(Links);
        cloud.Network.Respond = (_, i) => i == 0
            ? TestNetwork.Response(400, """{"Code":"MissingParameter","Message":"NodeId"}""")
            : TestNetwork.Response(200, """
                {"PageNumber":1,"TotalCount":0,"Backups":{},"ClusterBackups":[],"DBInstances":{"DBInstance":[{
                "DBInstanceId":"dds-1","ShardList":{"ShardAttribute":[{"NodeId":"d-1"}]}}]}}
                """);

        Assert.Empty((await cloud.ReadAsync(
            MongoDbService.Instance.Backups(new InstanceReference("dds-1", null), new BackupFilter())))
            .AssertGood<MongoDbBackup>());
    }

    [Fact]
    public async Task Instance_and_backup_are_typed()
    {
        var request = RequestCase.Find("AlibabaCloud.MongoDb instance");
        using var cloud = Connect(request);

        var instance = Assert.Single((await cloud.ReadAsync(request)).AssertGood<MongoDbInstance>());
        var backup = (await cloud.ReadAsync(MongoDbService.Instance.Backups(
            new InstanceReference(instance.InstanceId, instance.Name), new BackupFilter { Latest = true })))
            .AssertGood<MongoDbBackup>()[0];

        Assert.Equal(
            ("prod-profiles", "MongoDB", "6.0", "Running", "replicate"),
            (instance.Name, instance.Engine, instance.EngineVersion, instance.Status, instance.Type));
        Assert.Empty(instance.ShardIds);
        Assert.NotNull(instance.CreatedAt);
        Assert.Equal(("prod-profiles", "32994455_data", null), (backup.InstanceName, backup.BackupName, backup.NodeId));
        Assert.Equal(TimeSpan.FromDays(7), backup.ExpireTime - backup.BackupTime);
    }

    private static async Task<IReadOnlyList<MongoDbInstance>> ListInstancesAsync(
        CloudUnderTest cloud, InstanceFilter filter) => (await cloud.ReadAsync(
            MongoDbService.Instance.Instances(filter))).AssertGood<MongoDbInstance>();
}
