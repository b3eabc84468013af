using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Sandbox;
using BackupLinks.Secrets;
using BackupLinks.Tests.Engine;

namespace BackupLinks.Tests.Conformance;

/// <summary>What is true of any cloud: its secrets, its endpoints, its request ids, its clock.</summary>
public sealed class ProviderConformanceTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    public static TheoryData<string> Clouds =>
        [.. BackupLinks.Clouds.Registry.Providers.Select(provider => provider.Key)];

    public static TheoryData<string> Services =>
        [.. BackupLinks.Clouds.Registry.Services.Select(service => service.Key)];

    [Theory, MemberData(nameof(Clouds))]
    public void Cloud_and_services_have_keys_names_and_an_example(string cloud)
    {
        var provider = Find(cloud);

        Assert.Matches("^[A-Z][A-Za-z]+$", provider.Key);
        Assert.Equal(provider.Key, provider.Name.Replace(" ", ""));
        Assert.Equal(provider.Name, provider.Credentials.Provider);
        Assert.NotEmpty(provider.Services);
        foreach (var service in provider.Services)
        {
            Assert.Same(provider, service.Provider);
            Assert.Same(service, BackupLinks.Clouds.Registry.FindService(service.Key.ToUpperInvariant()));
            Assert.NotEmpty(service.Engines);
            Assert.True(provider.OwnsHost(service, CredentialFields.Endpoint, new Uri(service.EndpointExample).Host),
                service.EndpointExample);
            Assert.Equal(service.Regions.Count, service.Regions.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        }
    }

    [Theory, MemberData(nameof(Services))]
    public void Backup_type_that_is_named_incremental_is_not_a_full_backup(string key)
    {
        var service = BackupLinks.Clouds.Registry.FindService(key)!;
        var incremental = (service.BackupWords.Type ?? []).Concat(service.BackupWords.IncrementalTypes)
            .Where(type => type.Contains("incr", StringComparison.OrdinalIgnoreCase));

        Assert.All(incremental, type => Assert.Equal(BackupKind.Incremental, service.KindOf(type)));
    }

    [Fact]
    public void Clouds_share_no_key_no_secret_and_no_variable()
    {
        var schemas = BackupLinks.Clouds.Registry.Providers.Select(provider => provider.Credentials).ToArray();

        AssertDistinct(BackupLinks.Clouds.Registry.Services.Select(service => service.Key));
        AssertDistinct(schemas.Select(schema => schema.SecretName));
        AssertDistinct(schemas.SelectMany(schema => schema.Keys).Select(key => key.Variable).OfType<string>());
        AssertDistinct(BackupLinks.Clouds.Registry.LinkKinds.All.Select(kind => kind.Key));
        AssertDistinct(BackupLinks.Clouds.Registry.LinkKinds.All.Select(kind => kind.Type.FullName!));
    }

    [Theory, MemberData(nameof(Clouds))]
    public void Secret_may_be_a_PSCredential_a_hashtable_or_JSON_text(string cloud)
    {
        var schema = Find(cloud).Credentials;
        foreach (var kind in schema.Kinds)
        {
            var values = kind.Keys.Concat(schema.Settings).ToDictionary(
                key => key.Name, key => key.IsFlag ? "true" : "value-of-" + key.Name);
            foreach (var spell in new Func<string, string>[] { name => name, name => name.ToUpperInvariant(), Alias })
            {
                var table = new Hashtable(values.ToDictionary(value => spell(value.Key), value => value.Value));
                string json = "\uFEFF"
                    + JsonSerializer.Serialize(values.ToDictionary(value => spell(value.Key), value => value.Value));
                foreach (var fields in new[] { Read(table), Read(PSObject.AsPSObject(table)), Read(json) })
                {
                    Assert.Same(kind, schema.Identify(fields));
                    Assert.All(values, value => Assert.Equal(value.Value, fields[value.Key]));
                }
            }
        }

        var pair = schema.Kinds[0].Required;
        var credential = Read(SandboxTest.ToCredential(new SandboxKey("the-public-part", "the-secret-part")));
        Assert.Equal(("the-public-part", "the-secret-part"), (credential[pair[0].Name], credential[pair[1].Name]));

        CredentialFields Read(object secret) => SecretParser.Read(schema, "The secret 'Mine'", secret);

        string Alias(string name) => schema.Find(name)!.Aliases is [var alias, ..] ? alias : name;
    }

    [Theory, MemberData(nameof(Clouds))]
    public void Key_that_a_secret_cannot_have_is_told_with_the_keys_of_its_cloud(string cloud)
    {
        var schema = Find(cloud).Credentials;
        var others = BackupLinks.Clouds.Registry.Providers.SelectMany(provider => provider.Credentials.Keys)
            .Where(key => schema.Find(key.Name) is null).Select(key => key.Name).Distinct();
        foreach (string stranger in others.Append("Colour"))
        {
            var error = Refuse(schema, (stranger, "x"), (schema.Kinds[0].Required[1].Name, Secret));

            Assert.Contains($"'{stranger}'", error.Message);
            Assert.EndsWith($"the keys are {string.Join(", ", schema.Keys.Select(key => key.Name))}.", error.Message);
        }
    }

    [Theory, MemberData(nameof(Clouds))]
    public void Secret_that_is_incomplete_or_of_two_kinds_names_the_key(string cloud)
    {
        var schema = Find(cloud).Credentials;
        foreach (var kind in schema.Kinds)
        {
            foreach (var missing in kind.Required.Where(_ => kind.Required.Count > 1))
            {
                var present = kind.Required.Where(key => key != missing).Select(key => (key.Name, Secret)).ToArray();
                Assert.Contains($"'{missing.Name}'", Refuse(schema, present).Message);
            }

            foreach (var other in schema.Kinds.Where(other => other != kind).SelectMany(other => other.Keys)
                .Except(kind.Keys))
            {
                var both = kind.Required.Select(key => (key.Name, Secret)).Append((other.Name, Secret)).ToArray();
                Assert.Contains("does not belong to", Refuse(schema, both).Message);
            }
        }

        Assert.Contains(
            "has no credential", Refuse(schema, [.. schema.Settings.Take(1).Select(key => (key.Name, "x"))]).Message);
    }

    [Theory, MemberData(nameof(Clouds))]
    public void Exact_value_that_the_clipboard_spoilt_names_its_key_and_not_the_value(string cloud)
    {
        var schema = Find(cloud).Credentials;
        Assert.All(schema.Kinds[0].Required, key => Assert.True(key.IsExact, key.Name));
        foreach (var key in schema.Keys.Where(key => key.IsExact))
        {
            foreach (string slip in new[]
            {
                Secret + "\n", Secret + "\r\n", "\uFEFF" + Secret, " " + Secret, Secret + " ", Secret + "\u00A0",
                "\t" + Secret, Secret + "\u200B", Secret + "ü", "", "  ",
            })
            {
                Assert.Contains($"'{key.Name}'", Refuse(schema, (key.Name, slip)).Message);
            }
        }
    }

    [Theory, MemberData(nameof(Clouds))]
    public void Credential_may_be_in_the_variables_of_the_cloud(string cloud)
    {
        var schema = Find(cloud).Credentials;
        var pair = schema.Kinds[0].Required;
        var variables = schema.Kinds[0].Keys.Where(key => key.Variable is not null)
            .ToDictionary(key => key.Variable!, key => "value-of-" + key.Name);

        var fields = schema.ReadEnvironment(name => variables.GetValueOrDefault(name))!;

        Assert.Same(schema.Kinds[0], schema.Identify(fields));
        Assert.All(variables, variable => Assert.Contains(variable.Value, schema.Keys.Select(key => fields[key.Name])));
        Assert.Equal($"the environment variables {pair[0].Variable} and {pair[1].Variable}", fields.Origin);
        foreach (var missing in pair)
        {
            var error = Assert.Throws<BackupLinksException>(() =>
                schema.ReadEnvironment(name => name == missing.Variable ? "" : variables.GetValueOrDefault(name)));
            Assert.Contains($"{missing.Variable} is not", error.Message);
        }

        Assert.Null(schema.ReadEnvironment(_ => null));
        Assert.Contains(schema.SecretName, schema.NotFound().Message);
        Assert.Contains(pair[0].Variable!, schema.NotFound().Message);
    }

    [Theory, MemberData(nameof(Services))]
    public void Endpoint_that_is_none_is_told_one_of_the_service(string key)
    {
        var service = BackupLinks.Clouds.Registry.FindService(key)!;
        string[] none = ["ftp://h/", $"user:{Secret}@h", $"https://user:{Secret}@h/", "https://h/?a=b",
        "not an address"];
        foreach (string bad in none)
        {
            var error = Assert.Throws<BackupLinksException>(() => Open(service, bad));

            Assert.Equal(ErrorKind.InvalidEndpoint, error.Kind);
            Assert.Contains(service.EndpointExample, error.Message);
            Assert.DoesNotContain(Secret, error.Message);
        }

        Assert.Equal(ErrorKind.InsecureEndpoint,
            Assert.Throws<BackupLinksException>(() => Open(service, "http://h.example")).Kind);
        Assert.Equal("https://h.example/", Open(service, "h.example").Endpoint.AbsoluteUri);
        Assert.Equal(
            "https://h.example:8443/prefix", Open(service, "https://h.example:8443/prefix").Endpoint.AbsoluteUri);
    }

    [Theory, MemberData(nameof(Services))]
    public void Each_region_has_a_host_of_the_clouds_own_and_no_other_word_has(string key)
    {
        var service = BackupLinks.Clouds.Registry.FindService(key)!;
        foreach (string region in service.Regions)
        {
            var session = Open(service, null, region);

            Assert.True(session.Endpoint.Scheme == "https"
                && service.Provider.OwnsHost(service, CredentialFields.Endpoint, session.Endpoint.Host), region);
            Assert.Equal(region, session.Region);
        }

        string evil = (service.Regions.Count > 0 ? service.Regions[0] : "") + ".evil.example";
        string[] words = ["nowhere", "evil.example/", "evil.example#", "x@evil.example", "\0", evil];
        foreach (string word in words.Where(_ => service.Regions.Count > 0))
            Assert.Equal(
                ErrorKind.UnknownRegion, Assert.Throws<BackupLinksException>(() => Open(service, null, word)).Kind);
        Assert.False(service.Provider.OwnsHost(service, CredentialFields.Endpoint, "evil.example"));
        Assert.False(service.Provider.OwnsHost(
            service, CredentialFields.Endpoint, new Uri(service.EndpointExample).Host + ".evil.example"));
    }

    [Theory, MemberData(nameof(Services))]
    public async Task Request_id_is_that_of_each_header_and_member_of_the_cloud(string key)
    {
        var request = RequestCase.All.First(request => request.Service.Key == key);
        var conventions = request.Service.Provider.Conventions;
        Assert.NotEmpty(conventions.RequestIdHeaders);
        foreach (string header in conventions.RequestIdHeaders)
            Assert.Equal("id-1", (await RefuseAsync("{}", (header, "id-1"))).RequestId);
        foreach (string member in conventions.RequestIdMembers)
        {
            foreach (var (code, message) in conventions.ErrorShapes)
            {
                var error = await RefuseAsync($"{{\"{code}\":\"X.1\",\"{message}\":\"words\",\"{member}\":\"id-2\"}}");
                Assert.Equal(("X.1", "id-2"), (error.ErrorCode, error.RequestId));
                Assert.Contains("X.1: \"words\", request id id-2", error.Message);
            }
        }

        var hostile = await RefuseAsync("{}", (conventions.RequestIdHeaders[0], "Signature=" + Secret));
        Assert.DoesNotContain(Secret, hostile.Message + hostile.RequestId);

        async Task<ApiException> RefuseAsync(string body, params (string, string)[] headers) =>
            (await SendAsync(request, body, 400, headers: headers))
                .Reading.AssertFailed<ApiException>(ErrorKind.InvalidRequest);
    }

    [Theory, MemberData(nameof(Services))]
    public async Task Machine_whose_clock_is_wrong_signs_with_the_time_of_the_cloud(string key)
    {
        var request = RequestCase.All.First(request => request.Service.Key == key);
        foreach (int minutes in new[] { 50, -50 })
        {
            using var cloud = Connect(request);
            Sandbox.Server.Clock.Offset = TimeSpan.FromMinutes(minutes);
            try
            {
                var reading = await cloud.ReadAsync(request);

                Assert.NotEmpty(reading.AssertGood<object>());
                Assert.Equal(1 + request.RequestCount, cloud.Network.Requests.Count);
                Assert.Contains(cloud.Lines, line => line.Contains(minutes > 0 ? "behind" : "ahead of"));
            }
            finally
            {
                Sandbox.Server.Clock.Offset = TimeSpan.Zero;
            }
        }
    }

    [Theory, MemberData(nameof(Services))]
    public async Task Cloud_that_is_closed_for_long_says_when_to_come_back(string key)
    {
        var request = RequestCase.All.First(request => request.Service.Key == key);
        using var cloud = Connect(request, settings: new RequestSettings { MaximumRetryCount = 3 });
        cloud.Network.RespondWith("", 429, headers: ("Retry-After", "86400"));

        var error = (await cloud.ReadAsync(request)).AssertFailed<ApiException>(ErrorKind.Throttled);

        Assert.Matches(@"try again after .*\d\d:\d\d UTC", error.Message);
        Assert.Single(cloud.Network.Requests);
    }

    private static Provider Find(string key) =>
        BackupLinks.Clouds.Registry.Providers.Single(provider => provider.Key == key);

    private static void AssertDistinct(IEnumerable<string> names)
    {
        string[] all = [.. names];
        Assert.Equal(all.Length, all.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static BackupLinksException Refuse(CredentialSchema schema, params (string Name, string Value)[] values)
    {
        var table = new Hashtable(values.ToDictionary(value => value.Name, value => value.Value));
        var error = Assert.Throws<BackupLinksException>(
            () => schema.Identify(SecretParser.Read(schema, "The secret 'Mine'", table)));
        Assert.Equal(ErrorKind.InvalidSecret, error.Kind);
        Assert.StartsWith("The secret 'Mine' ", error.Message);
        Assert.DoesNotContain(Secret, error.Message);
        return error;
    }

    private static ServiceSession Open(BackupService service, string? endpoint, string? region = null)
    {
        var sample = CloudSample.Of(service.Provider);
        var settings = new SessionSettings();
        foreach (var (name, value) in sample.Settings)
            settings[name] = value;
        settings[CredentialFields.Endpoint] = endpoint;
        if (region is not null)
            settings[CredentialFields.Region] = region;
        var context = new RequestContext(
            new ApiTransport(), new RequestSettings(), new ProxySettings(null, null, null),
            new RequestLog(null, static _ => { }));
        return service.Provider.OpenSession(service, settings, sample.Credential, SecretReference.None, context);
    }
}
