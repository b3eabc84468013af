using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Providers;
using BackupLinks.TencentCloud.SqlServer;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.TencentCloud;

/// <summary>
/// SQL Server of Tencent Cloud: one file, or a file for each database. The rest is true of every service.
/// </summary>
public sealed class SqlServerTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private static readonly RequestCase Links = RequestCase.Find("TencentCloud.SqlServer BackupLink");

    [Fact]
    public async Task Set_of_files_is_one_backup_with_a_link_for_each_database()
    {
        var request = RequestCase.Find("TencentCloud.SqlServer backups");
        using var cloud = Connect(request);

        var backups = (await cloud.ReadAsync(request)).AssertGood<SqlServerBackup>();
        var set = Assert.Single(backups, backup => backup.Method == "single");
        Assert.Equal(["stock", "hr"], set.Databases);
        Assert.Equal((null, true), (set.Size, set.IsDownloadable));
        Assert.Equal(20_480, backups[0].Size);
        Assert.Contains("\"StartTime\":\"", cloud.Network.Requests[0].Body);

        var links = (await cloud.ReadAsync(
            SqlServerService.Instance.Links(
                new LinkIds("mssql-si2823jyl", set.BackupId), new LinkOptions()))).AssertGood<SqlServerBackupLink>();
        Assert.Equal(
            [("stock", "erp_stock.bak", 4_096L), ("hr", "erp_hr.bak", 2_048L)],
            links.Select(link => (link.DatabaseName!, link.FileName, link.Size!.Value)));
        // The vendor's groups are numbers, as its files are.
        Assert.Contains("\"GroupId\":\"16556099469691\"", cloud.Network.Requests[^1].Body);
    }

    [Fact]
    public async Task One_file_is_found_by_its_number_and_its_intranet_address_is_the_other_one()
    {
        foreach (bool isIntranet in new[] { false, true })
        {
            using var cloud = Connect(Links);

            var link = Assert.Single((await cloud.ReadAsync(
                SqlServerService.Instance.Links(
                    Links.SampleIds, new LinkOptions { IsIntranet = isIntranet }))).AssertGood<SqlServerBackupLink>());

            Assert.Equal(
                ("erp_20240115.bak.tar", 20_480L, isIntranet ? "Intranet" : "Public", null),
                (link.FileName, link.Size!.Value, link.Network, link.DatabaseName));
            Assert.Contains("\"BackupId\":12445251", cloud.Network.Requests[0].Body);
        }
    }

    [Fact]
    public async Task Backups_of_the_log_are_listed_and_found_in_the_list()
    {
        using var cloud = Connect(Links);
        var instance = new InstanceReference("mssql-si2823jyl", null);

        var logs = (await cloud.ReadAsync(
            SqlServerService.Instance.Logs(instance, new LogFilter()))).AssertGood<SqlServerLog>();
        Assert.Equal(["binlog/12446003", "binlog/12446002", "binlog/12446001"], logs.Select(log => log.LogId));
        Assert.Equal(
            ("erp_log_3.trn", "Binlog", "Success", 2_048L, true),
            (logs[0].Name, logs[0].Kind, logs[0].Status, logs[0].Size!.Value, logs[0].IsDownloadable));
        Assert.Contains("\"Type\":2", cloud.Network.Requests[0].Body);
        Assert.DoesNotContain("Group", cloud.Network.Requests[0].Body);

        foreach (bool isIntranet in new[] { false, true })
        {
            var options = new LinkOptions { IsIntranet = isIntranet };
            var link = Assert.Single((await cloud.ReadAsync(
                SqlServerService.Instance.Links(new LinkIds(instance.Id, null, logs[1].LogId), options)))
                .AssertGood<SqlServerLogLink>());

            Assert.Equal(("erp_log_2.trn", 3_072L, isIntranet), (link.FileName, link.Size!.Value, link.IsIntranet));
            Assert.NotNull(Sandbox.Server.Cloud.FindObject(link.Uri));
        }
    }

    // Its offset is the number of a page, from 0.
    [Fact]
    public async Task Second_page_has_the_number_1()
    {
        var request = RequestCase.Find("TencentCloud.SqlServer backups");
        using var cloud = Connect(request);
        cloud.Network.Respond = (_, i) => TestNetwork.Response(200, $$$"""
            {"Response":{"TotalCount":150,"Backups":[{{{string.Join(',', Enumerable.Range(i * 100, i == 0 ? 100 : 50)
                .Select(id => $$"""{"Id":{{id + 1}}}"""))}}}]}}
            """);

        var reading = await cloud.ReadAsync(request);

        Assert.Equal(150, reading.AssertGood<SqlServerBackup>().Count);
        Assert.Equal("1", CloudSample.Read(cloud.Network.Requests[1])["Offset"]);
    }
}
