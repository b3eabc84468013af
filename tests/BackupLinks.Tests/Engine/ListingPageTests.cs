using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Isolation;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>Lists of several pages, and lists that are not as their page says.</summary>
public sealed class ListingPageTests : SandboxTest
{
    [Fact]
    public void Page_that_repeats_for_ever_and_a_list_of_nothing_end()
    {
        Server.Paging = new() { RepeatsTheFirstPage = true, TotalError = 1_000_000 };
        for (int i = 0; i < 250; i++)
            Server.Cloud.AddDcsBackup("i", "b" + i, "x", []);
        Server.Cloud.AddDcsInstance("empty", "empty");

        var result = Run(
            "Get-DcsBackup @h i; Get-DcsBackup @h empty; Get-DcsBackup @h empty -Latest; Get-DcsLog @h empty");

        Assert.Empty(result.Errors);
        Assert.Equal(["Instance 'empty' has no backup that can be downloaded."], result.Warnings);
        Assert.Equal(100, result.Output.Count);
        Assert.Equal(2, Server.Requests.Count(request => request.Target.Contains("/i/backups")));
        Assert.Equal(
            [204, 204, 204],
            Server.Requests.Where(request => request.Target.Contains("/empty/")).Select(request => request.Status));
    }

    [Theory]
    [InlineData("Get-RdsInstance @h", 5, 1)]
    [InlineData("Get-DcsBackup @h i", 5, 1)]
    [InlineData("Get-DcsBackup @h i", 100, 1)]
    [InlineData("Get-DcsBackup @h i", 101, 2)]
    [InlineData("Get-RdsInstance @h | Get-RdsBackup @h | Get-RdsBackupFile @h", 3, 1)]
    public void Who_takes_five_asks_for_one_page(string pipeline, int count, int pages)
    {
        Server.Cloud.AddFleet(250, 250);
        for (int i = 0; i < 250; i++)
            Server.Cloud.AddDcsBackup("i", "b" + i, "x", []);

        var result = Run(
            $"Import-Module -Assembly "
                + $"([System.Reflection.Assembly]::LoadFrom('{GetType().Assembly.Location}')); {pipeline} | "
                + $"Select-First {count}; 'and on'");

        Assert.Empty(result.Errors);
        Assert.Equal(count + 1, result.Output.Count);
        Assert.Equal("and on", result.Output[^1].BaseObject);
        Assert.True(SpinWait.SpinUntil(() => Server.Active == 0, TestTimeout.Hang));
        Assert.Equal(pages - 1, Server.Requests.Count(request => request.Target.Contains("offset=")));
    }

    [Fact]
    public void Pages_come_out_as_they_arrive()
    {
        Server.Cloud.AddFleet(250, 250);
        var second = new TaskCompletionSource();
        Module.Runspace.SessionStateProxy.SetVariable("second", second);
        Server.Faults.Add(new SandboxFault { Path = "/instances", After = 1, Count = 1, Until = second.Task });

        // The second page waits until the first hundred are out.
        var result = Run(
            "$n = 0; Get-RdsInstance @h -TimeoutSec 0 | ForEach-Object { $n++; "
                + "if ($n -eq 100) { $second.SetResult() } }; $n");

        Assert.Empty(result.Errors);
        Assert.InRange(result.Single<int>(), 101, int.MaxValue);
    }

    [Fact]
    public void Fleet_of_5000_backups_comes_in_order_and_each_once()
    {
        Server.Cloud.AddFleet();
        // The first two lists of backups wait for each other.
        var both = new TaskCompletionSource();
        Server.Faults.Add(new SandboxFault { Path = "/backups", Count = 2, Until = both.Task });
        _ = Task.Run(
            () => SpinWait.SpinUntil(() => Server.Active >= 2, TestTimeout.Hang)
                ? both.TrySetResult() : both.TrySetCanceled());

        var result = Run("$i = Get-DcsInstance @h; $i.Count; $i | Get-DcsBackup @h -ThrottleLimit 16");

        Assert.Equal(201, result.Output[0].BaseObject);
        var backups = result.Output.Skip(1).Select(item => (DcsBackup)item.BaseObject).ToArray();
        Assert.Equal(5003, backups.Length);
        Assert.Equal(5003, backups.Select(backup => backup.BackupId).Distinct().Count());
        // In the order of the instances, and each one's list in its own.
        Assert.Equal(
            201, backups.Select(backup => backup.InstanceId).Aggregate(
                (Runs: 0, Last: ""), (state, id) => (state.Runs + (id == state.Last ? 0 : 1), id)).Runs);
        Assert.InRange(Server.MostActive, 2, 16);
    }

    [Fact]
    public async Task Stopped_in_the_middle_of_a_list_nothing_is_left_running()
    {
        Server.Cloud.AddFleet(120, 600);
        Server.Paging = new() { MostOnAPage = 2 };
        Server.Faults.Add(new SandboxFault { Path = "/v2/", Delay = TimeSpan.FromMilliseconds(2) });
        var random = new Random(20260301);
        for (int i = 0; i < 20; i++)
        {
            using var shell = System.Management.Automation.PowerShell.Create(Module.Runspace);
            shell.AddScript(
                $"param($c, $e) $h = @{{ Credential = $c; Endpoint = $e; ProjectId = '{ProjectId}'; Region = "
                    + $"'{Region}' }}; Get-DcsInstance @h | Get-DcsBackup @h -ThrottleLimit 4")
                .AddArgument(Operator).AddArgument(Endpoint);
            shell.BeginInvoke();
            int seen = Server.Requests.Count + random.Next(40);
            SpinWait.SpinUntil(
                () => Server.Requests.Count >= seen
                    || shell.InvocationStateInfo.State != System.Management.Automation.PSInvocationState.Running,
                    TestTimeout.Hang);

            await shell.StopAsync(null, null).WaitAsync(TestTimeout.Hang);

            // What was on the wire may still arrive; a command that went on would send hundreds.
            int arrived = Server.Requests.Count + Server.Active;
            Assert.True(SpinWait.SpinUntil(() => Server.Active == 0, TestTimeout.Hang));
            Assert.InRange(Server.Requests.Count, 0, arrived + 8);
        }
    }

    [Theory]
    [InlineData(
        """
        {"total_num":2,"backup_record_response":[
        {"backup_id":"a","size":"12","period":{},"error_code":{},"progress":"7.5"},{"backup_name":"nameless"},"x",
        {"backup_id":5,"size":-1,"created_at":"yesterday"}]}
        """)]
    public void Odd_entries_cost_no_other(string body)
    {
        Server.Faults.Add(new SandboxFault { Path = "/backups", Status = 200, Body = body });

        var result = Run("Get-DcsBackup @h i");

        var error = result.SingleError("InvalidResponse");
        Assert.Contains("2 entries without an id", error.ToString());
        Assert.Equal("i", error.TargetObject);
        Assert.Equal(["a", "5"], result.Output.Select(item => (string)item.Properties["BackupId"].Value));
        var odd = (DcsBackup)result.Output[1].BaseObject;
        Assert.Equal(("i", null, null, false), (odd.InstanceId, odd.Size, odd.CreatedAt, odd.IsDownloadable));
        Assert.Equal(
            (12L, 7.5),
            (((DcsBackup)result.Output[0].BaseObject).Size, ((DcsBackup)result.Output[0].BaseObject).Progress));
    }

    [Theory]
    [InlineData("[]", 0)]
    [InlineData("{}", 0)]
    [InlineData("null", 0)]
    [InlineData("""{"BackupId":"a","StartTime":""}""", 1)]
    [InlineData("""[{"BackupId":"a"},{"BackupId":"b","BackupSize":"12"}]""", 2)]
    public void Capital_Online_may_send_a_list_or_its_only_entry(string data, int count)
    {
        Server.Faults.Add(
            new SandboxFault { Path = "/redis", Status = 200, Body = $$"""{"Code":"Success","Data":{{data}}}""" });

        var result = Run("Get-CdsBackup @o i");

        Assert.Empty(result.Errors);
        Assert.Equal(count, result.Output.Count);
    }
}
