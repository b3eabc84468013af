using System;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.Dds;
using BackupLinks.Providers;
using BackupLinks.Sandbox.HuaweiCloud;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>The lists of DDS, by the examples of its pages.</summary>
public sealed class DdsListTests(ConformanceSandbox sandbox) : HuaweiServiceTest(sandbox)
{
    private static readonly InstanceReference Cluster = new("c0c9f155c7b7423a9d30f0175998b63bin02", null);

    private const string BackupPage = """
        {
         "backups": [
            {
                "id": "43e4feaab48f11e89039fa163ebaa7e4br01",
                "name": "backup-test",
                "instance_id": "43e4feaab48f11e89039fa163ebaa7e4br01",
                "instance_name": "cluster-test",
                "datastore" : {
                       "type" : "DDS-Community",
                       "version" : "4.0"
                },
                "type": "auto",
                "begin_time": "2018-08-06 12:41:14",
                "end_time": "2018-08-06 12:43:14",
                "status": "COMPLETED",
                "size": 2803,
                "description": "backup description"
             }
           ],
           "total_count":1
        }
        """;

    private protected override BackupService Service => DdsService.Instance;

    [Fact]
    public async Task Page_Querying_Instances_and_Details()
    {
        Respond("""
            {
                "instances": [
                    {
                        "id": "8436a91546294036b75931e879882200in02",
                        "name": "dds-efa6",
                        "status": "normal",
                        "port": "8635",
                        "mode": "ReplicaSet",
                        "region": "aaa",
                        "datastore": {
                            "type": "DDS-Community",
                            "version": "4.0"
                        },
                        "engine": "wiredTiger",
                        "created": "2019-01-17T07:05:52",
                        "updated": "2019-01-17T07:05:47",
                        "pay_mode": "0",
                        "groups": [{ "type": "replica", "volume": { "size": "10", "used": "0.33" }, "nodes": [] }],
                        "time_zone": "",
                        "actions": [ "CREATE" ]
                    }
                ],
                "total_count": 1
            }
            """);

        var instance = Assert.IsType<DdsInstance>(Assert.Single(await ReadAsync(Service.Instances(new()))));

        Assert.Equal(("GET", "instances?limit=100"), LastRequest());
        Assert.Equal(("8436a91546294036b75931e879882200in02", "dds-efa6", "normal"),
            (instance.InstanceId, instance.Name, instance.Status));
        Assert.Equal(("ReplicaSet", "DDS-Community", "4.0"), (instance.Type, instance.Engine, instance.EngineVersion));
        Assert.Equal(("wiredTiger", 8635), (instance.StorageEngine, instance.Port));
        Assert.Equal(new DateTimeOffset(2019, 1, 17, 7, 5, 52, TimeSpan.Zero), instance.CreatedAt);
        Assert.Equal(new DateTimeOffset(2019, 1, 17, 7, 5, 47, TimeSpan.Zero), instance.UpdatedAt);
        Assert.Equal(("dds-efa6", HuaweiSamples.ProjectId), (instance.ToString(), instance.ProjectId));
    }

    [Fact]
    public async Task Page_Querying_the_Backup_List()
    {
        Respond(BackupPage);

        var backup = Assert.IsType<DdsBackup>(Assert.Single(await ReadAsync(Service.Backups(Cluster, new()))));

        Assert.Equal(("GET", $"backups?instance_id={Cluster.Id}&limit=100"), LastRequest());
        Assert.Equal(("43e4feaab48f11e89039fa163ebaa7e4br01", "backup-test"), (backup.BackupId, backup.Name));
        Assert.Equal(("43e4feaab48f11e89039fa163ebaa7e4br01", "cluster-test"),
            (backup.InstanceId, backup.InstanceName));
        Assert.Equal(("auto", "COMPLETED", "backup description"), (backup.Type, backup.Status, backup.Description));
        Assert.Equal(("DDS-Community", "4.0"), (backup.Engine, backup.EngineVersion));
        Assert.Equal(2803 * 1024, backup.Size);
        Assert.True(backup.IsDownloadable);
        Assert.Equal(new DateTimeOffset(2018, 8, 6, 12, 41, 14, TimeSpan.Zero), backup.StartTime);
        Assert.Equal(new DateTimeOffset(2018, 8, 6, 12, 43, 14, TimeSpan.Zero), backup.EndTime);
        Assert.Equal(backup.StartTime, backup.BackupTime);
    }

    [Fact]
    public async Task Times_are_sent_in_UTC_with_a_space_and_both_ends()
    {
        Respond(BackupPage);
        var beijing = TimeSpan.FromHours(8);
        var filter = new BackupFilter
        {
            Since = new DateTimeOffset(2018, 8, 6, 18, 41, 14, 500, beijing),
            Until = new DateTimeOffset(2018, 8, 16, 18, 41, 14, 500, beijing),
        };

        await ReadAsync(Service.Backups(Cluster, filter));

        Assert.EndsWith(
            "&begin_time=2018-08-06%2010%3A41%3A14&end_time=2018-08-16%2010%3A41%3A15&limit=100", LastRequest().Target);
    }

    [Theory]
    [InlineData("AUTO", "Auto")]
    [InlineData("incremental", "Incremental")]
    [InlineData("Other", "Other")]
    public async Task Type_is_sent_as_the_page_spells_it(string typed, string sent)
    {
        Respond(BackupPage);

        var backups = await ReadAsync(Service.Backups(Cluster, new() { Types = [typed] }));

        Assert.EndsWith($"&backup_type={sent}&limit=100", LastRequest().Target);
        // The example has its type in lower case.
        Assert.Equal(sent == "Auto" ? 1 : 0, backups.Count);
    }

    [Theory]
    [InlineData(404, "DBS.200002", ErrorKind.NotFound)]
    [InlineData(403, "DBS.201028", ErrorKind.NotFound)]
    [InlineData(403, "DBS.280032", ErrorKind.AccessDenied)]
    [InlineData(401, "DBS.280056", ErrorKind.AuthenticationFailed)]
    public async Task Refusal_is_told_by_its_code(int status, string code, ErrorKind kind)
    {
        Respond($$"""{"error_code":"{{code}}","error_msg":"no"}""", status);

        Assert.Equal(kind, (await FailAsync(Service.Backups(Cluster, new()))).Kind);
    }
}
