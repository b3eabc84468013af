using System;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Providers;
using BackupLinks.TencentCloud.PostgreSql;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.TencentCloud;

/// <summary>PostgreSQL of Tencent Cloud. The rest is true of every service.</summary>
public sealed class PostgreSqlTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private const string InstanceId = "postgres-oamgybor";
    private const string BackupId = "88d3a71e-b822-5728-9d41-d8cfc0d0556e";

    [Fact]
    public async Task Page_DescribeBackupDownloadURL_is_the_address_of_a_base_backup()
    {
        const string Address = "https://postgres-backup-gz-1250000000.cos.ap-guangzhou.myqcloud.com/pgsql/x"
            + "?q-sign-algorithm=sha1&q-sign-time=1705309200%3B1705352400&q-signature=1a";
        var (reading, cloud) = await SendAsync(RequestCase.Find("TencentCloud.PostgreSql BackupLink"), $$$"""
            {"Response":{"BackupDownloadURL":"{{{Address}}}","RequestId":"7c4e"}}
            """);

        var link = Assert.Single(reading.AssertGood<PostgreSqlBackupLink>());
        Assert.Equal(("x", DateTimeOffset.FromUnixTimeSeconds(1705352400)), (link.FileName, link.ExpiresAt));
        Assert.Equal(
            $$"""{"DBInstanceId":"{{InstanceId}}","BackupType":"BaseBackup","BackupId":"{{BackupId}}"}""",
            Assert.Single(cloud.Network.Requests).Body);
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(90, 2)]
    [InlineData(36 * 60, 36)]
    public async Task Lifetime_is_requested_in_whole_hours(int minutes, int hours)
    {
        var request = RequestCase.Find("TencentCloud.PostgreSql BackupLink");
        using var cloud = Connect(request);

        var options = new LinkOptions { ValidFor = TimeSpan.FromMinutes(minutes) };
        var link = Assert.Single((await cloud.ReadAsync(
            PostgreSqlService.Instance.Links(request.SampleIds, options))).AssertGood<PostgreSqlBackupLink>());

        Assert.Equal(hours, link.ValidHours);
        Assert.InRange(
            link.ExpiresAt!.Value - DateTimeOffset.UtcNow, TimeSpan.FromHours(hours - 1), TimeSpan.FromHours(hours));
        Assert.Contains($"\"URLExpireTime\":{hours}}}", Assert.Single(cloud.Network.Requests).Body);
    }

    // Without a bound, the action lists those of seven days.
    [Fact]
    public async Task Backup_of_a_month_ago_is_in_the_list()
    {
        var request = RequestCase.Find("TencentCloud.PostgreSql backups");
        using var cloud = Connect(request);

        var backups = (await cloud.ReadAsync(request)).AssertGood<PostgreSqlBackup>();

        var old = Assert.Single(backups, backup => backup.Mode == "manual");
        Assert.True(old.BackupTime < DateTimeOffset.UtcNow.AddDays(-29));
        Assert.Equal(
            ("physical", "finished", true, 9_000L), (old.Method, old.Status, old.IsDownloadable, old.Size!.Value));
    }

    [Fact]
    public async Task Instance_without_backups_is_not_one_that_is_not_known()
    {
        var request = RequestCase.Find("TencentCloud.PostgreSql backups");
        using var cloud = Connect(request);
        cloud.Network.Respond = (_, i) => TestNetwork.Response(200, i == 0
            ? """{"Response":{"TotalCount":0,"BaseBackupSet":[]}}"""
            : """{"Response":{"TotalCount":1,"DBInstanceSet":[{"DBInstanceId":"postgres-oamgybor"}]}}""");

        Assert.Empty((await cloud.ReadAsync(request)).AssertGood<PostgreSqlBackup>());
        Assert.Equal(2, cloud.Network.Requests.Count);
    }

    [Fact]
    public async Task Log_is_linked_by_its_id_and_named_by_its_file()
    {
        var request = RequestCase.Find("TencentCloud.PostgreSql logs");
        using var cloud = Connect(request);

        var logs = (await cloud.ReadAsync(request)).AssertGood<PostgreSqlLog>();
        Assert.Equal(
            ("binlog/7fe9a6a1-1f2d-5d36-9f2b-05c21ee0a1f3", "ledger_000000010000000000000002.gz", "Binlog"),
            (logs[0].LogId, logs[0].Name, logs[0].Kind));

        var link = Assert.Single((await cloud.ReadAsync(
            PostgreSqlService.Instance.Links(
                new LinkIds(InstanceId, null, logs[1].LogId), new LinkOptions()))).AssertGood<PostgreSqlLogLink>());
        Assert.Equal("ledger_000000010000000000000001.gz", link.FileName);
        Assert.Contains("\"LogBackup\"", cloud.Network.Requests.Last().Body);
    }
}
