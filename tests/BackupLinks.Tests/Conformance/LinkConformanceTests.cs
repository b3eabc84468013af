using System;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.Tests.Conformance;

/// <summary>What is true of the links of any service.</summary>
public sealed class LinkConformanceTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    public static TheoryData<string> Kinds => RequestCase.Names(request => request.Kind is not null);

    [Theory, MemberData(nameof(Kinds))]
    public async Task Links_lead_to_their_files_and_say_where_they_are_from(string name)
    {
        var request = RequestCase.Find(name);
        using var cloud = Connect(request);

        var links =
            (await cloud.ReadAsync(request)).AssertGood<DownloadLink>();

        foreach (var link in links)
        {
            Assert.IsType(request.Kind!.Type, link);
            Assert.NotNull(Sandbox.Server.Cloud.FindObject(link.Uri));
            Assert.Equal((cloud.Session.Endpoint.AbsoluteUri, request.Service.Provider.Credentials.SecretName),
                (link.Endpoint, link.SecretName));
            Assert.InRange(
                link.ExpiresAt!.Value, DateTimeOffset.UtcNow.AddMinutes(4), DateTimeOffset.UtcNow.AddDays(2));
            Assert.DoesNotContain('?', link.ToString());
            foreach (string id in request.Ids)
                Assert.Equal(typeof(LinkIds).GetProperty(id)!.GetValue(request.SampleIds),
                    link.GetType().GetProperty(id)!.GetValue(link));
        }

        Assert.Equal(
            links.Count, links.Select(link => link.FileName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_a_list_said_of_the_backup_is_on_each_link(string name)
    {
        var request = RequestCase.Find(name);
        var details = new BackupDetails("prod-1", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), 12_345);
        using var cloud = Connect(request);

        var links = (await cloud.ReadAsync(
            request.Service.Links(request.SampleIds, new LinkOptions { Details = details })))
            .AssertGood<DownloadLink>();

        Assert.All(links, link =>
            Assert.Equal(details, new BackupDetails(link.InstanceName, link.BackupTime, link.BackupSize)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Value_that_is_rubbish_costs_no_other_link(string name)
    {
        var request = RequestCase.Find(name);
        string good = await Sandbox.GetGoodBodyAsync(request);
        bool isSent = await IsSentAsync(request, request.Ids[^1]);
        using var cloud = Connect(request);
        int count = (await ReplayAsync(cloud, request, good)).AssertGood<DownloadLink>().Count;
        foreach (var place in JsonRubbish.Leaves(good))
        {
            foreach (string? value in JsonRubbish.Values.Concat(place.IsText ? JsonRubbish.Hostile : []).Append(null))
            {
                var reading = await ReplayAsync(cloud, request, JsonRubbish.Replace(good, place, value));

                // A member of the response itself may be what tells a success.
                if (place.IsOfTheEnvelope && reading.Failure is ApiException)
                    continue;
                // A member of an entry may be what tells that it is the one.
                if (!isSent && IsOfId(good, place, request)
                    && reading.Failure is ApiException { Kind: ErrorKind.NotFound })
                {
                    continue;
                }

                Assert.True(reading.Failure is null, $"{place} as {value}: {reading.Told}");
                Assert.True(
                    count == reading.Results.Count + reading.Problems.Count, $"{place} as {value}: {reading.Told}");
                Assert.InRange(reading.Problems.Count, 0, 1);
                Assert.All(reading.Problems, problem => Assert.Equal(ErrorKind.InvalidResponse, problem.Kind));
            }
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Part_that_is_rubbish_is_told(string name)
    {
        var request = RequestCase.Find(name);
        string good = await Sandbox.GetGoodBodyAsync(request);
        bool isSent = await IsSentAsync(request, request.Ids[^1]);
        using var cloud = Connect(request);
        foreach (var place in JsonRubbish.Containers(good))
        {
            foreach (string? value in JsonRubbish.Values.Append(null))
            {
                var reading = await ReplayAsync(cloud, request, JsonRubbish.Replace(good, place, value));

                Assert.True(
                    reading.Failure is null or ApiException { Kind: ErrorKind.InvalidResponse }
                        || (!isSent && reading.Failure is ApiException { Kind: ErrorKind.NotFound })
                        || (request.Log?.IsExportedApart == true
                            && reading.Failure is { Kind: ErrorKind.NotReady }),
                    $"{place} as {value}: {reading.Told}");
                if (reading.Results.Count == 0)
                    Assert.False(string.IsNullOrWhiteSpace(reading.Told), $"{place} as {value}");
            }
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Status_204_is_no_links_and_told(string name)
    {
        var (reading, _) = await SendAsync(RequestCase.Find(name), "", 204);

        Assert.Empty(reading.Results);
        Assert.False(string.IsNullOrWhiteSpace(reading.Told));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Plain_http_is_kept_but_for_stores_that_serve_https(string name)
    {
        var request = RequestCase.Find(name);
        string good = await Sandbox.GetGoodBodyAsync(request);
        string address = Sandbox.Server.Address.GetLeftPart(UriPartial.Authority);
        var hosts = request.Service.Provider.HttpsHosts
            .Select(host => ("http://bucket" + host.Replace("*", "xx-new-1"), "https"))
            .Prepend(("http://store.example", "http"));
        foreach (var (host, scheme) in hosts)
        {
            var (reading, _) = await SendAsync(request, good.Replace(address, host));

            Assert.All(reading.AssertGood<DownloadLink>(), link => Assert.Equal(scheme, link.Uri.Scheme));
        }
    }

    // The signature covers them.
    [Theory, MemberData(nameof(Kinds))]
    public async Task Path_and_query_of_an_address_stay_byte_for_byte(string name)
    {
        const string Odd = "/a%2Fb/./c/../d%20e+f/x.rdb?Signature=a%2Bb%2fc%3D&x=%41&y=a+b&z=~*'()&Expires=1893456000";
        var request = RequestCase.Find(name);
        string good = await Sandbox.GetGoodBodyAsync(request);
        var address = JsonRubbish.Addresses(good)[0];

        var (reading, _) = await SendAsync(request, JsonRubbish.Replace(good, address, $"\"https://h.example{Odd}\""));

        Assert.Contains(
            reading.AssertGood<DownloadLink>(), link => link.Uri.OriginalString == "https://h.example" + Odd);
    }

    [Fact]
    public void Keys_of_kinds_say_their_cloud_and_their_service()
    {
        var kinds = Clouds.Registry.LinkKinds;

        Assert.All(kinds.All, kind =>
        {
            Assert.Matches("^[A-Za-z]+[.][A-Za-z0-9]+[.][A-Za-z]+$", kind.Key);
            Assert.StartsWith(kind.Service.Provider.Key + ".", kind.Key);
            Assert.StartsWith($"BackupLinks.{kind.Service.Provider.Key}.", kind.Type.FullName);
            Assert.Same(kind, kinds.Find(kind.Key));
            Assert.Same(kind, kinds.Find(kind.Type));
            Assert.Same(kind, kinds.FindType(LinkKind.DeserializedPrefix + kind.Type.FullName));
            Assert.All(kind.Ids, id => Assert.NotNull(kind.Type.GetProperty(id)));
        });
    }

    // A value that the id is made of.
    private static bool IsOfId(string body, JsonRubbish.Place place, RequestCase request) =>
        ((string)typeof(LinkIds).GetProperty(request.Ids[^1])!.GetValue(request.SampleIds)!)
            .Contains(JsonRubbish.ValueAt(body, place), StringComparison.Ordinal);
}
