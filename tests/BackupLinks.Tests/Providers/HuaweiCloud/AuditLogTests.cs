using System;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>The lists of audit logs, of which Huawei Cloud returns 30 days at once.</summary>
public sealed class AuditLogTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private const string None = """{"audit_logs":[],"total_record":0}""";

    public static TheoryData<string> Lists => RequestCase.Names(
        request => request.Service is HuaweiService && request.Kind is null && request.Log?.Kind == LogKind.Audit);

    [Theory, MemberData(nameof(Lists))]
    public async Task Logs_of_100_days_are_requested_in_windows_of_30_days(string name)
    {
        using var cloud = Connect(RequestCase.Find(name));
        cloud.Network.RespondWith(None);
        var until = DateTime.UtcNow.Date.AddDays(-10);

        await ReadAsync(cloud, name, new LogFilter { Since = until.AddDays(-100), Until = until });

        // A day more at each end.
        Assert.Equal(4, cloud.Network.Requests.Count);
        Assert.All(
            cloud.Network.Requests, request => Assert.Contains("%2B0800&end_time=", request.Address.PathAndQuery));
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Logs_are_read_back_while_the_older_half_of_the_last_window_has_some(string name)
    {
        using var cloud = Connect(RequestCase.Find(name));
        // Two windows have b.
        string[] pages = [Page(("a", 1), ("b", 20)), Page(("b", 20), ("c", 55)), None];
        cloud.Network.Respond = (_, i) => TestNetwork.Response(200, pages[i]);

        string[] ids = await ReadAsync(cloud, name, new LogFilter());

        Assert.Equal(["audit/a", "audit/b", "audit/c"], ids);
        Assert.Equal(3, cloud.Network.Requests.Select(request => request.Address).Distinct().Count());
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Logs_of_one_window_take_one_request(string name)
    {
        // The last is of a service that does not heed the times.
        foreach (var (age, isLatest) in new[] { (1, false), (20, true), (400, false) })
        {
            using var cloud = Connect(RequestCase.Find(name));
            cloud.Network.RespondWith(Page(("a", age)));

            Assert.Single(await ReadAsync(cloud, name, new LogFilter { Latest = isLatest }));
            Assert.Single(cloud.Network.Requests);
        }
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Log_of_two_windows_is_listed_once(string name)
    {
        using var cloud = Connect(RequestCase.Find(name));
        cloud.Network.RespondWith(Page(("a", 31)));

        Assert.Single(await ReadAsync(cloud, name, new LogFilter { Since = DateTime.UtcNow.Date.AddDays(-40) }));
        Assert.Equal(2, cloud.Network.Requests.Count);
    }

    private static string Page(params (string Id, int Age)[] logs)
    {
        var entries = logs.Select(log => $$"""
            {"id":"{{log.Id}}","start_time":"{{DateTime.UtcNow.AddDays(-log.Age):yyyy-MM-dd'T'HH:mm:ss}}+0000"}
            """);
        return $$"""{"audit_logs":[{{string.Join(',', entries)}}],"total_record":{{logs.Length}}}""";
    }

    private static async Task<string[]> ReadAsync(CloudUnderTest cloud, string name, LogFilter filter)
    {
        var request = RequestCase.Find(name);
        var reading = await cloud.ReadAsync(request.Logs(request.SampleIds.InstanceId!, filter));
        return [.. reading.AssertGood<ILog>().Select(log => log.LogId)];
    }
}
