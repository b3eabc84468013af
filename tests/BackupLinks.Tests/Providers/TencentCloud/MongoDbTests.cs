using System;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Providers;
using BackupLinks.TencentCloud.MongoDb;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.TencentCloud;

/// <summary>MongoDB of Tencent Cloud, whose files tasks make. The rest is true of every service.</summary>
public sealed class MongoDbTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private const string Valid = "https://h.example/x?q-sign-time=1;9999999999";
    private static readonly RequestCase Links = RequestCase.Find("TencentCloud.MongoDb BackupLink");

    [Fact]
    public async Task Files_of_all_shards_are_made_and_waited_for()
    {
        using var cloud = Connect(Links);

        var links = (await cloud.ReadAsync(
            MongoDbService.Instance.Links(
                new LinkIds("cmgo-sharded1", "cmgo-sharded1_2024-01-15 02:00"), new LinkOptions())))
            .AssertGood<MongoDbBackupLink>();

        Assert.Equal(
            [("cmgo-sharded1_0", "metrics_0.tar.gz", 4_096L), ("cmgo-sharded1_1", "metrics_1.tar.gz", 5_120L)],
            links.Select(link => (link.ReplicaSetId!, link.FileName, link.Size!.Value)));
        Assert.Contains(cloud.Network.Requests, request => request.Body.Contains(
            "[{\"ReplicaSetId\":\"cmgo-sharded1_0\"},{\"ReplicaSetId\":\"cmgo-sharded1_1\"}]"));
        Assert.NotEmpty(cloud.Clock.Delays);
    }

    [Theory]
    [InlineData("a file of a part of the shards", "cmgo-p8vnipr5_1", 2, Valid, 2, "0")]
    [InlineData("a file of the first of the shards", "cmgo-p8vnipr5_0", 2, Valid, 2, "1")]
    [InlineData("an address that has expired", "cmgo-p8vnipr5_0", 2, "https://h.example/x?q-sign-time=1;2", 1, "0")]
    [InlineData("a failure of an earlier day", "cmgo-p8vnipr5_0", 3, "", 1, "0")]
    [InlineData("a file that is there", "cmgo-p8vnipr5_0", 2, Valid, 1, "")]
    [InlineData("a file that names no shard", "", 2, Valid, 1, "")]
    [InlineData("a file that names no shard, of several", "", 2, Valid, 2, "01")]
    public async Task Task_of_an_earlier_request_serves_when_it_is_of_use(
        string what, string shard, int status, string url, int shards, string created)
    {
        using var cloud = Connect(Links);
        string page = $$$"""
            {"Response":{"TotalCount":1,"Tasks":[{"BackupName":"x","ReplicaSetId":"{{{shard}}}","BackupSize":5747378,
            "Status":{{{status}}},"CreateTime":"2024-01-15 10:58:55","Url":"{{{url}}}"}]}}
            """;
        string all = string.Join(
            ',', Enumerable.Range(0, shards).Select(i => $$"""{"ReplicaSetId":"cmgo-p8vnipr5_{{i}}"}"""));
        string[] pages = [page, Instance(shards == 1 ? "0" : "1", all)];
        cloud.Network.Respond = (_, i) => TestNetwork.Response(
            200, i < 2 ? pages[i] : """{"Response":{"Error":{"Code":"InvalidParameter","Message":"end"}}}""");

        var reading = await cloud.ReadAsync(Links);

        string wanted = string.Join(',', created.Select(i => $$"""{"ReplicaSetId":"cmgo-p8vnipr5_{{i}}"}"""));
        Assert.True(
            created.Length == 0
                ? cloud.Network.Requests.Count == 2
                : cloud.Network.Requests[2].Body.Contains($"\"BackupSets\":[{wanted}]"), what);
        Assert.Equal(created.Length == 0 ? 1 : 0, reading.Results.Count);
    }

    // The first request created the tasks, and its response was lost: the second one is refused.
    [Theory]
    [InlineData(0, true)]
    [InlineData(3, false)]
    public async Task Refusal_to_create_tasks_that_are_there_is_no_error(int status, bool areThere)
    {
        using var cloud = Connect(Links);
        string shards = Instance("0", """{"ReplicaSetId":"cmgo-p8vnipr5_0"}""");
        string done = $$$"""
            {"Response":{"TotalCount":1,"Tasks":[{"ReplicaSetId":"cmgo-p8vnipr5_0","Status":2,"Url":"{{{Valid}}}"}]}}
            """;
        string[] pages =
        [
            """{"Response":{"TotalCount":0,"Tasks":[]}}""", shards,
            """{"Response":{"Error":{"Code":"InvalidParameterValue","Message":"the task exists"}}}""",
            $$$"""
            {"Response":{"TotalCount":1,"Tasks":[{"ReplicaSetId":"cmgo-p8vnipr5_0","Status":{{{status}}}}]}}
            """,
            done,
        ];
        cloud.Network.Respond = (_, i) => TestNetwork.Response(200, pages[i]);

        var reading = await cloud.ReadAsync(Links);

        if (areThere)
            Assert.Single(reading.AssertGood<MongoDbBackupLink>());
        else
            Assert.Contains("the task exists", reading.AssertFailed<ApiException>(ErrorKind.InvalidRequest).Message);
    }

    [Fact]
    public async Task Tasks_are_created_once_however_late_the_list_has_them()
    {
        using var cloud = Connect(Links);
        string none = """{"Response":{"TotalCount":0,"Tasks":[]}}""";
        string failed = """
            {"Response":{"TotalCount":1,"Tasks":[{"ReplicaSetId":"cmgo-p8vnipr5_0","Status":3,
            "CreateTime":"2024-01-15 10:58:55"}]}}
            """;
        string done = $$$"""
            {"Response":{"TotalCount":1,"Tasks":[{"ReplicaSetId":"cmgo-p8vnipr5_0","Status":2,"Url":"{{{Valid}}}",
            "CreateTime":"2024-01-15 11:58:55"}]}}
            """;
        string second = done.Replace("_0", "_1");
        string both = done.Replace("]}}", "," + second[(second.IndexOf('[') + 1)..]);
        string shards = Instance(
            "1", """{"ReplicaSetId":"cmgo-p8vnipr5_0"},{"ReplicaSetId":"cmgo-p8vnipr5_1"}""");
        // A task of the second shard comes last; the first alone is not the backup.
        string[] pages = [none, shards, """{"Response":{}}""", none, failed, done, both];
        cloud.Network.Respond = (_, i) => TestNetwork.Response(200, pages[i]);

        var reading = await cloud.ReadAsync(Links);

        Assert.Equal(
            ["cmgo-p8vnipr5_0", "cmgo-p8vnipr5_1"],
            reading.AssertGood<MongoDbBackupLink>().Select(link => link.ReplicaSetId));
        Assert.Single(cloud.Network.Requests, request => request.Body.Contains("BackupSets"));
        Assert.Equal(pages.Length, cloud.Network.Requests.Count);
    }

    [Theory]
    [InlineData("""{"Response":{"TotalCount":0,"InstanceDetails":[]}}""")]
    [InlineData("""{"Response":{"TotalCount":1,"InstanceDetails":[{"InstanceId":"cmgo-p8vnipr5","ClusterType":1}]}}""")]
    public async Task Cluster_whose_shards_are_not_known_is_an_error(string instances)
    {
        using var cloud = Connect(Links);
        string[] pages = ["""{"Response":{"TotalCount":0,"Tasks":[]}}""", instances];
        cloud.Network.Respond = (_, i) => TestNetwork.Response(200, pages[i]);

        (await cloud.ReadAsync(Links)).AssertFailed<ApiException>(
            ErrorKind.InvalidResponse);
    }

    [Theory]
    [InlineData("0", "", true)]
    [InlineData("1", "", false)]
    [InlineData("0", "3", false)]
    public async Task Files_of_an_instance_that_is_not_in_the_list_any_more_are_served_from_the_first_on(
        string shard, string second, bool isServed)
    {
        using var cloud = Connect(Links);
        string failed = second.Length == 0
            ? "" : $$""",{"ReplicaSetId":"cmgo-p8vnipr5_{{second}}","Status":3,"CreateTime":"2024-01-15 10:58:55"}""";
        string[] pages =
        [
            $$$"""
            {"Response":{"TotalCount":1,"Tasks":[{"ReplicaSetId":"cmgo-p8vnipr5_{{{shard}}}","Status":2,
            "Url":"{{{Valid}}}"}{{{failed}}}]}}
            """,
            """{"Response":{"TotalCount":0,"InstanceDetails":[]}}""",
        ];
        cloud.Network.Respond = (_, i) => TestNetwork.Response(200, pages[i]);

        var reading = await cloud.ReadAsync(Links);

        if (isServed)
            Assert.Single(reading.AssertGood<MongoDbBackupLink>());
        else
            reading.AssertFailed<ApiException>(ErrorKind.InvalidResponse);
    }

    [Fact]
    public async Task Failure_of_now_is_told()
    {
        string time = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss");
        var (reading, cloud) = await SendAsync(Links, $$$"""
            {"Response":{"TotalCount":1,
            "Tasks":[{"ReplicaSetId":"cmgo-p8vnipr5_0","Status":3,"CreateTime":"{{{time}}}"}]}}
            """);

        Assert.Contains("request them again", reading.AssertFailed<ApiException>(ErrorKind.NotReady).Message);
        Assert.Single(cloud.Network.Requests);
    }

    [Fact]
    public async Task Snapshot_cannot_be_downloaded_and_sizes_are_in_kilobytes()
    {
        var (reading, _) = await SendAsync(RequestCase.Find("TencentCloud.MongoDb backups"), """
            {"Response":{"TotalCount":1,"BackupList":[{"BackupName":"b","BackupSize":50,"Status":2,"BackupMethod":3}]}}
            """);

        var backup = Assert.Single(reading.AssertGood<MongoDbBackup>());
        Assert.Equal(
            ("Snapshot", "Success", false, 51_200L),
            (backup.Method, backup.Status, backup.IsDownloadable, backup.Size!.Value));
        Assert.Equal("it is a snapshot, which has no file", backup.LinkObstacle);
    }

    [Fact]
    public async Task Backups_of_other_methods_are_listed_where_the_list_is_of_logical_ones()
    {
        var request = RequestCase.Find("TencentCloud.MongoDb backups");
        using var cloud = Connect(request);
        string[] entries = ["l\",\"BackupMethod\":0", "p\",\"BackupMethod\":1", "s\",\"BackupMethod\":3"];
        cloud.Network.Respond = (_, i) => TestNetwork.Response(
            200, $$$"""{"Response":{"TotalCount":1,"BackupList":[{"Status":2,"BackupName":"{{{entries[i]}}}}]}}""");

        var backups = (await cloud.ReadAsync(request)).AssertGood<MongoDbBackup>();

        Assert.Equal(
            [("l", "Logical", true), ("p", "Physical", true), ("s", "Snapshot", false)],
            backups.Select(backup => (backup.BackupId, backup.Method!, backup.IsDownloadable)));
        Assert.Equal(
            [null, "1", "3"],
            cloud.Network.Requests.Select(
                sent => CloudSample.Read(sent).TryGetValue("BackupMethod", out string? method) ? method : null));
    }

    [Theory]
    [InlineData(
        "a list that has all", """{"BackupName":"a","BackupMethod":0},{"BackupName":"b","BackupMethod":1}""", 2, 1)]
    [InlineData("a list without methods", """{"BackupName":"a"}""", 1, 1)]
    [InlineData("nothing", "", 0, 3)]
    [InlineData("a service that does not know the parameter", """{"BackupName":"a","BackupMethod":0}""", 1, 3)]
    public async Task List_that_has_all_methods_is_requested_once(string what, string entries, int count, int requests)
    {
        var (reading, cloud) = await SendAsync(
            RequestCase.Find("TencentCloud.MongoDb backups"),
            $$$"""{"Response":{"TotalCount":{{{count}}},"BackupList":[{{{entries}}}]}}""");

        Assert.Equal(count, reading.AssertGood<MongoDbBackup>().Count);
        Assert.True(requests == cloud.Network.Requests.Count, what);
    }

    [Fact]
    public async Task Refusal_of_a_method_is_no_error()
    {
        var request = RequestCase.Find("TencentCloud.MongoDb backups");
        using var cloud = Connect(request);
        cloud.Network.Respond = (_, i) => TestNetwork.Response(
            200, i == 0 ? """{"Response":{"TotalCount":1,"BackupList":[{"BackupName":"a","BackupMethod":0}]}}"""
                : """{"Response":{"Error":{"Code":"InvalidParameterValue","Message":"no such method"}}}""");

        var reading = await cloud.ReadAsync(request);

        Assert.Single(reading.AssertGood<MongoDbBackup>());
        Assert.Equal(3, cloud.Network.Requests.Count);
    }

    private static string Instance(string type, string shards) => $$$"""
        {"Response":{"TotalCount":1,"InstanceDetails":[{"InstanceId":"cmgo-p8vnipr5","ClusterType":{{{type}}},
        "ReplicaSets":[{{{shards}}}]}]}}
        """;
}
