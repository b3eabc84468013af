using System;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.TaurusDb;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>Logs and incremental backups of TaurusDB, by the models of the vendor's SDK.</summary>
public sealed class TaurusDbLogTests(ConformanceSandbox sandbox) : HuaweiServiceTest(sandbox)
{
    private static readonly InstanceReference Instance = new(TaurusDbService.Instance.SampleIds.InstanceId!, "t1");

    private protected override BackupService Service => TaurusDbService.Instance;

    [Fact]
    public async Task Logs_of_a_kind_are_those_of_each_node_and_their_links_lead_to_files()
    {
        var logs = await ReadAsync(Service.Logs(Instance, new LogFilter()));

        Assert.Equal(
            ["Audit", "Ddl", "Error", "Slow"], logs.Select(log => ((TaurusDbLog)log).Kind).Distinct().Order());
        Assert.All(
            logs.Cast<TaurusDbLog>().Where(log => log.Kind != "Audit"),
            log => Assert.Equal("02ebf757aaf94074855f49cc6e0e4712no07", log.NodeId));
        foreach (var log in logs)
        {
            var link = Assert.IsType<TaurusDbLogLink>(Assert.Single(await ReadAsync(Links(log.LogId))));

            Assert.Equal((Instance.Id, log.LogId), (link.InstanceId, link.LogId));
            Assert.NotNull(Sandbox.Server.Cloud.FindObject(link.Uri));
        }
    }

    [Fact]
    public async Task Model_DdlLog()
    {
        Respond("""{"instance":{"id":"i","nodes":[{"id":"n1"}]}}""", count: 1);
        Respond("""
            {"ddl_logs":[{"id":"d1","file_name":"ddl_1.log","file_size":2048,"create_time":1705309200000,
            "end_time":1705312800000,"status":"Active"},{"id":"d2","file_name":"ddl_2.log","file_size":0,
            "create_time":1705309200000,"status":"Disable"}],"total_count":2,"keep_days":7,"switch_status":"ON"}
            """);

        var logs = await ReadAsync(Service.Logs(Instance, new LogFilter { Kinds = [LogKind.Ddl] }));

        var log = Assert.IsType<TaurusDbLog>(logs[0]);
        Assert.Equal(("ddl/d1", "n1", "ddl_1.log", 2048L), (log.LogId, log.NodeId, log.Name, log.Size));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1705309200), log.StartTime);
        Assert.Equal([true, false], logs.Select(each => each.IsDownloadable));
        Assert.Matches(
            "/ddl-log\\?node_id=n1&start_time=[0-9]{13}&end_time=[0-9]{13}&limit=100$", LastRequest().Target);
    }

    [Fact]
    public async Task Nodes_are_requested_once_for_all_kinds()
    {
        await ReadAsync(Service.Logs(Instance, new LogFilter()));

        Assert.Single(Requests, request => request.Target.EndsWith("/instances/" + Instance.Id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public async Task Stated_end_of_a_DDL_link_is_read_in_either_zone(int hours)
    {
        var end = DateTimeOffset.UtcNow.AddHours(1);
        string text = $"{end.ToOffset(TimeSpan.FromHours(hours)):yyyy-MM-dd HH:mm:ss}";
        Respond($$"""
            {"download_files":[{"id":"d1","file_name":"f","download_url":"https://obs.example/ddl?Signature=x",
            "expire_time":"{{text}}"}]}
            """);

        var link = Assert.Single(await ReadAsync(Links("ddl/d1")));

        Assert.Equal(end.ToUnixTimeSeconds(), link.ExpiresAt!.Value.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task DDL_log_has_the_link_of_its_id()
    {
        Respond("""
            {"download_files":[{"id":"d1","file_name":"ddl_1.log","file_size":2048,
            "download_url":"https://obs.example/ddl?AWSAccessKeyId=AK&Expires=1705309200&Signature=x%3D",
            "expire_time":"2024-01-15 09:00:00"}]}
            """);

        var link = Assert.Single(await ReadAsync(Links("ddl/d1")));

        Assert.Equal(("POST", $"instances/{Instance.Id}/ddl-log/download"), LastRequest());
        Assert.Equal("""{"log_ids":["d1"]}""", Requests[^1].Body);
        Assert.Equal(("ddl_1.log", 2048L), (link.FileName, link.Size));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1705309200), link.ExpiresAt);
    }

    [Fact]
    public async Task Model_IncrementalBackups()
    {
        Respond("""
            {"backups":[{"id":"b1","name":"binlog","begin_time":"2024-01-15T08:00:00+0800",
            "end_time":"2024-01-15T08:05:00+0800","size":5.5,"backup_type":"Log","instance_id":"i"}],"total_count":1}
            """);
        var filter = new BackupFilter
        {
            Types = ["Incremental"], Since = new DateTimeOffset(2024, 1, 14, 16, 0, 0, TimeSpan.Zero),
            Until = new DateTimeOffset(2024, 1, 15, 16, 0, 0, TimeSpan.Zero),
        };

        var backup = Assert.IsType<TaurusDbBackup>(Assert.Single(await ReadAsync(Service.Backups(Instance, filter))));

        Assert.Equal(
            $"instances/{Instance.Id}/incremental-backups?begin_time=2024-01-15T00%3A00%3A00%2B0800"
            + "&end_time=2024-01-16T00%3A00%3A00%2B0800&limit=50", LastRequest().Target);
        Assert.Equal(("b1", "incremental", 5632L), (backup.BackupId, backup.Type, backup.Size));
        Assert.Equal(new DateTimeOffset(2024, 1, 15, 0, 0, 0, TimeSpan.Zero), backup.StartTime);
        Assert.Equal((false, TaurusDbService.NoBackupLinks), (backup.IsDownloadable, backup.LinkObstacle));
        Assert.Equal("incremental", Service.KindOf(backup.Type), ignoreCase: true);
    }

    [Theory]
    [InlineData(new string[0], 2)]
    [InlineData(new[] { "incremental" }, 1)]
    [InlineData(new[] { "auto", "INCREMENTAL" }, 2)]
    public async Task Incremental_backups_come_only_when_they_are_requested(string[] types, int count)
    {
        var backups = await ReadAsync(Service.Backups(Instance, new BackupFilter { Types = types }));

        Assert.Equal(count, backups.Count);
        Assert.Equal(types.Length > 0 ? 1 : 0, backups.Count(backup => backup.IsOfType("incremental")));
    }

    [Fact]
    public async Task Node_of_a_refused_id_is_an_error_and_nothing_is_sent()
    {
        Assert.Equal(ErrorKind.InvalidRequest, (await FailAsync(Links("error/a/b"))).Kind);
        Assert.Empty(Requests);
    }

    private ServiceRequest<DownloadLink> Links(string log) =>
        Service.Links(new LinkIds(Instance.Id, null, log), new LinkOptions());
}
