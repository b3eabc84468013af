using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Sandbox;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>What a night removes, what it tests again, and whom it tells.</summary>
public sealed class NightlyKeepTests : NightlyTest
{
    [Fact]
    public void What_no_rule_keeps_goes_once_the_newest_backup_is_saved()
    {
        Prepare();
        Server.Cloud.Remove(RdsInstanceId);
        foreach (int hours in new[] { 20, 18 })
        {
            AddInstance("i", 1000, hours, service: "Rds");
            Assert.Equal(0, RunNightly("Rds").ExitCode);
        }

        AddInstance("i", 1000, hours: 16, service: "Rds");
        var (exitCode, events) = RunNightly("Rds", "Keep = @{ Last = 2 }");

        Assert.Equal(0, exitCode);
        Assert.EndsWith("i-20h.rdb", Text(Assert.Single(events, item => Text(item, "event") == "removed"), "path"));
        Assert.Equal(["i-16h.rdb", "i-18h.rdb"], SavedNames());
    }

    [Fact]
    public void Instance_that_is_listed_again_is_under_the_rules_from_that_night_on()
    {
        Prepare();
        Server.Cloud.Remove(RdsInstanceId);
        AddInstance("other", 1000, service: "Rds");
        foreach (int hours in new[] { 20, 18 })
        {
            AddInstance("i", 1000, hours, service: "Rds");
            RunNightly("Rds");
        }

        Server.Cloud.Remove("i");
        RunNightly("Rds", "Keep = @{ Last = 1 }");
        Assert.Equal(["i-18h.rdb", "i-20h.rdb", "other-1h.rdb"], SavedNames());
        // That night was two hours ago.
        string instances = Path.Combine(Destination, CatalogFolder.Name, "instances.json");
        File.WriteAllText(
            instances, Regex.Replace(
                File.ReadAllText(instances), "\"goneSince\": \"[^\"]*\"", $"\"goneSince\": \"{Now.AddHours(-2):o}\""));
        AddInstance("i", 1000, service: "Rds");
        var (exitCode, _) = RunNightly("Rds", "Keep = @{ Last = 1 }");

        Assert.Equal(0, exitCode);
        Assert.Equal(["i-1h.rdb", "other-1h.rdb"], SavedNames());
    }

    [Fact]
    public void Dry_run_shows_what_would_go_and_removes_nothing()
    {
        Prepare();
        Server.Cloud.Remove(RdsInstanceId);
        foreach (int hours in new[] { 20, 18 })
        {
            AddInstance("i", 1000, hours, service: "Rds");
            RunNightly("Rds");
        }

        var (exitCode, events) = RunNightly("Rds", "Keep = @{ Last = 1 }", arguments: "-WhatIf");

        Assert.Equal(0, exitCode);
        Assert.EndsWith("i-20h.rdb", Text(Assert.Single(events, item => Text(item, "event") == "removed"), "path"));
        Assert.Equal(["i-18h.rdb", "i-20h.rdb"], SavedNames());
    }

    [Fact]
    public void File_that_was_lost_is_told_before_a_rule_drops_it()
    {
        Prepare();
        Server.Cloud.Remove(RdsInstanceId);
        foreach (int hours in new[] { 20, 18 })
        {
            AddInstance("i", 1000, hours, service: "Rds");
            RunNightly("Rds");
        }

        File.Delete(Directory.GetFiles(Destination, "i-20h.rdb", SearchOption.AllDirectories)[0]);
        var (exitCode, events) = RunNightly("Rds", "Keep = @{ Last = 1 }");

        Assert.Equal(1, exitCode);
        Assert.Equal(["Missing i"], Troubles(events));
    }

    [Fact]
    public void File_that_is_not_in_the_catalog_is_not_saved_yet()
    {
        Prepare();
        Server.Cloud.Remove(RdsInstanceId);
        AddInstance("i", 1000, service: "Rds");
        // Nothing can be appended to a folder.
        string catalog = Path.Combine(Destination, CatalogFolder.Name, "catalog.jsonl");
        Directory.CreateDirectory(catalog);

        var bad = RunNightly("Rds");
        Directory.Delete(catalog);
        var good = RunNightly("Rds");

        Assert.Equal((75, 0), (bad.ExitCode, good.ExitCode));
        Assert.Contains("CatalogUnavailable i", Troubles(bad.Events));
    }

    [Fact]
    public void Nothing_goes_of_an_instance_whose_newest_backup_could_not_be_saved()
    {
        Prepare();
        Server.Cloud.Remove(RdsInstanceId);
        foreach (int hours in new[] { 20, 18 })
        {
            AddInstance("i", 1000, hours, service: "Rds");
            AddInstance("other", 1000, hours, service: "Rds");
            RunNightly("Rds");
        }

        AddInstance("i", 1000, hours: 16, service: "Rds");
        Server.Faults.Add(
            new SandboxFault { Path = "i-16h", Status = 404, Body = "<Error><Code>NoSuchKey</Code></Error>" });
        var (exitCode, _) = RunNightly("Rds", "Keep = @{ Last = 1 }");

        Assert.Equal(1, exitCode);
        Assert.Equal(["i-18h.rdb", "i-20h.rdb", "other-18h.rdb"], SavedNames());
    }

    [Fact]
    public void Old_file_that_has_changed_is_found_by_the_night_that_tests_it_again()
    {
        Prepare();
        Server.Cloud.Remove(RdsInstanceId);
        AddInstance("i", 1000, hours: 20, service: "Rds");
        RunNightly("Rds");
        string path = Assert.Single(Directory.GetFiles(Destination, "i-20h.rdb", SearchOption.AllDirectories));
        AddInstance("i", 1000, hours: 10, service: "Rds");
        Assert.Empty(Tested(RunNightly("Rds").Events));
        byte[] bytes = File.ReadAllBytes(path);
        bytes[500] ^= 1;
        File.WriteAllBytes(path, bytes);
        string catalog = Path.Combine(Destination, CatalogFolder.Name, "catalog.jsonl");
        File.WriteAllText(
            catalog,
            Regex.Replace(File.ReadAllText(catalog), "\"savedAt\":\"[^\"]*\"", "\"savedAt\":\"2026-01-01T00:00:00Z\""));

        var never = RunNightly("Rds", "ScrubDays = 0");
        var (exitCode, events) = RunNightly("Rds", "ScrubLimit = 2000");

        Assert.Empty(Tested(never.Events));
        Assert.Equal(1, exitCode);
        Assert.Equal(2, Tested(events).Length);
        Assert.Contains(Tested(events), item => (Text(item, "path"), Text(item, "state")) == (path, "Damaged"));
        Assert.Contains("Damaged i", Troubles(events));
    }

    [Theory]
    [InlineData(1999, 1)]
    [InlineData(10, 1)]
    [InlineData(0, 0)]
    public void Night_tests_no_more_bytes_again_than_the_limit_but_one_file_that_is_larger(int limit, int tested)
    {
        Prepare();
        Server.Cloud.Remove(RdsInstanceId);
        foreach (int hours in new[] { 20, 10 })
        {
            AddInstance("i", 1000, hours, service: "Rds");
            RunNightly("Rds");
        }

        string catalog = Path.Combine(Destination, CatalogFolder.Name, "catalog.jsonl");
        File.WriteAllText(
            catalog, Regex.Replace(
                File.ReadAllText(catalog), "\"savedAt\":\"[^\"]*\"", "\"savedAt\":\"2026-01-01T00:00:00Z\""));

        Assert.Equal(tested, Tested(RunNightly("Rds", $"ScrubLimit = {limit}").Events).Length);
    }

    [Fact]
    public async Task Trouble_and_states_that_change_are_told_and_a_quiet_night_is_not()
    {
        Prepare();
        Server.Cloud.Remove(RdsInstanceId);
        AddInstance("i", 1000, hours: 20, service: "Rds");
        int port = FreePort();
        using var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
        listener.Start();
        string keys = $"NotifyUri = 'http://127.0.0.1:{port}/hook/S3cret'";

        Assert.Equal(0, RunNightly("Rds", keys).ExitCode);
        AddInstance("i", 1000, hours: 2, status: "FAILED", service: "Rds");
        var responding = RespondAsync(listener);
        var (exitCode, events) = RunNightly("Rds", keys);
        var bad = await responding;
        AddInstance("i", 1000, hours: 1, service: "Rds");
        responding = RespondAsync(listener);
        Assert.Equal(0, RunNightly("Rds", keys).ExitCode);
        var good = await responding;

        Assert.Equal(1, exitCode);
        Assert.Equal(1, bad.GetProperty("exitCode").GetInt32());
        Assert.Equal("Failed", bad.GetProperty("states")[0].GetProperty("state").GetString());
        Assert.Equal("i", bad.GetProperty("trouble")[0].GetProperty("instance").GetString());
        Assert.Equal("Failed", good.GetProperty("states")[0].GetProperty("before").GetString());
        Assert.DoesNotContain(events, item => item.ToString().Contains("S3cret"));
    }

    [Fact]
    public void Message_that_does_not_arrive_is_tried_again_and_its_address_is_not_shown()
    {
        Prepare();
        AddInstance("i", 1000, hours: 60, service: "Rds");

        var (exitCode, events) = RunNightly(
            "Rds", $"NotifyUri = 'http://127.0.0.1:{FreePort()}/hook/S3cret'; MetricsPath = 'backups.prom'");

        Assert.Equal(75, exitCode);
        // The gauges are written before the message is sent.
        Assert.Contains("backuplinks_last_run_exit_code 75\n", File.ReadAllText(Path.Combine(Folder, "backups.prom")));
        Assert.Contains("NotifyFailed Rds", Troubles(events));
        Assert.DoesNotContain(events, item => item.ToString().Contains("S3cret"));
    }

    [Fact]
    public void Reports_are_written_where_the_configuration_says()
    {
        Prepare();
        AddInstance("i", 1000, service: "Rds");

        var (exitCode, _) = RunNightly(
            "Rds", "ReportPath = 'backups.html'; StatusPath = 'backups.json'; MetricsPath = 'backups.prom'");

        Assert.Equal(0, exitCode);
        Assert.Contains("<html", File.ReadAllText(Path.Combine(Folder, "backups.html")));
        Assert.Contains("\"i\"", File.ReadAllText(Path.Combine(Folder, "backups.json")));
        Assert.Contains("backuplinks_last_run_exit_code 0\n", File.ReadAllText(Path.Combine(Folder, "backups.prom")));
    }

    private static JsonElement[] Tested(JsonElement[] events) =>
        [.. events.Where(item => Text(item, "event") == "tested")];

    private static async Task<JsonElement> RespondAsync(HttpListener listener)
    {
        var context = await listener.GetContextAsync();
        var body = await JsonDocument.ParseAsync(context.Request.InputStream);
        context.Response.Close();
        return body.RootElement;
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private string[] SavedNames() =>
    [
        .. Directory.GetFiles(Destination, "*.rdb", SearchOption.AllDirectories).Select(path => Path.GetFileName(path))
            .Order(),
    ];
}
