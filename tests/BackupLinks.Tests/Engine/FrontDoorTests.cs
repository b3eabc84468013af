using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Providers;
using BackupLinks.Sandbox;
using static BackupLinks.Sandbox.CapitalOnline.CapitalOnlineSamples;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>One way to every service: instances, backups, logs and links, whatever cloud they are in.</summary>
public sealed class FrontDoorTests : FrontDoorTest
{
    [Fact]
    public void One_line_saves_the_newest_backup_of_every_instance_of_every_cloud()
    {
        AddVault();
        string folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;
        try
        {
            Assert.Empty(Module.Run("$PSDefaultParameterValues.Clear()").Errors);
            var result = Module.Run(
                "Get-CloudInstance | Get-CloudBackup -Latest | Where-Object IsDownloadable | Get-BackupLink | "
                    + "Save-BackupFile -Destination $args[0]",
                folder);

            Assert.Empty(result.Errors);
            Assert.Subset(
                Texts(result, "InstanceId").ToHashSet(),
                new[] { DcsInstanceId, RdsInstanceId, CdsInstanceId, MySqlInstanceId }.ToHashSet());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Every_object_is_of_its_services_own_kind_and_names_its_service()
    {
        AddVault();

        var result = Module.Run(
            "($i = Get-CloudInstance); ($b = $i | Get-CloudBackup -Latest); ($i | Get-CloudLog); $b | Get-BackupLink");

        Assert.Empty(result.Errors);
        Assert.Equal(
            [
                typeof(DcsInstance), typeof(RdsInstance), typeof(CdsInstance),
                typeof(DcsBackup), typeof(RdsBackup), typeof(CdsBackup),
                typeof(DcsLog), typeof(RdsLog), typeof(DcsBackupLink), typeof(RdsBackupFile), typeof(CdsBackupDownload),
            ],
            result.Output.Select(item => item.BaseObject.GetType()).Distinct());
        Assert.Equal(
            ["HuaweiCloud.Dcs", "HuaweiCloud.Rds", "CapitalOnline.Redis"], Texts(result, "Service").Distinct());
        Assert.Equal(["CapitalOnline.Redis lists no logs."], result.Warnings);
    }

    [Fact]
    public void Nothing_is_listed_twice_and_the_project_is_looked_up_once()
    {
        AddVault();
        AddRegion("ap-southeast-1");

        var result = Module.Run(
            "Get-CloudInstance -Region cn-north-4, ap-southeast-1 | Get-CloudBackup -Latest | Get-BackupLink");

        Assert.Empty(result.Errors);
        Assert.Equal(Targets.Distinct(), Targets);
        Assert.Equal(2, Targets.Count(target => target.Contains("/projects?")));
        // Two regions with two services; Capital Online has neither of the regions.
        Assert.Equal(
            4, Targets.Count(target => target.Contains("/instances?") || target.Contains("DescribeDBInstances")));
        // Two projects, and for each of the four instances a list of backups and a request for links.
        Assert.Equal(4 + 2 + (2 * 4), Targets.Length);
    }

    [Fact]
    public void Cloud_without_a_credential_is_left_out_and_a_line_says_so()
    {
        Module.AddVault("V", new Hashtable { ["CapitalOnline"] = CapitalSecret });

        var result = Module.Run("Get-CloudInstance -Verbose");

        Assert.Empty(result.Errors);
        Assert.Equal([CdsInstanceId, MySqlInstanceId], Texts(result, "InstanceId"));
        Assert.Contains(result.Verbose, line => line.StartsWith("Huawei Cloud is left out:", StringComparison.Ordinal));
    }

    [Fact]
    public void Cloud_without_a_credential_is_an_error_where_the_caller_names_it()
    {
        Module.AddVault("V", new Hashtable { ["CapitalOnline"] = CapitalSecret });

        var result = Module.Run("Get-CloudInstance -Service CapitalOnline.Redis, HuaweiCloud.Rds");

        Assert.Contains("Huawei Cloud", result.SingleError("CredentialNotFound").ToString());
        Assert.Single(result.Output);
    }

    [Fact]
    public void Without_any_credential_one_error_names_all_places()
    {
        var error = Module.Run("Get-CloudInstance; 'not reached'").SingleError("CredentialNotFound");

        Assert.All(
            ["HuaweiCloud", "CapitalOnline", "HUAWEICLOUD_SDK_AK", "CDS_ACCESS_KEY_ID"],
            place => Assert.Contains(place, error.ToString()));
    }

    [Fact]
    public void Ids_are_enough_where_the_service_is_named()
    {
        AddVault();

        var result = Module.Run($"""
            Get-CloudBackup HuaweiCloud.Dcs {DcsInstanceId} -Latest
            '{CdsInstanceId}' | Get-CloudBackup -Service CapitalOnline.Redis
            Get-CloudLog -Service dcs -InstanceId {DcsInstanceId}
            Get-BackupLink HuaweiCloud.Rds -BackupId {RdsBackupId}
            Get-BackupLink HuaweiCloud.Dcs {DcsInstanceId} -LogId {DcsLogId}
            """);

        result.AssertSilent();
        Assert.Equal(
            [typeof(DcsBackup), typeof(CdsBackup), typeof(DcsLog), typeof(RdsBackupFile), typeof(RdsBackupFile),
            typeof(DcsLogLink)],
            result.Output.Select(item => item.BaseObject.GetType()));
    }

    [Fact]
    public void Ids_of_backups_and_logs_come_through_the_pipeline()
    {
        AddVault();

        var result = Module.Run($$"""
            '{{RdsBackupId}}', 'gone', '{{RdsBackupId}}' | Get-BackupLink HuaweiCloud.Rds
            [pscustomobject] @{ InstanceId = '{{DcsInstanceId}}'; BackupId = '{{DcsSingleBackupId}}' },
                [pscustomobject] @{ InstanceId = '{{DcsInstanceId}}'; LogId = '{{DcsLogId}}' },
                [pscustomobject] @{ InstanceId = 'neither' } | Get-BackupLink HuaweiCloud.Dcs
            """);

        Assert.Equal(
            [typeof(RdsBackupFile), typeof(RdsBackupFile), typeof(RdsBackupFile), typeof(RdsBackupFile),
            typeof(DcsBackupLink), typeof(DcsLogLink)],
            result.Output.Select(item => item.BaseObject.GetType()));
        Assert.Equal(["NotFound", "InvalidRequest"], result.Errors.Select(
            error => error.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Theory]
    [InlineData("HuaweiCloud.Rsd", "HuaweiCloud.Rds")]
    [InlineData("Huawei.Dcs", "HuaweiCloud.Dcs")]
    [InlineData("nothing", "CapitalOnline.Redis")]
    public void Service_that_is_not_known_is_an_error_with_the_nearest_names(string name, string near)
    {
        AddVault();

        Assert.All(
            ["Get-CloudInstance -Service $args[0]", "Get-CloudBackup -Service $args[0] -InstanceId x",
            "Get-BackupService $args[0]"],
            script => Assert.Contains(near, Module.Run(script, name).SingleError("UnknownService").ToString()));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Name_of_several_services_is_no_single_one()
    {
        Assert.Contains(
            "HuaweiCloud.Dcs, HuaweiCloud.Rds",
            Module.Run("Get-CloudBackup -Service HuaweiCloud -InstanceId x").SingleError("UnknownService").ToString());
    }

    [Fact]
    public void Backup_of_a_service_without_links_says_where_it_can_be_downloaded()
    {
        AddVault();

        var result = Module.Run("Get-CloudInstance TaurusDb | Get-CloudBackup | Get-BackupLink");

        Assert.Empty(result.Output);
        Assert.NotEmpty(result.Errors);
        Assert.All(result.Errors, error => Assert.Contains("in Huawei Cloud's console", error.ToString()));
    }

    [Fact]
    public void Backup_that_cannot_be_downloaded_is_not_requested()
    {
        AddVault();

        var result = Module.Run("Get-CloudInstance dcs | Get-CloudBackup -Status failed | Get-BackupLink");

        Assert.Contains("its state was 'failed'", result.SingleError("InvalidRequest").ToString());
        Assert.DoesNotContain(Targets, target => target.Contains("/links"));
    }

    [Fact]
    public void Names_states_and_words_choose_as_with_the_named_commands()
    {
        AddVault();
        Server.Cloud.AddDcsInstance("frozen", "prod-frozen", "FROZEN");

        var result = Module.Run(
            "Get-CloudInstance -Name prod-* -Status frozen; Get-CloudInstance -Name nobody; "
                + "Get-CloudInstance -Status runing");

        Assert.Equal("frozen", result.Single<DcsInstance>().InstanceId);
        Assert.Equal("nobody", result.SingleError("NotFound").TargetObject);
        Assert.Contains("did you mean 'RUNNING'", Assert.Single(result.Warnings));
    }

    [Fact]
    public void Lifetime_is_passed_on_where_there_is_a_choice_and_a_warning_elsewhere()
    {
        AddVault();

        var result = Module.Run(
            "Get-CloudInstance | Get-CloudBackup -Latest | Get-BackupLink -ValidFor 6h -Network Intranet");
        var seconds = Module.Run(
            $"Get-BackupLink dcs {DcsInstanceId} {DcsSingleBackupId} -ValidFor 900; Get-BackupLink "
                + $"dcs {DcsInstanceId} {DcsSingleBackupId} -ValidFor ([TimeSpan]::FromMinutes(10))");
        var tooLong = Module.Run($"Get-BackupLink dcs {DcsInstanceId} {DcsSingleBackupId} -ValidFor 2d");

        Assert.Empty(result.Errors);
        Assert.Equal(
            [
                "CapitalOnline.Redis has no choice of lifetimes", "HuaweiCloud.Dcs has no addresses inside its network",
                "HuaweiCloud.Rds has no addresses inside its network", "HuaweiCloud.Rds has no choice of lifetimes",
            ],
            result.Warnings.Select(warning => warning.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(21600, result.Output.Select(item => item.BaseObject).OfType<DcsBackupLink>().First().Expiration);
        Assert.Equal(
            "Intranet", result.Output.Select(item => item.BaseObject).OfType<CdsBackupDownload>().Single().Network);
        Assert.Equal([900, 600], seconds.Output.Select(item => ((DcsBackupLink)item.BaseObject).Expiration));
        Assert.Contains("00:05:00 to 1.00:00:00", tooLong.SingleError("InvalidRequest").ToString());
    }

    [Fact]
    public void Kinds_of_log_choose()
    {
        AddVault();

        var result = Module.Run(
            "$i = Get-CloudInstance dcs; ($i | Get-CloudLog -Kind Run, Slow).Kind; $i | Get-CloudLog -Kind Audit");

        Assert.Equal("Run", result.Single<string>());
        Assert.Equal("HuaweiCloud.Dcs lists no logs of the kind Audit.", Assert.Single(result.Warnings));
    }

    [Fact]
    public void Services_are_known_without_a_request_and_without_reading_a_secret()
    {
        // No provider could use this secret.
        Module.AddVault("V", new Hashtable { ["HuaweiCloud"] = 42 });

        var result = Module.Run("Get-BackupService; Get-BackupService *.R?*s; 'Dcs' | Get-BackupService");

        result.AssertSilent();
        var all = result.Output.Select(item => (BackupServiceInfo)item.BaseObject).ToArray();
        Assert.Equal(
            Clouds.Registry.Services.Select(service => service.Key).Concat(
                [
                    "HuaweiCloud.Rds", "CapitalOnline.Redis", "AlibabaCloud.Rds", "AlibabaCloud.Redis",
                    "TencentCloud.Redis", "HuaweiCloud.Dcs",
                ]),
            all.Select(service => service.Service));
        var dcs = all[0];
        Assert.Equal(
            ("Huawei Cloud", "HuaweiCloud", true, false),
            (dcs.Cloud, dcs.SecretName, dcs.HasCredential, dcs.HasIntranet));
        Assert.Equal(
            (3600, 300, 86400),
            (dcs.LinkLifetime!.Value.TotalSeconds, dcs.ShortestLifetime!.Value.TotalSeconds,
                dcs.LongestLifetime!.Value.TotalSeconds));
        Assert.Equal(["Instances", "Backups", "Logs"], dcs.Lists);
        Assert.Equal(["Backups", "Logs"], dcs.Links);
        Assert.Equal(["Run"], dcs.LogKinds);
        Assert.Contains("cn-north-4", dcs.Regions);
        Assert.All(
            all.Where(service => service.Cloud == "Capital Online"), service => Assert.False(service.HasCredential));
        Assert.Empty(Server.Requests);
    }

    // The help of the commands for one service names the action of its request.
    [Fact]
    public void Permission_that_a_help_page_names_is_among_those_of_the_services()
    {
        string[] named =
        [
            .. Directory.GetFiles(Path.Combine(Checkout.Root, "src", "BackupLinks", "en-US"), "*.help.xml")
                .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"needs the action ([\w:]+)\."))
                .Select(match => match.Groups[1].Value),
        ];

        var known = Module.Run("(Get-BackupService).Permission").Output.Select(item => item.ToString());

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(known));
    }

    [Fact]
    public void Services_go_through_the_pipeline()
    {
        AddVault();

        Assert.Equal(
            Clouds.Registry.Services.Where(service => service.ListsInstances && service.Provider.Key == "HuaweiCloud")
                .Select(service => service.Key),
            Texts(Module.Run(
                "$PSDefaultParameterValues.Clear(); Get-BackupService HuaweiCloud.* | "
                    + "Where-Object Lists -Contains Instances | Get-CloudInstance"),
                "Service")
                    .Distinct());
    }

    [Theory]
    [InlineData("Get-CloudInstance -Service Huawei", "HuaweiCloud.Dcs")]
    [InlineData("Get-CloudBackup -Service Red", "CapitalOnline.Redis")]
    [InlineData("Get-BackupLink -Network ", "Intranet")]
    [InlineData("Get-CloudLog -Kind ", "Slow")]
    [InlineData("Get-CloudInstance -Region cn-north-", "cn-north-4")]
    [InlineData("Get-CloudBackup -Status COMP", "COMPLETED")]
    [InlineData("Get-CloudInstance Cdb", "TencentCloud.MySql")]
    [InlineData("Get-CloudInstance AlibabaCloud.Rds -Region ", "cn-hangzhou")]
    [InlineData("Get-CloudBackup -Service TencentCloud.Redis -Status N", "Normal")]
    public void Tab_completes_services_and_words(string line, string expected)
    {
        var result = Module.Run(
            "[System.Management.Automation.CommandCompletion]::CompleteInput($args[0], $args[0].Length, "
                + "$null).CompletionMatches.CompletionText",
            line);

        Assert.Contains(expected, result.Output.Select(item => item.BaseObject));
    }

    [Theory]
    [InlineData("Get-CloudInstance TencentCloud.Redis -Region cn-n")]
    [InlineData("Get-CloudBackup -Service TencentCloud.Redis -Status COMP")]
    public void Words_of_another_cloud_than_the_typed_one_are_not_completed(string line) => Assert.Empty(Module.Run(
        "[System.Management.Automation.CommandCompletion]::CompleteInput($args[0], $args[0].Length, "
            + "$null).CompletionMatches | ForEach-Object CompletionText",
        line).Output);

    [Fact]
    public void Word_of_another_service_than_the_named_one_is_told()
    {
        AddVault();

        var result = Module.Run("Get-CloudInstance HuaweiCloud.Rds -Status Normal");

        Assert.StartsWith(
            "'Normal' is not a -Status that Huawei Cloud documents;", Assert.Single(result.Warnings));
    }

    [Fact]
    public void First_few_instances_cost_no_second_page()
    {
        AddVault();
        Server.Cloud.AddFleet(600, 600);

        var result = Module.Run(
            $"Import-Module -Assembly ([System.Reflection.Assembly]::LoadFrom('{GetType().Assembly.Location}')); "
                + "Get-CloudInstance | Get-CloudBackup | Select-First 5; 'and on'");

        Assert.Empty(result.Errors);
        Assert.Equal(6, result.Output.Count);
        Assert.DoesNotContain(Targets, target => target.Contains("offset="));
    }

    [Fact]
    public void Table_is_one_for_all_services()
    {
        AddVault();

        var result = Module.Run("Get-CloudInstance | Get-CloudBackup -Latest | Out-Default");

        Assert.Empty(result.Errors);
        string[] lines = [.. Module.Screen.Split('\n').Where(line => line.Trim().Length > 0)];
        Assert.Matches(@"^Service +Instance +Backup +Type +Size +Finished +Status", lines[0]);
        // The headers, the line below, and a row for each backup.
        Assert.Equal(5, lines.Length);
    }

    [Fact]
    public void Error_of_an_item_names_it_whatever_the_service()
    {
        AddVault();

        var result = Module.Run("Get-CloudBackup dcs gone; Get-CloudBackup CapitalOnline.Redis gone");

        Assert.Equal(["gone", "gone"], result.Errors.Select(error => error.TargetObject));
        Assert.All(result.Errors, error => Assert.Equal("gone", ((BackupLinksException)error.Exception).InstanceId));
    }
}
