using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.AlibabaCloud;
using BackupLinks.AlibabaCloud.Rds;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Sandbox.AlibabaCloud;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.AlibabaCloud;

/// <summary>What all services of Alibaba Cloud have in common: keys, signatures, hosts and errors.</summary>
public sealed class AlibabaCloudTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private static readonly RequestCase Instances = RequestCase.Find("AlibabaCloud.Rds instances");

    public static TheoryData<string, string, string?> Keys => new()
    {
        { AlibabaSamples.Key.AccessKey, AlibabaSamples.Key.SecretKey, null },
        {
            AlibabaSamples.TemporaryKey.AccessKey, AlibabaSamples.TemporaryKey.SecretKey,
            AlibabaSamples.TemporaryKey.SecurityToken
        },
    };

    [Theory, MemberData(nameof(Keys))]
    public async Task Both_signatures_are_accepted_with_permanent_and_temporary_keys(
        string accessKey, string secretKey, string? token)
    {
        foreach (string? version in new[] { null, "3.0", "1.0", "V1" })
        {
            using var cloud = Connect(Instances, Credential(accessKey, secretKey, token, version));

            var reading = await cloud.ReadAsync(Instances);

            Assert.NotEmpty(reading.AssertGood<RdsInstance>());
            string query = cloud.Network.Requests[0].Address.Query;
            Assert.Equal(version is "1.0" or "V1", query.Contains("SignatureVersion"));
        }
    }

    [Fact]
    public void Signature_version_that_is_none_is_told()
    {
        var error = Assert.Throws<BackupLinksException>(
            () => AlibabaCredential.From(Credential("AK", "SK", null, "2.0")));

        Assert.Equal(ErrorKind.InvalidSecret, error.Kind);
        Assert.Contains("'SignatureVersion' that is neither 1.0 nor 3.0", error.Message);
    }

    [Fact]
    public async Task Each_attempt_has_a_nonce_of_its_own()
    {
        using var cloud = Connect(
            Instances, Credential(AlibabaSamples.Key.AccessKey, AlibabaSamples.Key.SecretKey, null, "1.0"),
            new RequestSettings { MaximumRetryCount = 2 });
        cloud.Network.Respond = (_, _) => TestNetwork.Response(400, """{"Code":"SignatureNonceUsed"}""");

        var reading = await cloud.ReadAsync(Instances);

        Assert.Equal("SignatureNonceUsed", reading.AssertFailed<ApiException>(ErrorKind.ServiceUnavailable).ErrorCode);
        var nonces = cloud.Network.Requests.Select(request => CloudSample.Read(request.Address)["SignatureNonce"]);
        Assert.Equal(3, nonces.Distinct().Count());
    }

    [Fact]
    public async Task Throttling_is_told_by_its_code_and_waits_for_the_milliseconds_of_the_header()
    {
        using var cloud = Connect(Instances, settings: new RequestSettings { MaximumRetryCount = 1 });
        string good = await Sandbox.GetGoodBodyAsync(Instances);
        cloud.Network.Respond = (_, i) => i > 0 ? TestNetwork.Response(200, good) : TestNetwork.Response(
            400, """{"Code":"Throttling.User","Message":"Request was denied due to user flow control."}""",
            headers: ("x-acs-retry-after", "4500"));

        var reading = await cloud.ReadAsync(Instances);

        Assert.NotEmpty(reading.AssertGood<RdsInstance>());
        Assert.Contains(TimeSpan.FromMilliseconds(4500), cloud.Clock.Delays);
    }

    // The statuses of these codes vary between the vendor's pages.
    [Theory]
    [InlineData("InvalidAccessKeyId.NotFound", ErrorKind.AuthenticationFailed)]
    [InlineData("InvalidAccessKeyId.Inactive", ErrorKind.AuthenticationFailed)]
    [InlineData("SignatureDoesNotMatch", ErrorKind.AuthenticationFailed)]
    [InlineData("InvalidSecurityToken.Expired", ErrorKind.AuthenticationFailed)]
    [InlineData("Forbidden.RAM", ErrorKind.AccessDenied)]
    [InlineData("NoPermission", ErrorKind.AccessDenied)]
    [InlineData("InvalidUser.NotFound", ErrorKind.AccessDenied)]
    [InlineData("Forbidden.InstanceNotFound", ErrorKind.NotFound)]
    [InlineData("InvalidDBInstanceId.NotFound", ErrorKind.NotFound)]
    [InlineData("InvalidBackupSetID.NotFound", ErrorKind.NotFound)]
    [InlineData("IncorrectBackupSetState", ErrorKind.Conflict)]
    [InlineData("InvalidApi.NotFound", ErrorKind.InvalidResponse)]
    [InlineData("InvalidAction.NotFound", ErrorKind.InvalidResponse)]
    [InlineData("MissingParameter", ErrorKind.InvalidRequest)]
    [InlineData("Throttling", ErrorKind.Throttled)]
    [InlineData("ServiceUnavailable", ErrorKind.ServiceUnavailable)]
    public async Task Code_decides_whatever_the_status_is(string code, ErrorKind kind)
    {
        foreach (int status in new[] { 400, 403, 404 })
        {
            var (reading, _) = await SendAsync(
                Instances, $$"""{"RequestId":"8906","HostId":"h","Code":"{{code}}","Message":"words"}""", status);

            var error = reading.AssertFailed<ApiException>(kind);
            Assert.Equal((code, "8906"), (error.ErrorCode, error.RequestId));
        }
    }

    [Theory]
    [InlineData("AlibabaCloud.Rds backups", "Items", "TotalRecordCount")]
    [InlineData("AlibabaCloud.MongoDb backups", "Backups", "TotalCount")]
    public async Task Times_of_the_filter_bound_a_list_that_takes_them(string name, string list, string total)
    {
        var request = RequestCase.Find(name);
        var now = DateTimeOffset.UtcNow;
        var times = Enumerable.Range(0, 250).Select(day => Minute(now.AddDays(-day))).ToArray();
        using var cloud = Connect(request);
        cloud.Network.Respond = (address, _) =>
        {
            var query = CloudSample.Read(address);
            string[] listed =
            [
                .. times.Where(time => !query.TryGetValue("StartTime", out string? start)
                    || (string.CompareOrdinal(start, time) <= 0 && string.CompareOrdinal(time, query["EndTime"]) <= 0)),
            ];
            int page = int.Parse(query["PageNumber"], CultureInfo.InvariantCulture) - 1;
            var entries = listed.Skip(100 * page).Take(100).Select(
                time => $$"""{"BackupId":"{{time}}","BackupStatus":"Success","BackupStartTime":"{{time}}"}""");
            return TestNetwork.Response(200, $$$"""
                {"{{{total}}}":{{{listed.Length}}},"{{{list}}}":{"Backup":[{{{string.Join(',', entries)}}}]}}
                """);
        };
        var (since, until) = (now.AddDays(-20.5), now.AddDays(-10.5));

        var all = await ListAsync(new BackupFilter());
        int requests = cloud.Network.Requests.Count;
        var some = await ListAsync(new BackupFilter { Since = since, Until = until });

        Assert.Equal((250, 3, 10), (all.Count, requests, some.Count));
        Assert.All(
            cloud.Network.Requests.Take(3), sent => Assert.DoesNotContain("StartTime", sent.Address.Query));
        var bounded = CloudSample.Read(Assert.Single(cloud.Network.Requests.Skip(3)).Address);
        Assert.Equal(
            (Minute(since.AddDays(-1)), Minute(until.AddDays(1))), (bounded["StartTime"], bounded["EndTime"]));

        static string Minute(DateTimeOffset time) =>
            time.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

        async Task<IReadOnlyList<AlibabaCloudBackup>> ListAsync(BackupFilter filter) =>
            (await cloud.ReadAsync(request.Service.Backups(new InstanceReference("dds-1", null), filter)))
                .AssertGood<AlibabaCloudBackup>();
    }

    [Theory]
    [InlineData("cn-hangzhou", "https://rds.aliyuncs.com/")]
    [InlineData("CN-Hangzhou ", "https://rds.aliyuncs.com/")]
    [InlineData("cn-chengdu", "https://rds.cn-chengdu.aliyuncs.com/")]
    [InlineData("cn-zhengzhou-jva", "https://rds.cn-zhengzhou-jva.aliyuncs.com/")]
    [InlineData("cn-zhongwei", "https://rds.cn-zhongwei.aliyuncs.com/")]
    [InlineData("ap-southeast-8", "https://rds.ap-southeast-8.aliyuncs.com/")]
    [InlineData("us-southeast-1", "https://rds.us-southeast-1.aliyuncs.com/")]
    [InlineData("cn-hangzhou-finance", "https://rds-vpc.cn-hangzhou-finance.aliyuncs.com/")]
    public void Region_has_the_host_of_the_vendors_map(string region, string address)
    {
        Assert.Equal(address, Open(region).Endpoint.AbsoluteUri);
    }

    [Fact]
    public void Secret_may_choose_the_addresses_inside_a_private_network()
    {
        Assert.Equal(
            "https://rds-vpc.cn-hangzhou.aliyuncs.com/",
            Open("cn-hangzhou", ("VpcEndpoint", "true")).Endpoint.AbsoluteUri);
        Assert.Equal(
            "https://rds.example.internal/api",
            Open("cn-hangzhou", ("Endpoint", "https://{service}.example.internal/api")).Endpoint.AbsoluteUri);
    }

    [Theory]
    [InlineData("rds.aliyuncs.com", true)]
    [InlineData("rds.cn-somewhere-9.aliyuncs.com", true)]
    [InlineData("rds-vpc.ap-southeast-1.aliyuncs.com", true)]
    [InlineData("rds.oss-cn-hangzhou.aliyuncs.com", false)]
    [InlineData("rds.oss.aliyuncs.com", false)]
    [InlineData("rds-evil.aliyuncs.com", false)]
    [InlineData("rds.cn-hangzhou.aliyuncs.com.cn", false)]
    public void Bucket_of_a_customer_is_no_host_of_the_service(string host, bool isOwn)
    {
        Assert.Equal(
            isOwn, AlibabaCloudProvider.Instance.OwnsHost(RdsService.Instance, CredentialFields.Endpoint, host));
    }

    [Fact]
    public void Signature_of_version_1_is_good_for_any_host()
    {
        Assert.True(AlibabaCloudProvider.Instance.IsBoundToHost(Credential("AK", "SK", null, null)));
        Assert.False(AlibabaCloudProvider.Instance.IsBoundToHost(Credential("AK", "SK", null, "1.0")));
    }

    private static CredentialFields Credential(string accessKey, string secretKey, string? token, string? version)
    {
        var values = new Dictionary<string, string?> { ["AccessKeyId"] = accessKey, ["AccessKeySecret"] = secretKey };
        if (token is not null)
            values["SecurityToken"] = token;
        if (version is not null)
            values["SignatureVersion"] = version;
        return new CredentialFields(AlibabaCredential.Schema, "The secret 'AlibabaCloud'", values);
    }

    private static ServiceSession Open(string region, params (string Name, string Value)[] stored)
    {
        var values = new Dictionary<string, string?> { ["AccessKey"] = "AK", ["SecretKey"] = "SK" };
        foreach (var (name, value) in stored)
            values[name] = value;
        var context = new RequestContext(
            new ApiTransport(), new RequestSettings(), new ProxySettings(null, null, null),
            new RequestLog(null, static _ => { }));
        return AlibabaCloudProvider.Instance.OpenSession(
            RdsService.Instance, new SessionSettings { [CredentialFields.Region] = region },
            new CredentialFields(AlibabaCredential.Schema, "The secret 'AlibabaCloud'", values), SecretReference.None,
            context);
    }
}
