using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud;
using BackupLinks.HuaweiCloud.Regions;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>Where a request goes: parameter first, then secret, then environment.</summary>
public sealed class HuaweiEndpointsTests
{
    private static readonly HuaweiHosts Service = new(
        "dcs", [.. HuaweiRegions.All.Where(region => region != "cn-north-1")]);

    public static TheoryData<string, string> Sources => new()
    {
        { "parameter secret environment", "parameter" },
        { "parameter environment", "parameter" },
        { "secret environment", "secret" },
        { "parameter secret", "parameter" },
        { "environment", "environment" },
    };

    [Theory, MemberData(nameof(Sources))]
    public void The_first_source_that_names_a_project_wins(string given, string wins) =>
        Assert.Equal(
            wins, Resolve(
                given, CredentialFields.ProjectId, "HUAWEICLOUD_SDK_PROJECT_ID", value => value,
                project: true).ProjectId);

    [Theory, MemberData(nameof(Sources))]
    public void The_first_source_that_names_a_region_wins(string given, string wins)
    {
        var target = Resolve(given, CredentialFields.Region, "HUAWEICLOUD_SDK_REGION", RegionOf);

        Assert.Equal(RegionOf(wins), target.Region);
        Assert.Equal($"dcs.{RegionOf(wins)}.myhuaweicloud.com", target.Endpoint.Host);
        Assert.Equal($"iam.{RegionOf(wins)}.myhuaweicloud.com", target.IamEndpoint.Host);
    }

    [Theory, MemberData(nameof(Sources))]
    public void The_first_source_that_names_an_endpoint_wins(string given, string wins) => Assert.Equal(
        $"{wins}.example",
        Resolve(given, CredentialFields.Endpoint, "HUAWEICLOUD_SDK_REGION_DCS_CN_NORTH_4", value =>
            $"https://{value}.example", region: "cn-north-4").Endpoint.Host);

    [Theory, MemberData(nameof(Sources))]
    public void The_first_source_that_names_IAM_wins(string given, string wins) => Assert.Equal(
        $"{wins}.example",
        Resolve(given, HuaweiCloudProvider.IamEndpoint, "HUAWEICLOUD_SDK_IAM_ENDPOINT", value =>
            $"https://{value}.example", region: "cn-north-4").IamEndpoint.Host);

    [Fact]
    public void A_sub_project_has_the_endpoints_of_its_region_and_its_own_name()
    {
        var target = Resolve(new("CN-North-4_Ops", null, null, null));

        Assert.Equal("cn-north-4_Ops", target.Region);
        Assert.Equal("dcs.cn-north-4.myhuaweicloud.com", target.Endpoint.Host);
        Assert.Equal("iam.cn-north-4.myhuaweicloud.com", target.IamEndpoint.Host);
    }

    [Theory]
    [InlineData("https://dcs.cn-east-3.myhuaweicloud.com", "iam.cn-east-3.myhuaweicloud.com")]
    [InlineData("https://cloud.example:8443", "cloud.example")]
    [InlineData("https://dcsx.example", "dcsx.example")]
    public void IAM_is_beside_an_endpoint_that_was_given(string endpoint, string iam)
    {
        var target = Resolve(new(null, "p", endpoint, null));

        Assert.Equal((iam, new Uri(endpoint).Port), (target.IamEndpoint.Host, target.IamEndpoint.Port));
        Assert.Null(target.Region);
    }

    [Fact]
    public void Of_several_endpoints_in_the_environment_the_first_is_used() => Assert.Equal(
        "first.example",
        Resolve(new(
            "cn-north-4", null, null, null),
            ("HUAWEICLOUD_SDK_REGION_DCS_CN_NORTH_4", "https://first.example,https://second.example")).Endpoint.Host);

    [Theory]
    [InlineData(null, null, null, ErrorKind.ProjectRequired)]
    [InlineData(null, "p", null, ErrorKind.UnknownRegion)]
    [InlineData("cn-nowhere-4", null, null, ErrorKind.UnknownRegion)]
    [InlineData("cn-north-1", null, null, ErrorKind.UnknownRegion)]
    [InlineData("cn-north-4", null, "http://cloud.example", ErrorKind.InsecureEndpoint)]
    public void A_target_that_is_not_one_says_what_is_missing(
        string? region, string? project, string? endpoint, ErrorKind kind) =>
        Assert.Equal(
            kind, Assert.Throws<BackupLinksException>(() => Resolve(new(region, project, endpoint, null))).Kind);

    [Fact]
    public void An_empty_variable_is_none() => Assert.Equal(
        ErrorKind.ProjectRequired,
        Assert.Throws<BackupLinksException>(
            () => Resolve(
                new(null, null, null, null), ("HUAWEICLOUD_SDK_REGION", ""), ("HUAWEICLOUD_SDK_PROJECT_ID", ""))).Kind);

    [Theory]
    [InlineData(null, "p")]
    [InlineData("cn-north-4", "p")]
    [InlineData("cn-east-3", null)]
    [InlineData("cn-north-4_sub", null)]
    public void Project_of_a_secret_is_that_of_its_first_region(string? region, string? expected)
    {
        var secret = new CredentialFields(
            HuaweiCredential.Schema, "The secret",
            [new(CredentialFields.Region, "CN-north-4, cn-east-3"), new(CredentialFields.ProjectId, "p")]);

        Assert.Equal(
            expected,
            HuaweiEndpoints.Resolve(Service, new(region, null, null, null), secret, static _ => null).ProjectId);
        Assert.Equal(
            "given",
            HuaweiEndpoints.Resolve(Service, new(region, "given", null, null), secret, static _ => null).ProjectId);
    }

    [Fact]
    public void Project_without_a_region_of_its_own_is_that_of_any_region() => Assert.Equal(
        "p",
        Resolve(new("cn-east-3", null, null, null), ("HUAWEICLOUD_SDK_PROJECT_ID", "p")).ProjectId);

    private static string RegionOf(string source) =>
        source switch { "parameter" => "cn-north-4", "secret" => "cn-east-3", _ => "ap-southeast-1" };

    private static HuaweiEndpoints Resolve(
        HuaweiOptions parameters, params (string Name, string Value)[] environment) =>
        HuaweiEndpoints.Resolve(
        Service, parameters, new CredentialFields(HuaweiCredential.Schema, "The secret", []),
        name => environment.FirstOrDefault(item => item.Name == name).Value);

    private static HuaweiEndpoints Resolve(
        string given, string key, string variable, Func<string, string> value, bool project = false,
        string? region = null)
    {
        string[] sources = given.Split(' ');
        string? parameter = sources.Contains("parameter") ? value("parameter") : null;
        var parameters = new HuaweiOptions(
            key == CredentialFields.Region ? parameter : project ? "cn-north-4" : region,
            key == CredentialFields.ProjectId ? parameter : null,
            key == CredentialFields.Endpoint ? parameter : null,
            key == HuaweiCloudProvider.IamEndpoint ? parameter : null);
        var secret = new CredentialFields(
            HuaweiCredential.Schema, "The secret",
            sources.Contains("secret") ? [new KeyValuePair<string, string?>(key, value("secret"))] : []);
        return HuaweiEndpoints.Resolve(
            Service, parameters, secret,
            name => name == variable && sources.Contains("environment") ? value("environment") : null);
    }
}
