using System;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Providers;
using BackupLinks.TencentCloud.MariaDb;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.TencentCloud;

/// <summary>MariaDB of Tencent Cloud: keys that are one segment of an address.</summary>
public sealed class MariaDbTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private static readonly RequestCase Links = RequestCase.Find("TencentCloud.MariaDb BackupLink");

    [Fact]
    public async Task Page_DescribeFileDownloadUrl_stays_byte_for_byte_and_its_file_has_the_last_part_of_the_key()
    {
        const string Address = "https://tdsql-backup-1250000000.cos.ap-guangzhou.myqcloud.com/cos_backup%2ftdsql"
            + "%2fset_1%2fx%2b1.lz4?sign=q-sign-algorithm%3dsha1%26q-sign-time%3d1705309200%3b1705310100"
            + "%26q-signature%3dde7d";
        var (reading, cloud) = await SendAsync(
            Links, $$$"""{"Response":{"PreSignedUrl":"{{{Address}}}","RequestId":"7212"}}""");

        var link = Assert.Single(reading.AssertGood<MariaDbBackupLink>());
        Assert.Equal(
            (Address, "x+1.lz4", DateTimeOffset.FromUnixTimeSeconds(1705310100)),
            (link.Uri.OriginalString, link.FileName, link.ExpiresAt));
        Assert.Equal(Links.SampleIds.BackupId, CloudSample.Read(Assert.Single(cloud.Network.Requests))["FilePath"]);
    }

    [Fact]
    public async Task Logs_of_three_kinds_are_listed_and_linked()
    {
        using var cloud = Connect(Links);
        var instance = new InstanceReference("tdsql-ow728lmc", null);

        var logs = (await cloud.ReadAsync(
            MariaDbService.Instance.Logs(instance, new LogFilter()))).AssertGood<MariaDbLog>();

        Assert.Equal(["Binlog", "Error", "Slow"], logs.Select(log => log.Kind));
        foreach (var log in logs)
        {
            var link = Assert.Single((await cloud.ReadAsync(
                MariaDbService.Instance.Links(
                    new LinkIds(instance.Id, null, log.LogId), new LinkOptions()))).AssertGood<MariaDbLogLink>());
            Assert.Equal((log.Name, log.LogId), (link.FileName, link.LogId));
            Assert.Contains("%2f", link.Uri.OriginalString);
        }
    }
}
