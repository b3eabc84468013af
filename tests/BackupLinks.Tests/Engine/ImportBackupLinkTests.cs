using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Text.Json;
using BackupLinks.Links;
using BackupLinks.Manifests;
using BackupLinks.Transfer;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>Links that come out of a file, whichever process wrote it.</summary>
public sealed class ImportBackupLinkTests : ManifestTest
{
    [Fact]
    public void Files_are_saved_from_a_manifest_and_expired_links_are_renewed_by_the_name_of_their_secret()
    {
        Directory.CreateDirectory(Folder);
        Module.AddVault("V", new Hashtable
        {
            ["Night"] = new Hashtable { ["AccessKey"] = OperatorKey.AccessKey, ["SecretKey"] = OperatorKey.SecretKey,
            ["Region"] = Region, ["Endpoint"] = Endpoint },
        });
        var exported = Module.Run(
            $"Get-DcsBackupLink {DcsInstanceId} {DcsClusterBackupId} -SecretName Night | "
                + $"Export-BackupLink '{Manifest}'");
        Assert.Empty(exported.Errors);
        Server.Clock.Offset = TimeSpan.FromHours(2);

        var saved = Save(Import().Output.ToArray());

        Assert.Empty(saved.Errors);
        Assert.NotEmpty(saved.Output);
        Assert.All(
            saved.Output.Select(file => (SavedBackupFile)file.BaseObject),
            file => Assert.Equal((1, DcsClusterBackupId), (file.LinkRenewals, file.BackupId)));
        Assert.All(saved.Output.Select(file => (SavedBackupFile)file.BaseObject), file =>
            Assert.Equal(Server.Cloud.FindObject(new Uri(file.Source))!.Sha256, file.Sha256));
    }

    [Fact]
    public void A_manifest_of_another_person_does_not_say_where_credentials_go()
    {
        Directory.CreateDirectory(Folder);
        var item = Put("dump.rdb", 1000);
        Module.AddVault("V", new Hashtable
        {
            ["HuaweiCloud"] = new Hashtable { ["AccessKey"] = OperatorKey.AccessKey,
            ["SecretKey"] = OperatorKey.SecretKey, ["Region"] = Region, ["Endpoint"] = Endpoint },
        });
        File.WriteAllText(Manifest, JsonSerializer.Serialize(new
        {
            Kind = "DcsBackupLink", Uri = Server.Presign(
                item, TimeSpan.FromSeconds(-60)).OriginalString, FileName = "dump.rdb",
            ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(
                -1), Endpoint = "https://evil.example", InstanceId = DcsInstanceId, BackupId = DcsSingleBackupId,
        }));

        Save(Import().Output.ToArray());

        // The renewal went where the secret says.
        Assert.Contains(Server.Requests, request => request.Target.Contains(DcsSingleBackupId));
    }

    [Theory]
    [InlineData("http://127.0.0.1:PORT/listener")]
    [InlineData("https://bucket.obs.cn-north-4.myhuaweicloud.com")]
    [InlineData("https://obs.cn-north-4.myhuaweicloud.com/bucket")]
    [InlineData("https://iam.obs.myhuaweicloud.com")]
    public void A_manifest_does_not_get_the_password_of_an_IAM_user_to_another_place(string endpoint)
    {
        Directory.CreateDirectory(Folder);
        endpoint = endpoint.Replace("PORT", $"{Server.Address.Port}");
        Module.AddVault("V", new Hashtable
        {
            ["HuaweiCloud"] = new Hashtable { ["UserName"] = UserName, ["Password"] = Password,
            ["DomainName"] = DomainName, ["Region"] = Region, ["Endpoint"] = Endpoint },
        });
        File.WriteAllText(Manifest, JsonSerializer.Serialize(new
        {
            Kind = "DcsBackupLink", Uri = Server.Presign(
                Put("dump.rdb", 10), TimeSpan.FromSeconds(-60)).OriginalString, FileName = "dump.rdb",
            Endpoint = endpoint, IamEndpoint = endpoint, InstanceId = DcsInstanceId, BackupId = DcsSingleBackupId,
        }));

        Save(Import().Output.ToArray(), "-MaximumRetryCount 0");

        Assert.Contains(Server.Requests, request => request.Target == "/v3/auth/tokens?nocatalog=true");
        Assert.DoesNotContain(
            Server.Requests, request => request.Target.StartsWith("/listener", StringComparison.Ordinal));
    }

    [Fact]
    public void Shards_of_a_manifest_are_every_link_once_whatever_its_signature()
    {
        Directory.CreateDirectory(Folder);
        var items = Enumerable.Range(0, 100).Select(i => Put($"{i}.rdb", 10)).ToArray();
        File.WriteAllLines(Manifest, items.Select((item, i) => Line(Server.Presign(item), $"{i}.rdb")));
        string later = Manifest + ".later";
        File.WriteAllLines(
            later, items.Select((item, i) => Line(Server.Presign(item, TimeSpan.FromMinutes(7)), $"{i}.rdb"))
                .Reverse());

        string[][] shards = [.. Enumerable.Range(1, 3).Select(index => Names(Manifest, index))];

        Assert.Equal([33, 33, 34], shards.Select(shard => shard.Length).Order());
        Assert.Equal(100, shards.SelectMany(shard => shard).Distinct().Count());
        for (int index = 1; index <= 3; index++)
            Assert.Equal(shards[index - 1].Order(), Names(later, index).Order());

        string[] Names(string path, int index) =>
            [.. Import(path, $"-Shard {index}/3").Output.Select(link => ((ImportedLink)link.BaseObject).FileName)];
    }

    [Fact]
    public void A_line_that_is_no_link_is_one_error_of_one_shard_and_the_others_come()
    {
        Directory.CreateDirectory(Folder);
        var uri = Server.Presign(Put("dump.rdb", 10));
        string[] lines =
        [
            Line(uri, "a.rdb"), "", "not JSON?Signature=SECRETOFALINE", """{"FileName":"b.rdb"}""",
            """{"Uri":"file:///etc/passwd?Signature=SECRETOFALINE"}""",
            Line(uri, "../../c.rdb"), """["x"]""", Line(uri, "d.rdb"),
            """{"Uri":"https://h.example/x","FileName":"a\uD800.rdb"}""",
            """{"Uri":"https://h.example/x","FileName":"a\uFFFE.rdb"}""",
            """{"Uri":"https://h.example/x","FileName":"e.rdb","Size":"many"}""",
        ];
        File.WriteAllLines(Manifest, lines);

        var whole = Import();
        var shards = Enumerable.Range(1, 2).Select(index => Import(Manifest, $"-Shard {index}/2")).ToArray();

        Assert.Equal(["a.rdb", "d.rdb"], whole.Output.Select(link => ((ImportedLink)link.BaseObject).FileName));
        Assert.Equal(
            [3, 4, 5, 6, 7, 9, 10, 11], whole.Errors.Select(error => int.Parse(error.Exception.Message.Split(' ')[1])));
        Assert.Equal(
            ["InvalidManifest", "InvalidManifest", "InvalidManifest", "UnsafeFileName", "InvalidManifest",
            "InvalidManifest", "UnsafeFileName", "InvalidManifest"],
            whole.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.DoesNotContain("SECRETOFALINE", whole.AllText);
        Assert.Equal(8, shards.Sum(shard => shard.Errors.Count));
        Assert.Equal(2, shards.Sum(shard => shard.Output.Count));
    }

    [Theory]
    [InlineData("Aria2")]
    [InlineData("Curl")]
    [InlineData("Metalink")]
    public void A_file_of_another_format_is_one_error(string format)
    {
        Directory.CreateDirectory(Folder);
        Run(EveryLink + $"$links | Export-BackupLink '{Manifest}' -Format {format}");

        var result = Import();

        var error = result.SingleError("InvalidManifest");
        Assert.Contains("Export-BackupLink", error.Exception.Message);
        Assert.Empty(result.Output);
        Assert.DoesNotContain("Signature", result.AllText);
    }

    [Fact]
    public void A_manifest_that_is_not_there_is_an_error_and_the_others_come()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Manifest, Line(Server.Presign(Put("dump.rdb", 10)), "dump.rdb"));

        var result = Module.Run("Import-BackupLink no-such.jsonl, $args[0]", Manifest);

        result.SingleError("ManifestUnavailable");
        Assert.Single(result.Output);
    }

    [Fact]
    public void Path_takes_wildcards_and_LiteralPath_does_not()
    {
        Directory.CreateDirectory(Folder);
        foreach (string name in new[] { "a1", "a2", "b1", "a[1]" })
            File.WriteAllText(
                Path.Combine(Folder, name + ".jsonl"), Line(Server.Presign(Put(name + ".rdb", 10)), name + ".rdb"));
        Directory.CreateDirectory(Path.Combine(Folder, "a3.jsonl"));

        Assert.Equal(
            ["a1.rdb", "a2.rdb", "a[1].rdb"], Names("Import-BackupLink $d/a*.jsonl").Order(StringComparer.Ordinal));
        Assert.Equal(["a1.rdb", "b1.rdb"], Names("Import-BackupLink $d/[ab]1.jsonl"));
        // A file of that very name is meant.
        Assert.Equal(["a[1].rdb"], Names("Import-BackupLink $d/a[1].jsonl"));
        Assert.Equal(["a[1].rdb"], Names("Import-BackupLink -LiteralPath $d/a[1].jsonl"));
        Assert.Equal(["a[1].rdb", "b1.rdb"], Names("Import-BackupLink $d/a[1].jsonl, $d/b?.jsonl"));
        Assert.Equal(["a[1].rdb"], Names("[System.IO.FileInfo] \"$d/a[1].jsonl\" | Import-BackupLink"));
        Module.Run("param($d) Import-BackupLink -LiteralPath $d/a*.jsonl", Folder).SingleError("ManifestUnavailable");
        Assert.Contains(
            "No file matches",
            Module.Run("param($d) Import-BackupLink $d/c*.jsonl", Folder).SingleError("ManifestUnavailable")
                .ToString());

        string[] Names(string command)
        {
            var result = Module.Run("param($d) " + command, Folder);
            Assert.Empty(result.Errors);
            return [.. result.Output.Select(item => (string)item.Properties["FileName"].Value)];
        }
    }

    [Fact]
    public void A_manifest_that_others_can_read_is_a_warning_when_it_is_read()
    {
        RequireModes();
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Manifest, Line(Server.Presign(Put("dump.rdb", 10)), "dump.rdb"));
        Module.Run("[System.IO.File]::SetUnixFileMode($args[0], 'UserRead, OtherRead')", Manifest);
        Assert.Contains("users other than its owner", Assert.Single(Import().Warnings));

        Module.Run("[System.IO.File]::SetUnixFileMode($args[0], 'UserRead')", Manifest);
        Assert.Empty(Import().Warnings);
    }

    [Fact]
    public void An_imported_link_is_an_address_for_those_who_take_one_and_shows_no_signature()
    {
        Directory.CreateDirectory(Folder);
        Run(EveryLink + $"$links | Export-BackupLink '{Manifest}'");
        File.AppendAllText(Manifest, Line(Server.Presign(Put("row.rdb", 10)), "row.rdb"));

        var result = Module.Run(
            """
            param($path)
            function Get-It { param([uri] $Uri) $Uri.OriginalString }
            Import-BackupLink $path | ForEach-Object { $_ | Out-Default; "$_"; Get-It -Uri $_ }
            """,
            Manifest);

        Assert.True(result.Output.Count > 2 * LinkCommand.All.Count);
        for (int i = 0; i < result.Output.Count; i += 2)
        {
            Assert.DoesNotContain("?", result.Output[i].ToString());
            Assert.StartsWith(result.Output[i] + "?", result.Output[i + 1].ToString());
        }

        Assert.Contains("row.rdb", Module.Screen);
        Assert.DoesNotContain("Signature", Module.Screen);
    }

    [Fact]
    public void The_time_that_is_left_is_by_the_stores_clock_where_it_is_known()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Manifest, Line(Server.Presign(Put("a.rdb", 10)), "a.rdb"));
        var link = (ImportedLink)Import().Output[0].BaseObject;
        Assert.Equal(0, DaysAhead(link));
        Server.Clock.Offset = TimeSpan.FromDays(5);
        SaveOne(Row(Put("b.rdb", 10)));

        Assert.Equal(5, DaysAhead(link));

        static double DaysAhead(ImportedLink link) =>
            Math.Round((link.ExpiresAt!.Value - DateTimeOffset.UtcNow - link.ExpiresIn!.Value).TotalDays);
    }

    [Fact]
    public void The_expiry_that_the_provider_signed_counts_and_not_what_a_file_says_beside_it()
    {
        Directory.CreateDirectory(Folder);
        var signed = Server.Presign(Put("a.rdb", 10));
        File.WriteAllText(
            Manifest, Line(signed, "a.rdb").TrimEnd('}') + ""","ExpiresAt":"2020-01-01T00:00:00Z"}""");

        Assert.Equal(
            PresignedUri.GetExpiry(signed), ((ImportedLink)Import().Output[0].BaseObject).ExpiresAt);
    }
}
