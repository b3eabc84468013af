using System;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.GaussDb;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>GaussDB, by the examples of its pages and the models of the vendor's SDK.</summary>
public sealed class GaussDbTests(ConformanceSandbox sandbox) : HuaweiServiceTest(sandbox)
{
    private const string BackupPage = """
        {
            "backups": [
                {
                    "id": "a696cd25e4fc453aa503650225cece8bbr14",
                    "name": "GaussDB-hly-ha-20220509080110906",
                    "description": null,
                    "status": "FAILED",
                    "size": 0.0,
                    "type": "auto",
                    "datastore": {
                        "type": "GaussDB",
                        "version": "1.4"
                    },
                    "begin_time": "2022-05-09T16:01:10+0800",
                    "end_time": "2022-05-09T16:04:31+0800",
                    "instance_id": "164abc6d35114095bb849d007b19db3bin14"
                },
                {
                    "id": "5651c62a7f12461c98020dd3abfe24ccbr14",
                    "name": "GaussDB-hly-master-20220509022658257",
                    "description": null,
                    "status": "FAILED",
                    "size": 0.0,
                    "type": "auto",
                    "datastore": {
                        "type": "GaussDB",
                        "version": "1.4"
                    },
                    "begin_time": "2022-05-09T10:26:58+0800",
                    "end_time": "2022-05-09T10:30:17+0800",
                    "instance_id": "fd26e3bf26e5467587eec857e4f66ef0in14"
                }
            ],
            "total_count": 2
        }
        """;

    private static readonly InstanceReference Ha = new("164abc6d35114095bb849d007b19db3bin14", "hly-ha");

    private protected override BackupService Service => GaussDbService.Instance;

    [Fact]
    public async Task Page_Querying_DB_Instances()
    {
        Respond("""
            {
                "instances": [
                    {
                        "id": "b331ed66cc3249f78bc20737308c01f4in14",
                        "status": "ACTIVE",
                        "name": "gauss-9e88",
                        "port": 8000,
                        "type": "Enterprise",
                        "ha": { "consistency": "strong", "replication_mode": "sync" },
                    "region": "eu-de",
                    "region": "aaa",
                        "datastore": {
                            "type": "GaussDB",
                            "version": "1.3"
                        },
                        "created": "2021-01-15 01:46:40 UTC",
                        "updated": "2021-01-15 02:05:03 UTC",
                        "volume": { "type": "ULTRAHIGH", "size": 120 }
                    }
                ],
                "total_count": 1
            }
            """);

        var instance = Assert.IsType<GaussDbInstance>(Assert.Single(await ReadAsync(Service.Instances(new()))));

        Assert.Equal(("GET", "instances?limit=100"), LastRequest());
        Assert.Equal(("b331ed66cc3249f78bc20737308c01f4in14", "gauss-9e88", "ACTIVE"),
            (instance.InstanceId, instance.Name, instance.Status));
        Assert.Equal(("Enterprise", "GaussDB", "1.3", 8000),
            (instance.Type, instance.Engine, instance.EngineVersion, instance.Port));
        Assert.Equal(new DateTimeOffset(2021, 1, 15, 1, 46, 40, TimeSpan.Zero), instance.CreatedAt);
    }

    [Fact]
    public async Task Page_Querying_Backups()
    {
        Respond(BackupPage);

        var backups = await ReadAsync(Service.Backups(Ha, new()));

        Assert.Equal(("GET", $"backups?instance_id={Ha.Id}&limit=100"), LastRequest());
        Assert.Equal(2, backups.Count);
        var backup = Assert.IsType<GaussDbBackup>(backups[0]);
        Assert.Equal(("a696cd25e4fc453aa503650225cece8bbr14", "GaussDB-hly-ha-20220509080110906"),
            (backup.BackupId, backup.Name));
        Assert.Equal((Ha.Id, "hly-ha", "auto", "FAILED"),
            (backup.InstanceId, backup.InstanceName, backup.Type, backup.Status));
        Assert.Equal(new DateTimeOffset(2022, 5, 9, 8, 1, 10, TimeSpan.Zero), backup.StartTime);
        Assert.Equal((false, true), (backup.IsDownloadable, backups[0].HasFailed));
    }

    [Theory]
    [InlineData("0.0", null)]
    [InlineData("0", null)]
    [InlineData("2.5", 2_621_440L)]
    [InlineData("\"12\"", 12_582_912L)]
    [InlineData("null", null)]
    [InlineData("-1", null)]
    [InlineData("1e300", null)]
    public async Task Size_is_in_megabytes_and_0_is_not_empty(string wire, long? bytes)
    {
        Respond(BackupPage.Replace("\"size\": 0.0", "\"size\": " + wire));

        Assert.All(
            await ReadAsync(Service.Backups(Ha, new())), backup => Assert.Equal(bytes, ((GaussDbBackup)backup).Size));
    }

    [Fact]
    public async Task Times_are_sent_in_the_zone_of_the_page()
    {
        Respond(BackupPage);
        var filter = new BackupFilter
        {
            Types = ["AUTO"], Since = new DateTimeOffset(2022, 5, 9, 8, 15, 50, TimeSpan.Zero),
            Until = new DateTimeOffset(2022, 5, 9, 8, 20, 45, TimeSpan.Zero),
        };

        await ReadAsync(Service.Backups(Ha, filter));

        Assert.EndsWith(
            "&begin_time=2022-05-09T16%3A15%3A50%2B0800&end_time=2022-05-09T16%3A20%3A45%2B0800"
            + "&backup_type=auto&limit=100",
            LastRequest().Target);
    }

    [Fact]
    public async Task Links_are_those_of_the_files_and_have_no_size_in_bytes()
    {
        Respond("""
            {"files":[{"name":"b1.tar.gz","size":12,
            "download_link":"https://obs.example/b1.tar.gz?AWSAccessKeyId=AK&Expires=1705309200&Signature=x%3D",
            "link_expired_time":"2024-01-15T17:00:00+0800"}],"bucket":"gaussdb-bucket"}
            """);
        var details = new BackupDetails("hly-ha", null, 12 * 1024 * 1024);

        var link = Assert.IsType<GaussDbBackupFile>(Assert.Single(await ReadAsync(Service.Links(
            new LinkIds(Ha.Id, "a696cd25e4fc453aa503650225cece8bbr14"), new LinkOptions { Details = details }))));

        Assert.Equal(("GET", "backup-files?backup_id=a696cd25e4fc453aa503650225cece8bbr14"), LastRequest());
        Assert.Equal(("b1.tar.gz", "gaussdb-bucket", Ha.Id), (link.FileName, link.BucketName, link.InstanceId));
        // The list rounds the size of the backup to megabytes, and no page names the unit of that of the file.
        Assert.Equal((null, 12L), (link.Size, link.StatedSize));
        Assert.Equal(new DateTimeOffset(2024, 1, 15, 9, 0, 0, TimeSpan.Zero), link.ExpiresAt);
        Assert.Equal(details.BackupSize, link.BackupSize);
    }

    [Theory]
    [InlineData("DBS.201203", ErrorKind.NotFound)]
    [InlineData("DBS.280124", ErrorKind.NotFound)]
    [InlineData("DBS.200203", ErrorKind.NotFound)]
    [InlineData("DBS.216030", ErrorKind.NotFound)]
    [InlineData("DBS.201208", ErrorKind.Conflict)]
    [InlineData("DBS.216003", ErrorKind.AccessDenied)]
    [InlineData("DBS.200001", ErrorKind.InvalidRequest)]
    public async Task Refusal_with_status_400_is_told_by_its_code(string code, ErrorKind kind)
    {
        Respond($$"""{"error_code":"{{code}}","error_msg":"no"}""", 400);

        Assert.Equal(kind, (await FailAsync(Service.Links(new LinkIds(null, "b1"), new LinkOptions()))).Kind);
    }

    [Theory]
    [InlineData("cn-north-4", "https://gaussdb-opengauss.cn-north-4.myhuaweicloud.com/")]
    [InlineData("tr-west-1", "https://gaussdb.tr-west-1.myhuaweicloud.com/")]
    public void Host_of_a_region_is_that_of_the_vendors_table(string region, string host)
    {
        Assert.Equal(host, GaussDbService.Instance.Hosts.GetEndpoint(region).AbsoluteUri);
        Assert.True(GaussDbService.Instance.Hosts.OwnsHost(new Uri(host).Host));
    }
}
