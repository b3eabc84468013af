using System;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>Logs of RDS that are files: those of SQL Server.</summary>
public sealed class RdsLogTests(ConformanceSandbox sandbox) : HuaweiServiceTest(sandbox)
{
    // The sample is of SQL Server.
    private static readonly InstanceReference Instance = new(RdsService.Instance.SampleIds.InstanceId!, null);

    private protected override BackupService Service => RdsService.Instance;

    [Theory]
    [InlineData("xel/x.xel", "xellog-download", "20", 20_480L)]
    [InlineData("slow/SQLTrace.trc", "slowlog-download", "20432", 20_432L)]
    public async Task Sizes_of_files_are_in_the_unit_of_their_page(string id, string path, string size, long bytes)
    {
        Respond($$"""
            {"list":[{"file_name":"{{id.Split('/')[1]}}","status":"FINISH","file_size":"{{size}}",
            "file_link":"https://obs.example/1?AWSAccessKeyId=AK&Expires=1705309200&Signature=x%3D",
            "create_at":1705308991385}],"status":"FINISH","count":1}
            """);

        var link = Assert.Single(await ReadAsync(Links(id)));

        Assert.Equal(("POST", $"instances/{Instance.Id}/{path}"), LastRequest());
        Assert.Equal($$"""{"file_name":"{{id.Split('/')[1]}}"}""", Requests[^1].Body);
        Assert.Equal(bytes, link.Size);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1705309200), link.ExpiresAt);
    }

    [Theory]
    [InlineData("MySQL", "slow audit", "auditlog")]
    [InlineData("postgresql", "error slow audit", "auditlog")]
    [InlineData("MariaDB", "slow", "")]
    [InlineData("SQLServer", "slow xel", "slowlog-files xellog-files")]
    [InlineData("Another", "error slow audit xel", "slowlog-files auditlog xellog-files")]
    [InlineData(null, "error slow audit xel", "slowlog-files auditlog xellog-files")]
    public async Task Only_the_logs_of_the_engine_are_requested(string? engine, string kinds, string lists)
    {
        var logs = await ReadAsync(Service.Logs(Instance with { Engine = engine }, new LogFilter()));

        Assert.Equal(kinds, string.Join(' ', logs.Select(log => log.LogId.Split('/')[0]).Distinct()));
        Assert.Equal(
            lists, string.Join(' ', Requests.Select(request => request.Target.Split('?')[0].Split('/')[^1])));
    }

    [Fact]
    public async Task Error_log_that_the_engine_does_not_have_is_a_remark_for_the_caller_who_names_it()
    {
        var request = Service.Logs(Instance with { Engine = "MySQL" }, new LogFilter { Kinds = [LogKind.Error] });

        var reading = await Cloud.ReadAsync(request);

        Assert.Empty(reading.Results);
        Assert.Contains("PostgreSQL", reading.Remark);
        Assert.Empty(Requests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("SQLServer")]
    public async Task Files_that_fill_their_last_page_are_the_whole_slow_log(string? engine)
    {
        var files = Enumerable.Range(1, 100).Select(i => $$"""{"file_name":"{{i}}.trc","file_size":"1"}""");
        Respond($$"""{"list":[{{string.Join(',', files)}}],"total_count":100}""", count: 1);
        Respond("""{"list":[],"total_count":100}""");

        var logs = await ReadAsync(Service.Logs(
            Instance with { Engine = engine }, new LogFilter { Kinds = [LogKind.Slow] }));

        Assert.Equal(Enumerable.Range(1, 100).Select(i => $"slow/{i}.trc"), logs.Select(log => log.LogId));
    }

    private ServiceRequest<DownloadLink> Links(string log) =>
        Service.Links(new LinkIds(Instance.Id, null, log), new LinkOptions());
}
