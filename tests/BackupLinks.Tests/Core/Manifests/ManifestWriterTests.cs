using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.Manifests;

namespace BackupLinks.Tests.Core.Manifests;

/// <summary>The text of each format, to the last character, and what is read back of one.</summary>
public sealed class ManifestWriterTests
{
    private const string Sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Md5 = "d41d8cd98f00b204e9800998ecf8427e";

    private static ManifestEntry First { get; } = new()
    {
        Addresses = [new Uri("https://a.example/x?n=1"), new Uri("https://b.example/x?n=2")],
        FileName = "x.rdb",
        ExactSize = 7,
        ExpectedHash = Sha256,
        Kind = nameof(DcsBackupLink),
        Properties =
        [
            new("Uri", new Uri("https://a.example/x?n=1")), new("FileName", "x.rdb"),
            new("Parts", new object[] { 1, "b" }),
        ],
    };

    private static ManifestEntry Second { get; } = new()
    {
        Addresses = [new Uri("https://a.example/y")],
        FileName = "-",
        ExpectedHash = Md5,
        Properties = [new("Uri", new Uri("https://a.example/y")), new("Size", null), new("Kind", 5)],
    };

    [Fact]
    public void Aria2_takes_mirrors_on_one_line_and_options_below() => Assert.Equal(
        $"""
        https://a.example/x?n=1{"\t"}https://b.example/x?n=2
          out=x.rdb
          auto-file-renaming=false
          follow-metalink=false
          follow-torrent=false
          checksum=sha-256={Sha256}
        https://a.example/y
          out=-
          auto-file-renaming=false
          follow-metalink=false
          follow-torrent=false
          checksum=md5={Md5}

        """,
        Write(ManifestFormat.Aria2));

    [Fact]
    public void Curl_takes_one_address_and_a_name_that_is_never_the_screen() => Assert.Equal(
        """
        fail
        continue-at = -
        globoff
        path-as-is
        location
        max-redirs = 5

        url = "https://a.example/x?n=1"
        output = "x.rdb"

        url = "https://a.example/y"
        output = "./-"

        proto = "=https"
        proto-redir = "=https"

        """,
        Write(ManifestFormat.Curl));

    [Fact]
    public void Curl_takes_http_only_where_an_address_has_it() => Assert.EndsWith(
        "proto = \"=http,https\"\nproto-redir = \"=http,https\"\n",
        Write(ManifestFormat.Curl, Second with { Addresses = [new Uri("http://127.0.0.1/y")] }, Second));

    [Fact]
    public void Metalink_has_the_files_side_by_side() => Assert.Equal(
        $"""
        <?xml version="1.0" encoding="utf-16"?>
        <metalink xmlns="urn:ietf:params:xml:ns:metalink">
          <generator>BackupLinks</generator>
          <file name="x.rdb">
            <size>7</size>
            <hash type="sha-256">{Sha256}</hash>
            <url priority="1">https://a.example/x?n=1</url>
            <url priority="2">https://b.example/x?n=2</url>
          </file>
          <file name="-">
            <hash type="md5">{Md5}</hash>
            <url priority="1">https://a.example/y</url>
          </file>
        </metalink>
        """,
        Write(ManifestFormat.Metalink));

    [Fact]
    public void JSON_Lines_have_the_kind_and_every_property_in_order() => Assert.Equal(
        """
        {"Kind":"DcsBackupLink","Uri":"https://a.example/x?n=1","FileName":"x.rdb","Parts":[1,"b"]}
        {"Uri":"https://a.example/y","Size":null,"Kind":5}

        """,
        Write(ManifestFormat.Jsonl));

    [Fact]
    public void Only_a_manifest_of_this_module_takes_links_that_have_expired() => Assert.Equal(
        [ManifestFormat.Jsonl],
        Enum.GetValues<ManifestFormat>().Where(format => ManifestWriter.Create(format, TextWriter.Null).CanRenew));

    [Fact]
    public void Only_curl_takes_one_address_a_file() => Assert.Equal(
        [ManifestFormat.Curl],
        Enum.GetValues<ManifestFormat>().Where(format => !ManifestWriter.Create(format, TextWriter.Null).HasMirrors));

    [Fact]
    public void A_kind_of_link_is_known_by_its_key_or_former_name_and_any_other_kind_is_a_value()
    {
        var lines = Read(
            """
            {"Kind":"HuaweiCloud.Dcs.BackupLink","Uri":"https://a.example/x"}
            {"Kind":"DcsBackupLink","Uri":"https://a.example/x"}

            {"Kind":"SomethingElse"}
            {"Kind":5}
            not JSON
            ["no object"]
            """);

        Assert.Equal([1, 2, 4, 5, 6, 7], lines.Select(line => line.Number));
        Assert.Equal(
            [typeof(DcsBackupLink), typeof(DcsBackupLink), null, null, null, null],
            lines.Select(line => line.Kind?.Type));
        Assert.Equal(["Uri"], lines[0].Values!.Keys);
        Assert.Equal("https://a.example/x", Assert.IsType<Uri>(lines[0].Values!["Uri"]).OriginalString);
        Assert.Equal("SomethingElse", lines[2].Values!["Kind"]);
        Assert.Equal(5L, lines[3].Values!["Kind"]);
        Assert.Null(lines[4].Values);
        Assert.Null(lines[5].Values);
    }

    private static List<ManifestLine> Read(string text) =>
        [.. JsonLinesReader.Read(new StringReader(text), Clouds.Registry.LinkKinds)];

    private static string Write(ManifestFormat format) => Write(format, First, Second);

    private static string Write(ManifestFormat format, params ManifestEntry[] entries)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var writer = ManifestWriter.Create(format, output);
        foreach (var entry in entries)
            writer.Write(entry);
        writer.Complete();
        return output.ToString();
    }
}
