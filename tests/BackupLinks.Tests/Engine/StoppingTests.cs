using System;
using System.Linq;
using System.Management.Automation;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Isolation;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>However a pipeline ends, nothing is left running and nothing is sent afterwards.</summary>
public sealed class StoppingTests : SandboxTest
{
    private const int DefaultThrottleLimit = 8;

    [Theory]
    [InlineData("| ForEach-Object { throw 'downstream' }")]
    [InlineData("-ErrorAction Stop")]
    public void Pipeline_that_ends_early_leaves_nothing_running(string ending)
    {
        Server.Faults.Add(new SandboxFault { Path = "/stuck/", Delay = TimeSpan.FromMinutes(10) });
        string first = ending.StartsWith('|') ? DcsSingleBackupId : "gone";

        var result = Run(
            $"'{first}', 'stuck', 'stuck', 'stuck' | Get-DcsBackupLink @h -InstanceId {DcsInstanceId} -TimeoutSec "
                + $"0 {ending}");

        Assert.NotNull(result.Thrown);
        AssertQuiet();
    }

    [Fact]
    public void First_result_is_enough_when_no_more_is_wanted()
    {
        Server.Faults.Add(new SandboxFault { Path = "/stuck/", Delay = TimeSpan.FromMinutes(10) });

        // Select-Object is not in the hosted engine; a pipeline that its consumer ends does the same upstream.
        var result = Run($$"""
            foreach ($once in 1) {
                '{{DcsSingleBackupId}}', 'stuck', 'stuck' |
                    Get-DcsBackupLink @h -InstanceId {{DcsInstanceId}} -TimeoutSec 0 |
                    ForEach-Object { $_; break }
            }
            """);

        Assert.Single(result.Output);
        AssertQuiet();
    }

    [Fact]
    public async Task Stop_while_everything_hangs_is_quick_and_silent()
    {
        Server.Faults.Add(new SandboxFault { Path = "/links", Delay = TimeSpan.FromMinutes(10) });
        using var shell = Start(
            $"1..50 | ForEach-Object {{ \"b$_\" }} | Get-DcsBackupLink @h -InstanceId {DcsInstanceId} -TimeoutSec 0");
        Assert.True(SpinWait.SpinUntil(() => Server.Active == 8, TestTimeout.Hang));

        await shell.StopAsync(null, null).WaitAsync(TestTimeout.Hang);

        Assert.Empty(shell.Streams.Error);
        AssertQuiet();
    }

    [Fact]
    public async Task Stop_while_waiting_for_a_retry_is_quick()
    {
        Server.Faults.Add(
            new SandboxFault { Path = "/links", Status = 429,
            Headers = new System.Collections.Generic.Dictionary<string, string> { ["Retry-After"] = "60" } });
        using var shell = Start($"Get-DcsBackupLink @h {DcsInstanceId} {DcsSingleBackupId}");
        Assert.True(SpinWait.SpinUntil(() => Server.Requests.Any(request => request.Status == 429), TestTimeout.Hang));

        await shell.StopAsync(null, null).WaitAsync(TestTimeout.Hang);

        AssertQuiet();
    }

    [Theory]
    [InlineData("Get-RdsBackupFile @h x -ProjectId p")]
    [InlineData("Save-BackupFile -Uri \"$e/x.rdb\" -Destination ([IO.Path]::GetTempPath())")]
    public async Task Progress_says_which_retry_is_waited_for(string command)
    {
        Server.Faults.Add(
            new SandboxFault { Status = 503,
            Headers = new System.Collections.Generic.Dictionary<string, string> { ["Retry-After"] = "60" } });
        using var shell = Start(command);

        Assert.True(SpinWait.SpinUntil(
            () => shell.Streams.Progress.ReadAll().Any(
                record =>
                    record.StatusDescription.Contains("; retry 1 of 4 in ")
                        && record.StatusDescription.EndsWith(" s: HTTP 503")),
            TestTimeout.Hang));

        await shell.StopAsync(null, null).WaitAsync(TestTimeout.Hang);
    }

    [Fact]
    public async Task Stopped_at_a_hundred_random_points_nothing_is_ever_left_running()
    {
        Server.Faults.Add(new SandboxFault { Path = "/links", Delay = TimeSpan.FromMilliseconds(2) });
        var random = new Random(20260115);
        for (int i = 0; i < 100; i++)
        {
            using var shell = Start(
                $"1..200 | ForEach-Object {{ '{DcsSingleBackupId}' }} | Get-DcsBackupLink @h "
                    + $"-InstanceId {DcsInstanceId} -ProjectId {ProjectId}");
            int seen = Server.Requests.Count + random.Next(60);
            SpinWait.SpinUntil(
                () => Server.Requests.Count >= seen || shell.InvocationStateInfo.State != PSInvocationState.Running,
                TestTimeout.Hang);

            await shell.StopAsync(null, null).WaitAsync(TestTimeout.Hang);
            AssertQuiet();
        }
    }

    private const int ProbesPerRound = 20;

    private PowerShell Start(string script)
    {
        var shell = PowerShell.Create(Module.Runspace);
        shell.AddScript($"param($c, $e) $h = @{{ Credential = $c; Endpoint = $e; Region = '{Region}' }}; {script}")
            .AddArgument(Operator).AddArgument(Endpoint);
        shell.BeginInvoke();
        return shell;
    }

    private void AssertQuiet()
    {
        // Requests on the wire when the command returned may still arrive, one for each worker at the most. A command
        // that continued would send the rest of its input while another client sends requests and gets responses.
        using var client = new HttpClient(new HttpClientHandler { UseProxy = false });
        int arrived = Server.Requests.Count + Server.Active;
        int probes = 0;
        int settled;
        do
        {
            settled = Server.Requests.Count - probes;
            Assert.True(SpinWait.SpinUntil(() => Server.Active == 0, TestTimeout.Hang));
            for (int i = 0; i < ProbesPerRound; i++, probes++)
                client.Send(new HttpRequestMessage(HttpMethod.Get, Server.Address)).Dispose();
        }
        while (Server.Active > 0 || Server.Requests.Count - probes > settled);
        Assert.InRange(settled, 0, arrived + DefaultThrottleLimit);
    }
}
