using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using BackupLinks.Links;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Engine;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Conformance;

/// <summary>Links of every service in the real engine: saved, renewed, exported, shown.</summary>
public sealed class SavingConformanceTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox), IDisposable
{
    private const string Again = "function again { process { "
        + "[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($_)) } };";

    private readonly ModuleHost _module = new(new HurriedClock());
    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;

    public void Dispose()
    {
        Sandbox.Server.Clock.Offset = TimeSpan.Zero;
        Sandbox.Server.Faults.Clear();
        _module.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("| again")]
    [InlineData("| Export-BackupLink $file -WarningAction Ignore; Import-BackupLink $file -WarningAction Ignore")]
    public async Task Save_BackupFile_renews_links_that_have_expired(string detour)
    {
        var links = await GetLinksAsync(address => address);
        var secrets = new Hashtable();
        foreach (var sample in CloudSample.All)
        {
            var pair = sample.Provider.Credentials.Kinds[0].Required;
            var secret = new Hashtable { [pair[0].Name] = sample.Key.AccessKey, [pair[1].Name] = sample.Key.SecretKey };
            foreach (var key in sample.Provider.Credentials.Settings.Where(key => key.IsEndpoint))
                secret[key.Name] = Sandbox.Server.Address.GetLeftPart(UriPartial.Authority);
            secrets[sample.Provider.Credentials.SecretName] = secret;
        }

        _module.AddVault("Vault", secrets);
        // Later than the last of them ends, and later than a clock may be off.
        Sandbox.Server.Clock.Offset = TimeSpan.FromDays(3);

        var result = _module.Run(
            $"param($links, $d, $file) {Again} $links {detour} | Save-BackupFile -Destination $d -RetryIntervalSec 1",
            links, _folder, Path.Combine(_folder, "links.jsonl"));

        Assert.True(result.Errors.Count == 0 && result.Thrown is null, result.AllText);
        var saved = result.Output.Select(item => (SavedBackupFile)item.BaseObject).ToArray();
        Assert.Equal(links.Length, saved.Length);
        foreach (var link in links)
        {
            var file = Assert.Single(saved, file => file.Name == link.FileName);
            Assert.Equal((1, Sandbox.Server.Cloud.FindObject(link.Uri)!.Sha256), (file.LinkRenewals, file.Sha256));
            Assert.Equal(SourceOf(link), (file.InstanceId, file.BackupId));
        }
    }

    [Fact]
    public async Task Plain_http_to_another_machine_is_refused()
    {
        var links = await GetLinksAsync(_ => "http://store.example");

        var result = _module.Run("param($links, $d) $links | Save-BackupFile -Destination $d", links, _folder);

        Assert.Equal(links.Length, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.StartsWith("InsecureUri,", error.FullyQualifiedErrorId));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task No_view_shows_a_signature()
    {
        var links = await GetLinksAsync(address => address);
        var copies = links.Select(link => PSSerializer.Deserialize(PSSerializer.Serialize(link))).ToArray();
        foreach (object[] shown in new object[][] { links, copies })
        {
            int before = _module.Screen.Length;

            var result = _module.Run("param($links) $links | ForEach-Object { $_ | Out-Default; \"$_\" }", [shown]);

            Assert.Empty(result.Errors);
            string screen = _module.Screen[before..] + string.Join('\n', result.Output);
            Assert.All(links, link => Assert.Contains(link.FileName, screen));
            Assert.DoesNotContain("Signature", screen);
        }
    }

    // Requests are sent when the pipeline has moved on to other objects.
    [Fact]
    public async Task Hundreds_of_objects_are_requested_with_their_own_ids_and_come_in_order()
    {
        string endpoint = Sandbox.Server.Address.GetLeftPart(UriPartial.Authority);
        foreach (var command in LinkCommand.All.Where(command => !command.LinkType.IsAbstract))
        {
            var request = RequestCase.All.First(request => request.Kind?.Type == command.LinkType);
            var sample = CloudSample.Of(request.Service.Provider);
            Sandbox.Server.Faults.Add(
                new SandboxFault { Status = 200, Body = await Sandbox.GetGoodBodyAsync(request) });

            var result = _module.Run(
                """
                param($c, $e, $command, $place)
                1..200 | ForEach-Object { [pscustomobject] @{ InstanceId = "i$_"; BackupId = "b$_"; LogId = "l$_" } } |
                    & $command -Credential $c -Endpoint $e -ThrottleLimit 32 @place
                """,
                SandboxTest.ToCredential(sample.Key), endpoint, command.Name, new Hashtable(sample.Settings));

            Sandbox.Server.Faults.Clear();
            result.AssertSilent();
            foreach (string id in request.Ids)
            {
                var ids = result.Output.Select(item => ((string?)item.Properties[id].Value)?[1..]).OfType<string>()
                    .Distinct();
                Assert.Equal(Enumerable.Range(1, 200).Select(i => $"{i}"), ids);
            }
        }
    }

    private static (string?, string?) SourceOf(DownloadLink link) =>
        ((string?)link.GetType().GetProperty("InstanceId")?.GetValue(link),
            (string?)link.GetType().GetProperty("BackupId")?.GetValue(link));

    // The links of every kind, with another address in the place of the sandbox's.
    private async Task<DownloadLink[]> GetLinksAsync(Func<string, string> toAddress)
    {
        string address = Sandbox.Server.Address.GetLeftPart(UriPartial.Authority);
        var links = new List<DownloadLink>();
        foreach (var request in RequestCase.All.Where(request => request.Kind is not null))
        {
            using var cloud = Connect(request);
            string good = await Sandbox.GetGoodBodyAsync(request);
            if (toAddress(address) != address)
                cloud.Network.RespondWith(good.Replace(address, toAddress(address)));
            links.AddRange(
                (await cloud.ReadAsync(request)).AssertGood<DownloadLink>());
        }

        return [.. links];
    }
}
