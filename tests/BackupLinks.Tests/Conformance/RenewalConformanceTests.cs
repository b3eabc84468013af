using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Links;
using BackupLinks.Manifests;
using BackupLinks.Providers;

namespace BackupLinks.Tests.Conformance;

/// <summary>
/// A link of any service says enough to be requested again, and nothing that says where a credential goes.
/// </summary>
public sealed class RenewalConformanceTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private const string Network = "Network";

    public static TheoryData<string> KindsWithNetwork =>
        RequestCase.Names(request => request.Kind?.Ids.Contains(Network) == true && request.Log?.IsPublicOnly != true);

    public static TheoryData<string> Kinds => RequestCase.Names(request => request.Kind is not null);

    [Theory, MemberData(nameof(Kinds))]
    public async Task Link_leads_to_the_request_that_it_came_from_fresh_and_read_back(string name)
    {
        var request = RequestCase.Find(name);
        LinkOptions[] choices = [new(), new() { ValidFor = TimeSpan.FromMinutes(20) }, new() { IsIntranet = true }];
        foreach (var options in choices.Where(choice => !choice.IsIntranet || request.Log?.IsPublicOnly != true))
        {
            var sent = request.Service.Links(request.SampleIds, options);
            foreach (var (link, properties) in await GetPropertiesAsync(request, options))
            {
                Assert.Equal(sent, request.Kind!.ToRequest(properties));
                bool hasIntranet = request.Ids.Contains(nameof(LinkIds.LogId))
                    ? request.Service.LogsHaveIntranet : request.Service.HasIntranet;
                Assert.Equal(link.IsIntranet, options.IsIntranet && hasIntranet);
            }
        }
    }

    // A table that a person wrote.
    [Theory, MemberData(nameof(KindsWithNetwork))]
    public async Task Network_of_a_link_is_read_in_any_case(string name)
    {
        var request = RequestCase.Find(name);
        var options = new LinkOptions { IsIntranet = true };
        var values = Read((await GetPropertiesAsync(request, options))[0].Link);
        values[Network] = values[Network]!.ToUpperInvariant();

        Assert.Equal(
            request.Service.Links(request.SampleIds, options),
            request.Kind!.ToRequest(new LinkProperties(values, isData: true)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Link_without_one_of_its_ids_cannot_be_renewed(string name)
    {
        var request = RequestCase.Find(name);
        var (link, _) = (await GetPropertiesAsync(request, new LinkOptions()))[0];
        foreach (string id in request.Ids)
        {
            var values = Read(link);
            values[id] = " ";

            var error = Assert.Throws<Errors.BackupLinksException>(
                () => request.Kind!.ToRequest(new LinkProperties(values, isData: true)));

            Assert.Equal(Errors.ErrorKind.LinkRenewalFailed, error.Kind);
            Assert.Contains(id, error.Message);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Link_says_its_region_and_its_project(string name)
    {
        var request = RequestCase.Find(name);
        var sample = CloudSample.Of(request.Service.Provider);
        foreach (var (_, properties) in await GetPropertiesAsync(request, new LinkOptions()))
        {
            var settings = request.Service.Provider.ReadSettings(request.Service, properties, sample.Credential);

            Assert.All(sample.Settings, setting => Assert.Equal(setting.Value, settings[setting.Key]));
        }
    }

    // The author of the file may have written anything.
    [Theory, MemberData(nameof(Kinds))]
    public async Task File_cannot_say_where_a_credential_goes(string name)
    {
        var request = RequestCase.Find(name);
        var provider = request.Service.Provider;
        var (link, _) = (await GetPropertiesAsync(request, new LinkOptions()))[0];
        var keys = provider.Credentials.Settings.Where(key => key.IsEndpoint).ToArray();
        string own = request.Service.EndpointExample;
        foreach (string evil in new[]
        {
            "https://evil.example/", "https://evil.example/?" + own, own + ".evil.example",
            own.Replace("https:", "http:"), own.Replace("https://", "https://evil."),
            own.Replace("https://", "https://evil.example/"), own.Replace("https://", "https://x@evil.example:443/"),
        })
        {
            var values = Read(link);
            foreach (var key in keys)
                values[key.Name] = evil;

            var settings = provider.ReadSettings(
                request.Service, new LinkProperties(values, isData: true), CloudSample.Of(provider).Credential);

            Assert.All(keys, key => Assert.Null(settings[key.Name]));
        }

        var trusted = Read(link);
        trusted[CredentialFields.Endpoint] = own;
        Assert.Equal(own, provider.ReadSettings(
            request.Service, new LinkProperties(trusted, isData: true),
            CloudSample.Of(provider).Credential)[CredentialFields.Endpoint]);
    }

    // The properties of each link as they are at hand, after CliXml, and after a manifest.
    private async Task<IReadOnlyList<(DownloadLink Link, LinkProperties Properties)>> GetPropertiesAsync(
        RequestCase request, LinkOptions options)
    {
        using var cloud = Connect(request);
        var links = (await cloud.ReadAsync(
            request.Service.Links(request.SampleIds, options))).AssertGood<DownloadLink>();
        return
        [
            .. links.SelectMany(link => new[]
            {
                (link, new LinkProperties(Read(link), isData: false)),
                (link, new LinkProperties(
                    Read((PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(link))), isData: true)),
                (link, new LinkProperties(ReadThroughManifest(request.Kind!, link), isData: true)),
            }),
        ];
    }

    private static Dictionary<string, string?> Read(object link) => PSObject.AsPSObject(link).Properties
        .ToDictionary(
            property => property.Name, property => property.Value?.ToString(), StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, string?> ReadThroughManifest(LinkKind kind, DownloadLink link)
    {
        using var text = new StringWriter();
        new JsonLinesWriter(text).Write(new ManifestEntry
        {
            Addresses = [link.Uri],
            FileName = link.FileName,
            Kind = kind.Key,
            Properties = [.. PSObject.AsPSObject(link)
                .Properties.Select(property => new KeyValuePair<string, object?>(property.Name, property.Value))],
        });
        var line = Assert.Single(JsonLinesReader.Read(new StringReader(text.ToString()), Clouds.Registry.LinkKinds));
        Assert.Same(kind, line.Kind);
        return line.Values!.ToDictionary(
            value => value.Key, value => value.Value?.ToString(), StringComparer.OrdinalIgnoreCase);
    }
}
