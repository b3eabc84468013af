using System.Collections;
using System.Linq;
using BackupLinks.Sandbox.AlibabaCloud;

namespace BackupLinks.Tests.Engine;

/// <summary>Regions of several clouds in one command, and what is not of a cloud.</summary>
public sealed class FrontDoorRegionTests : FrontDoorTest
{
    private const string Several = "Get-CloudInstance HuaweiCloud.Rds, CapitalOnline.Redis, AlibabaCloud.Rds ";

    private Hashtable AlibabaSecret => new()
    {
        ["AccessKey"] = AlibabaSamples.Key.AccessKey,
        ["SecretKey"] = AlibabaSamples.Key.SecretKey,
        ["Endpoint"] = Endpoint + "/{service}",
    };

    [Fact]
    public void Region_that_a_caller_names_is_requested_of_its_own_cloud_only()
    {
        AddClouds();

        var result = Module.Run(Several + "-Region cn-north-4, cn-hangzhou, CN_Beijing_A -Verbose");

        Assert.Empty(result.Errors);
        Assert.Equal(
            ["HuaweiCloud.Rds", "CapitalOnline.Redis", "AlibabaCloud.Rds"], Texts(result, "Service").Distinct());
        Assert.Single(Targets, target => target.StartsWith("/rds/cn-north-4/", System.StringComparison.Ordinal)
            && target.Contains("/instances?"));
        Assert.DoesNotContain(
            Targets, target => target.StartsWith("/rds/cn-hangzhou/", System.StringComparison.Ordinal));
        Assert.Contains("Huawei Cloud is not in cn-hangzhou.", result.Verbose);
        Assert.Contains("Alibaba Cloud is not in cn-north-4.", result.Verbose);
    }

    [Fact]
    public void Cloud_that_has_none_of_the_regions_is_left_alone()
    {
        AddClouds();

        var result = Module.Run(Several + "-Region cn-north-4");

        Assert.Empty(result.Errors);
        Assert.Equal("HuaweiCloud.Rds", Texts(result, "Service").Distinct().Single());
        Assert.DoesNotContain(Targets, target => target.Contains("DescribeDBInstances"));
    }

    // Without an endpoint in the secrets, the module's own table says where a region is.
    [Fact]
    public void Region_that_no_cloud_has_is_one_error()
    {
        var huawei = HuaweiSecret;
        var alibaba = AlibabaSecret;
        huawei.Remove("Endpoint");
        alibaba.Remove("Endpoint");
        Module.AddVault("V", new Hashtable { ["HuaweiCloud"] = huawei, ["AlibabaCloud"] = alibaba });

        var error = Module.Run("Get-CloudInstance HuaweiCloud.Rds, AlibabaCloud.Rds -Region cn-nroth-4")
            .SingleError("UnknownRegion");

        Assert.Contains("cn-north-4", error.ToString());
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("CN_Beijing_A", 1)]
    [InlineData("CN_Wuxi_A", 0)]
    public void Region_of_the_secret_is_that_of_a_cloud_that_lists_all_regions(string region, int count)
    {
        var secret = CapitalSecret;
        secret["Region"] = region;
        Module.AddVault("V", new Hashtable { ["CapitalOnline"] = secret });

        var result = Module.Run("Get-CloudInstance CapitalOnline.Redis");

        Assert.Empty(result.Errors);
        Assert.Equal(count, result.Output.Count);
    }

    [Fact]
    public void Region_of_the_secret_is_in_the_endpoint_of_the_secret()
    {
        var secret = CapitalSecret;
        secret["Region"] = "CN_Beijing_A";
        secret["Endpoint"] = Endpoint + "/{region}";
        Module.AddVault("V", new Hashtable { ["CapitalOnline"] = secret });

        Module.Run("Get-CdsInstance -MaximumRetryCount 0 -ErrorAction Ignore");

        Assert.StartsWith("/CN_Beijing_A/redis/", Assert.Single(Server.Requests).Target);
    }

    [Fact]
    public void Name_that_is_not_listed_is_told_of_the_clouds_that_were_requested()
    {
        Module.AddVault("V", new Hashtable { ["CapitalOnline"] = CapitalSecret });

        var error = Module.Run("Get-CloudInstance -Name nothing").SingleError("NotFound").ToString();

        Assert.StartsWith("Capital Online lists nothing with the name 'nothing' here;", error);
    }

    private void AddClouds() => Module.AddVault("V", new Hashtable
    {
        ["HuaweiCloud"] = HuaweiSecret, ["CapitalOnline"] = CapitalSecret, ["AlibabaCloud"] = AlibabaSecret,
    });
}
