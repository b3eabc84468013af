using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Discovery;
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
    public async Task Backup_in_progress_has_no_end()
    {
        using var cloud = Connect(Backups);

        var backups = (await cloud.ReadAsync(Backups)).AssertGood<MySqlBackup>();

        Assert.Null(Assert.Single(backups, backup => backup.Status == "RUNNING").EndTime);
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
    public async Task File_of_the_audit_has_a_link_without_a_size()
    {
        using var cloud = Connect(Links);

        var reading = await cloud.ReadAsync(RequestCase.Find("TencentCloud.MySql LogLink Audit"));

        Assert.Null(Assert.Single(reading.AssertGood<MySqlLogLink>()).Size);
    }

    [Theory]
    [InlineData("OperationDenied.AuditStatusError")]
    [InlineData("UnauthorizedOperation")]
    [InlineData("OperationDenied.AuditPolicyNotExistError")]
    [InlineData("InternalError.AuditError")]
    public async Task Instance_without_an_audit_has_its_other_logs_whatever_the_code_of_the_refusal_is(string code)
    {
        using var cloud = Connect(Links);
        string refusal = $$$$"""{"Response":{"Error":{"Code":"{{{{code}}}}","Message":"no audit"}}}""";
        cloud.Network.Respond = (_, i) => i == 2 ? TestNetwork.Response(200, refusal) : null;

        Assert.Equal(["Binlog", "Slow"], (await ListAsync(cloud, new LogFilter())).Select(log => log.Kind).Distinct());
        Assert.Equal(3, cloud.Network.Requests.Count);
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
