using System;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.GaussDb;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>Logs of GaussDB, by the models of the vendor's SDK.</summary>
public sealed class GaussDbLogTests(ConformanceSandbox sandbox) : HuaweiServiceTest(sandbox)
{
    // The plus of the zone is encoded.
    private const string Time = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}%3A[0-9]{2}%3A[0-9]{2}%2B0800";

    private static readonly InstanceReference Instance = new(GaussDbService.Instance.SampleIds.InstanceId!, null);

    private protected override BackupService Service => GaussDbService.Instance;

    [Fact]
    public async Task Model_InstanceLogFile()
    {
        Respond("""
            {"total":1,"log_files":[{"status":"SUCCESS","file_name":"gaussdb_errorlog_1.tar.gz",
            "start_time":"2024-05-09T16:00:00+0800","end_time":"2024-05-09T17:00:00+0800","file_size":"12.5",
            "file_link":"https://obs.example/1?AWSAccessKeyId=AK&Expires=1705309200&Signature=x%3D"}]}
            """);

        var log = Assert.IsType<GaussDbLog>(Assert.Single(await ReadAsync(Logs(LogKind.Error))));

        Assert.Matches(
            $"/instances/{Instance.Id}/error-log[?]start_time={Time}&end_time={Time}&limit=100$",
            Requests[^1].Target);
        Assert.Equal(("error/gaussdb_errorlog_1.tar.gz", "Error", "SUCCESS"), (log.LogId, log.Kind, log.Status));
        Assert.Equal(("gaussdb_errorlog_1.tar.gz", 12_800L, true), (log.Name, log.Size, log.IsDownloadable));
        Assert.Equal(new DateTimeOffset(2024, 5, 9, 16, 0, 0, TimeSpan.FromHours(8)), log.StartTime);
        Assert.Equal(new DateTimeOffset(2024, 5, 9, 17, 0, 0, TimeSpan.FromHours(8)), log.EndTime);

        var link = Assert.IsType<GaussDbLogLink>(Assert.Single(await ReadAsync(Links(log.LogId))));
        Assert.Equal((log.LogId, log.Name, log.Size), (link.LogId, link.FileName, link.Size));
    }

    // The state is that of the collection of the log, says the model.
    [Theory]
    [InlineData("null")]
    [InlineData("\"https://obs.example/1?AWSAccessKeyId=AK&Expires=1705309200&Signature=x%3D\"")]
    public async Task File_that_could_not_be_collected_has_no_link(string link)
    {
        Respond($$"""
            {"total":1,"log_files":[{"status":"FAILED","file_name":"gaussdb_errorlog_1.tar.gz",
            "start_time":"2024-05-09T16:00:00+0800","file_size":"0","file_link":{{link}}}]}
            """);

        var log = Assert.Single(await ReadAsync(Logs(LogKind.Error)));
        var (links, problems) = await ReadWithProblemsAsync(Links(log.LogId));

        Assert.Equal(("FAILED", false), (log.Status, log.IsDownloadable));
        Assert.Empty(links);
        Assert.Contains("('FAILED')", Assert.Single(problems).Message);
    }

    [Fact]
    public async Task Error_log_without_a_file_is_not_the_id_of_a_log()
    {
        Assert.Equal(ErrorKind.InvalidRequest, (await FailAsync(Links("error"))).Kind);
        Assert.Empty(Requests);
    }

    [Fact]
    public async Task Slow_log_is_exported_by_one_request_and_its_links_are_those_of_another()
    {
        const string Exporting = """
            {"list":[{"id":"1","instance_id":"i","node_id":"n1","workflow_id":"w","file_name":"slow_1","file_size":null,
            "file_link":null,"status":"EXPORTING","message":null,"created_at":1705308991385}]}
            """;
        Respond(Exporting, count: 2);
        Respond(Exporting.Replace("EXPORTING", "SUCCESS").Replace("\"file_size\":null", "\"file_size\":2048").Replace(
            "\"file_link\":null",
            "\"file_link\":\"https://obs.example/1?AWSAccessKeyId=AK&Expires=1705309200&Signature=x%3D\""));

        var link = Assert.Single(await ReadAsync(Links("slow")));

        Assert.Equal(["POST", "GET", "GET"], Requests.Select(request => request.Method));
        Assert.All(
            Requests, request => Assert.EndsWith($"/{Instance.Id}/slow-log/download", request.Target));
        Assert.Equal(("slow_1", 2048L), (link.FileName, link.Size));
    }

    // The request that begins the export need not return anything of it, and the list of the files begins empty.
    [Theory]
    [InlineData("""{"list":[]}""", 200)]
    [InlineData("""{"list":null}""", 200)]
    [InlineData("{}", 200)]
    [InlineData("", 204)]
    public async Task Export_that_responds_with_nothing_yet_is_looked_at_again(string begun, int status)
    {
        Respond(begun, status, count: 1);
        Respond("""{"list":[]}""", count: 1);
        Respond("""
            {"list":[{"file_name":"slow_1","file_size":2048,"status":"SUCCESS",
            "file_link":"https://obs.example/1?AWSAccessKeyId=AK&Expires=1705309200&Signature=x%3D"}]}
            """);

        Assert.Equal("slow_1", Assert.Single(await ReadAsync(Links("slow"))).FileName);
        Assert.Equal(["POST", "GET", "GET"], Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task Export_that_is_over_and_has_nothing_is_empty_at_once()
    {
        Respond("""{"status":"FINISH","list":[]}""");

        Assert.Empty(await ReadAsync(Links("slow")));
        Assert.Single(Requests);
    }

    // An instance without a slow log looks like an export that has just begun: only the end of the wait tells.
    [Fact]
    public async Task Export_that_stays_empty_is_NotReady()
    {
        Respond("""{"list":[]}""");

        var error = await Assert.ThrowsAsync<BackupLinksException>(() => ReadAsync(Links("slow")));

        Assert.Equal(ErrorKind.NotReady, error.Kind);
        Assert.Contains("'no link yet'", error.Message);
    }

    [Fact]
    public async Task Refusal_in_the_place_of_an_export_is_an_error_at_once()
    {
        Respond("""{"error_code":"DBS.201208","error_msg":"busy"}""");

        Assert.Equal(ErrorKind.Conflict, (await FailAsync(Links("slow"))).Kind);
        Assert.Single(Requests);
    }

    [Fact]
    public async Task Slow_log_of_the_sandbox_has_a_file_for_each_node()
    {
        var log = Assert.Single(await ReadAsync(Logs(LogKind.Slow)));

        var links = await ReadAsync(Links(log.LogId));

        Assert.Equal(2, links.Select(link => link.FileName).Distinct().Count());
        Assert.All(links, link => Assert.NotNull(Sandbox.Server.Cloud.FindObject(link.Uri)));
    }

    private ServiceRequest<DownloadLink> Links(string log) =>
        Service.Links(new LinkIds(Instance.Id, null, log), new LinkOptions());

    private ServiceRequest<ILog> Logs(params LogKind[] kinds) =>
        Service.Logs(Instance, new LogFilter { Kinds = kinds });
}
