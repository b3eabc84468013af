using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.Tests.Conformance;

/// <summary>
/// What is true of any log that is exported when its links are requested: they are waited for, and a file that could
/// not be exported is told.
/// </summary>
public sealed class ExportConformanceTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private const string Exporting = "EXPORTING";
    private const string Failed = "FAILED";
    private const string SecondName = "second.log";

    private static readonly Regex StateName = new("^stat(us|e)$", RegexOptions.IgnoreCase);

    public static TheoryData<string> Exports =>
        RequestCase.Names(request => request.Kind is not null && request.Log?.IsExported == true);

    [Theory, MemberData(nameof(Exports))]
    public async Task Links_are_requested_again_until_they_are_there(string name)
    {
        var request = RequestCase.Find(name);
        var list = await FindListAsync(request);
        using var cloud = Connect(request);
        cloud.Network.Respond = (_, i) => TestNetwork.Response(200, i < 2
            ? WithState(list.Body([Second(list, Exporting, null)]), "CREATING")
            : list.Body([list.Entry(0), list.Entry(1)]));

        var links = (await cloud.ReadAsync(request)).AssertGood<DownloadLink>();

        Assert.Equal([list.IdOf(0), list.IdOf(1)], links.Select(link => link.FileName));
        Assert.Equal(3, cloud.Network.Requests.Count);
        Assert.Equal([1, 2], cloud.Clock.Delays.Select(delay => delay.TotalSeconds));
    }

    [Theory, MemberData(nameof(Exports))]
    public async Task File_without_a_link_is_waited_for_whatever_the_states_are(string name)
    {
        var request = RequestCase.Find(name);
        var list = await FindListAsync(request);
        foreach (var (state, link) in new[]
        {
            (Exporting, null), (Exporting, ""), ("SUCCESS", null), ("SUCCESS", " "), ("", null),
        })
        {
            using var cloud = Connect(request);
            cloud.Network.Respond = (_, i) => TestNetwork.Response(
                200, list.Body([list.Entry(0), i < 2 ? Second(list, state, link) : list.Entry(1)]));

            Assert.Equal(2, (await cloud.ReadAsync(request)).AssertGood<DownloadLink>().Count);
            Assert.Equal(3, cloud.Network.Requests.Count);
        }
    }

    [Theory, MemberData(nameof(Exports))]
    public async Task Links_that_are_there_are_returned_at_the_end_of_the_wait(string name)
    {
        var request = RequestCase.Find(name);
        var list = await FindListAsync(request);
        foreach (var (state, kind, advice) in new[]
        {
            (Exporting, ErrorKind.NotReady, "wait longer with -WaitTimeoutSec"),
            ("SUCCESS", ErrorKind.InvalidResponse, "no usable link"),
        })
        {
            var reading = await SendWithoutWaitAsync(request, list.Body([list.Entry(0), Second(list, state, null)]));

            Assert.Equal([list.IdOf(0)], IdsOf(reading.Results));
            var problem = Assert.Single(reading.Problems);
            Assert.Equal(kind, problem.Kind);
            Assert.Contains(SecondName, problem.Message);
            Assert.Contains(advice, problem.Message);
        }
    }

    [Theory, MemberData(nameof(Exports))]
    public async Task Log_that_takes_longer_than_the_wait_is_NotReady(string name)
    {
        var request = RequestCase.Find(name);
        var list = await FindListAsync(request);

        var reading = await SendWithoutWaitAsync(request, list.Body([Second(list, Exporting, null)]));

        reading.AssertFailed<BackupLinksException>(ErrorKind.NotReady);
    }

    // FAILED of the whole means that there are logs that could not be exported, say the pages.
    [Theory, MemberData(nameof(Exports))]
    public async Task File_that_could_not_be_exported_is_told_and_the_others_are_linked(string name)
    {
        var request = RequestCase.Find(name);
        var list = await FindListAsync(request);
        foreach (string? link in new[] { null, "https://h.example/x" })
        {
            string body = list.Body([list.Entry(0), Second(list, Failed, link)]);
            foreach (string response in new[] { body, WithState(body, Failed) })
            {
                var (reading, cloud) = await SendAsync(request, response);

                var made = (DownloadLink)Assert.Single(reading.Results);
                Assert.Equal((list.IdOf(0), 2), (made.FileName, made.FileCount));
                var problem = Assert.Single(reading.Problems);
                Assert.Equal(ErrorKind.NotReady, problem.Kind);
                Assert.Contains($"could not export file '{SecondName}' of log ", problem.Message);
                Assert.Contains("('FAILED': \"The node is down.\")", problem.Message);
                Assert.Single(cloud.Network.Requests);
            }
        }
    }

    [Theory, MemberData(nameof(Exports))]
    public async Task Export_that_fails_is_told(string name)
    {
        var request = RequestCase.Find(name);
        var list = await FindListAsync(request);

        var (reading, _) = await SendAsync(request, WithState(list.Body([Second(list, Failed, null)]), Failed));

        Assert.Empty(reading.Results);
        Assert.Equal(ErrorKind.NotReady, (reading.Failure ?? Assert.Single(reading.Problems)).Kind);
        Assert.Contains("('FAILED': \"The node is down.\")", reading.Told);
    }

    // Another file, in this state and with this link.
    private static string Second(ListUnderTest list, string state, string? link)
    {
        var entry = JsonNode.Parse(list.Entry(1))!.AsObject();
        entry[entry.Single(member => $"{member.Value}" == list.IdOf(1)).Key] = SecondName;
        entry[entry.Single(member => StateName.IsMatch(member.Key)).Key] = state;
        entry[entry.Single(member => $"{member.Value}".StartsWith("http", StringComparison.Ordinal)).Key] = link;
        if (state == Failed)
            entry["message"] = "The node is down.";
        return entry.ToJsonString();
    }

    // The state of the whole, where the response has one.
    private static string WithState(string body, string state) =>
        JsonRubbish.Leaves(body).Where(place => place.IsOfTheEnvelope && StateName.IsMatch((string)place.Path[0]))
            .Aggregate(body, (text, place) => JsonRubbish.Replace(text, place, $"\"{state}\""));

    private async Task<Reading> SendWithoutWaitAsync(RequestCase request, string body)
    {
        using var cloud = Connect(request);
        cloud.Network.RespondWith(body);

        var reading = await cloud.ReadAsync(request.Service.Links(
            request.SampleIds, new LinkOptions { WaitTimeout = TimeSpan.Zero }));

        Assert.Single(cloud.Network.Requests);
        Assert.Empty(cloud.Clock.Delays);
        return reading;
    }
}
