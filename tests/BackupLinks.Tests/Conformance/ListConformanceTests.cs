using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Conformance;

/// <summary>What is true of the lists of any service.</summary>
public sealed class ListConformanceTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private static readonly string[] Traps =
    [
        "none", "from 1", "the offset counts pages", "total too low", "total too high", "total of the page", "no total",
        "small pages",
        "the first page again",
    ];

    public static TheoryData<string> Lists => RequestCase.Names(request => request.Kind is null && !request.IsSingle);

    public static TheoryData<string> PagedLists => RequestCase.Names(request =>
        request.Kind is null && !request.IsSingle && CloudSample.Of(request.Service.Provider).Page is not null);

    public static TheoryData<string> SingleInstances => RequestCase.Names(request => request.IsSingle);

    public static TheoryData<string> BackupLists => RequestCase.Names(request => request.What == "backups");

    public static TheoryData<string> InstanceLists => RequestCase.Names(request => request.What == "instances");

    public static TheoryData<string> LogLists =>
        RequestCase.Names(request => request.Kind is null && request.Log is not null);

    [Theory, MemberData(nameof(Lists))]
    public async Task Every_entry_of_a_long_list_comes_once_and_in_order_whatever_the_paging(string name)
    {
        var request = RequestCase.Find(name);
        var list = await FindListAsync(request);
        var page = CloudSample.Of(request.Service.Provider).Page;
        int limit = await GetLimitAsync(request, list);
        int[] lengths = [limit, limit + 1, 2 * limit, (2 * limit) + (limit / 2)];
        foreach (var (trap, length) in Traps.SelectMany(trap => lengths.Select(length => (trap, length))))
        {
            if (page is null && trap != "none")
                continue;
            using var cloud = Connect(request);
            cloud.Network.Respond = list.Serve(
                length, request.Service, trap, cloud.Network);

            var results =
                (await cloud.ReadAsync(request)).AssertGood<object>();

            int expected = trap == "the first page again" ? Math.Min(length, limit) : length;
            Assert.True(Enumerable.Range(0, expected).Select(list.IdOf).SequenceEqual(IdsOf(results)),
                $"{trap}, {length}: {results.Count}");
            Assert.InRange(cloud.Network.Requests.Count, 1, (length / (trap == "small pages" ? 7 : limit)) + 5);
        }
    }

    [Theory, MemberData(nameof(PagedLists))]
    public async Task Page_that_fails_costs_what_follows_and_not_what_came(string name)
    {
        var request = RequestCase.Find(name);
        var list = await FindListAsync(request);
        int limit = await GetLimitAsync(request, list);
        using var cloud = Connect(request);
        var serve = list.Serve(2 * limit, request.Service, "none", cloud.Network);
        cloud.Network.Respond = (address, i) => i == 0 ? serve(address, i) : TestNetwork.Response(500, "");

        var reading = await cloud.ReadAsync(request);

        Assert.Equal(limit, reading.Results.Count);
        Assert.Equal(ErrorKind.ServiceUnavailable, reading.Failure!.Kind);
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Entry_that_repeats_comes_once_and_one_without_an_id_is_one_error(string name)
    {
        var request = RequestCase.Find(name);
        var list = await FindListAsync(request);

        var (reading, _) = await SendAsync(request,
            list.Body([list.Entry(1), "null", list.Entry(2), "{}", list.Entry(1), "\"junk\"", "5", list.Entry(3)], 7));

        Assert.Equal([list.IdOf(1), list.IdOf(2), list.IdOf(3)], IdsOf(reading.Results));
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(ErrorKind.InvalidResponse, problem.Kind);
        Assert.Contains("4 entries without an id", problem.Message);
        Assert.Null(reading.Failure);
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Empty_list_is_nothing_and_no_error(string name)
    {
        var request = RequestCase.Find(name);
        var list = await FindListAsync(request);
        foreach (var (body, status) in new[]
        {
            (list.Body([], 0), 200), (list.Body(null, 0), 200), (list.Body([], 5), 200), ("", 204),
        })
        {
            var (reading, _) = await SendAsync(request, body, status);

            Assert.Empty(reading.AssertGood<object>());
        }
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Value_that_is_rubbish_costs_no_other_entry(string name)
    {
        var request = RequestCase.Find(name);
        var list = await FindListAsync(request);
        string good = list.Body([list.Entry(1), list.Entry(2)], 2);
        using var cloud = Connect(request);
        foreach (var place in JsonRubbish.Leaves(good))
        {
            foreach (string? value in JsonRubbish.Values.Concat(place.IsText ? JsonRubbish.Hostile : []).Append(null))
            {
                var reading = await ReplayAsync(cloud, request, JsonRubbish.Replace(good, place, value));

                if (place.IsOfTheEnvelope && reading.Failure is ApiException)
                    continue;
                Assert.True(reading.Failure is null, $"{place} as {value}: {reading.Told}");
                Assert.True(reading.Results.Count + reading.Problems.Count == 2, $"{place} as {value}: {reading.Told}");
                Assert.Contains(list.IdOf(2), IdsOf(reading.Results));
            }
        }
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Part_that_is_rubbish_is_no_other_error(string name)
    {
        var request = RequestCase.Find(name);
        var list = await FindListAsync(request);
        string good = list.Body([list.Entry(1), list.Entry(2)], 2);
        using var cloud = Connect(request);
        foreach (var place in JsonRubbish.Containers(good))
        {
            foreach (string? value in JsonRubbish.Values.Append(null))
            {
                var reading = await ReplayAsync(cloud, request, JsonRubbish.Replace(good, place, value));

                Assert.True(reading.Failure is null or ApiException { Kind: ErrorKind.InvalidResponse },
                    $"{place} as {value}: {reading.Told}");
            }
        }
    }

    [Theory, MemberData(nameof(SingleInstances))]
    public async Task Instance_behind_the_first_page_is_found_by_its_id(string name)
    {
        var request = RequestCase.Find(name);
        var list = await FindListAsync(request);
        int limit = await GetLimitAsync(request, list);
        using var cloud = Connect(request);
        cloud.Network.Respond = list.Serve(limit + 2, request.Service, "none", cloud.Network);

        var found = await CloudUnderTest.ReadAsync(
            request.Open(cloud.Session, request.With("InstanceId", list.IdOf(limit))));

        Assert.Equal([list.IdOf(limit)], IdsOf(found.AssertGood<object>()));
    }

    [Theory, MemberData(nameof(SingleInstances))]
    public async Task Instance_is_found_and_missed_whether_or_not_the_service_heeds_its_id(string name)
    {
        var request = RequestCase.Find(name);
        var list = await FindListAsync(request);
        using var cloud = Connect(request);
        cloud.Network.RespondWith(list.Body([list.Entry(1), list.Entry(2), list.Entry(3)], 3));

        var found = await CloudUnderTest.ReadAsync(
            request.Open(cloud.Session, request.With("InstanceId", list.IdOf(2))));
        var missed = await CloudUnderTest.ReadAsync(request.Open(cloud.Session, request.With("InstanceId", "gone")));

        Assert.Equal([list.IdOf(2)], IdsOf(found.AssertGood<object>()));
        missed.AssertFailed<ApiException>(ErrorKind.NotFound);
    }

    [Theory, MemberData(nameof(BackupLists))]
    public async Task Backups_are_chosen_by_each_filter_whether_or_not_the_service_heeds_it(string name)
    {
        var request = RequestCase.Find(name);
        var all = await ReadAllAsync<IBackup>(request);
        foreach (var (filter, isWanted) in Filters(request, all))
        {
            foreach (bool isHeeded in new[] { true, false })
            {
                using var cloud = Connect(request);
                if (!isHeeded)
                    cloud.Network.RespondWith(await Sandbox.GetGoodBodyAsync(request));
                var instance = new InstanceReference(request.SampleIds.InstanceId!, null);

                var chosen = await cloud.ReadAsync(request.Service.Backups(instance, filter));

                Assert.True(chosen.Failure is null && chosen.Problems.Count == 0, $"{filter}: {chosen.Told}");
                Assert.True(IdsOf(all.Where(isWanted)).SequenceEqual(IdsOf(chosen.Results)),
                    $"{filter}: {chosen.Results.Count}");
            }
        }
    }

    [Theory, MemberData(nameof(InstanceLists))]
    public async Task Instances_are_chosen_by_each_filter(string name)
    {
        var request = RequestCase.Find(name);
        var all = await ReadAllAsync<IInstance>(request);
        var (first, other) = (all[0], "no-such-word");
        foreach (var (filter, isWanted) in new (InstanceFilter, Func<IInstance, bool>)[]
        {
            (new() { Names = Named(first.Name!) }, instance => instance.Name == first.Name),
            (new() { Names = Named(other) }, _ => false),
            (new() { Statuses = [first.Status!.ToLowerInvariant()] }, instance => instance.Status == first.Status),
            (new() { Statuses = [other] }, _ => false),
            (new() { Engines = [first.Engine!.ToUpperInvariant()] }, instance => instance.Engine == first.Engine),
            (new() { Engines = [other] }, _ => false),
            (new() { Types = [other] }, _ => false),
        })
        {
            using var cloud = Connect(request);

            var chosen = await cloud.ReadAsync(request.Service.Instances(filter));

            Assert.Equal(IdsOf(all.Where(isWanted)), IdsOf(chosen.AssertGood<object>()));
        }
    }

    [Theory, MemberData(nameof(LogLists))]
    public async Task Logs_are_chosen_by_each_filter(string name)
    {
        var request = RequestCase.Find(name);
        var all = await ReadAllAsync<ILog>(request);
        var first = all[0];
        var filters = new List<(LogFilter Filter, Func<ILog, bool> IsWanted)>
        {
            (new() { Names = Named(first.Name!) }, log => log.Name == first.Name),
            (new() { Names = Named("no-such-name") }, _ => false),
            (new() { Statuses = ["no-such-word"] }, _ => false),
            (new() { Latest = true }, log => log == NewestOf(all.Where(other => other.Part == log.Part))),
        };
        Assert.Equal(request.Log!.HasTime, first.Date is not null);
        if (first.Date is { } day)
        {
            filters.AddRange(
            [
                (new() { Since = day }, log => log.Date >= day),
                (new() { Since = day.AddDays(1) }, log => log.Date > day),
                (new() { Until = day }, log => log.Date <= day),
                (new() { Until = day.AddDays(-1) }, log => log.Date < day),
            ]);
        }

        Assert.Equal(request.HasStatus, first.Status is not null);
        if (first.Status is { } status)
            filters.Add((new() { Statuses = [status.ToUpperInvariant()] }, log => log.Status == status));
        foreach (var (filter, isWanted) in filters)
        {
            using var cloud = Connect(request);

            var chosen = await cloud.ReadAsync(request.Logs(request.SampleIds.InstanceId!, filter));

            Assert.Equal(IdsOf(all.Where(isWanted)), IdsOf(chosen.AssertGood<object>()));
        }
    }

    private static ILog? NewestOf(IEnumerable<ILog> logs) =>
        logs.Where(log => log.IsDownloadable).OrderByDescending(log => log.Time ?? log.Date).FirstOrDefault();

    private static IEnumerable<(BackupFilter Filter, Func<IBackup, bool> IsWanted)> Filters(
        RequestCase request, IReadOnlyList<IBackup> all)
    {
        var newest = all.Where(backup => backup.IsDownloadable).OrderByDescending(backup => backup.BackupTime)
            .FirstOrDefault();
        yield return (new() { Latest = true }, backup => backup == newest);
        yield return (new() { Latest = true, Until = all[0].BackupTime!.Value.AddDays(-400) }, _ => false);
        foreach (var backup in all)
        {
            var time = backup.BackupTime!.Value;
            yield return (new() { Since = time }, other => other.BackupTime >= time);
            yield return (new() { Since = time.AddMilliseconds(1) }, other => other.BackupTime > time);
            yield return (new() { Until = time }, other => other.BackupTime <= time);
            yield return (new() { Until = time.AddMilliseconds(-1) }, other => other.BackupTime < time);
            yield return (new() { Since = time, Until = time }, other => other.BackupTime == time);
            Assert.Equal(request.HasStatus, backup.Status is not null);
            if (backup.Status is { } status)
                yield return (new() { Statuses = [status.ToUpperInvariant()] }, other => other.Status == status);
            if (backup.Name is { } name)
                yield return (new() { Names = Named(name) }, other => other.Name == name);
        }

        var words = (request.Service.BackupWords.Type ?? []).Where(word => all.Any(backup => backup.IsOfType(word)));
        foreach (string word in words)
            yield return (new() { Types = [word.ToUpperInvariant()] }, backup => backup.IsOfType(word));
        yield return (new() { Names = Named("no-such-name") }, _ => false);
        yield return (new() { Statuses = ["no-such-word"] }, _ => false);
        yield return (new() { Engines = ["no-such-word"] }, _ => false);
    }

    private static NameFilter Named(string name) => new([(name, true, text => text == name)]);

    private async Task<IReadOnlyList<T>> ReadAllAsync<T>(RequestCase request)
    {
        using var cloud = Connect(request);
        return (await cloud.ReadAsync(request)).AssertGood<T>();
    }
}
