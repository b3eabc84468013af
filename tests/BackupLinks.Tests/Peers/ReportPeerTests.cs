using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Reports;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Core;
using BackupLinks.Tests.Core.Catalog;

namespace BackupLinks.Tests.Peers;

/// <summary>Reports as the programs of other people read them: a browser, Prometheus, and sha256sum.</summary>
public sealed class ReportPeerTests : ReportTest, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1400, false)]
    [InlineData(1400, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task A_browser_shows_the_page_without_a_request_a_message_or_a_scrollbar(int width, bool dark)
    {
        await using var page = await ChromiumPage.OpenAsync(Write(Fleet), width, dark);

        byte[] picture = await page.CaptureAsync();

        Assert.Empty(page.Requests.Except(["data:,"]));
        Assert.Empty(page.Messages);
        Assert.False(page.HasDialog);
        Assert.True((bool)(await page.EvaluateAsync(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))!);
        string symbol = "getComputedStyle(document.querySelector('svg.bad')).backgroundColor";
        Assert.Equal(dark ? "rgb(255, 138, 61)" : "rgb(213, 94, 0)", (string?)await page.EvaluateAsync(symbol));
        Keep($"page-{width}-{(dark ? "dark" : "light")}.png", picture);
    }

    [Fact]
    public async Task Hostile_names_are_shown_as_they_are()
    {
        await using var page = await ChromiumPage.OpenAsync(Write(Fleet));

        Assert.Equal(0, (int)(await page.EvaluateAsync("document.querySelectorAll('img, script, iframe').length"))!);
        Assert.True((bool)(await page.EvaluateAsync(
            "[...document.querySelectorAll('tbody bdi')].some(each => each.textContent.startsWith('\"><img src='))"))!);
    }

    [Fact]
    public async Task The_page_prints()
    {
        await using var page = await ChromiumPage.OpenAsync(Write(Fleet));

        byte[] pdf = await page.PrintAsync();

        Assert.StartsWith("%PDF-", System.Text.Encoding.ASCII.GetString(pdf[..5]));
        Keep("page.pdf", pdf);
    }

    // The path of axe.min.js of the npm package axe-core.
    [Theory]
    [InlineData(1400, false)]
    [InlineData(390, true)]
    public async Task Axe_finds_nothing_serious(int width, bool dark)
    {
        string? axe = Environment.GetEnvironmentVariable("BACKUPLINKS_AXE");
        Assert.SkipWhen(axe is null, "BACKUPLINKS_AXE does not name axe.min.js of the npm package axe-core.");
        await using var page = await ChromiumPage.OpenAsync(Write(Fleet), width, dark);
        await page.EvaluateAsync(await File.ReadAllTextAsync(axe!, TestContext.Current.CancellationToken));

        var violations = (JsonArray)(await page.EvaluateAsync("axe.run().then(result => result.violations)"))!;

        Assert.Empty(violations.Select(each => $"{each!["impact"]} {each["id"]}: {each["nodes"]![0]!["html"]}"));
    }

    [Fact]
    public void Promtool_finds_nothing_in_the_gauges()
    {
        string promtool = Peer.Require("promtool");
        string file = _folder["gauges.prom"];
        File.WriteAllBytes(file, PrometheusReport.Write(Fleet with { ExitCode = 0 }));

        var (code, output) = Peer.Run("sh", "-c", "\"$0\" check metrics < \"$1\"", promtool, file);

        Assert.Equal((0, ""), (code, output));
    }

    [Fact]
    public void Promtool_accepts_the_sample_of_alert_rules_and_the_rules_name_gauges_that_exist()
    {
        string rules = Path.Combine(Checkout.Root, "samples", "prometheus", "backuplinks.rules.yml");
        string gauges = System.Text.Encoding.UTF8.GetString(PrometheusReport.Write(Fleet with { ExitCode = 0 }));
        Assert.All(
            Regex.Matches(File.ReadAllText(rules), @"\bbackuplinks_\w+").Select(match => match.Value),
            name => Assert.Contains($"# TYPE {name} gauge\n", gauges));

        var (code, output) = Peer.Run(Peer.Require("promtool"), "check", "rules", rules);

        Assert.True(code == 0 && output.Contains("SUCCESS"), output);
    }

    [Fact]
    public void Backup_that_is_young_enough_at_the_end_of_its_run_is_no_alert_before_the_next_run_ends()
    {
        string rules = Path.Combine(Checkout.Root, "samples", "prometheus", "backuplinks.rules.yml");
        File.WriteAllText(_folder["test.yml"], $$"""
            rule_files: ['{{rules}}']
            tests:
              - interval: 5m
                input_series:
                  - series: 'backuplinks_last_success_timestamp_seconds{service="s",instance_id="i"}'
                    values: '0x480'
                alert_rule_test:
                  - {eval_time: 33h, alertname: BackupTooOld}
                  - eval_time: 35h
                    alertname: BackupTooOld
                    exp_alerts:
                      - exp_labels: {severity: critical, service: s, instance_id: i}
                        exp_annotations:
                          summary: Instance i of s has no good saved backup of the last 34 hours.
                          description: The newest was begun 1d 11h 0m 0s ago.
            """);

        var (code, output) = Peer.Run(Peer.Require("promtool"), "test", "rules", _folder["test.yml"]);

        Assert.True(code == 0 && !output.Contains("FAILED"), output);
    }

    [Fact]
    public void Sha256sum_reads_the_sums_and_finds_what_changed()
    {
        string sha256sum = Peer.Require("sha256sum");
        string[] names = ["a.rdb", "with two  spaces", "line\nbreak", "back\\slash", "return\rend", "ünï"];
        var files = names.Select(name =>
        {
            string path = _folder["in/" + name];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, name);
            return new BackupFile(path)
            {
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
            };
        }).ToArray();
        File.WriteAllBytes(_folder["SHA256SUMS"], Sha256SumsReport.Write(files, _folder.Path));

        var good = Check();
        File.AppendAllText(files[2].Path, "x");
        var bad = Check();

        Assert.Equal(0, good.ExitCode);
        Assert.Equal(names.Length, Regex.Count(good.Output, ": OK"));
        Assert.Equal(1, bad.ExitCode);
        Assert.Equal(1, Regex.Count(bad.Output, ": FAILED"));

        (int ExitCode, string Output) Check() =>
            Peer.Run("sh", "-c", "cd \"$1\" && \"$0\" --strict -c SHA256SUMS", sha256sum, _folder.Path);
    }

    private string Write(ReportContent content)
    {
        string path = _folder["page.html"];
        File.WriteAllBytes(path, HtmlReport.Write(content));
        return path;
    }

    // For people who want to look at it.
    private static void Keep(string name, byte[] content)
    {
        if (Environment.GetEnvironmentVariable("BACKUPLINKS_PICTURES") is { } folder)
            File.WriteAllBytes(Path.Combine(folder, name), content);
    }
}
