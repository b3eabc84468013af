using System;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.AlibabaCloud.Rds;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.AlibabaCloud;

/// <summary>RDS of Alibaba Cloud: its pages and its fields. The rest is true of every service.</summary>
public sealed class RdsTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    // The sample of the page.
    private const string Link = "http://rdsbak-sh.oss-cn-shanghai.aliyuncs.com/" + File;
    private const string IntranetLink = "http://rdsbak-sh.oss-cn-shanghai-internal.aliyuncs.com/" + File;
    private const string File =
        "custins2/hins2_data_20240115.tar.gz?OSSAccessKeyId=AK&Expires=1705309200&Signature=x%3D";

    private const string Page = $$$"""
        {"RequestId":"1A6D","PageNumber":"1","PageRecordCount":"1","TotalRecordCount":"1","TotalEcsSnapshotSize":0,
        "Items":{"Backup":[{"BackupId":"321020562","DBInstanceId":"rm-uf6example","BackupStatus":"Success",
        "BackupType":"FullBackup","BackupMode":"Automated","BackupMethod":"Physical","BackupSize":2167808,
        "Checksum":"1835830439000000000","BackupStartTime":"2024-01-15T01:00:00Z","BackupEndTime":"2024-01-15T01:12Z",
        "BackupDownloadURL":"{{{Link}}}",
        "BackupIntranetDownloadURL":"{{{IntranetLink}}}",
        "Encryption":"{}","StorageClass":"0","IsAvail":1}]}}
        """;

    private static readonly LinkIds Sample = RdsService.Instance.SampleIds with { LogId = null };

    [Fact]
    public async Task Page_DescribeBackups_is_a_backup_and_its_link()
    {
        var (backups, _) = await SendAsync(RequestCase.Find("AlibabaCloud.Rds backups"), Page);
        var (links, cloud) = await SendAsync(RequestCase.Find("AlibabaCloud.Rds BackupLink"), Page);

        var backup = Assert.Single(backups.AssertGood<RdsBackup>());
        Assert.Equal(
            ("321020562", "FullBackup", "Automated", "Physical", "Success", true, 2_167_808L),
            (backup.BackupId, backup.Type, backup.Mode, backup.Method, backup.Status, backup.IsDownloadable,
                backup.Size));
        Assert.Equal(new DateTimeOffset(2024, 1, 15, 1, 0, 0, TimeSpan.Zero), backup.BackupTime);
        Assert.Equal(TimeSpan.FromMinutes(12), backup.EndTime - backup.StartTime);
        Assert.Equal(("1835830439000000000", true, false), (backup.Checksum, !backup.IsEncrypted, backup.IsArchived));
        var link = Assert.Single(links.AssertGood<RdsBackupLink>());
        var (method, address, _) = Assert.Single(cloud.Network.Requests);
        Assert.Equal(("GET", "/"), (method, address.AbsolutePath));
        Assert.Equal($"?BackupId={Sample.BackupId}&DBInstanceId={Sample.InstanceId}", address.Query);
        Assert.Equal(("hins2_data_20240115.tar.gz", 2_167_808L), (link.FileName, link.Size));
        Assert.Equal(new DateTimeOffset(2024, 1, 15, 9, 0, 0, TimeSpan.Zero), link.ExpiresAt);
        Assert.Equal(("Public", "cn-hangzhou", false), (link.Network, link.Region, link.IsEncrypted));
        Assert.Equal("1835830439000000000", link.Checksum);
    }

    [Fact]
    public async Task Plain_http_address_of_the_store_is_requested_over_https_and_the_intranet_as_it_is()
    {
        var (reading, _) = await SendAsync(RequestCase.Find("AlibabaCloud.Rds BackupLink"), Page);
        Assert.StartsWith(
            "https://rdsbak-sh.oss-cn-shanghai.aliyuncs.com/custins2/hins2_data_20240115.tar.gz?OSSAccessKeyId=AK&",
            Assert.Single(reading.AssertGood<RdsBackupLink>()).Uri.OriginalString);

        using var cloud = Connect(RequestCase.Find("AlibabaCloud.Rds BackupLink"));
        cloud.Network.RespondWith(Page);
        var intranet = (await cloud.ReadAsync(RdsService.Instance.Links(Sample, new LinkOptions { IsIntranet = true })))
            .AssertGood<RdsBackupLink>();

        var link = Assert.Single(intranet);
        Assert.StartsWith("http://rdsbak-sh.oss-cn-shanghai-internal.aliyuncs.com/", link.Uri.OriginalString);
        Assert.Equal("Intranet", link.Network);
    }

    [Fact]
    public async Task Address_in_a_region_that_is_not_in_the_table_is_requested_over_https_too()
    {
        var (reading, _) = await SendAsync(
            RequestCase.Find("AlibabaCloud.Rds BackupLink"), Page.Replace("oss-cn-shanghai", "oss-cn-somewhere-9"));

        Assert.StartsWith(
            "https://rdsbak-sh.oss-cn-somewhere-9.aliyuncs.com/custins2/",
            Assert.Single(reading.AssertGood<RdsBackupLink>()).Uri.OriginalString);
    }

    [Fact]
    public async Task Backup_of_SQL_Server_has_a_link_for_each_database_and_none_for_the_whole()
    {
        using var cloud = Connect(RequestCase.Find("AlibabaCloud.Rds BackupLink"));

        var links = (await cloud.ReadAsync(
            RdsService.Instance.Links(
                new LinkIds("rm-bp1sqlserver0001", "321020570"),
                new LinkOptions { Details = new BackupDetails(BackupSize: 12_000) })))
            .AssertGood<RdsBackupLink>();

        Assert.Equal([("sales", "sales_db.zip"), ("hr", "hr_db.zip")],
            links.Select(link => (link.DatabaseName, link.FileName)));
        // Size and checksum are those of all files together.
        Assert.All(links, link => Assert.Equal((null, null), (link.Size, link.Checksum)));
    }

    [Fact]
    public async Task Snapshot_cannot_be_downloaded_and_its_error_says_why()
    {
        const string Body = """
            {"TotalRecordCount":"1","Items":{"Backup":[{"BackupId":"321020562","BackupStatus":"Success",
            "BackupMethod":"Snapshot"}]}}
            """;
        var (backups, _) = await SendAsync(RequestCase.Find("AlibabaCloud.Rds backups"), Body);
        var (links, _) = await SendAsync(RequestCase.Find("AlibabaCloud.Rds BackupLink"), Body);

        Assert.Contains(
            "is a snapshot, which has no file", Assert.Single(backups.AssertGood<RdsBackup>()).LinkObstacle);
        Assert.Contains("it has none for a snapshot", Assert.Single(links.Problems).Message);
    }

    [Theory]
    [InlineData(",\"IsAvail\":0", false)]
    [InlineData(",\"IsAvail\":\"0\"", false)]
    [InlineData(",\"IsAvail\":false", false)]
    [InlineData(",\"IsAvail\":true", true)]
    [InlineData("", true)]
    public async Task Backup_that_is_not_available_has_no_links(string member, bool isAvailable)
    {
        string page = Page.Replace(",\"IsAvail\":1", member);
        var (backups, _) = await SendAsync(RequestCase.Find("AlibabaCloud.Rds backups"), page);
        var (links, _) = await SendAsync(RequestCase.Find("AlibabaCloud.Rds BackupLink"), page);

        var backup = Assert.Single(backups.AssertGood<RdsBackup>());
        Assert.Equal((isAvailable, isAvailable), (backup.IsDownloadable, backup.LinkObstacle is null));
        Assert.Equal(isAvailable ? (1, 0) : (0, 1), (links.Results.Count, links.Problems.Count));
    }

    [Theory]
    [InlineData("""{"TotalRecordCount":"0","Items":{"Backup":[]}}""")]
    [InlineData("""{"TotalRecordCount":"0","Items":{}}""")]
    [InlineData("""{"TotalRecordCount":"0","Items":null}""")]
    public async Task Empty_list_has_three_shapes_and_has_no_such_backup(string body)
    {
        var (backups, _) = await SendAsync(RequestCase.Find("AlibabaCloud.Rds backups"), body);
        var (links, _) = await SendAsync(RequestCase.Find("AlibabaCloud.Rds BackupLink"), body);

        Assert.Empty(backups.AssertGood<RdsBackup>());
        Assert.Equal(ErrorKind.NotFound, Assert.Single(links.Problems).Kind);
    }

    [Fact]
    public async Task Instance_is_typed_and_its_region_is_that_of_the_list()
    {
        using var cloud = Connect(RequestCase.Find("AlibabaCloud.Rds instances"));

        var instances = (await cloud.ReadAsync(
            RdsService.Instance.Instances(new InstanceFilter { Engines = ["MySQL"] }))).AssertGood<RdsInstance>();

        var instance = Assert.Single(instances);
        Assert.Equal(
            ("prod-orders", "MySQL", "8.0", "Running", "Primary", "cn-hangzhou"),
            (instance.Name, instance.Engine, instance.EngineVersion, instance.Status, instance.Type, instance.Region));
        Assert.Equal(("local_ssd", "cn-hangzhou-b"), (instance.StorageType, instance.ZoneId));
        Assert.Contains("RegionId=cn-hangzhou", cloud.Network.Requests[0].Address.Query);
    }
}
