using System;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.AlibabaCloud.Rds;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Providers;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.AlibabaCloud;

/// <summary>Logs of RDS of Alibaba Cloud: three actions, hosts, and links that are looked for in lists.</summary>
public sealed class RdsLogTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private const string MySql = "rm-uf6wjk5xxxxxxx";
    private const string SqlServer = "rm-bp1sqlserver0001";

    // The sample of the page.
    private const string Link = "http://rdslog-sh.oss-cn-shanghai.aliyuncs.com/" + File;
    private const string IntranetLink = "http://rdslog-sh.oss-cn-shanghai-internal.aliyuncs.com/" + File;
    private const string File =
        "custins2/hins2_mysql-bin.000217.tar?OSSAccessKeyId=AK&Expires=1705309200&Signature=x%3D";

    private const string Page = $$$"""
        {"RequestId":"1A6D","PageNumber":1,"PageRecordCount":1,"TotalRecordCount":1,"TotalFileSize":534953,
        "Items":{"BinLogFile":[{"LogFileName":"mysql-bin.000217","FileSize":534953,"Checksum":"11844780000000000000",
        "HostInstanceID":"5422964","RemoteStatus":"Completed","LogBeginTime":"2024-01-15T00:00:00Z",
        "LogEndTime":"2024-01-15T04:00Z","LinkExpiredTime":"2024-01-15T09:00:00Z",
        "DownloadLink":"{{{Link}}}",
        "IntranetDownloadLink":"{{{IntranetLink}}}"}]}}
        """;

    private const string Id = "binlog/2024-01-15T00:00:00Z/5422964/mysql-bin.000217";

    private static readonly RequestCase Links = RequestCase.Find("AlibabaCloud.Rds LogLink Binlog");

    [Fact]
    public async Task Page_DescribeBinlogFiles_is_a_log_and_its_link()
    {
        using var cloud = Connect(Links);
        cloud.Network.RespondWith(Page);

        var log = Assert.Single(await ListAsync(cloud, MySql, LogKind.Binlog));
        var link = Assert.Single(await LinkAsync(cloud, MySql, Id));

        Assert.Equal((Id, "Binlog", "mysql-bin.000217"), (log.LogId, log.Kind, log.Name));
        Assert.Equal(("Completed", true, 534_953L, "5422964"), (log.Status, log.IsDownloadable, log.Size, log.NodeId));
        Assert.Equal(
            (new DateTime(2024, 1, 15), TimeSpan.FromHours(4)), (log.Date!.Value, log.EndTime - log.StartTime));
        // The name of the address says how the log is packed.
        Assert.Equal(
            ("hins2_mysql-bin.000217.tar", "mysql-bin.000217", 534_953L), (link.FileName, link.LogName, link.Size));
        Assert.Equal(new DateTimeOffset(2024, 1, 15, 9, 0, 0, TimeSpan.Zero), link.ExpiresAt);
        Assert.Equal(
            ("11844780000000000000", "5422964", "Public", "Log"),
            (link.Checksum, link.NodeId, link.Network, link.BackupKind));
        Assert.StartsWith("https://rdslog-sh.oss-cn-shanghai.aliyuncs.com/custins2/", link.Uri.OriginalString);
    }

    [Fact]
    public async Task Id_bounds_the_list_that_its_log_is_looked_for_in()
    {
        using var cloud = Connect(Links);
        cloud.Network.RespondWith(Page);

        await LinkAsync(cloud, MySql, Id);

        var query = CloudSample.Read(Assert.Single(cloud.Network.Requests).Address);
        Assert.Equal(("2024-01-14T23:58:00Z", "2024-01-15T00:02:00Z"), (query["StartTime"], query["EndTime"]));
    }

    [Fact]
    public async Task Log_of_a_wrong_time_and_a_name_alone_are_looked_for_everywhere()
    {
        using var cloud = Connect(Links);
        foreach (string id in new[] { "binlog/2019-01-01T00:00:00Z/5422965/mysql-bin.000301", "mysql-bin.000301" })
        {
            var links = await LinkAsync(cloud, MySql, id);

            Assert.All(links, link => Assert.Equal((id, "mysql-bin.000301"), (link.LogId, link.LogName)));
            Assert.Equal(id.Contains('/') ? ["5422965"] : ["5422964", "5422965"], links.Select(link => link.NodeId));
            Assert.Equal(links.Length, links.Select(link => link.FileName).Distinct().Count());
        }
    }

    [Fact]
    public async Task Log_of_a_server_that_began_to_count_again_is_the_one_of_its_time()
    {
        using var cloud = Connect(Links);
        string entry = Page[(Page.IndexOf('[') + 1)..Page.LastIndexOf(']')];
        cloud.Network.RespondWith(
            Page.Replace(entry, entry.Replace("T00:00:00Z", "T00:01:00Z").Replace("hins2", "hins3") + "," + entry));

        Assert.Equal("hins2_mysql-bin.000217.tar", Assert.Single(await LinkAsync(cloud, MySql, Id)).FileName);
    }

    [Fact]
    public async Task Hosts_have_files_of_the_same_name_and_Latest_is_the_newest_of_each()
    {
        using var cloud = Connect(Links);

        var all = await ListAsync(cloud, MySql, LogKind.Binlog);
        var latest = await ListAsync(cloud, MySql, new LogFilter { Kinds = [LogKind.Binlog], Latest = true });

        Assert.Equal(all.Length, all.Select(log => log.LogId).Distinct().Count());
        Assert.Equal(2, all.Count(log => log.Name == "mysql-bin.000300"));
        // That of the next number is being uploaded.
        var next = all.Single(log => log.Name == "mysql-bin.000303");
        Assert.Equal((false, null), (next.IsDownloadable, next.LinkObstacle));
        Assert.All(all.Except([next]), log => Assert.Equal((true, null), (log.IsDownloadable, log.LinkObstacle)));
        Assert.Equal(
            [("5422964", "mysql-bin.000302"), ("5422965", "mysql-bin.000302")],
            latest.Select(log => (log.NodeId!, log.Name!)));
    }

    [Fact]
    public async Task Log_backups_of_SQL_Server_have_the_name_of_their_address()
    {
        using var cloud = Connect(Links);

        var logs = await ListAsync(cloud, SqlServer, LogKind.Binlog);
        var link = Assert.Single(await LinkAsync(cloud, SqlServer, logs[0].LogId));

        Assert.Equal(["sales_log_1.zip", "sales_log_2.zip"], logs.Select(log => log.Name));
        Assert.All(logs, log => Assert.Matches("^logbackup/[0-9T:-]+Z/sales_log_[12].zip$", log.LogId));
        Assert.All(logs, log => Assert.True(log.IsDownloadable));
        Assert.Equal(("sales_log_1.zip", 900L), (link.FileName, link.Size));
    }

    [Fact]
    public async Task Instance_of_SQL_Server_without_log_backups_has_none_and_no_error()
    {
        using var cloud = Connect(Links);
        cloud.Network.Respond = (_, i) => i == 0
            ? TestNetwork.Response(400, """{"Code":"EngineNotSupported","Message":"no"}""")
            : TestNetwork.Response(200, """{"TotalRecordCount":0,"Items":{}}""");

        Assert.Empty(await ListAsync(cloud, SqlServer, LogKind.Binlog));
        Assert.Equal(2, cloud.Network.Requests.Count);
    }

    // The list of instances, which has the engine, has no bounds.
    [Theory]
    [InlineData("InvalidEndTime.Malformed", "MySQL", true)]
    [InlineData("MissingParameter", "MySQL", true)]
    [InlineData("MissingParameter", "SQLServer", false)]
    [InlineData("IncorrectDBInstanceType", "MySQL", false)]
    [InlineData("OperationDenied.DBInstanceStatus", "MySQL", true)]
    public async Task Refusal_of_the_list_of_the_engine_is_not_an_empty_list(string code, string engine, bool isError)
    {
        using var cloud = Connect(Links);
        cloud.Network.Respond = (address, i) => i == 0
            ? TestNetwork.Response(400, $$"""{"Code":"{{code}}","Message":"no"}""")
            : TestNetwork.Response(200, CloudSample.Read(address).ContainsKey("StartTime")
                ? """{"TotalRecordCount":0,"Items":{}}"""
                : $$$"""{"Items":{"DBInstance":[{"DBInstanceId":"{{{MySql}}}","Engine":"{{{engine}}}"}]}}""");

        var reading = await ReadLogsAsync(cloud, MySql, new LogFilter { Kinds = [LogKind.Binlog] });

        Assert.Empty(reading.Results);
        Assert.Equal(isError ? code : null, ((ApiException?)reading.Failure)?.ErrorCode);
    }

    [Fact]
    public async Task Refusal_of_every_action_is_the_first_one()
    {
        using var cloud = Connect(Links);
        cloud.Network.Respond = (_, i) =>
            TestNetwork.Response(400, $$"""{"Code":"InvalidStartTime.{{i}}","Message":"no"}""");

        var reading = await ReadLogsAsync(cloud, MySql, new LogFilter());

        Assert.Equal("InvalidStartTime.0", reading.AssertFailed<ApiException>(ErrorKind.InvalidRequest).ErrorCode);
    }

    [Fact]
    public async Task Files_that_were_exported_from_the_audit_are_logs_of_their_own_kind()
    {
        using var cloud = Connect(Links);

        var log = Assert.Single(await ListAsync(cloud, MySql, LogKind.Audit));
        var link = Assert.Single(await LinkAsync(cloud, MySql, log.LogId));

        Assert.Equal(("Audit", "custins2_20240115.csv", "Success"), (log.Kind, log.Name, log.Status));
        Assert.Equal(("custins2_20240115.csv", 700L), (link.FileName, link.Size));
        // The list has no address inside the network.
        var intranet = await cloud.ReadAsync(
            RdsService.Instance.Links(new LinkIds(MySql, null, log.LogId), new LinkOptions { IsIntranet = true }));
        Assert.Contains("no intranet address", Assert.Single(intranet.Problems).Message);
    }

    [Fact]
    public async Task Address_that_is_the_word_NULL_is_none()
    {
        using var cloud = Connect(Links);
        cloud.Network.RespondWith(Page.Replace(Link, "NULL").Replace(IntranetLink, "NULL"));

        Assert.Contains(
            "the list has no address for it",
            Assert.Single(await ListAsync(cloud, MySql, LogKind.Binlog)).LinkObstacle);
        var reading = await ReadLinksAsync(cloud, MySql, Id);
        Assert.Contains("has none for a log that is being uploaded", Assert.Single(reading.Problems).Message);
    }

    [Fact]
    public async Task Days_of_the_filter_bound_the_list_with_a_day_more_at_each_end()
    {
        using var cloud = Connect(Links);
        cloud.Network.RespondWith("""{"TotalRecordCount":0,"Items":{"BinLogFile":[]}}""");

        await ListAsync(cloud, MySql, new LogFilter
        {
            Kinds = [LogKind.Binlog], Since = new DateTime(2026, 3, 1), Until = new DateTime(2026, 3, 2),
        });

        var query = CloudSample.Read(cloud.Network.Requests[0].Address);
        Assert.Equal(("2026-02-28T00:00:00Z", "2026-03-04T00:00:00Z"), (query["StartTime"], query["EndTime"]));
    }

    private static Task<Reading> ReadLogsAsync(CloudUnderTest cloud, string instance, LogFilter filter) =>
        cloud.ReadAsync(RdsService.Instance.Logs(new InstanceReference(instance, null), filter));

    private static async Task<RdsLog[]> ListAsync(CloudUnderTest cloud, string instance, LogFilter filter) =>
        [.. (await ReadLogsAsync(cloud, instance, filter)).AssertGood<RdsLog>()];

    private static Task<RdsLog[]> ListAsync(CloudUnderTest cloud, string instance, LogKind kind) =>
        ListAsync(cloud, instance, new LogFilter { Kinds = [kind] });

    private static Task<Reading> ReadLinksAsync(CloudUnderTest cloud, string instance, string id) =>
        cloud.ReadAsync(RdsService.Instance.Links(new LinkIds(instance, null, id), new LinkOptions()));

    private static async Task<RdsLogLink[]> LinkAsync(CloudUnderTest cloud, string instance, string id) =>
        [.. (await ReadLinksAsync(cloud, instance, id)).AssertGood<RdsLogLink>()];
}
