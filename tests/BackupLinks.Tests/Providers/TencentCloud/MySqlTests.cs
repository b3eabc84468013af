using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Providers;
using BackupLinks.TencentCloud.MySql;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.TencentCloud;

/// <summary>MySQL of Tencent Cloud: the vendor's samples, logs and hashes. The rest is true of every service.</summary>
public sealed class MySqlTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private const string Md5 = "9e107d9d372bb6826bd81d3542a419d6";
    private const string Internet = "http://mysql-1250000000.cos.ap-guangzhou.myqcloud.com/1/x%2Bb.xb"
        + "?q-sign-algorithm=sha1&q-ak=AK&q-sign-time=1705309200%3B1705352400&q-key-time=1705309200%3B1705352400"
        + "&q-header-list=host&q-url-param-list=&q-signature=1a";
    private const string Intranet = "https://mysql-1250000000.cos.ap-guangzhou.myqcloud.com/1/x%2Bb.xb"
        + "?q-sign-time=1705309200%3B1705352400&q-signature=2b";

    private const string Page = $$$"""
        {"Response":{"TotalCount":1,"RequestId":"6EF6","Items":[{"Name":"x_backup_20240115000134.xb","Size":2011345,
        "Date":"2024-01-15 00:01:34","StartTime":"2024-01-15 00:01:34","FinishTime":"2024-01-15 00:03:42",
        "BackupId":12445233,"Status":"SUCCESS","Type":"physical","Method":"full","Way":"automatic",
        "InternetUrl":"{{{Internet}}}",
        "IntranetUrl":"{{{Intranet}}}",
        "MD5":"{{{Md5}}}","EncryptionFlag":"off","CosStorageType":0,"Region":"ap-guangzhou","RemoteInfo":[],
        "InstanceId":"cdb-example1"}]}}
        """;

    private static readonly RequestCase Backups = RequestCase.Find("TencentCloud.MySql backups");
    private static readonly RequestCase Links = RequestCase.Find("TencentCloud.MySql BackupLink");

    [Fact]
    public async Task Page_DescribeBackups_is_read_with_all_of_its_fields()
    {
        var (reading, cloud) = await SendAsync(Backups, Page);

        var backup = Assert.Single(reading.AssertGood<MySqlBackup>());
        Assert.Equal(
            ("12445233", "full", "automatic", "physical", "SUCCESS", true, 2_011_345L),
            (backup.BackupId, backup.Type, backup.Mode, backup.Method, backup.Status, backup.IsDownloadable,
                backup.Size));
        Assert.Equal(
            ("x_backup_20240115000134.xb", "x_backup_20240115000134.xb", Md5, false, false),
            (backup.Name, backup.FileName, backup.Md5, backup.IsEncrypted, backup.IsArchived!.Value));
        Assert.Equal(new DateTimeOffset(2024, 1, 15, 0, 1, 34, TimeSpan.FromHours(8)), backup.BackupTime);
        Assert.Equal(new DateTimeOffset(2024, 1, 15, 0, 3, 42, TimeSpan.FromHours(8)), backup.EndTime);
        Assert.Equal("""{"InstanceId":"cdb-c1nl9rpv","Limit":100}""", Assert.Single(cloud.Network.Requests).Body);
    }

    [Fact]
    public async Task Address_is_in_the_list_of_backups_and_plain_http_of_the_store_becomes_https()
    {
        var (reading, _) = await SendAsync(Links, Page);

        var link = Assert.Single(reading.AssertGood<MySqlBackupLink>());
        Assert.StartsWith(
            "https://mysql-1250000000.cos.ap-guangzhou.myqcloud.com/1/x%2Bb.xb?q-sign-algorithm=sha1&",
            link.Uri.OriginalString);
        Assert.Equal(
            ("x_backup_20240115000134.xb", 2_011_345L, Md5, "Public"),
            (link.FileName, link.Size!.Value, link.ExpectedHash, link.Network));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1705352400), link.ExpiresAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("zz107d9d372bb6826bd81d3542a419d6")]
    public async Task Text_that_is_no_MD5_is_no_expected_hash(string text)
    {
        var (reading, _) = await SendAsync(Links, Page.Replace(Md5, text));

        Assert.Null(Assert.Single(reading.AssertGood<MySqlBackupLink>()).ExpectedHash);
    }

    [Fact]
    public async Task Encrypted_backup_says_so_and_where_its_key_is()
    {
        string page = Page.Replace("\"EncryptionFlag\":\"off\"", "\"EncryptionFlag\":\"on\"");
        var (backups, _) = await SendAsync(Backups, page);
        var (links, _) = await SendAsync(Links, page);

        Assert.True(Assert.Single(backups.AssertGood<MySqlBackup>()).IsEncrypted);
        Assert.True(Assert.IsType<MySqlBackupLink>(Assert.Single(links.Results)).IsEncrypted);
        Assert.Contains("DescribeBackupDecryptionKey", links.Remark);
    }

    [Fact]
    public async Task Backup_in_progress_has_no_end_and_a_snapshot_has_no_address()
    {
        using var cloud = Connect(Backups);

        var backups = (await cloud.ReadAsync(Backups)).AssertGood<MySqlBackup>();

        var running = Assert.Single(backups, backup => backup.Status == "RUNNING");
        Assert.Equal((null, false, false), (running.EndTime, running.IsDownloadable, ((IBackup)running).HasFailed));
        Assert.True(((IBackup)Assert.Single(backups, backup => backup.Status == "FAILED")).HasFailed);
        var (snapshot, _) = await SendAsync(Backups, """
            {"Response":{"TotalCount":1,"Items":[{"BackupId":1,"Status":"SUCCESS","InternetUrl":"","IntranetUrl":""}]}}
            """);
        var withoutAddress = Assert.Single(snapshot.AssertGood<MySqlBackup>());
        Assert.Equal(
            (false, "the list has no address of it, as of a snapshot"),
            (withoutAddress.IsDownloadable, withoutAddress.LinkObstacle));
        Assert.Null(running.LinkObstacle);
    }

    [Theory]
    [InlineData("FAILED")]
    [InlineData("RUNNING")]
    public async Task Backup_that_is_not_whole_has_no_link(string status)
    {
        var (reading, _) = await SendAsync(Links, Page.Replace("\"SUCCESS\"", $"\"{status}\""));

        Assert.Contains($"'{status}'", reading.AssertFailed<ApiException>(ErrorKind.InvalidRequest).Message);
    }

    [Fact]
    public async Task Backup_behind_the_first_page_is_found()
    {
        using var cloud = Connect(Links);
        string full = string.Join(',', Enumerable.Range(1, 100).Select(i => $$"""{"BackupId":{{i}}}"""));
        cloud.Network.Respond = (_, i) => TestNetwork.Response(
            200, i == 0 ? $$$"""{"Response":{"TotalCount":101,"Items":[{{{full}}}]}}""" : Page);

        var reading = await cloud.ReadAsync(Links);

        Assert.Single(reading.AssertGood<MySqlBackupLink>());
        Assert.Contains("\"Offset\":100", cloud.Network.Requests[1].Body);
    }

    [Fact]
    public async Task Logs_of_all_kinds_are_listed_and_chosen()
    {
        using var cloud = Connect(Links);

        var all = await ListAsync(cloud, new LogFilter());
        Assert.Equal(
            ["binlog/mysql-bin.000123", "binlog/mysql-bin.000122", "binlog/mysql-bin.000121",
            "slow/billing_slow_20240115.log", "audit/audit_20240115.csv", "audit/audit_20240116.csv"],
            all.Select(log => log.LogId));
        Assert.Equal(["Binlog", "Binlog", "Binlog", "Slow", "Audit", "Audit"], all.Select(log => log.Kind));
        Assert.All(
            all.Take(5), log => Assert.True(log is { IsDownloadable: true, Date: not null, Size: > 0 }, log.LogId));
        // It is being made.
        Assert.Equal(("creating", false), (all[5].Status, all[5].IsDownloadable));

        Assert.Equal(["Slow"], (await ListAsync(cloud, new LogFilter { Kinds = [LogKind.Slow] })).Select(
            log => log.Kind));
        Assert.Equal(
            ["audit_20240115.csv", "mysql-bin.000123", "billing_slow_20240115.log"],
            (await ListAsync(cloud, new LogFilter { Latest = true })).Select(log => log.Name));
        var day = all[1].Date!.Value;
        Assert.Equal(
            all.Where(log => log.Date == day && log.Kind == "Binlog").Select(log => log.LogId),
            (await ListAsync(cloud, new LogFilter { Kinds = [LogKind.Binlog], Since = day, Until = day })).Select(
                log => log.LogId));
        var parameters = CloudSample.Read(cloud.Network.Requests[^1]);
        Assert.Equal(
            ($"{day.AddDays(-1):yyyy-MM-dd} 00:00:00", $"{day.AddDays(2):yyyy-MM-dd} 00:00:00"),
            (parameters["MinStartTime"], parameters["MaxStartTime"]));
    }

    [Theory]
    [InlineData("BINLOG/mysql-bin.000122")]
    [InlineData("mysql-bin.000122")]
    public async Task Kind_of_a_log_is_in_any_case_and_may_be_omitted(string id)
    {
        using var cloud = Connect(Links);

        var link = Assert.Single((await cloud.ReadAsync(
            MySqlService.Instance.Links(new LinkIds("cdb-c1nl9rpv", null, id), new LinkOptions())))
            .AssertGood<MySqlLogLink>());

        Assert.Equal((id, "mysql-bin.000122"), (link.LogId, link.FileName));
    }

    // Its size is in KB, which is not that of the file.
    [Fact]
    public async Task File_of_the_audit_has_a_link_without_a_size_and_none_while_it_is_being_made()
    {
        using var cloud = Connect(Links);

        var link = Assert.Single((await ReadAsync("audit/audit_20240115.csv")).AssertGood<MySqlLogLink>());
        Assert.Null(link.Size);
        Assert.Contains(
            "'creating'",
            (await ReadAsync("audit/audit_20240116.csv")).AssertFailed<ApiException>(ErrorKind.InvalidRequest).Message);

        Task<Reading> ReadAsync(string id) => cloud.ReadAsync(
            MySqlService.Instance.Links(new LinkIds("cdb-c1nl9rpv", null, id), new LinkOptions()));
    }

    [Theory]
    [InlineData("OperationDenied.AuditStatusError", false)]
    [InlineData("OperationDenied.AuditStatusError", true)]
    [InlineData("UnauthorizedOperation", false)]
    [InlineData("UnauthorizedOperation", true)]
    [InlineData("OperationDenied.AuditPolicyNotExistError", false)]
    [InlineData("InternalError.AuditError", false)]
    [InlineData("InternalError.AuditError", true)]
    public async Task Instance_without_an_audit_has_its_other_logs_and_an_error_for_who_names_the_kind(
        string code, bool isNamed)
    {
        using var cloud = Connect(Links);
        string refusal = $$$$"""{"Response":{"Error":{"Code":"{{{{code}}}}","Message":"no audit"}}}""";
        string logs = """{"Response":{"TotalCount":1,"Items":[{"Name":"a","InternetUrl":"https://h.example/a"}]}}""";
        cloud.Network.Respond = (_, i) => TestNetwork.Response(200, isNamed || i == 2 ? refusal : logs);
        var filter = new LogFilter { Kinds = isNamed ? [LogKind.Audit] : [] };

        var reading = await cloud.ReadAsync(
            MySqlService.Instance.Logs(new InstanceReference("cdb-c1nl9rpv", null), filter));

        Assert.Equal(isNamed ? 0 : 2, reading.Results.Count);
        Assert.Equal(isNamed, reading.Failure is not null);
        Assert.Equal(isNamed ? 1 : 3, cloud.Network.Requests.Count);
    }

    [Fact]
    public async Task Instance_is_typed()
    {
        var request = RequestCase.Find("TencentCloud.MySql instance");
        using var cloud = Connect(request);

        var instance = Assert.Single((await cloud.ReadAsync(request)).AssertGood<MySqlInstance>());

        Assert.Equal(
            ("prod-billing", "MySQL", "8.0", "Running", "Master", "ap-guangzhou", "ap-guangzhou-3"),
            (instance.Name, instance.Engine, instance.EngineVersion, instance.Status, instance.Type, instance.Region,
                instance.Zone));
        Assert.Equal(("10.0.0.9", 3306), (instance.Address, instance.Port));
        Assert.Equal(
            """{"InstanceIds":["cdb-c1nl9rpv"],"Limit":100}""", Assert.Single(cloud.Network.Requests).Body);
    }

    private static async Task<IReadOnlyList<MySqlLog>> ListAsync(
        CloudUnderTest cloud, LogFilter filter) => (await cloud.ReadAsync(
            MySqlService.Instance.Logs(new InstanceReference("cdb-c1nl9rpv", null), filter))).AssertGood<MySqlLog>();
}
