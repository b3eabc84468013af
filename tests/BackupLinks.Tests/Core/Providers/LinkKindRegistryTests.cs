using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Links;
using BackupLinks.Manifests;
using BackupLinks.Providers;

namespace BackupLinks.Tests.Core.Providers;

/// <summary>Kinds of link are known by their keys, so that two clouds may have types of one simple name.</summary>
public sealed class LinkKindRegistryTests
{
    private readonly TestCloud _first = new("first", typeof(First.RdsBackupFile));
    private readonly TestCloud _second = new("second", typeof(Second.RdsBackupFile));
    private readonly ProviderRegistry _clouds;

    public LinkKindRegistryTests() => _clouds = new ProviderRegistry(_first, _second);

    [Fact]
    public async Task Two_kinds_of_one_simple_name_are_each_renewed_at_their_own_cloud()
    {
        var reader = new LinkReader(
            _clouds.LinkKinds, new LinkRenewer(null!, static _ => { }, CreateContext(), CancellationToken.None));

        var first = await RenewAsync(reader, new First.RdsBackupFile(Fields("b1"), Origin(_first), "b1"));
        var second = await RenewAsync(reader, new Second.RdsBackupFile(Fields("b2"), Origin(_second), "b2"));

        Assert.Equal(("https://first.example/b1", "https://second.example/b2"), (first, second));
        Assert.Equal("b1", Assert.Single(_first.Requests));
        Assert.Equal("b2", Assert.Single(_second.Requests));
    }

    [Fact]
    public void A_manifest_knows_two_kinds_of_one_simple_name_by_their_keys()
    {
        const string Manifest = """
            {"Kind":"second.Rds.BackupFile","Uri":"https://a.example/x"}
            {"Kind":"first.Rds.BackupFile","Uri":"https://a.example/x"}
            {"Kind":"third.Rds.BackupFile","Uri":"https://a.example/x"}
            """;

        var lines = JsonLinesReader.Read(new StringReader(Manifest), _clouds.LinkKinds);

        Assert.Equal(
            [typeof(Second.RdsBackupFile), typeof(First.RdsBackupFile), null], lines.Select(line => line.Kind?.Type));
    }

    [Fact]
    public void An_object_that_was_read_back_is_known_by_the_full_name_of_its_type()
    {
        Assert.Equal(
            "second.Rds.BackupFile",
            _clouds.LinkKinds.FindType("Deserialized." + typeof(Second.RdsBackupFile).FullName)?.Key);
        Assert.Null(_clouds.LinkKinds.FindType("RdsBackupFile"));
    }

    [Fact]
    public void The_name_that_older_manifests_have_is_that_of_the_first_cloud_that_had_it()
    {
        Assert.Equal(typeof(RdsBackupFile), Clouds.Registry.LinkKinds.Find("RdsBackupFile")?.Type);
        Assert.Null(_clouds.LinkKinds.Find("RdsBackupFile"));
    }

    [Fact]
    public void Every_key_begins_with_its_service_and_is_used_once()
    {
        var kinds = Clouds.Registry.LinkKinds.All;

        Assert.NotEmpty(kinds);
        Assert.Distinct(kinds.Select(kind => kind.Key));
        Assert.All(kinds, kind => Assert.StartsWith(kind.Service.Key + ".", kind.Key));
        Assert.All(
            kinds, kind => Assert.Same(kind.Service, Clouds.Registry.FindService(kind.Service.Key.ToUpperInvariant())));
    }

    [Theory]
    [InlineData("https://api.first.example", "https://api.first.example")]
    [InlineData("https://api.second.example", null)]
    [InlineData("http://127.0.0.1:8080", null)]
    public void A_link_that_was_read_back_leads_the_credential_to_the_hosts_of_its_cloud_alone(
        string endpoint, string? used)
    {
        var link = new LinkProperties(
            new System.Collections.Generic.Dictionary<string, string?> { ["Endpoint"] = endpoint, ["Region"] = "r" },
            isData: true);

        var settings = _first.ReadSettings(_first.Services[0], link, Credential(_first));

        Assert.Equal((used, "r"), (settings["Endpoint"], settings["Region"]));
    }

    private static async Task<string> RenewAsync(LinkReader reader, DownloadLink link)
    {
        var renew = reader.Read(PSObject.AsPSObject(link), null, isTyped: false).Renew!;
        return (await renew(CancellationToken.None)).Uri.GetLeftPart(UriPartial.Path);
    }

    private static RequestContext CreateContext() => new(
        new ApiTransport(), new RequestSettings(), ProxySettings.From(null, null, null),
        new RequestLog(null, static _ => { }));

    private static LinkFields Fields(string backup) =>
        new(new Uri($"https://store.example/{backup}?Signature=old"), backup, null, null, BackupDetails.None);

    private static LinkOrigin Origin(TestCloud cloud) =>
        new("https://api.example", SecretReference.None, Credential(cloud))
    {
        Service = cloud.Services[0].Key, Now = static _ => DateTimeOffset.UnixEpoch,
    };

    private static CredentialFields Credential(TestCloud cloud) => new(cloud.Credentials, "The test", []);

    internal static class First
    {
        public sealed class RdsBackupFile(LinkFields file, LinkOrigin origin, string backupId)
            : DownloadLink(file, origin)
        {
            public string BackupId => backupId;
        }
    }

    internal static class Second
    {
        public sealed class RdsBackupFile(LinkFields file, LinkOrigin origin, string backupId)
            : DownloadLink(file, origin)
        {
            public string BackupId => backupId;
        }
    }
}
