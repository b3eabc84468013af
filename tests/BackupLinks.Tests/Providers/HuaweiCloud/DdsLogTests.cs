using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Dds;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>Logs of DDS, by the examples of its pages.</summary>
public sealed class DdsLogTests(ConformanceSandbox sandbox) : HuaweiServiceTest(sandbox)
{
    private const string Exporting = """
        {"list":[{"node_name":"dds-4ff4_replica_node_1","file_name":"88f9_errorlog_1","status":"EXPORTING",
        "file_size":null,"file_link":null,"updated_at":1666941725839}],"status":"CREATING","count":1}
        """;

    private const string FirstLink = "https://obs.example/1?AWSAccessKeyId=AK&Expires=1705309200"
        + "&response-cache-control=no-store&Signature=x%3D";

    private const string Finished = $$"""
        {"list":[
        {"node_name":"dds-4ff4_replica_node_1","file_name":"88f9_errorlog_1","status":"SUCCESS","file_size":"0",
        "file_link":"{{FirstLink}}",
        " updated_at ":1666941725839},
        {"node_name":"dds-4ff4_replica_node_2","file_name":"88f9_errorlog_2","status":"SUCCESS","file_size":"3.59",
        "file_link":"https://obs.example/2?AWSAccessKeyId=AK&Expires=1705309200&Signature=y%3D",
        "updated_at":1666941726237}],
        "status":"finish","count":2}
        """;

    private static readonly InstanceReference Instance = new(DdsService.Instance.SampleIds.InstanceId!, null);

    private protected override BackupService Service => DdsService.Instance;

    [Fact]
    public async Task Error_log_is_requested_again_until_its_links_are_there()
    {
        Respond(Exporting, count: 1);
        Respond("""{"list":[],"status":"CREATING","count":0}""", count: 1);
        Respond(Finished);

        var links = await ReadAsync(Links("error"));

        Assert.Equal(3, Requests.Count);
        Assert.All(Requests, request => Assert.Equal(("POST", "{}"), (request.Method, request.Body)));
        Assert.EndsWith($"/instances/{Instance.Id}/errorlog-download", Requests[^1].Target);
        Assert.Equal(["88f9_errorlog_1", "88f9_errorlog_2"], links.Select(link => link.FileName));
        Assert.Equal([null, 3676], links.Select(link => link.Size));
        Assert.All(links, link => Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1705309200), link.ExpiresAt));
        Assert.Equal("dds-4ff4_replica_node_2", ((DdsLogLink)links[1]).NodeName);
    }

    [Fact]
    public async Task Audit_log_has_the_link_of_its_id()
    {
        Respond("""{"links":["https://obs.domainname.com/ddsbucket.username.1/xxxxxx"]}""");

        var link = Assert.IsType<DdsLogLink>(Assert.Single(
            await ReadAsync(Links("audit/10190012aae94b38no02_1607681849871"))));

        var request = Requests[^1];
        Assert.EndsWith("/auditlog-links", request.Target);
        Assert.Equal("""{"ids":["10190012aae94b38no02_1607681849871"]}""", request.Body);
        Assert.Equal("audit/10190012aae94b38no02_1607681849871", link.LogId);
        Assert.InRange(link.ExpiresAt!.Value, DateTimeOffset.UtcNow.AddMinutes(4), DateTimeOffset.UtcNow.AddMinutes(5));
    }

    [Fact]
    public async Task Page_Obtaining_the_Audit_Log_List()
    {
        Respond("""
            {
              "audit_logs": [
                {
                  "id": "10190012aae94b38a10269b8ad025fc1no02_1607681849871",
                  "name": "0a84b6e97780d3271fd0c00f2db42932_audit_log",
                  "size": 24735174,
                  "node_id": "10190012aae94b38a10269b8ad025fc1no02",
                  "start_time": "2020-12-11T18:14:49+0800",
                  "end_time": "2020-12-11T18:17:25+0800"
                }
              ],
              "total_record": 1
            }
            """);

        var log = Assert.IsType<DdsLog>(Assert.Single(await ReadAsync(Logs(LogKind.Audit))));

        Assert.Equal(("audit/10190012aae94b38a10269b8ad025fc1no02_1607681849871", "Audit"), (log.LogId, log.Kind));
        Assert.Equal((24735174L, "10190012aae94b38a10269b8ad025fc1no02"), (log.Size, log.NodeId));
        Assert.Equal(new DateTime(2020, 12, 11), log.Date);
        Assert.Equal(new DateTimeOffset(2020, 12, 11, 18, 17, 25, TimeSpan.FromHours(8)), log.EndTime);
        Assert.True(log.IsDownloadable);
    }

    [Fact]
    public async Task Error_and_slow_logs_are_listed_without_an_export()
    {
        var logs = await ReadAsync(Logs(LogKind.Error, LogKind.Slow));

        Assert.Equal(["error", "slow"], logs.Select(log => log.LogId));
        Assert.All(logs, log => Assert.True(log.IsDownloadable));
        Assert.Empty(Requests);
    }

    private ServiceRequest<DownloadLink> Links(string log) =>
        Service.Links(new LinkIds(Instance.Id, null, log), new LinkOptions());

    private ServiceRequest<ILog> Logs(params IReadOnlyList<LogKind> kinds) =>
        Service.Logs(Instance, new LogFilter { Kinds = kinds });
}
