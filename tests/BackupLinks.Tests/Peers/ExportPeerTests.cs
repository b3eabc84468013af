using System.Collections.Generic;
using System.IO;
using System.Linq;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Engine;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Peers;

/// <summary>The programs that exported files are for download from them.</summary>
public sealed class ExportPeerTests : SaveTest
{
    private static readonly string EveryLink =
        $"$links = @({string.Join("; ", LinkCommand.All.Select(command => command.Call))})\n";

    [Theory]
    [InlineData("Aria2", "--input-file")]
    [InlineData("Metalink", "--metalink-file")]
    public void Aria2_downloads_every_file_and_checks_the_hashes_that_are_known(string format, string option)
    {
        string aria2 = Peer.Require("aria2c");
        var (manifest, expected) = Export(format);

        var (exitCode, output) = Peer.Run(
            aria2, $"{option}={manifest}", $"--dir={Files}", "--no-conf", "--max-connection-per-server=4",
            "--min-split-size=1M", "--console-log-level=warn");

        Assert.True(exitCode == 0, output);
        AssertFiles(expected);

    }

    [Fact]
    public void Aria2_gives_no_second_name_to_a_file_that_is_there()
    {
        string aria2 = Peer.Require("aria2c");
        var (manifest, expected) = Export("Aria2");
        foreach (int exitCode in new[] { 0, 13 })
            Assert.Equal(
                exitCode,
                Peer.Run(
                    aria2, $"--input-file={manifest}", $"--dir={Files}", "--no-conf",
                    "--console-log-level=error").ExitCode);

        AssertFiles(expected);
    }

    [Fact]
    public void Aria2_takes_a_list_of_other_files_for_a_file()
    {
        string aria2 = Peer.Require("aria2c");
        Directory.CreateDirectory(Folder);
        string manifest = Path.Combine(Folder, "links");
        var planted = Put("planted.sh", 10);
        string list =
            """<metalink xmlns="urn:ietf:params:xml:ns:metalink"><file name="planted.sh"><url>"""
                + System.Security.SecurityElement.Escape(Server.Presign(planted).OriginalString)
                + "</url></file></metalink>";
        var trap = new SandboxObject("bucket", "backups/dump.meta4", System.Text.Encoding.UTF8.GetBytes(list));
        Server.Cloud.Put(trap);
        Assert.Empty(
            Module.Run(
                "param($link, $path) $link | Export-BackupLink $path -Format Aria2", Row(trap), manifest).Errors);

        var (exitCode, output) = Peer.Run(
            aria2, $"--input-file={manifest}", $"--dir={Files}", "--no-conf", "--console-log-level=error");

        Assert.True(exitCode == 0, output);
        Assert.Equal(["dump.meta4"], Directory.GetFiles(Files).Select(Path.GetFileName));
    }

    [Fact]
    public void Aria2_refuses_a_file_with_another_hash()
    {
        string aria2 = Peer.Require("aria2c");
        Directory.CreateDirectory(Folder);
        string manifest = Path.Combine(Folder, "links");
        var row = Row(Put("dump.rdb", 5000));
        row.Properties.Add(new System.Management.Automation.PSNoteProperty("ExpectedHash", new string('0', 64)));
        Assert.Empty(
            Module.Run("param($link, $path) $link | Export-BackupLink $path -Format Aria2", row, manifest).Errors);

        var (exitCode, _) = Peer.Run(
            aria2, $"--input-file={manifest}", $"--dir={Files}", "--no-conf", "--console-log-level=error");

        Assert.Equal(32, exitCode);
    }

    [Fact]
    public void Curl_downloads_every_file_in_parallel_and_goes_on_with_what_is_there()
    {
        string curl = Peer.Require("curl");
        var (manifest, expected) = Export("Curl");
        Directory.CreateDirectory(Files);
        // A part of one, as curl leaves it when it is interrupted.
        var (name, item) = expected.First(file => file.Value.Length > 1000);
        byte[] part = new byte[1000];
        item.Read(0, part);
        File.WriteAllBytes(Path.Combine(Files, name), part);

        var (exitCode, output) = Peer.Run(
            curl, "--disable", "--parallel", "--no-progress-meter", "--config", manifest, "--output-dir", Files);

        Assert.True(exitCode == 0, output);
        AssertFiles(expected);
        Assert.Equal(item.Length - 1000, Server.SentOf(item));
    }

    [Fact]
    public void Curl_saves_no_refusal_in_the_place_of_a_file()
    {
        string curl = Peer.Require("curl");
        var (manifest, _) = Export("Curl");
        Server.Faults.Add(
            new SandboxFault { Path = "/obs/", Status = 403, ContentType = "application/xml",
            Body = "<Error><Code>AccessDenied</Code></Error>" });
        Directory.CreateDirectory(Files);

        var (exitCode, _) = Peer.Run(
            curl, "--disable", "--parallel", "--no-progress-meter", "--config", manifest, "--output-dir", Files);

        Assert.Equal(22, exitCode);
        Assert.Empty(Directory.GetFiles(Files));
    }

    private string Files => Path.Combine(Folder, "files");

    private (string Manifest, Dictionary<string, SandboxObject> Expected) Export(string format)
    {
        Directory.CreateDirectory(Folder);
        string manifest = Path.Combine(Folder, "links");
        var odd = Row(Put("odd \"name\" #1 [a-c] {x}.rdb", 70_000));
        odd.Properties["FileName"].Value = "odd 'name' #1 [a-c] {x} %20.rdb";
        var result = Module.Run(
            $$"""
            param($c, $cds, $e, $odd, $path)
            $h = @{ Credential = $c; Endpoint = $e; Region = '{{Region}}' }
            $o = @{ Credential = $cds; Endpoint = $e }
            {{EveryLink}}
            $links += $odd
            $links | Export-BackupLink $path -Format {{format}}
            $links
            """,
            Operator, CapitalOnline, Endpoint, odd, manifest);
        Assert.Empty(result.Errors);
        Assert.True(result.Output.Count > LinkCommand.All.Count);
        return (manifest, result.Output.ToDictionary(
            link => link.Properties["FileName"].Value.ToString()!,
            link => Server.Cloud.FindObject(
                link.Properties["Uri"].Value as System.Uri
                    ?? new System.Uri(link.Properties["Uri"].Value.ToString()!))!));
    }

    private void AssertFiles(Dictionary<string, SandboxObject> expected)
    {
        Assert.Equal(expected.Keys.Order(), Directory.GetFiles(Files).Select(Path.GetFileName).Order());
        foreach (var (name, item) in expected)
            AssertContent(item, Path.Combine(Files, name));
    }
}
