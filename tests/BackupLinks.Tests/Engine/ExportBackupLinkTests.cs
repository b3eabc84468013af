using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Xml.Linq;
using BackupLinks.Links;
using BackupLinks.Manifests;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Engine;

/// <summary>Links that are handed on in a file.</summary>
public sealed class ExportBackupLinkTests : ManifestTest
{
    [Fact]
    public void Every_property_of_every_kind_of_link_comes_back_with_its_type()
    {
        Directory.CreateDirectory(Folder);
        var links = Run(EveryLink + $"$links; $links | Export-BackupLink '{Manifest}' -WarningAction Ignore").Output;

        var copies = Import().Output;

        Assert.True(links.Count >= LinkCommand.All.Count);
        Assert.Equal(links.Count, copies.Count);
        foreach (var (link, copy) in links.Zip(copies))
        {
            Assert.IsType<ImportedLink>(copy.BaseObject);
            Assert.Equal("Deserialized." + link.BaseObject.GetType().FullName, copy.TypeNames[0]);
            Assert.Equal(
                link.Properties.Select(property => property.Name).Order(),
                copy.Properties.Select(property => property.Name).Order());
            // The time left is another one whenever it is read.
            foreach (var property in link.Properties.Where(property => property.Name != "ExpiresIn"))
            {
                object? value = copy.Properties[property.Name].Value;
                Assert.Equal(
                    property.Value is Enum or int ? property.Value.ToString() : property.Value,
                    property.Value is int ? $"{value}" : value);
                if (property.Value is Uri uri)
                    Assert.Equal(uri.OriginalString, ((Uri)value!).OriginalString);
            }
        }
    }

    [Fact]
    public void Rows_and_addresses_can_be_exported_and_their_names_are_kept_apart()
    {
        Directory.CreateDirectory(Folder);
        var first = Put("one/dump.rdb", 1000);
        var second = Put("two/dump.rdb", 2000);
        var row = Row(first, 1000);
        row.Properties.Add(new PSNoteProperty("ExpectedHash", first.Sha256));
        object[] links = [row, Server.Presign(second), Server.Presign(second).OriginalString];

        var exported = Module.Run("param($links, $path) $links | Export-BackupLink $path", links, Manifest);
        var copies = Import().Output;

        Assert.Empty(exported.Errors);
        Assert.Equal(2, copies.Count);
        var saved = Save(copies.ToArray());
        Assert.Empty(saved.Errors);
        Assert.Equal(
            [first.Sha256, second.Sha256],
            saved.Output.Select(file => ((SavedBackupFile)file.BaseObject)).OrderBy(file => file.Size).Select(
                file => file.Sha256));
        Assert.Equal(first.Sha256, copies[0].Properties["ExpectedHash"].Value);
        Assert.Equal(2, copies.Select(copy => ((ImportedLink)copy.BaseObject).FileName).Distinct().Count());
    }

    [Fact]
    public void Addresses_that_differ_in_more_than_their_signature_are_of_different_files()
    {
        Directory.CreateDirectory(Folder);
        string[] links =
        [
            "https://dl.example/get?id=1&Signature=a&Expires=1893456000",
            "https://dl.example/get?id=2&Signature=b&Expires=1893456000",
            "https://dl.example/get?Expires=1893459999&id=1&Signature=c",
            "https://dl.example/dump.rdb?X-Amz-Signature=a", "https://dl.example/dump.rdb?X-Amz-Signature=b",
        ];

        Module.Run("param($links, $path) $links | Export-BackupLink $path", links, Manifest);

        var copies = Import().Output.Select(copy => (ImportedLink)copy.BaseObject).ToArray();
        Assert.Equal([links[0], links[1], links[3]], copies.Select(copy => copy.Uri.OriginalString));
        Assert.Equal(3, copies.Select(copy => copy.FileName).Distinct().Count());
    }

    [Fact]
    public void Values_of_rows_are_written_as_they_were_read()
    {
        Directory.CreateDirectory(Folder);
        object[] rows =
        [
            new Hashtable { ["Uri"] = "https://h.example/blob?Signature=a", ["FileName"] = 20240115, ["Size"] = "12345",
            ["ExpiresAt"] = new DateTime(2031, 3, 5, 10, 0, 0) },
            new Hashtable { ["Uri"] = "https://h.example/blob?id=2&Signature=a", ["FileName"] = 20240116,
            ["Size"] = 4096.0, ["Tags"] = new[] { "x", "y" } },
            new Hashtable { ["Uri"] = "https://h.example/leaf.rdb?Signature=a", ["FileName"] = " ", ["Size"] = " " },
        ];

        var exported = Module.Run(
            "param($rows, $path) [System.Threading.Thread]::CurrentThread.CurrentCulture = 'de-DE'; $rows | "
                + "Export-BackupLink $path",
            rows,
            Manifest);

        Assert.Empty(exported.Errors);
        var copies = Import().Output;
        Assert.Equal(
            [("20240115", 12345L), ("20240116", 4096L), ("leaf.rdb", null)],
            copies.Select(copy => (ImportedLink)copy.BaseObject).Select(copy => (copy.FileName, copy.Size)));
        Assert.Equal(
            new DateTimeOffset(2031, 3, 5, 10, 0, 0, TimeSpan.Zero), ((ImportedLink)copies[0].BaseObject).ExpiresAt);
        Assert.Equal(["x", "y"], (object[])copies[1].Properties["Tags"].Value);
    }

    [Fact]
    public void A_hashtable_that_is_no_link_is_an_error_without_its_signature()
    {
        Directory.CreateDirectory(Folder);

        var result = Module.Run(
            "@{ Uri = $args[1]; FileName = '../x' } | Export-BackupLink $args[0]", Manifest,
            "https://h.example/a?Signature=SECRETOFATABLE");

        var error = result.SingleError("UnsafeFileName");
        Assert.DoesNotContain("SECRETOFATABLE", PSSerializer.Serialize(error.TargetObject));
        Assert.DoesNotContain("SECRETOFATABLE", result.AllText);
    }

    [Fact]
    public void Only_the_addresses_of_a_kind_of_link_are_mirrors()
    {
        Directory.CreateDirectory(Folder);
        var row = Row(Put("dump.rdb", 10));
        row.Properties.Add(new PSNoteProperty("PortalUri", "https://portal.example/"));
        row.Properties.Add(new PSNoteProperty("IntranetThingUri", "http://evil.example/x"));

        Module.Run("param($link, $path) $link | Export-BackupLink $path -Format Aria2", row, Manifest);

        Assert.DoesNotContain(".example", File.ReadAllText(Manifest));
    }

    [Fact]
    public void A_property_that_fails_costs_its_own_link_at_the_most()
    {
        Directory.CreateDirectory(Folder);
        var bad = Row(Put("bad.rdb", 10));
        bad.Properties.Add(new PSScriptProperty("ExpectedHash", ScriptBlock.Create("throw 'no'")));
        object[] links = [Row(Put("a.rdb", 10)), bad, Row(Put("b.rdb", 10))];

        var result = Module.Run("param($links, $path) $links | Export-BackupLink $path", links, Manifest);

        Assert.Null(result.Thrown);
        Assert.Subset(
            Import().Output.Select(link => ((ImportedLink)link.BaseObject).FileName).ToHashSet(),
            new HashSet<string> { "a.rdb", "b.rdb" });
    }

    [Fact]
    public void A_manifest_goes_through_a_second_export_unchanged()
    {
        Directory.CreateDirectory(Folder);
        Run(EveryLink
            + $"$links | Export-BackupLink '{Manifest}'; Import-BackupLink '{Manifest}' | Export-BackupLink "
            + $"'{Manifest}.2'");

        Assert.Equal(
            File.ReadLines(Manifest).Select(Members),
            File.ReadLines(Manifest + ".2").Select(Members));

        static IEnumerable<string> Members(string line) =>
            JsonDocument.Parse(line).RootElement.EnumerateObject().Select(member => $"{member.Name}={member.Value}")
                .Order(StringComparer.Ordinal);
    }

    // Jobs and remoting go one level deep, Export-Clixml two: there, a time is a bag of properties and a choice a
    // number.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Links_that_have_been_through_CliXml_are_exported_like_those_that_have_not(int depth)
    {
        Directory.CreateDirectory(Folder);
        var links = Run(EveryLink + $"$links; $links | Export-BackupLink '{Manifest}'").Output;
        var copies = links.Select(link => PSSerializer.Deserialize(PSSerializer.Serialize(link, depth))).ToArray();

        var exported = Module.Run("param($links, $path) $links | Export-BackupLink $path", copies, Manifest + ".2");

        Assert.Empty(exported.Errors);
        Assert.Equal(File.ReadAllLines(Manifest), File.ReadAllLines(Manifest + ".2"));
    }

    [Fact]
    public void Export_says_until_when_the_links_live_and_shows_no_signature()
    {
        Directory.CreateDirectory(Folder);
        var end = new DateTimeOffset(DateTime.Now.Date.AddDays(1).AddHours(3), DateTimeOffset.Now.Offset);
        var rows = new[] { end, end.AddHours(2) }.Select((time, i) =>
        {
            var row = Row(Put($"{i}.rdb", 10));
            row.Properties.Add(new PSNoteProperty("ExpiresAt", time));
            return row;
        }).ToArray();

        var result = Module.Run(
            "param($links, $path) $VerbosePreference = 'Continue'; $links | Export-BackupLink $path", rows, Manifest);

        string warning = Assert.Single(result.Warnings);
        Assert.Contains(
            $"2 links that work until {end.AddHours(2):yyyy-MM-dd HH:mm}, the first of them "
                + $"until {end:yyyy-MM-dd HH:mm}", warning);
        Assert.Contains("like a key", warning);
        AssertNoSignature(result);
    }

    [Fact]
    public void What_cannot_be_exported_is_one_error_without_its_signature_and_the_others_are_written()
    {
        Directory.CreateDirectory(Folder);
        var good = Row(Put("good.rdb", 10));
        var insecure = Row(Put("x.rdb", 10));
        insecure.Properties["Uri"].Value = "http://store.example/x.rdb?Signature=SECRETOFALINK";
        var unsafeName = Row(Put("y.rdb", 10));
        unsafeName.Properties["FileName"].Value = "../y.rdb";
        object[] links = ["nothing", insecure, unsafeName, good];

        var result = Module.Run("param($links, $path) $links | Export-BackupLink $path", links, Manifest);

        Assert.Equal(
            ["InvalidLink", "InsecureUri", "UnsafeFileName"],
            result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.DoesNotContain("SECRETOFALINK", result.AllText);
        Assert.Equal("good.rdb", ((ImportedLink)Assert.Single(Import().Output).BaseObject).FileName);
    }

    [Theory]
    [InlineData("http://10.0.0.1/a.rdb", "-AllowIntranetHttp", true)]
    [InlineData("http://10.0.0.1/a.rdb", "-AllowInsecure", false)]
    [InlineData("http://127.0.0.1/a.rdb", "", false)]
    [InlineData("https://10.0.0.1/a.rdb", "-AllowIntranetHttp", false)]
    public void A_manifest_with_plain_http_says_so_where_a_private_network_is_trusted(
        string address, string option, bool isTold)
    {
        Directory.CreateDirectory(Folder);

        var result = Module.Run($"param($link, $path) $link | Export-BackupLink $path {option}", address, Manifest);

        Assert.Empty(result.Errors);
        Assert.Equal(isTold, result.Warnings.Contains(LinkReader.IntranetWarning));
    }

    [Theory]
    [InlineData("Aria2")]
    [InlineData("Curl")]
    [InlineData("Metalink")]
    public void A_link_that_has_expired_by_the_stores_clock_is_exported_only_for_those_who_can_renew_it(string format)
    {
        Directory.CreateDirectory(Folder);
        var old = Row(Put("old.rdb", 10), lifetime: TimeSpan.FromMinutes(-1));
        string export = $"param($link, $path) $link | Export-BackupLink $path -Format {format}";

        // This machine's clock alone is an opinion.
        var told = Module.Run(export, old, Manifest);
        Assert.Empty(told.Errors);
        Assert.Contains(
            "a link that has expired by this machine's clock; anyone who can read it",
            Assert.Single(told.Warnings));
        Assert.EndsWith("Check the clock; request it again.", told.Warnings[0]);
        File.Delete(Manifest);
        SaveOne(Row(Put("young.rdb", 10)));

        var result = Module.Run(export, old, Manifest);

        Assert.Contains("Jsonl", result.SingleError("LinkExpired").Exception.Message);
        Assert.False(File.Exists(Manifest));
    }

    [Fact]
    public void An_expired_link_in_a_manifest_is_told_as_expired_and_who_renews_it()
    {
        Directory.CreateDirectory(Folder);
        Run(EveryLink + $"$links[0] | Export-BackupLink '{Manifest}'");
        var old = Import().Output[0];
        Server.Clock.Offset = TimeSpan.FromDays(30);
        SaveOne(Row(Put("young.rdb", 10)));

        var result = Module.Run("param($link, $path) $link | Export-BackupLink $path", old, Manifest);

        Assert.Empty(result.Errors);
        string warning = Assert.Single(result.Warnings);
        Assert.EndsWith("holds a link that has expired. Save-BackupFile renews it after Import-BackupLink.", warning);
    }

    [Fact]
    public void Metalink_has_exact_sizes_hashes_and_both_addresses_and_no_rounded_size()
    {
        Directory.CreateDirectory(Folder);
        string path = Path.Combine(Folder, "links.meta4");
        var hashed = Row(Put("hashed.rdb", 1000), 1000);
        hashed.Properties.Add(new PSNoteProperty("ExpectedHash", "sha256:" + new string('a', 64)));
        Run(EveryLink + $"$links | Export-BackupLink '{path}' -Format Metalink");
        Module.Run("param($link, $path) $link | Export-BackupLink $path -Format Metalink", hashed, path + ".2");

        XNamespace name = "urn:ietf:params:xml:ns:metalink";
        var files = XDocument.Load(path).Root!.Elements(name + "file").ToArray();
        var row = XDocument.Load(path + ".2").Root!.Element(name + "file")!;

        Assert.True(files.Length > LinkCommand.All.Count);
        Assert.All(files, file => Assert.NotEmpty(file.Attribute("name")!.Value));
        // Services of Huawei Cloud count in KB; a wrong size would make a client throw the file away.
        var cds = Assert.Single(files, file => file.Element(name + "size") is not null);
        Assert.Equal(["1", "2"], cds.Elements(name + "url").Select(url => url.Attribute("priority")!.Value));
        Assert.Equal("1000", row.Element(name + "size")!.Value);
        Assert.Equal(
            ("sha-256", new string('a', 64)),
            (row.Element(name + "hash")!.Attribute("type")!.Value, row.Element(name + "hash")!.Value));
    }

    [Fact]
    public void Addresses_are_written_byte_for_byte_and_cannot_break_out_of_their_line()
    {
        Directory.CreateDirectory(Folder);
        string exact = "https://obs.example:443/b/a%7Eb%2Fc/../d.rdb?Signature=a%2bB%3D&x-obs=%20";
        object[] links = [exact, "https://obs.example/e\nurl = \"https://evil.example/\".rdb?s=\"\\"];
        foreach (string format in new[] { "Jsonl", "Aria2", "Curl", "Metalink" })
        {
            string path = Path.Combine(Folder, format);
            Assert.Empty(
                Module.Run(
                    $"param($links, $path) $links | Export-BackupLink $path -Format {format}", links, path).Errors);
            string text = File.ReadAllText(path);

            Assert.Contains(format == "Metalink" ? exact.Replace("&", "&amp;") : exact, text);
            Assert.DoesNotContain("\nurl = \"https://evil", text);
            Assert.DoesNotContain("\nhttps://evil", text);
        }
    }
}
