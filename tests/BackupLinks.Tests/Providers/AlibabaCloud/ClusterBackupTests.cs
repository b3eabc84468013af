using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.AlibabaCloud;
using BackupLinks.AlibabaCloud.MongoDb;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Providers;
using BackupLinks.Sandbox.AlibabaCloud;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.AlibabaCloud;

/// <summary>Backups of clusters, which have actions of their own for MongoDB and for Redis.</summary>
public sealed class ClusterBackupTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private static readonly RequestCase MongoDb = RequestCase.Find("AlibabaCloud.MongoDb BackupLink");

    // The page of each action has one method, and one name for the id.
    [Theory]
    [InlineData("AlibabaCloud.MongoDb BackupLink", "POST", "BackupId")]
    [InlineData("AlibabaCloud.Redis BackupLink", "GET", "ClusterBackupId")]
    public async Task Link_of_a_cluster_backup_is_that_of_its_id_also_behind_the_first_page(
        string name, string method, string idParameter)
    {
        var request = RequestCase.Find(name);
        using var cloud = Connect(request);
        cloud.Network.Respond = (address, i) => cloud.Network.Requests[i].Method != method
            ? TestNetwork.Response(403, """{"Code":"UnsupportedHTTPMethod","Message":"no"}""")
            : TestNetwork.Response(200, Page(
                Enumerable.Range(1, 40).Select(number => $"cb-{number}")
                    .Where(id => !Query(address).TryGetValue(idParameter, out string? wanted) || id == wanted)
                    .Take(30).Select(id => Backup(id, 1))));

        var links = (await CloudUnderTest.ReadAsync(request.Open(cloud.Session, request.With("BackupId", "cb-31"))))
            .AssertGood<AlibabaCloudBackupLink>();

        Assert.Equal("cb-31_0.tar.gz", Assert.Single(links).FileName);
        Assert.Equal("", Assert.Single(cloud.Network.Requests).Body);
    }

    [Theory]
    [InlineData("3.0")]
    [InlineData("1.0")]
    public async Task Action_for_clusters_of_MongoDB_is_signed_as_a_POST(string version)
    {
        var key = AlibabaSamples.Key;
        using var cloud = Connect(MongoDb, new CredentialFields(
            AlibabaCredential.Schema, "The secret 'AlibabaCloud'",
            [
                new("AccessKeyId", key.AccessKey), new("AccessKeySecret", key.SecretKey),
                new("SignatureVersion", version),
            ]));

        var links = (await cloud.ReadAsync(
            MongoDbService.Instance.Links(
                new LinkIds("dds-bp1sharded000001", "cb-exampl0000000002"), new LinkOptions())))
            .AssertGood<MongoDbBackupLink>();

        Assert.Equal(["hins70_data.tar.gz", "hins71_data.tar.gz"], links.Select(link => link.FileName));
        Assert.Equal("POST", Assert.Single(cloud.Network.Requests).Method);
    }

    // The sample of the page has such an id.
    [Fact]
    public async Task Cluster_backup_whose_id_is_a_number_has_its_links()
    {
        using var cloud = Connect(MongoDb);
        cloud.Network.Respond = (address, i) => TestNetwork.Response(
            200, cloud.Network.Requests[i].Method == "POST"
            ? Page([Backup("56641234", 2)])
            : """
                {"TotalCount":1,"Backups":{"Backup":[]},"DBInstances":{"DBInstance":[{"DBInstanceId":"dds-1",
                "ShardList":{"ShardAttribute":[{"NodeId":"d-1"},{"NodeId":"d-2"}]}}]}}
                """);

        var links = (await cloud.ReadAsync(
            MongoDbService.Instance.Links(new LinkIds("dds-1", "56641234"), new LinkOptions())))
            .AssertGood<MongoDbBackupLink>();

        Assert.Equal(["56641234_0.tar.gz", "56641234_1.tar.gz"], links.Select(link => link.FileName));
    }

    [Theory]
    [InlineData("ExpectExpireTime")]
    [InlineData("BackupExpireTime")]
    public async Task Cluster_backup_has_its_expiry_and_its_version(string member)
    {
        using var cloud = Connect(MongoDb);
        cloud.Network.Respond = (address, _) => TestNetwork.Response(
            200, Query(address).ContainsKey("PageNo")
            ? Page([Backup("cb-1", 1, $"\"{member}\":\"2024-01-22T01:02Z\",\"EngineVersion\":\"7.0\"")])
            : """{"TotalCount":0,"Backups":{"Backup":[]},"DBInstances":{"DBInstance":[]}}""");

        var backup = Assert.Single(await ListAsync(cloud, new BackupFilter()));

        Assert.Equal(
            (new DateTimeOffset(2024, 1, 22, 1, 2, 0, TimeSpan.Zero), "7.0"),
            (backup.ExpireTime!.Value, backup.EngineVersion));
    }

    [Theory]
    [InlineData("\"IsAvail\":0", "1")]
    [InlineData("\"IsAvail\":\"0\"", "1")]
    [InlineData("\"IsAvail\":false", "1")]
    [InlineData("\"IsAvail\":1", "0")]
    public async Task Cluster_backup_that_lacks_shards_has_no_links_and_Latest_is_an_older_one(
        string members, string ofShard)
    {
        string incomplete = Backup("cb-2", 2, members)
            .Replace("2024-01-15", "2024-01-16").Replace("\"IsAvail\":\"1\"", $"\"IsAvail\":\"{ofShard}\"");
        using var cloud = Connect(MongoDb);
        cloud.Network.Respond = (_, i) => TestNetwork.Response(
            200, cloud.Network.Requests[i].Method == "POST"
            ? Page([incomplete, Backup("cb-1", 2)])
            : """{"TotalCount":0,"Backups":{"Backup":[]},"DBInstances":{"DBInstance":[]}}""");

        var all = await ListAsync(cloud, new BackupFilter());
        var latest = await ListAsync(cloud, new BackupFilter { Latest = true });
        var links = await cloud.ReadAsync(
            MongoDbService.Instance.Links(new LinkIds("dds-1", "cb-2"), new LinkOptions()));

        Assert.Equal(
            [("cb-2", false, "the provider says that the backup set is not complete"), ("cb-1", true, null)],
            all.Select(backup => (backup.BackupId, backup.IsDownloadable, backup.LinkObstacle)));
        Assert.Equal("cb-1", Assert.Single(latest).BackupId);
        Assert.Empty(links.Results);
        Assert.Contains("the backup set is not complete", Assert.Single(links.Problems).Message);
    }

    [Theory]
    [InlineData("AlibabaCloud.MongoDb backups", "PageNo", 30, 100)]
    [InlineData("AlibabaCloud.Redis backups", "PageNumber", 5, 300)]
    public async Task Backups_of_a_cluster_of_64_shards_are_within_the_bound_of_a_response(
        string name, string pageParameter, int least, int most)
    {
        var request = RequestCase.Find(name);
        // As long as those of OSS with a temporary key.
        string signature = $"security-token={new string('t', 600)}&Signature=x\"";
        string links = $"{signature},\"BackupIntranetDownloadURL\":\"http://h-internal.example/0?{signature}";
        string[] all =
            [.. Enumerable.Range(1, 60).Select(i => Backup($"cb-{i}", 64).Replace("Signature=x\"", links))];
        using var cloud = Connect(request);
        cloud.Network.Respond = (address, i) =>
        {
            var query = Query(address);
            if (Index(query) is not { } page)
                return TestNetwork.Response(200, """{"TotalCount":0,"Backups":{},"DBInstances":{"DBInstance":[]}}""");
            int size = int.Parse(query["PageSize"], CultureInfo.InvariantCulture);
            Assert.InRange(size, least, most);
            return TestNetwork.Response(200, Page(all.Skip(page * size).Take(size)));
        };

        var backups = (await cloud.ReadAsync(request)).AssertGood<AlibabaCloudBackup>();

        Assert.Equal(60, backups.Count);
        Assert.All(backups, backup => Assert.True(backup.IsDownloadable));

        // The list for instances comes before it, also with a page.
        int? Index(IReadOnlyDictionary<string, string> query) =>
            cloud.Network.Requests.Count > 1 && query.TryGetValue(pageParameter, out string? page)
                ? int.Parse(page, CultureInfo.InvariantCulture) - 1 : null;
    }

    private static async Task<IReadOnlyList<MongoDbBackup>> ListAsync(CloudUnderTest cloud, BackupFilter filter) =>
        (await cloud.ReadAsync(MongoDbService.Instance.Backups(new InstanceReference("dds-1", null), filter)))
            .AssertGood<MongoDbBackup>();

    private static IReadOnlyDictionary<string, string> Query(Uri address) => CloudSample.Read(address);

    private static string Page(IEnumerable<string> backups) =>
        $$"""{"PageNumber":1,"ClusterBackups":[{{string.Join(',', backups)}}]}""";

    private static string Backup(string id, int shards, string members = "\"IsAvail\":1") => $$"""
        {"ClusterBackupId":"{{id}}","ClusterBackupStatus":"OK","ClusterBackupStartTime":"2024-01-15T01:00:00Z",
        {{members}},"Backups":[{{string.Join(',', Enumerable.Range(0, shards).Select(shard => Shard(id, shard)))}}]}
        """;

    private static string Shard(string id, int shard) => $$"""
        {"BackupName":"{{id}}_{{shard}}.tar.gz","InstanceName":"d-{{shard}}","BackupStatus":"OK","IsAvail":"1",
        "BackupDownloadURL":"https://h.example/{{id}}/{{shard}}?Signature=x"}
        """;
}
