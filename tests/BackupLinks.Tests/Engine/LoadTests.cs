using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Concurrency;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Isolation;
using BackupLinks.Transfer;
using static BackupLinks.Sandbox.CapitalOnline.CapitalOnlineSamples;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>Hundreds of backups at once, and a cloud that is not at its best.</summary>
public sealed class LoadTests : SandboxTest
{
    [Fact]
    public void Five_hundred_backups_come_in_order_while_the_gateway_throttles_and_connections_break()
    {
        for (int i = 0; i < 500; i++)
            Server.Cloud.AddDcsBackup(DcsInstanceId, "b" + i, "x", [new SandboxObject("b", $"x{i}.rdb", 1)]);
        foreach (int after in new[] { 20, 150, 290 })
        {
            Server.Faults.Add(
                new SandboxFault { Path = "/links", After = after, Count = 10, Status = 429,
                Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } });
            Server.Faults.Add(new SandboxFault { Path = "/links", After = after, Count = 5, Reset = true });
        }

        var result = Run($$"""
            0..499 | ForEach-Object { if ($_ % 100 -eq 50) { "gone$_" } else { "b$_" } } |
                Get-DcsBackupLink @h -InstanceId {{DcsInstanceId}} -ThrottleLimit 16
            """);

        Assert.All(result.Errors, error => Assert.StartsWith("NotFound,", error.FullyQualifiedErrorId));
        Assert.Equal(
            ["gone50", "gone150", "gone250", "gone350", "gone450"], result.Errors.Select(error => error.TargetObject));
        Assert.Equal(
            Enumerable.Range(0, 500).Where(i => i % 100 != 50).Select(i => "b" + i),
            result.Output.Select(item => ((DcsBackupLink)item.BaseObject).BackupId));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void No_more_requests_are_in_flight_than_ThrottleLimit_says(int limit)
    {
        // The first responses wait for each other.
        var all = new TaskCompletionSource();
        Server.Faults.Add(new SandboxFault { Path = "/links", Count = limit, Until = all.Task });
        _ = Task.Run(
            () => SpinWait.SpinUntil(() => Server.Active == limit, TestTimeout.Hang)
                ? all.TrySetResult() : all.TrySetCanceled());

        var result = Run(
            $"1..40 | ForEach-Object {{ '{DcsSingleBackupId}' }} | Get-DcsBackupLink @h -InstanceId {DcsInstanceId} "
                + $"-ThrottleLimit {limit}");

        Assert.Equal(40, result.Output.Count);
        Assert.Equal(limit, Server.MostActive);
    }

    [Fact]
    public void Input_is_taken_no_faster_than_results_go_out()
    {
        var behind = new TaskCompletionSource();
        Server.Faults.Add(new SandboxFault { Path = "/first/", Until = behind.Task });
        _ = Task.Run(
            () => SpinWait.SpinUntil(() => Server.Requests.Count >= 12, TestTimeout.Hang)
                ? behind.TrySetResult() : behind.TrySetCanceled());

        // The head of the line is stuck: what comes behind it must not pile up.
        var result = Run($$"""
            $script:taken = 0
            'first', (1..1000 | ForEach-Object { '{{DcsSingleBackupId}}' }) | ForEach-Object { $_ } |
                ForEach-Object { $script:taken++; $_ } |
                Get-DcsBackupLink @h -InstanceId {{DcsInstanceId}} -ThrottleLimit 4 -TimeoutSec 0 2>&1 |
                ForEach-Object { if ($_ -is [System.Management.Automation.ErrorRecord]) { $script:taken } }
            """);

        Assert.InRange((int)Assert.Single(result.Output).BaseObject, 4, 40);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-25)]
    public void Wrong_clock_is_noticed_and_put_right_for_the_session(int minutes)
    {
        Server.Clock.Offset = TimeSpan.FromMinutes(minutes);

        var result = Run(
            $"1..20 | ForEach-Object {{ '{DcsSingleBackupId}' }} | Get-DcsBackupLink @h -InstanceId {DcsInstanceId} "
                + $"-ProjectId {ProjectId}; Get-CdsBackupDownload @o {CdsInstanceId} {CdsBackupId}");

        Assert.Empty(result.Errors);
        Assert.Equal(21, result.Output.Count);
        // Once, however many requests were refused.
        Assert.Single(
            result.Warnings,
            line => line.Contains($"{Math.Abs(minutes)}.0 minutes {(minutes > 0 ? "behind" : "ahead of")} "));
        // At most one refusal for each request that was in flight when the first was refused.
        Assert.InRange(Server.Requests.Count(request => request.Status == 401), 1, 9);
        int before = Server.Requests.Count;
        Run($"Get-DcsBackupLink @h {DcsInstanceId} {DcsSingleBackupId} -ProjectId {ProjectId}");
        Assert.Equal(before + 1, Server.Requests.Count);
        var link = (DcsBackupLink)result.Output[0].BaseObject;
        Module.Run("param($link) $link | Out-Default", link);
        // Just renewed: an hour by the store's clock, which this one leads or follows.
        Assert.Matches("5[0-9] min|1 h 0 min", Module.Screen);
    }

    [Fact]
    public void Clock_within_the_window_is_left_alone()
    {
        Server.Clock.Offset = TimeSpan.FromMinutes(11);

        var result = Run($"Get-DcsBackupLink @h {DcsInstanceId} {DcsSingleBackupId} -ProjectId {ProjectId}");

        Assert.Empty(result.Warnings);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("Age")]
    [InlineData("no Date")]
    [InlineData("near Date")]
    public void Clock_is_not_learned_from_a_cache_or_from_nothing(string kind)
    {
        var headers = new Dictionary<string, string>
            { ["Date"] = kind == "near Date"
                ? DateTimeOffset.UtcNow.AddMinutes(3).ToString("R") : DateTimeOffset.UtcNow.AddHours(2).ToString("R") };
        if (kind == "Age")
            headers["Age"] = "7200";
        if (kind == "no Date")
            headers["Date"] = "";
        Server.Faults.Add(
            new SandboxFault { Path = "backup-files", Status = 401, Headers = headers,
            Body = """{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: """
                + """x-sdk-date expired"}""" });

        Run($"Get-RdsBackupFile @h {RdsBackupId} -ProjectId {ProjectId}").SingleError(
            kind == "near Date" ? "AuthenticationFailed" : "ClockSkew");

        Assert.Single(Server.Requests);
    }

    [Fact]
    public void Wrong_key_under_a_wrong_clock_is_tried_twice_and_refused()
    {
        Server.Clock.Offset = TimeSpan.FromMinutes(30);

        Run($"Get-RdsBackupFile @h {RdsBackupId} -ProjectId {ProjectId}", ToCredential(
            OperatorKey with { SecretKey = "wrong-secret-key" })).SingleError("AuthenticationFailed");

        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public void Progress_shows_after_a_second_keeps_its_pace_and_is_always_completed()
    {
        Server.Faults.Add(new SandboxFault { Path = "/links", Delay = TimeSpan.FromMilliseconds(150) });
        string command =
            $"1..40 | ForEach-Object {{ '{DcsSingleBackupId}' }} | Get-DcsBackupLink @h -InstanceId {DcsInstanceId} "
                + "-ThrottleLimit 4";

        var watch = Stopwatch.StartNew();
        var records = Run(command).Progress;
        var most = watch.Elapsed;
        var cut = Run(command + " | ForEach-Object { $n++; if ($n -eq 35) { throw 'enough' } }").Progress;

        Assert.NotEmpty(records);
        Assert.All(
            records, record =>
                Assert.Equal(("Get-DcsBackupLink", records[0].ActivityId), (record.Activity, record.ActivityId)));
        Assert.Equal(ProgressRecordType.Completed, records[^1].RecordType);
        Assert.Equal(ProgressRecordType.Completed, cut[^1].RecordType);
        // 40 responses of 150 ms, four at a time, are a second and a half at least: the first second is quiet.
        Assert.InRange(records.Count, 2, 2 + (most / ProgressMeter.Interval));
        Assert.Matches(@"^\d+ (done|of 40), \d+\.\d a second$", records[0].StatusDescription);
    }

    [Fact]
    public void Removing_the_module_closes_its_connections()
    {
        Run($"Get-DcsBackupLink @h {DcsInstanceId} {DcsSingleBackupId}");
        Assert.NotEqual(0, Server.Connections);

        Module.Run("Remove-Module BackupLinks");

        Assert.True(SpinWait.SpinUntil(() => Server.Connections == 0, TestTimeout.Hang));
    }

    [Fact]
    public void Proxy_gets_the_requests_and_its_credential()
    {
        Server.Faults.Add(
            new SandboxFault { Count = 1, Status = 407,
            Headers = new Dictionary<string, string> { ["Proxy-Authenticate"] = "Basic realm=\"proxy\"" } });
        Server.Faults.Add(new SandboxFault { Status = 200, Body = "REDIS0009" });
        string folder = Directory.CreateTempSubdirectory("BackupLinks.Tests.").FullName;
        try
        {
            // The sandbox is the proxy, too: it is asked for an address of another host.
            var result = Run(
                $"Save-BackupFile -Uri http://store.example/a.rdb -Destination '{folder}' -AllowInsecure -Proxy $e "
                    + "-ProxyCredential $c");

            Assert.Empty(result.Errors);
            Assert.Equal(9, Assert.IsType<SavedBackupFile>(Assert.Single(result.Output).BaseObject).Size);
            Assert.Contains(
                Server.Requests,
                request => request.Target.StartsWith("http://store.example/", StringComparison.Ordinal));
            Assert.Contains(Server.Requests, request => request.Headers.ContainsKey("Proxy-Authorization"));
            Assert.DoesNotContain(OperatorKey.SecretKey, result.AllText);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Plain_http_to_this_machine_does_not_leave_it_by_a_proxy()
    {
        var result = Run(
            $"Get-RdsBackupFile @h {RdsBackupId} -ProjectId {ProjectId} -Proxy http://127.0.0.1:1 "
                + "-MaximumRetryCount 0");

        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Output.Count);
    }

    [Fact]
    public void Request_without_a_body_has_a_type_and_every_request_a_sender_that_is_not_signed()
    {
        Run($"Get-DcsLogLink @h {DcsInstanceId} {DcsLogId} -ProjectId {ProjectId}");

        var request = Assert.Single(Server.Requests);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal(("0", ""), (request.Headers["Content-Length"], request.Body));
        Assert.Equal(
            $"BackupLinks/{Module.Run("(Get-Module BackupLinks).Version.ToString()").Output[0]}",
            request.Headers["User-Agent"]);
        Assert.Equal("application/json", request.Headers["Accept"]);
        Assert.Contains("SignedHeaders=host;x-project-id;x-sdk-date,", request.Headers["Authorization"]);
    }

    [Fact]
    public void Long_Retry_After_is_Throttled_at_once_for_all_items()
    {
        Server.Faults.Add(
            new SandboxFault { Path = "/links", Status = 429,
            Headers = new Dictionary<string, string> { ["Retry-After"] = "7200" } });

        var result = Run(
            $"1..20 | ForEach-Object {{ '{DcsSingleBackupId}' }} | Get-DcsBackupLink @h -InstanceId {DcsInstanceId} "
                + $"-ProjectId {ProjectId} -ThrottleLimit 2");

        Assert.Equal(20, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.StartsWith("Throttled,", error.FullyQualifiedErrorId));
        Assert.All(
            result.Errors,
            error => Assert.Matches(@"; try again after (\d{4}-\d\d-\d\d )?\d\d:\d\d UTC\.$", error.ToString()));
        // Those that were in flight when the first was refused, and three probes.
        Assert.InRange(Server.Requests.Count, 2, 5);
    }
}
