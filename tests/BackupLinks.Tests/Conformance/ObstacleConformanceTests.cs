using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.Tests.Conformance;

/// <summary>
/// What is true of any backup and any log without a link, and of an encrypted one. The members of a response that say
/// so are found by what they change.
/// </summary>
public sealed class ObstacleConformanceTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private const string Unknown = "no-such-word";
    private const string IsEncrypted = nameof(BackupDetails.IsEncrypted);

    // What members say of an encrypted backup, as JSON.
    private static readonly string[] Encryptions = ["true", "\"on\"", "\"{\\\"sse\\\":{}}\"", "\"key-1\""];

    // A word of a vendor that is neither is of a file that is not there yet, or not any more.
    private static readonly Regex Whole =
        new("succ|complet|finish|^ok$|normal|available|export", RegexOptions.IgnoreCase);
    private static readonly Regex Failed = new("fail|error", RegexOptions.IgnoreCase);

    public static TheoryData<string> Lists => RequestCase.Names(IsOfFiles);

    public static TheoryData<string> ListsWithStates =>
        RequestCase.Names(request => IsOfFiles(request) && request.HasStatus);

    public static TheoryData<string> BackupsWithoutLinks =>
        RequestCase.Names(request => request.What == "backups" && !request.Service.LinksBackups);

    public static TheoryData<string> EncryptedLinks =>
        RequestCase.Names(request => request.Kind?.Type.GetProperty(IsEncrypted) is not null);

    public static TheoryData<string> FoundInList =>
        RequestCase.Names(request => request.Ids.Any(request.IsFoundInList));

    public static TheoryData<string> KindsThatMayBeAbsent =>
        RequestCase.Names(request => request.Kind is null && request.Log?.MayBeAbsent == true);

    [Theory, MemberData(nameof(ListsWithStates))]
    public async Task State_says_whether_there_is_a_link_and_a_link_that_is_not_there_names_it(string name)
    {
        var request = RequestCase.Find(name);
        string good = await GetEntryAsync(request);
        using var cloud = Connect(request);
        var (place, _) = await FindAsync(cloud, request, good, [$"\"{Unknown}\""], entry => StateOf(entry) == Unknown);
        Assert.Matches("(?i)stat(us|e)$", place.Path[^1].ToString());
        var words = (request.Log is null ? request.Service.BackupWords : request.Service.LogWords).Status ?? [];
        // A page does not list all words of a backup.
        string[] more = request.Log is null ? ["running", "failed", Unknown] : [];
        string[] numbers = [.. Enumerable.Range(-1, 12).Select(number => $"{number}")];
        var entries = new List<(string Value, object Entry)>();
        foreach (string value in words.Concat(more).Select(word => $"\"{word}\"").Concat(numbers))
            entries.Add((value, await ReadEntryAsync(cloud, request, JsonRubbish.Replace(good, place, value))));
        // Of a service that has numbers for its states, words are not.
        bool isCoded = entries.Any(item => numbers.Contains(item.Value) && words.Contains(StateOf(item.Entry)));
        var link = FindLink(request);
        var seen = new HashSet<string>();
        foreach (var (value, entry) in entries)
        {
            string state = StateOf(entry)!;
            if (!words.Concat(more).Contains(state)
                || (isCoded && !numbers.Contains(value) && state != Unknown))
            {
                continue;
            }

            seen.Add(state);
            bool isWhole = Whole.IsMatch(state);
            Assert.True(isWhole == IsDownloadable(entry) || !HasLinks(request), state);
            if (request.Log is null && (words.Contains(state) || state == Unknown))
                Assert.True(HasFailed(entry) == Failed.IsMatch(state), state);
            if (isWhole || !HasLinks(request))
                continue;
            // The state says it.
            Assert.Null(ObstacleOf(entry));
            if (state == Unknown || link is null)
                continue;
            string body = await GetLinkBodyAsync(link);
            if (FindMember(body, place) is not { } member)
                continue;
            string unfinished = JsonRubbish.Replace(body, member, value);
            string[] bodies = [WithoutAddresses(unfinished, "\"\""), unfinished];
            foreach (string response in bodies.Take(words.Contains(state) ? 2 : 1))
            {
                var (reading, _) = await SendAsync(link, response);
                Assert.Empty(reading.Results);
                Assert.Contains($"'{state}'", reading.Told);
            }
        }

        Assert.Equal(words.Count + more.Length > 0, seen.Count > 0);
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task Entry_without_an_address_cannot_be_downloaded_and_says_why(string name)
    {
        var request = RequestCase.Find(name);
        string good = await GetEntryAsync(request);
        if (FindLinkInList(request, good) is not { } link)
            return;
        using var cloud = Connect(request);
        foreach (string? value in new[] { "\"\"", "null", null })
        {
            object entry = await ReadEntryAsync(cloud, request, WithoutAddresses(good, value));
            if (entry is IObstructed obstructed)
            {
                Assert.False(IsDownloadable(entry));
                Assert.False(string.IsNullOrWhiteSpace(obstructed.LinkObstacle));
            }

            var (reading, _) = await SendAsync(link, WithoutAddresses(await GetLinkBodyAsync(link), value));
            Assert.Empty(reading.Results);
            Assert.False(string.IsNullOrWhiteSpace(reading.Told));
        }
    }

    // The service did not heed the id.
    [Theory, MemberData(nameof(Lists))]
    public async Task Entry_of_another_id_does_not_have_the_link(string name)
    {
        var request = RequestCase.Find(name);
        if (FindLinkInList(request, await GetEntryAsync(request)) is not { } link)
            return;
        string body = await GetLinkBodyAsync(link);
        string id = (link.SampleIds.LogId ?? link.SampleIds.BackupId)!.Split('/')[^1];
        var places = JsonRubbish.Leaves(body).Where(place => JsonRubbish.ValueAt(body, place) == id).ToArray();
        Assert.NotEmpty(places);

        var (reading, _) = await SendAsync(link, places.Aggregate(
            body, (text, place) => JsonRubbish.Replace(text, place, "\"another\"")));

        Assert.Empty(reading.Results);
        Assert.False(string.IsNullOrWhiteSpace(reading.Told));
    }

    [Theory, MemberData(nameof(BackupsWithoutLinks))]
    public async Task Service_without_links_of_backups_says_why_at_each_backup_and_when_one_is_requested(string name)
    {
        var request = RequestCase.Find(name);
        using var cloud = Connect(request);

        var backups = (await cloud.ReadAsync(request)).AssertGood<IBackup>();

        string reason = Assert.Throws<NotSupportedException>(
            () => request.Service.Links(request.SampleIds, new LinkOptions())).Message;
        Assert.All(backups, backup => Assert.Equal((false, reason), (backup.IsDownloadable, ObstacleOf(backup))));
    }

    [Theory, MemberData(nameof(EncryptedLinks))]
    public async Task Encrypted_backup_says_so_in_the_list_and_its_link_says_where_its_key_is(string name)
    {
        var link = RequestCase.Find(name);
        var request = RequestCase.Find($"{link.Service.Key} backups");
        string good = await GetEntryAsync(request);
        using var cloud = Connect(request);
        Assert.Equal(false, EncryptionOf(await ReadEntryAsync(cloud, request, good)));
        var (place, value) = await FindAsync(cloud, request, good, Encryptions, entry => EncryptionOf(entry) == true);
        Assert.Matches("(?i)encrypt", place.Path[^1].ToString());
        string body = await GetLinkBodyAsync(link);
        var member = FindMember(body, place);
        foreach (bool isEncrypted in new[] { false, true })
        {
            // A response that does not say it leaves it to the list.
            var options = new LinkOptions
            {
                Details = BackupDetails.None with { IsEncrypted = member is null ? isEncrypted : null },
            };
            cloud.Network.RespondWith(
                isEncrypted && member is { } own ? JsonRubbish.Replace(body, own, value) : body);

            var reading = await cloud.ReadAsync(link.Service.Links(link.SampleIds, options));

            Assert.Equal(isEncrypted, EncryptionOf(Assert.Single(reading.Results)));
            Assert.Equal(isEncrypted ? link.Service.EncryptionRemark : null, reading.Remark);
        }
    }

    [Theory, MemberData(nameof(FoundInList))]
    public async Task Link_that_is_behind_the_first_page_of_a_list_is_found(string name)
    {
        var request = RequestCase.Find(name);
        string id = request.Ids.Single(request.IsFoundInList);
        var list = await FindListOfAsync(request);
        int limit = await GetLimitAsync(request, list);
        using var cloud = Connect(request);
        cloud.Network.Respond = list.Serve(limit + 2, request.Service, "none", cloud.Network);

        var reading = await CloudUnderTest.ReadAsync(
            request.Open(cloud.Session, request.With(id, list.IdOf(limit))));

        Assert.EndsWith(
            ListUnderTest.MarkOf(limit), Assert.Single(reading.AssertGood<DownloadLink>()).Uri.OriginalString);
    }

    [Theory, MemberData(nameof(KindsThatMayBeAbsent))]
    public async Task Kind_that_an_instance_lacks_is_an_error_only_for_the_caller_who_names_it(string name)
    {
        var request = RequestCase.Find(name);
        string refusal = CloudSample.Of(request.Service.Provider).Refusal("InvalidParameter").ToJsonString();
        var instance = new InstanceReference(request.SampleIds.InstanceId!, null) { Engine = request.Log!.Engine };
        var (named, _) = await SendAsync(request, refusal, 400);
        named.AssertFailed<ApiException>(ErrorKind.InvalidRequest);

        var (all, count) = await ReadKindsAsync(refused: -1);
        Assert.Contains(request.Log.Kind.ToString(), all!);
        var others = new List<IReadOnlyList<string>?>();
        for (int i = 0; i < count; i++)
            others.Add((await ReadKindsAsync(i)).Kinds);

        Assert.Contains(
            others, kinds => kinds?.SequenceEqual(all!.Except([request.Log.Kind.ToString()])) == true);

        // The kinds that come when one of the requests is refused; null for an error.
        async Task<(IReadOnlyList<string>? Kinds, int Count)> ReadKindsAsync(int refused)
        {
            using var cloud = Connect(request);
            cloud.Network.Respond = (_, i) => i == refused ? TestNetwork.Response(400, refusal) : null;
            var reading = await cloud.ReadAsync(request.Service.Logs(instance, new LogFilter()));
            bool isGood = reading.Failure is null && reading.Problems.Count == 0;
            return (
                isGood ? [.. reading.Results.Select(log => ((CloudLog)log).Kind!).Distinct()] : null,
                cloud.Network.Requests.Count);
        }
    }

    private static bool IsOfFiles(RequestCase request) =>
        request.What == "backups" || (request.Kind is null && request.Log is not null);

    private static bool HasLinks(RequestCase list) => list.Log is not null || list.Service.LinksBackups;

    // The request for the link of an entry; null where there is none, or where it is one for the tasks of an export.
    private static RequestCase? FindLink(RequestCase list) => RequestCase.All.SingleOrDefault(request =>
        request.Kind is not null && request.Service == list.Service && request.Log == list.Log
        && request.RequestCount == 1);

    // The same, where the links are in the list; null for another one.
    private static RequestCase? FindLinkInList(RequestCase list, string good)
    {
        var link = FindLink(list);
        bool isInList = JsonRubbish.Addresses(good).Count > 0;
        Assert.True(isInList || link?.Ids.Any(link.IsFoundInList) != true, "The links are not in the list.");
        return isInList ? link : null;
    }

    private static string? StateOf(object entry) => (entry as IBackup)?.Status ?? (entry as ILog)?.Status;

    private static bool IsDownloadable(object entry) =>
        (entry as IBackup)?.IsDownloadable ?? ((ILog)entry).IsDownloadable;

    private static bool HasFailed(object entry) => entry is IBackup { HasFailed: true };

    private static string? ObstacleOf(object entry) => (entry as IObstructed)?.LinkObstacle;

    private static bool? EncryptionOf(object entry) => (bool?)entry.GetType().GetProperty(IsEncrypted)!.GetValue(entry);

    private static string WithoutAddresses(string body, string? value) => JsonRubbish.Addresses(body).Aggregate(
        body, (text, place) => JsonRubbish.Replace(text, place, value));

    // The member of an entry that has this name; null where the response has none.
    private static JsonRubbish.Place? FindMember(string body, JsonRubbish.Place place) => JsonRubbish.Leaves(body)
        .Where(other => !other.IsOfTheEnvelope && other.Path[^1].Equals(place.Path[^1]))
        .Cast<JsonRubbish.Place?>().FirstOrDefault();

    // The value that makes an entry such a one, and its place.
    private static async Task<(JsonRubbish.Place Place, string Value)> FindAsync(
        CloudUnderTest cloud, RequestCase request, string good, string[] values, Func<object, bool> isWanted)
    {
        foreach (var place in JsonRubbish.Leaves(good).Where(place => !place.IsOfTheEnvelope))
        {
            foreach (string value in values)
            {
                var reading = await ReplayAsync(cloud, request, JsonRubbish.Replace(good, place, value));
                if (reading.Results is [var entry] && isWanted(entry))
                    return (place, value);
            }
        }

        throw new InvalidOperationException($"No member of {request.Name} says it.");
    }

    private static async Task<object> ReadEntryAsync(CloudUnderTest cloud, RequestCase request, string body) =>
        Assert.Single((await ReplayAsync(cloud, request, body)).AssertGood<object>());

    // The list with one entry, which can be downloaded.
    private async Task<string> GetEntryAsync(RequestCase request)
    {
        string good = await Sandbox.GetGoodBodyAsync(request);
        var (reading, _) = await SendAsync(request, good);
        var entries = reading.AssertGood<object>();
        return new ListUnderTest(good, IdsOf([entries.FirstOrDefault(IsDownloadable) ?? entries[0]])[0]).Only;
    }

    private async Task<string> GetLinkBodyAsync(RequestCase link) => link.Ids.Any(link.IsFoundInList)
        ? (await FindListOfAsync(link)).Only : await Sandbox.GetGoodBodyAsync(link);

    // The list that the link of the sample is in.
    private async Task<ListUnderTest> FindListOfAsync(RequestCase link) =>
        new(await Sandbox.GetGoodBodyAsync(link), (link.SampleIds.LogId ?? link.SampleIds.BackupId)!);
}
