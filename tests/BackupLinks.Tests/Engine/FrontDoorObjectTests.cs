using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Sandbox;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>Objects that go from one command of the front door to the next, and their credential.</summary>
public sealed class FrontDoorObjectTests : FrontDoorTest
{
    [Fact]
    public void Live_objects_carry_the_credential_so_that_its_name_is_needed_once()
    {
        Module.AddVault("V", new Hashtable { ["Prod"] = HuaweiSecret });

        var front = Module.Run(
            "Get-CloudInstance Dcs, Rds -SecretName Prod | Get-CloudBackup -Latest | Get-BackupLink");
        var named = Module.Run("Get-DcsInstance -SecretName Prod | Get-DcsBackup -Latest | Get-DcsBackupLink");
        var mixed = Module.Run("Get-CloudInstance rds -SecretName Prod | Get-RdsBackup -Latest | Get-BackupLink");
        var logs = Module.Run("Get-CloudInstance dcs -SecretName Prod | Get-DcsLog | Get-DcsLogLink");

        Assert.All([front, named, mixed, logs], result => result.AssertSilent());
        Assert.Equal([5, 3, 2, 1], new[] { front, named, mixed, logs }.Select(result => result.Output.Count));
        // The link names the secret, for a renewal in another process.
        Assert.All(front.Output, link => Assert.Equal("Prod", link.Properties["SecretName"].Value));
    }

    [Fact]
    public void A_type_goes_only_to_services_that_have_it()
    {
        AddVault();

        var result = Module.Run(
            "Get-CloudInstance Rds, GaussDb, Dds | Get-CloudBackup -Type incremental; "
                + "Get-CloudInstance Dcs | Get-CloudBackup -Type new-word");

        Assert.Empty(result.Errors);
        string[] typed = [.. Targets.Where(target => target.Contains("backup_type="))];
        Assert.All(typed, target => Assert.DoesNotContain("/gaussdb", target, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(typed, target => target.Contains("backup_type=incremental"));
        Assert.Contains(typed, target => target.Contains("backup_type=Incremental"));
        // A word that no page lists may be new.
        Assert.Contains(Targets, target => target.Contains(DcsInstanceId + "/backups"));
    }

    [Fact]
    public void Lifetimes_of_logs_are_not_those_of_backups()
    {
        AddVault();

        var result = Module.Run("Get-CloudInstance dcs | Get-CloudLog | Get-BackupLink -ValidFor 2d");

        Assert.Empty(result.Errors);
        Assert.NotEmpty(result.Output);
        Assert.StartsWith(
            "HuaweiCloud.Dcs has no choice of lifetimes of logs: its links", Assert.Single(result.Warnings));
    }

    [Fact]
    public void The_credential_of_a_live_object_is_in_no_property_file_or_view()
    {
        AddVault();

        var result = Module.Run("""
            $all = Get-CloudInstance; $all += $all | Get-CloudBackup
            $all += $all | Where-Object { -not $_.BackupId } | Get-CloudLog -WarningAction Ignore
            $all | Out-Default
            $all | ForEach-Object {
                [System.Management.Automation.PSSerializer]::Serialize($_, 9); $_.PSObject.Properties.Name
            }
            """);

        Assert.Empty(result.Errors);
        string text = Module.Screen + string.Join('\n', result.Output.Select(item => item.ToString()));
        Assert.Contains("HuaweiCloud.Dcs", text);
        Assert.DoesNotContain(OperatorKey.SecretKey, text);
        Assert.DoesNotContain(OperatorKey.AccessKey, text);
        Assert.DoesNotContain(nameof(CloudResource.Origin), text);
    }

    [Fact]
    public void Logs_that_the_engine_of_a_piped_instance_does_not_have_are_not_requested()
    {
        AddVault();

        var result = Module.Run("Get-CloudInstance Rds | Get-CloudLog");

        Assert.Empty(result.Errors);
        // The instance is one of SQL Server, which has files of slow logs, and no list of audit logs.
        Assert.Contains(Server.Requests, request => request.Target.Contains("/xellog-files"));
        Assert.DoesNotContain(Server.Requests, request => request.Target.Contains("/auditlog"));
    }

    [Fact]
    public void The_credential_and_the_endpoint_of_a_live_object_go_together()
    {
        var result = Run(
            "Get-CloudInstance HuaweiCloud.Rds @h | Get-CloudBackup -Latest | Get-BackupLink; Get-RdsInstance @h | "
                + "Get-RdsBackup -Latest");

        Assert.Equal(
            [2, 1], [result.Output.Count(item => item.BaseObject is RdsBackupFile),
            result.Output.Count(item => item.BaseObject is RdsBackup)]);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void The_callers_credential_wins_over_that_of_a_live_object()
    {
        Module.AddVault("V", new Hashtable { ["Prod"] = HuaweiSecret });

        var result = Run(
            $"Get-CloudInstance Rds -SecretName Prod | Get-CloudBackup -Credential $c -Endpoint '{Services}'",
            ToCredential(AuditorKey));

        result.SingleError("AccessDenied");
    }

    [Theory]
    [InlineData("again")]
    [InlineData("ConvertTo-Row")]
    public void Object_that_was_read_back_binds_and_carries_no_credential(string readBack)
    {
        const string Functions = Again + """
            function ConvertTo-Row {
                process {
                    $row = [ordered] @{}
                    foreach ($p in $_.PSObject.Properties) { $row[$p.Name] = "$($p.Value)" }
                    [pscustomobject] $row
                }
            }

            """;
        Module.AddVault("V", new Hashtable { ["Prod"] = HuaweiSecret });
        string line = Functions + $"Get-CloudInstance Dcs, Rds -SecretName Prod | {readBack} | Get-CloudBackup -Latest";

        var without = Module.Run(line);
        AddVault();
        var with = Module.Run(line + $" | {readBack} | Get-BackupLink");

        // One error for the cloud, however many instances it has.
        Assert.Empty(without.Output);
        without.SingleError("CredentialNotFound");
        with.AssertSilent();
        Assert.Equal(5, with.Output.Count);
        Assert.All(with.Output, link => Assert.Equal("HuaweiCloud", link.Properties["SecretName"].Value));
    }

    [Fact]
    public void Read_back_object_whose_row_has_no_service_is_known_by_its_type()
    {
        AddVault();

        var result = Module.Run(Again + """
            $back = Get-CloudInstance HuaweiCloud.Rds | again
            $back.PSObject.Properties.Remove('Service')
            $back | Get-CloudBackup
            """);

        Assert.Equal("HuaweiCloud.Rds", result.Single<RdsBackup>().Service);
    }

    [Fact]
    public void Object_of_no_known_service_is_one_error_that_says_what_is_accepted()
    {
        AddVault();

        var result = Module.Run($$"""
            [pscustomobject] @{ InstanceId = 'x' },
                [pscustomobject] @{ Service = 'HuaweiCloud.Rdss'; InstanceId = 'y' },
                'z', (Get-CloudInstance rds) | Get-CloudBackup
            """);

        Assert.Equal(
            ["InvalidRequest", "UnknownService", "InvalidRequest"],
            result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.All(
            [result.Errors[0], result.Errors[2]],
            error => Assert.Contains("instances, such as those of Get-CloudInstance", error.ToString()));
        Assert.Equal("x", ((PSObject)result.Errors[0].TargetObject).Properties["InstanceId"].Value);
        Assert.Single(result.Output);
    }

    [Fact]
    public void Target_of_an_error_can_be_piped_again_with_its_credential()
    {
        Module.AddVault("V", new Hashtable { ["Prod"] = HuaweiSecret });
        Server.Faults.Add(new SandboxFault { Path = "/backups", Count = 2, Status = 503 });

        var result = Module.Run("""
            Get-CloudInstance Dcs, Rds -SecretName Prod |
                Get-CloudBackup -Latest -MaximumRetryCount 0 -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed.TargetObject | Get-CloudBackup -Latest
            """);

        Assert.Equal([DcsInstanceId, RdsInstanceId], Texts(result, "InstanceId"));
    }

    [Fact]
    public void Instance_is_no_backup_and_the_message_says_which_command_takes_it()
    {
        AddVault();

        Assert.Contains(
            "Get-CloudBackup",
            Module.Run("Get-CloudInstance rds | Get-BackupLink").SingleError("InvalidRequest").ToString());
    }
}
