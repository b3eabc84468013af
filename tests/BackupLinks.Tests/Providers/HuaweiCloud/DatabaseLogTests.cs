using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.Dds;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>Logs of the database services, by the examples of the pages of DDS.</summary>
public sealed class DatabaseLogTests(ConformanceSandbox sandbox) : HuaweiServiceTest(sandbox)
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
    public async Task Export_that_fails_is_told()
    {
        Respond("""{"list":[],"status":"FAILED","count":0}""");

        Assert.Equal(ErrorKind.NotReady, (await FailAsync(Links("slow"))).Kind);
    }

    // FAILED of the whole means that there are logs that could not be exported, says the page.
    [Theory]
    [InlineData("finish")]
    [InlineData("FAILED")]
    public async Task File_that_could_not_be_exported_is_told_and_the_others_are_linked(string whole)
    {
        Respond(WithoutSecondLink("FAILED", "null").Replace("\"finish\"", $"\"{whole}\""));

        var (links, problems) = await ReadWithProblemsAsync(Links("error"));

        var link = Assert.Single(links);
        Assert.Equal(("88f9_errorlog_1", 2), (link.FileName, link.FileCount));
        var problem = Assert.Single(problems);
        Assert.Equal(ErrorKind.NotReady, problem.Kind);
        Assert.Contains("could not export file '88f9_errorlog_2' of log 'error' of instance", problem.Message);
        Assert.Contains("('FAILED')", problem.Message);
        Assert.Single(Requests);
    }

    [Theory]
    [InlineData("EXPORTING", "null")]
    [InlineData("EXPORTING", "\"\"")]
    [InlineData("SUCCESS", "null")]
    [InlineData("SUCCESS", "\" \"")]
    [InlineData("", "null")]
    public async Task File_without_a_link_is_waited_for_whatever_the_states_are(string status, string link)
    {
        Respond(WithoutSecondLink(status, link), count: 2);
        Respond(Finished);

        Assert.Equal(2, (await ReadAsync(Links("error"))).Count);
        Assert.Equal(3, Requests.Count);
    }

    [Theory]
    [InlineData("EXPORTING", ErrorKind.NotReady, "wait longer with -WaitTimeoutSec")]
    [InlineData("SUCCESS", ErrorKind.InvalidResponse, "no usable link")]
    public async Task Links_that_are_there_are_returned_at_the_end_of_the_wait(
        string status, ErrorKind kind, string advice)
    {
        Respond(WithoutSecondLink(status, "null"));

        var (links, problems) = await ReadWithProblemsAsync(Service.Links(
            new LinkIds(Instance.Id, null, "error"), new LinkOptions { WaitTimeout = TimeSpan.Zero }));

        Assert.Equal("88f9_errorlog_1", Assert.Single(links).FileName);
        var problem = Assert.Single(problems);
        Assert.Equal(kind, problem.Kind);
        Assert.Contains("88f9_errorlog_2", problem.Message);
        Assert.Contains(advice, problem.Message);
    }

    [Fact]
    public async Task Log_that_takes_longer_than_the_wait_is_NotReady()
    {
        Respond(Exporting);
        var request = Service.Links(
            new LinkIds(Instance.Id, null, "error"), new LinkOptions { WaitTimeout = TimeSpan.Zero });

        var error = await Assert.ThrowsAsync<BackupLinksException>(() => ReadAsync(request));

        Assert.Equal(ErrorKind.NotReady, error.Kind);
        Assert.Single(Requests);
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
    public async Task Audit_logs_of_100_days_are_requested_in_windows_of_30_days()
    {
        Respond("""{"audit_logs":[],"total_record":0}""");
        var until = DateTime.UtcNow.Date.AddDays(-10);

        await ReadAsync(Service.Logs(
            Instance, new LogFilter { Kinds = [LogKind.Audit], Since = until.AddDays(-100), Until = until }));

        // A day more at each end.
        Assert.Equal(4, Requests.Count);
        Assert.All(Requests, request => Assert.Contains("%2B0800&end_time=", request.Target));
    }

    [Fact]
    public async Task Error_and_slow_logs_are_listed_without_an_export()
    {
        var logs = await ReadAsync(Logs(LogKind.Error, LogKind.Slow));

        Assert.Equal(["error", "slow"], logs.Select(log => log.LogId));
        Assert.All(logs, log => Assert.True(log.IsDownloadable));
        Assert.Empty(Requests);
    }

    [Fact]
    public async Task Audit_logs_are_read_back_while_the_older_half_of_the_last_window_has_some()
    {
        Respond(AuditLogs(("a", 1), ("b", 20)), count: 1);
        // Two windows have this one.
        Respond(AuditLogs(("b", 20), ("c", 55)), count: 1);
        Respond("""{"audit_logs":[],"total_record":0}""");

        var logs = await ReadAsync(Logs(LogKind.Audit));

        Assert.Equal(["audit/a", "audit/b", "audit/c"], logs.Select(log => log.LogId));
        Assert.Equal(3, Requests.Count);
        Assert.Equal(3, Requests.Select(request => request.Target).Distinct().Count());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(20, true)]
    // A service that does not heed the times.
    [InlineData(400, false)]
    public async Task Audit_logs_of_one_window_take_one_request(int age, bool isLatest)
    {
        Respond(AuditLogs(("a", age)));

        Assert.Single(await ReadAsync(
            Service.Logs(Instance, new LogFilter { Kinds = [LogKind.Audit], Latest = isLatest })));
        Assert.Single(Requests);
    }

    [Fact]
    public async Task Audit_log_of_two_windows_is_listed_once()
    {
        Respond(AuditLogs(("a", 31)));

        var logs = await ReadAsync(Service.Logs(
            Instance, new LogFilter { Kinds = [LogKind.Audit], Since = DateTime.UtcNow.Date.AddDays(-40) }));

        Assert.Single(logs);
        Assert.Equal(2, Requests.Count);
    }

    private static string AuditLogs(params (string Id, int Age)[] logs)
    {
        var entries = logs.Select(log => $$"""
            {"id":"{{log.Id}}","start_time":"{{DateTime.UtcNow.AddDays(-log.Age):yyyy-MM-dd'T'HH:mm:ss}}+0000"}
            """);
        return $$"""{"audit_logs":[{{string.Join(',', entries)}}],"total_record":{{logs.Length}}}""";
    }

    private static string WithoutSecondLink(string status, string link)
    {
        int second = Finished.LastIndexOf("\"SUCCESS\"", StringComparison.Ordinal);
        string rest = Finished[second..].Replace("SUCCESS", status, StringComparison.Ordinal).Replace(
            "\"https://obs.example/2?AWSAccessKeyId=AK&Expires=1705309200&Signature=y%3D\"", link,
            StringComparison.Ordinal);
        return Finished[..second] + rest;
    }

    private ServiceRequest<DownloadLink> Links(string log) =>
        Service.Links(new LinkIds(Instance.Id, null, log), new LinkOptions());

    private ServiceRequest<ILog> Logs(params IReadOnlyList<LogKind> kinds) =>
        Service.Logs(Instance, new LogFilter { Kinds = kinds });
}
