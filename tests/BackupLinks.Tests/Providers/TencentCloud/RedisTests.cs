using System;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Providers;
using BackupLinks.TencentCloud.Redis;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.TencentCloud;

/// <summary>
/// Redis of Tencent Cloud: the vendor's samples, states and shards. The rest is true of every service.
/// </summary>
public sealed class RedisTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private const string Address =
        "https://redis-database-backup-1250000000.cos.ap-chengdu.myqcloud.com/250/redis/1/data/2024-01-15/-9527208.rdb"
        + "?sign=q-sign-algorithm%3Dsha1%26q-ak%3DAK%26q-sign-time%3D1705309200%3B1705330860%26q-key-time%3D1705309200"
        + "%3B1705330860%26q-header-list%3D%26q-url-param-list%3D%26q-signature%3D28cc";

    private static readonly RequestCase Links = RequestCase.Find("TencentCloud.Redis BackupLink");
    private static readonly RequestCase Backups = RequestCase.Find("TencentCloud.Redis backups");

    [Fact]
    public async Task Page_DescribeBackupUrl_is_read_in_either_form()
    {
        string files = $$"""
            "BackupInfos":[{"FileName":"9527208-4633789-redis-server-4.0.rdb","FileSize":1264547,
            "DownloadUrl":"{{Address}}","InnerDownloadUrl":"{{Address}}"}],
            """;
        foreach (string form in new[] { files, "", "\"BackupInfos\":[],", "\"BackupInfos\":null," })
        {
            var (reading, cloud) = await SendAsync(Links, $$$"""
                {"Response":{"RequestId":"d1b6",{{{form}}}
                "DownloadUrl":["{{{Address}}}"],"InnerDownloadUrl":["{{{Address}}}"],
                "Filenames":["9527208-4633789-redis-server-4.0.rdb"]}}
                """);

            var link = Assert.Single(reading.AssertGood<RedisBackupLink>());
            Assert.Equal(
                ("9527208-4633789-redis-server-4.0.rdb", form == files ? 1264547L : null, Address),
                (link.FileName, link.Size, link.Uri.OriginalString));
            Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1705330860), link.ExpiresAt);
            Assert.Equal(
                """{"InstanceId":"crs-5a4py64p","BackupId":"678362566-696298532-848117"}""",
                Assert.Single(cloud.Network.Requests).Body);
        }
    }

    [Fact]
    public async Task Size_of_0_is_not_known()
    {
        var (reading, _) = await SendAsync(
            Links,
            $$$"""{"Response":{"BackupInfos":[{"FileName":"a.rdb","FileSize":0,"DownloadUrl":"{{{Address}}}"}]}}""");

        Assert.Null(Assert.Single(reading.AssertGood<RedisBackupLink>()).Size);
    }

    [Fact]
    public async Task Page_DescribeInstanceBackups_has_times_of_Beijing_and_no_size()
    {
        var (reading, cloud) = await SendAsync(Backups, Page("2", "2024-01-22 02:00:48"));

        var backup = Assert.Single(reading.AssertGood<RedisBackup>());
        Assert.Equal(
            ("165706342-5832225-1641692389", "Automatic", "Normal", true, "RDB-Redis 6.2", "ap-guangzhou"),
            (backup.BackupId, backup.Mode, backup.Status, backup.IsDownloadable, backup.FileType, backup.Region));
        Assert.Equal(new DateTimeOffset(2024, 1, 15, 2, 0, 48, TimeSpan.FromHours(8)), backup.StartTime);
        Assert.Equal(new DateTimeOffset(2024, 1, 15, 2, 1, 9, TimeSpan.FromHours(8)), backup.EndTime);
        Assert.Null(backup.Size);
        // The action returns only normal ones unless all states are named.
        Assert.Contains("\"Status\":[1,2,3,4,-1]", cloud.Network.Requests[0].Body);
    }

    [Theory]
    [InlineData("1", "2100-01-01 00:00:00", "Locked", false, false)]
    [InlineData("3", "2100-01-01 00:00:00", "Exporting", true, false)]
    [InlineData("4", "2100-01-01 00:00:00", "Exported", true, false)]
    [InlineData("-1", "2024-01-22 02:00:48", "Expired", false, false)]
    [InlineData("-1", "2100-01-01 00:00:00", "Failed", false, true)]
    [InlineData("9", "2100-01-01 00:00:00", "9", false, false)]
    public async Task State_has_a_word_and_one_number_for_expired_and_failed(
        string number, string expiry, string word, bool isDownloadable, bool hasFailed)
    {
        var (reading, _) = await SendAsync(Backups, Page(number, expiry));

        var backup = Assert.Single(reading.AssertGood<RedisBackup>());
        Assert.Equal(
            (word, isDownloadable, hasFailed), (backup.Status, backup.IsDownloadable, ((IBackup)backup).HasFailed));
    }

    [Fact]
    public async Task Backup_of_a_cluster_has_a_file_for_each_shard()
    {
        using var cloud = Connect(Links);

        var links = (await cloud.ReadAsync(
            RedisService.Instance.Links(new LinkIds("crs-cluster01", "678362567-696298533-900000"), new LinkOptions())))
            .AssertGood<RedisBackupLink>();

        Assert.Equal(
            [("likes-0.rdb", 4_000L), ("likes-1.rdb", 4_001L), ("likes-2.rdb", 4_002L)],
            links.Select(link => (link.FileName, link.Size!.Value)));
    }

    [Fact]
    public async Task Offset_is_a_multiple_of_the_limit_though_an_entry_repeats()
    {
        using var cloud = Connect(Backups);
        string[] entries = [.. Enumerable.Range(0, 150).Select(i => $$"""{"BackupId":"{{(i == 7 ? 6 : i)}}"}""")];
        cloud.Network.Respond = (_, i) => TestNetwork.Response(
            200,
            """{"Response":{"TotalCount":150,"BackupSet":["""
                + string.Join(',', entries.Skip(i * 100).Take(100)) + "]}}");

        var reading = await cloud.ReadAsync(Backups);

        Assert.Equal(149, reading.AssertGood<RedisBackup>().Count);
        Assert.Equal(
            [null, "100"],
            cloud.Network.Requests.Select(
                request => CloudSample.Read(request).TryGetValue("Offset", out string? offset) ? offset : null));
    }

    [Fact]
    public async Task Backup_in_a_state_that_does_not_permit_it_is_a_conflict()
    {
        using var cloud = Connect(Links);

        var reading = await cloud.ReadAsync(
            RedisService.Instance.Links(new LinkIds("crs-5a4py64p", "678362566-696298532-848119"), new LinkOptions()));

        reading.AssertFailed<ApiException>(ErrorKind.Conflict);
    }

    [Fact]
    public async Task Instance_is_typed()
    {
        var request = RequestCase.Find("TencentCloud.Redis instance");
        using var cloud = Connect(request);

        var instance = Assert.Single((await cloud.ReadAsync(request)).AssertGood<RedisInstance>());

        Assert.Equal(
            ("prod-carts", "Redis", "6.2.10", "Running", "standalone", "ap-guangzhou"),
            (instance.Name, instance.Engine, instance.EngineVersion, instance.Status, instance.Type, instance.Region));
        Assert.Equal(
            (1L, 1L << 30, "10.0.0.8", 6379),
            (instance.ShardCount, instance.Memory, instance.Address, instance.Port));
    }

    private static string Page(string status, string expiry) => $$$"""
        {"Response":{"TotalCount":1,"RequestId":"66bb","BackupSet":[{"BackupId":"165706342-5832225-1641692389",
        "BackupType":"1","Status":{{{status}}},"StartTime":"2024-01-15 02:00:48","EndTime":"2024-01-15 02:01:09",
        "ExpireTime":"{{{expiry}}}","FileType":"RDB-Redis 6.2","BackupSize":537,"FullBackup":0,"Encrypted":false,
        "Locked":0,"Remark":"","InstanceId":"crs-example1","InstanceName":"cache","InstanceType":16,
        "Region":"ap-guangzhou"}]}}
        """;
}
