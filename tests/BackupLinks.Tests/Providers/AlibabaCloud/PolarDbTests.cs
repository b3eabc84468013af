using System;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.AlibabaCloud.PolarDb;
using BackupLinks.Discovery;
using BackupLinks.Providers;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.AlibabaCloud;

/// <summary>PolarDB of Alibaba Cloud: its pages and its fields. The rest is true of every service.</summary>
public sealed class PolarDbTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    // The sample of the page, with a key.
    private const string Page = """
        {"TotalRecordCount":"1","PageRecordCount":"1","RequestId":"ADAC63DB","PageNumber":"1","Items":{"BackupLog":[{
        "BackupLogId":"1111111111","BackupLogName":"ib_logfile1","BackupLogSize":"1073741824",
        "IntranetDownloadLink":"http://b.oss-cn-hangzhou-internal.aliyuncs.com/1?Expires=1581669650&Signature=x%3D",
        "LinkExpiredTime":"2020-02-14T08:40:50Z","BackupLogStartTime":"2020-02-12T03:54:43Z",
        "BackupLogEndTime":"2020-02-12T03:55:31Z",
        "DownloadLink":"http://b.oss-cn-hangzhou.aliyuncs.com/1?Expires=1581669650&Signature=x%3D"}]}}
        """;

    private static readonly LinkIds Sample = PolarDbService.Instance.SampleIds;

    [Fact]
    public async Task Page_DescribeBackupLogs_is_a_log_and_its_link()
    {
        var (logs, listed) = await SendAsync(RequestCase.Find("AlibabaCloud.PolarDb logs"), Page);
        var (links, _) = await SendAsync(RequestCase.Find("AlibabaCloud.PolarDb LogLink"), Page);

        var log = Assert.Single(logs.AssertGood<PolarDbLog>());
        Assert.Equal(
            (PolarDbService.Instance.LogSamples[0].LogId, "Binlog", "ib_logfile1", 1_073_741_824L),
            (log.LogId, log.Kind, log.Name, log.Size));
        Assert.True(log.IsDownloadable);
        Assert.Equal(TimeSpan.FromSeconds(48), log.EndTime - log.StartTime);
        Assert.Matches(
            "^[0-9-]{10}T[0-9:]{5}Z$", CloudSample.Read(listed.Network.Requests[0].Address)["StartTime"]);
        var link = Assert.Single(links.AssertGood<PolarDbLogLink>());
        // The name is that of every log.
        Assert.Equal(("1111111111_ib_logfile1", 1_073_741_824L), (link.FileName, link.Size));
        Assert.Equal(new DateTimeOffset(2020, 2, 14, 8, 40, 50, TimeSpan.Zero), link.ExpiresAt);
        Assert.Equal("https", link.Uri.Scheme);
    }

    [Fact]
    public async Task Id_of_the_log_alone_finds_it()
    {
        using var cloud = Connect(RequestCase.Find("AlibabaCloud.PolarDb LogLink"));

        var links = (await cloud.ReadAsync(
            PolarDbService.Instance.Links(
                new LinkIds(Sample.InstanceId, null, "1111111110"), new LinkOptions()))).AssertGood<PolarDbLogLink>();

        Assert.Equal("1111111110", Assert.Single(links).LogId);
    }

    [Fact]
    public async Task Backup_is_a_snapshot_with_a_size()
    {
        var request = RequestCase.Find("AlibabaCloud.PolarDb backups");
        using var cloud = Connect(request);

        var backups = (await cloud.ReadAsync(request)).AssertGood<PolarDbBackup>();

        Assert.Equal([4_639_948_800L, 4_639_948_800L], backups.Select(backup => backup.Size));
        Assert.All(backups, backup => Assert.Contains("is a snapshot, which has no file", backup.LinkObstacle));
    }

    [Fact]
    public async Task Cluster_is_typed()
    {
        using var cloud = Connect(RequestCase.Find("AlibabaCloud.PolarDb instances"));

        var instance = Assert.Single((await cloud.ReadAsync(
            PolarDbService.Instance.Instances(new InstanceFilter()))).AssertGood<PolarDbInstance>());

        Assert.Equal(
            ("prod-ledger", "MySQL", "8.0", "Running", "Normal"),
            (instance.Name, instance.Engine, instance.EngineVersion, instance.Status, instance.Type));
        Assert.Equal(
            ("polar.mysql.x4.large", 2L, "cn-hangzhou", "cn-hangzhou-i"),
            (instance.NodeClass, instance.NodeCount, instance.Region, instance.ZoneId));
    }
}
