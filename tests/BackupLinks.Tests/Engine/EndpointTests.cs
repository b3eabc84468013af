using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Rds;

namespace BackupLinks.Tests.Engine;

public sealed class EndpointTests(SandboxFixture fixture) : SandboxTest(fixture), IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData(
        "dcs", "cn-north-4", "https://dcs.cn-north-4.myhuaweicloud.com/", "https://iam.cn-north-4.myhuaweicloud.com/")]
    [InlineData(
        "rds", "CN-North-4", "https://rds.cn-north-4.myhuaweicloud.com/", "https://iam.cn-north-4.myhuaweicloud.com/")]
    [InlineData(
        "rds", "cn-north-4_analytics", "https://rds.cn-north-4.myhuaweicloud.com/",
        "https://iam.cn-north-4.myhuaweicloud.com/")]
    [InlineData(
        "rds", "eu-west-101", "https://rds.eu-west-101.myhuaweicloud.eu/", "https://iam.eu-west-101.myhuaweicloud.eu/")]
    [InlineData(
        "dcs", "eu-west-101", "https://dcs.eu-west-101.myhuaweicloud.com/",
        "https://iam.eu-west-101.myhuaweicloud.eu/")]
    public void Region_gives_the_endpoints(string service, string region, string endpoint, string iam)
    {
        var target = Resolve(service, new(region, null, null, null));

        Assert.Equal((endpoint, iam), (target.Endpoint.AbsoluteUri, target.IamEndpoint.AbsoluteUri));
    }

    [Theory]
    [InlineData(
        "https://dcs.eu-de.otc.t-systems.com", "https://dcs.eu-de.otc.t-systems.com/",
        "https://iam.eu-de.otc.t-systems.com/")]
    [InlineData(
        "dcs.eu-de.otc.t-systems.com", "https://dcs.eu-de.otc.t-systems.com/", "https://iam.eu-de.otc.t-systems.com/")]
    [InlineData(
        "https://dcs.cloud.example:8443/prefix", "https://dcs.cloud.example:8443/prefix",
        "https://iam.cloud.example:8443/prefix")]
    [InlineData("http://127.0.0.1:8787", "http://127.0.0.1:8787/", "http://127.0.0.1:8787/")]
    [InlineData("http://localhost:8787/huawei", "http://localhost:8787/huawei", "http://localhost:8787/huawei")]
    public void Endpoint_of_another_cloud_gives_its_own_IAM(string given, string endpoint, string iam)
    {
        var target = Resolve("dcs", new("eu-de", null, given, null));

        Assert.Equal((endpoint, iam), (target.Endpoint.AbsoluteUri, target.IamEndpoint.AbsoluteUri));
    }

    [Fact]
    public void IAM_endpoint_that_was_given_wins() =>
        Assert.Equal(
            "https://iam.example/",
            Resolve("rds", new("cn-north-4", null, null, "iam.example")).IamEndpoint.AbsoluteUri);

    [Theory]
    [InlineData("cn-nort-4", "cn-north-4")]
    [InlineData("cn-north4", "cn-north-4")]
    [InlineData("ap-southest-1", "ap-southeast-1")]
    [InlineData("eu-west-102", "eu-west-101")]
    public void Unknown_region_is_an_error_that_lists_close_matches(string region, string close)
    {
        var error = Run($"$h.Remove('Endpoint'); $h.Region = '{region}'; Get-DcsBackupLink @h i b").SingleError(
            "UnknownRegion");

        Assert.Contains(close, error.ToString());
        Assert.Contains("-Endpoint", error.ToString());
    }

    [Fact]
    public void Region_without_the_service_is_unknown_to_it() =>
        Assert.Equal(
            ErrorKind.UnknownRegion,
            Assert.Throws<BackupLinksException>(() => Resolve("dcs", new("cn-north-11", null, null, null))).Kind);

    [Fact]
    public void Regions_are_those_of_the_vendors_tables()
    {
        Assert.Equal(30, DcsService.Instance.Regions.Count);
        Assert.Equal(34, RdsService.Instance.Regions.Count);
    }

    [Theory]
    [InlineData("https://user:hunter2@h/", "InvalidEndpoint")]
    [InlineData("https://user:pa@hunter2@h/", "InvalidEndpoint")]
    [InlineData("http://dcs.example.com", "InsecureEndpoint")]
    public void Bad_endpoint_ends_the_command_before_anything_is_sent(string endpoint, string id)
    {
        var result = Run($"$h.Endpoint = '{endpoint}'; 'a', 'b' | Get-DcsBackupLink @h -InstanceId i");

        result.SingleError(id);
        Assert.DoesNotContain("hunter2", result.AllText);
    }

    [Fact]
    public void Endpoint_without_a_server_is_ServiceUnavailable() =>
        Assert.Contains(
            "127.0.0.1:1",
            Run("$h.Endpoint = 'http://127.0.0.1:1'; Get-DcsBackupLink @h i b -MaximumRetryCount 1").SingleError(
                "ServiceUnavailable").ToString());

    private static HuaweiEndpoints Resolve(string service, HuaweiOptions parameters) => HuaweiEndpoints.Resolve(
        service == "dcs" ? DcsService.Instance.Hosts : RdsService.Instance.Hosts, parameters,
        new CredentialFields(HuaweiCredential.Schema, "Test", []), static _ => null);
}
