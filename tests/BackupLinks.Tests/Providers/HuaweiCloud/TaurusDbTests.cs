using System;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.TaurusDb;
using BackupLinks.Providers;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>TaurusDB, by the examples of its pages.</summary>
public sealed class TaurusDbTests(ConformanceSandbox sandbox) : HuaweiServiceTest(sandbox)
{
    private static readonly InstanceReference Instance =
        new("d738399de028480fabb2b8120d4e01a4in07", "taurusdb-instance01");

    private protected override BackupService Service => TaurusDbService.Instance;

    [Fact]
    public async Task Page_Querying_DB_Instances()
    {
        Respond("""
            {
              "total_count" : 1,
              "instances" : [ {
                "id" : "d738399de028480fabb2b8120d4e01a4in07",
                "name" : "taurusdb-instance01",
                "status" : "ACTIVE",
                "port" : 3306,
                "type" : "Cluster",
                "private_ips" : [ "192.168.0.142" ],
                "db_user_name" : "root",
                "region" : "eu-de",
                "datastore" : {
                  "type" : "gaussdb-mysql",
                  "version" : "8.0",
                  "kernel_version" : "2.0.28.7"
                },
                "created" : "2018-08-20T02:33:49_0800",
                "updated" : "2018-08-20T02:33:49_0800",
                "volume" : { "type" : "POOL", "size" : 100 },
                "enterprise_project_id" : 0,
                "time_zone" : "UTC",
                "tags": [{ "key":"Key", "value":"Value1" }]
              } ]
            }
            """);

        var instance = Assert.IsType<TaurusDbInstance>(Assert.Single(
            await ReadAsync(Service.Instances(new() { InstanceId = Instance.Id }))));

        Assert.Equal(("GET", $"instances?id={Instance.Id}&limit=100"), LastRequest());
        Assert.Equal((Instance.Id, Instance.Name, "ACTIVE"), (instance.InstanceId, instance.Name, instance.Status));
        Assert.Equal(("Cluster", "gaussdb-mysql", "8.0", 3306),
            (instance.Type, instance.Engine, instance.EngineVersion, instance.Port));
        Assert.Equal(new DateTimeOffset(2018, 8, 20, 2, 33, 49, TimeSpan.FromHours(8)), instance.CreatedAt);
    }

    [Fact]
    public async Task Page_Querying_Backups()
    {
        Respond("""
            {
              "backups" : [ {
                "id" : "c0c9f155c7b7423a9d30f0175998b63bbr01",
                "name" : "TaurusDB-e747-20200705185048266",
                "begin_time" : "2020-07-06T10:41:14+0800",
                "end_time" : "2020-07-16T10:41:14+0800",
                "take_up_time" : 2,
                "status" : "COMPLETED",
                "type" : "auto",
                "size" : 2803,
                "datastore" : {
                  "type" : "gaussdb-mysql",
                  "version" : "8.0"
                },
                "instance_id" : "c0c9f155c7b7423a9d30f0175998b63bbr01"
              } ],
              "total_count" : 1
            }
            """);

        var backup = Assert.IsType<TaurusDbBackup>(Assert.Single(await ReadAsync(Service.Backups(Instance, new()))));

        Assert.Equal(("GET", $"backups?instance_id={Instance.Id}&limit=100"), LastRequest());
        Assert.Equal(("c0c9f155c7b7423a9d30f0175998b63bbr01", "TaurusDB-e747-20200705185048266"),
            (backup.BackupId, backup.Name));
        Assert.Equal(("auto", "COMPLETED", 2803L * 1024 * 1024), (backup.Type, backup.Status, backup.Size));
        Assert.Equal(new DateTimeOffset(2020, 7, 6, 10, 41, 14, TimeSpan.FromHours(8)), backup.BackupTime);
    }

    [Fact]
    public async Task Backup_that_does_not_exist_is_NotFound_as_status_400()
    {
        Respond("""{"error_code":"DBS.280214","error_msg":"The backup does not exist."}""", 400);

        Assert.Equal(ErrorKind.NotFound, (await FailAsync(Service.Backups(Instance, new()))).Kind);
    }

    [Theory]
    [InlineData("cn-north-4", "https://gaussdb.cn-north-4.myhuaweicloud.com/")]
    [InlineData("la-north-2", "https://gaussdb-mysql.la-north-2.myhuaweicloud.com/")]
    [InlineData("tr-west-1", "https://gaussdbformysql.tr-west-1.myhuaweicloud.com/")]
    public void Host_of_a_region_is_that_of_the_vendors_table(string region, string host)
    {
        Assert.Equal(host, TaurusDbService.Instance.Hosts.GetEndpoint(region).AbsoluteUri);
        Assert.True(TaurusDbService.Instance.Hosts.OwnsHost(new Uri(host).Host));
    }
}
