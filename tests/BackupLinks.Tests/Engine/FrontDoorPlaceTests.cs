using System;
using System.Collections;
using System.Linq;
using BackupLinks.HuaweiCloud;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Core;
using static BackupLinks.Sandbox.CapitalOnline.CapitalOnlineSamples;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>Where the front door sends requests, and with which credential.</summary>
public sealed class FrontDoorPlaceTests : FrontDoorTest
{
    [Fact]
    public void Regions_of_the_secret_may_be_several()
    {
        AddRegion("ap-southeast-1");
        var list = HuaweiSecret;
        list["Region"] = new[] { "cn-north-4", "ap-southeast-1" };
        var text = HuaweiSecret;
        text["Region"] = "cn-north-4, ap-southeast-1";
        string json = $$"""
            {"AccessKey":"{{OperatorKey.AccessKey}}","SecretKey":"{{OperatorKey.SecretKey}}","Endpoint":"{{Services}}",
            "Region":["cn-north-4","ap-southeast-1"]}
            """;
        Module.AddVault("V", new Hashtable { ["List"] = list, ["Text"] = text, ["Json"] = json });

        foreach (string secret in new[] { "List", "Text", "Json" })
        {
            var result = Module.Run($"Get-CloudInstance Rds -SecretName {secret}");

            Assert.Empty(result.Errors);
            Assert.Equal(["cn-north-4", "ap-southeast-1"], Texts(result, "Region"));
        }

        // A command for one service takes the first, unless the caller names one.
        Assert.Equal("cn-north-4", Module.Run("Get-RdsInstance -SecretName List").Single<RdsInstance>().Region);
        Assert.Equal(
            "ap-southeast-1",
            Module.Run("Get-RdsInstance -SecretName List -Region ap-southeast-1").Single<RdsInstance>().Region);
    }

    [Fact]
    public void Backups_and_links_are_requested_in_the_region_of_the_instance()
    {
        AddVault();
        AddRegion("ap-southeast-1");

        var result = Module.Run(
            "Get-CloudInstance Rds -Region ap-southeast-1 | Get-CloudBackup -Latest | Get-BackupLink");

        result.AssertSilent();
        Assert.All(
            Targets.Where(target => !target.Contains("/projects")),
            target => Assert.StartsWith("/rds/ap-southeast-1/v3/", target));
    }

    [Fact]
    public void Region_that_does_not_respond_is_one_error_and_the_others_come()
    {
        AddVault();
        foreach (string region in new[] { "ap-southeast-1", "ap-southeast-2", "ap-southeast-3" })
            AddRegion(region);
        Server.Faults.Add(new SandboxFault { Path = "/rds/ap-southeast-1", Status = 503 });

        var result = Module.Run(
            "Get-CloudInstance Rds -Region ap-southeast-1, cn-north-4, ap-southeast-2, ap-southeast-3 "
                + "-MaximumRetryCount 1 -RetryIntervalSec 1");

        var error = result.SingleError("ServiceUnavailable");
        Assert.Equal(("HuaweiCloud.Rds", "ap-southeast-1"), (Property(error, "Service"), Property(error, "Region")));
        Assert.Equal(["cn-north-4", "ap-southeast-2", "ap-southeast-3"], Texts(result, "Region"));
        // The target is the same list once more.
        Server.Faults.Clear();
        Assert.Equal(
            "ap-southeast-1",
            Module.Run("$PSDefaultParameterValues.Clear(); $args[0] | Get-CloudInstance", error.TargetObject)
                .Single<RdsInstance>().Region);
    }

    [Fact]
    public void Region_that_does_not_respond_is_one_error_for_all_its_services()
    {
        AddVault();
        AddRegion("ap-southeast-1");
        foreach (string service in new[] { "rds", "dds", "dcs" })
            Server.Faults.Add(new SandboxFault { Path = $"/{service}/ap-southeast-1", Status = 503 });

        var result = Module.Run(
            "Get-CloudInstance Rds, Dds, Dcs -Region ap-southeast-1, cn-north-4 -MaximumRetryCount 0");

        Assert.Equal("ap-southeast-1", Property(result.SingleError("ServiceUnavailable"), "Region"));
        Assert.All(Texts(result, "Region"), region => Assert.Equal("cn-north-4", region));
        Assert.Equal(3, Texts(result, "Service").Distinct().Count());
        Assert.Contains(
            "ap-southeast-1 failed with the same error of HuaweiCloud (ServiceUnavailable)",
            Assert.Single(result.Warnings).ToString());
    }

    [Fact]
    public void Piped_service_without_a_credential_is_one_error_of_its_cloud_and_the_others_come()
    {
        Module.AddVault("V", new Hashtable { ["HuaweiCloud"] = HuaweiSecret });

        var result = Module.Run("'CapitalOnline.Redis', 'CapitalOnline.MySql', 'HuaweiCloud.Rds', 'Nothing' | "
            + "ForEach-Object { [pscustomobject] @{ Service = $_ } } | Get-CloudInstance");

        Assert.Equal(["HuaweiCloud.Rds"], Texts(result, "Service").Distinct());
        Assert.Equal(
            ["CredentialNotFound", "UnknownService"],
            result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains("CapitalOnline.MySql failed with the same error", Assert.Single(result.Warnings).ToString());
    }

    [Fact]
    public void Region_that_no_service_has_is_one_error_with_the_nearest_names()
    {
        var secret = HuaweiSecret;
        secret.Remove("Endpoint");
        Module.AddVault("V", new Hashtable { ["HuaweiCloud"] = secret });

        var error = Module.Run("Get-CloudInstance HuaweiCloud -Region cn-nort-4").SingleError("UnknownRegion");

        Assert.Contains("cn-north-4", error.ToString());
    }

    [Fact]
    public void Wrong_key_is_one_error_for_its_cloud_and_the_other_cloud_comes()
    {
        var wrong = HuaweiSecret;
        wrong["SecretKey"] = "wrong";
        wrong["ProjectId"] = ProjectId;
        Module.AddVault("V", new Hashtable { ["HuaweiCloud"] = wrong, ["CapitalOnline"] = CapitalSecret });

        var result = Module.Run("Get-CloudInstance");

        Assert.Contains("Huawei Cloud", result.SingleError("AuthenticationFailed").ToString());
        Assert.Equal([CdsInstanceId, MySqlInstanceId], Texts(result, "InstanceId"));
        string warning = Assert.Single(result.Warnings);
        Assert.Contains("AuthenticationFailed", warning);
        // The error is that of the first one.
        var others = HuaweiCloudProvider.Instance.Services.Where(service => service.ListsInstances).Skip(1);
        Assert.Equal(
            others.Select(service => service.Key),
            Clouds.Registry.Services.Select(service => service.Key).Where(
                key => warning.Contains($"The list of instances of {key} in cn-north-4")));
    }

    [Fact]
    public void Items_of_a_cloud_without_a_credential_are_one_error_and_a_warning_names_the_others()
    {
        Module.AddVault("V", new Hashtable { ["HuaweiCloud"] = 42, ["CapitalOnline"] = CapitalSecret });

        var result = Module.Run($$"""
            $rows = foreach ($id in 1..7) { [pscustomobject] @{ Service = 'HuaweiCloud.Rds'; InstanceId = "rds-$id" } }
            $rows += [pscustomobject] @{ Service = 'CapitalOnline.Redis'; InstanceId = '{{CdsInstanceId}}' }
            $rows | Get-CloudBackup -Latest -Verbose
            """);

        var error = result.SingleError("InvalidSecret");
        Assert.Equal("rds-1", Property(error, "InstanceId"));
        Assert.Equal([CdsInstanceId], Texts(result, "InstanceId"));
        Assert.StartsWith(
            "Instance 'rds-2', Instance 'rds-3', Instance 'rds-4', Instance 'rds-5', Instance 'rds-6' and 1 more",
            Assert.Single(result.Warnings));
        Assert.Single(result.Verbose, line => line.StartsWith("Instance 'rds-7': ", StringComparison.Ordinal));
    }

    [Fact]
    public void States_of_a_cloud_without_a_credential_come_with_one_error_and_a_warning_that_names_the_others()
    {
        Module.AddVault("V", new Hashtable { ["HuaweiCloud"] = 42 });

        using var folder = new TemporaryFolder();
        var result = Module.Run("""
            $rows = foreach ($id in 1..3) { [pscustomobject] @{ Service = 'HuaweiCloud.Rds'; InstanceId = "rds-$id" } }
            $rows | Get-BackupStatus -Path $args[0]
            """, folder.Path);

        result.SingleError("InvalidSecret");
        Assert.Equal(["Unreachable", "Unreachable", "Unreachable"], Texts(result, "State"));
        Assert.StartsWith("Instance 'rds-2', Instance 'rds-3' failed", Assert.Single(result.Warnings));
    }

    [Fact]
    public void Secret_that_is_not_usable_is_one_error_for_its_cloud()
    {
        Module.AddVault("V", new Hashtable { ["HuaweiCloud"] = 42, ["CapitalOnline"] = CapitalSecret });

        var result = Module.Run("Get-CloudInstance");

        result.SingleError("InvalidSecret");
        Assert.Equal([CdsInstanceId, MySqlInstanceId], Texts(result, "InstanceId"));
    }

    [Fact]
    public void Endpoint_of_one_service_is_refused_where_several_are_wanted()
    {
        var secret = HuaweiSecret;
        secret["Endpoint"] = Endpoint;
        Module.AddVault("V", new Hashtable { ["HuaweiCloud"] = secret, ["CapitalOnline"] = CapitalSecret });

        var several = Module.Run("Get-CloudInstance");
        var one = Module.Run("Get-CloudInstance HuaweiCloud.Rds | Get-CloudBackup -Latest | Get-BackupLink");

        Assert.Contains("{service}", several.SingleError("InvalidEndpoint").ToString());
        Assert.Equal([CdsInstanceId, MySqlInstanceId], Texts(several, "InstanceId"));
        one.AssertSilent();
        Assert.Equal(2, one.Output.Count);
    }

    [Fact]
    public void Endpoint_of_one_service_does_not_get_the_requests_of_another()
    {
        var secret = HuaweiSecret;
        secret["Endpoint"] = Endpoint;
        Module.AddVault("V", new Hashtable { ["HuaweiCloud"] = secret });

        var result = Module.Run($$"""
            $rds = [pscustomobject] @{ Service = 'HuaweiCloud.Rds'; InstanceId = '{{RdsInstanceId}}' }
            $dcs = [pscustomobject] @{ Service = 'HuaweiCloud.Dcs'; InstanceId = '{{DcsInstanceId}}' }
            $rds, $dcs, $rds | Get-CloudBackup -Latest
            """);

        result.SingleError("InvalidEndpoint");
        Assert.Equal([RdsInstanceId, RdsInstanceId], Texts(result, "InstanceId"));
    }

    [Fact]
    public void Endpoint_of_the_caller_needs_one_cloud()
    {
        AddVault();

        Assert.Contains(
            "-Service HuaweiCloud",
            Module.Run($"Get-CloudInstance * -Endpoint '{Services}'").SingleError("InvalidEndpoint").ToString());
        Assert.Equal(2, Module.Run($"Get-CloudInstance Dcs, Rds -Endpoint '{Services}'").Output.Count);
    }

    [Fact]
    public void Region_out_of_a_row_cannot_lead_the_credential_elsewhere()
    {
        var secret = HuaweiSecret;
        secret["Endpoint"] = "https://{service}.{region}.example.invalid";
        Module.AddVault("V", new Hashtable { ["HuaweiCloud"] = secret });

        var result = Module.Run(
            "[pscustomobject] @{ Service = 'HuaweiCloud.Rds'; InstanceId = 'i'; Region = 'x.evil.invalid/'; "
                + "Endpoint = 'https://evil.invalid' } | Get-CloudBackup -MaximumRetryCount 0");

        Assert.Contains("not the name of a region", result.SingleError("UnknownRegion").ToString());
    }

    [Fact]
    public void Secret_that_may_be_of_several_clouds_is_refused_until_the_cloud_is_named()
    {
        Module.AddVault(
            "V", new Hashtable { ["Prod"] = CapitalSecret, ["CapitalOnline-2"] = CapitalSecret,
            ["Huawei"] = HuaweiSecret });

        var ambiguous = Module.Run("Get-CloudInstance -SecretName Prod");

        Assert.Contains("-Service HuaweiCloud", ambiguous.SingleError("InvalidRequest").ToString());
        // The service, the beginning of the name, or a region tells.
        Assert.Equal(
            CdsInstanceId,
            Texts(Module.Run("Get-CloudInstance CapitalOnline.Redis -SecretName Prod"), "InstanceId").Single());
        Assert.Equal(
            CdsInstanceId, Texts(Module.Run("Get-CloudInstance -SecretName CapitalOnline-2"), "InstanceId")[0]);
        Assert.Contains(DcsInstanceId, Texts(Module.Run("Get-CloudInstance -SecretName Huawei"), "InstanceId"));
    }

    [Fact]
    public void User_of_IAM_gets_one_token_for_all_services_of_a_region()
    {
        var secret = new Hashtable
        {
            ["UserName"] = UserName, ["Password"] = Password, ["DomainName"] = DomainName, ["Region"] = Region,
            ["Endpoint"] = Services,
        };
        Module.AddVault("V", new Hashtable { ["HuaweiCloud"] = secret });

        var result = Module.Run("Get-CloudInstance Dcs, Rds | Get-CloudBackup -Latest | Get-BackupLink");

        result.AssertSilent();
        Assert.Equal(5, result.Output.Count);
        Assert.Single(Targets, target => target.Contains("/auth/tokens"));
        Assert.DoesNotContain(Targets, target => target.Contains("/projects"));
    }

    [Fact]
    public void Instances_of_a_cloud_without_regions_are_chosen_by_the_region_that_they_name()
    {
        AddVault();

        Assert.Single(Module.Run("Get-CloudInstance Redis -Region CN_Beijing_A").Output);
        Assert.Empty(Module.Run("Get-CloudInstance Redis -Region cn-north-4").Output);
    }

    private static string? Property(System.Management.Automation.ErrorRecord error, string name) =>
        ((System.Management.Automation.PSObject)error.TargetObject).Properties[name]?.Value as string;
}
