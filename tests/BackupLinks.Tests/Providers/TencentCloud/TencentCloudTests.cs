using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Sandbox.TencentCloud;
using BackupLinks.TencentCloud;
using BackupLinks.TencentCloud.MySql;
using BackupLinks.TencentCloud.Redis;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.TencentCloud;

/// <summary>What all services of Tencent Cloud have in common: keys, signatures, hosts and errors.</summary>
public sealed class TencentCloudTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private static readonly RequestCase Instances = RequestCase.Find("TencentCloud.MySql instances");

    [Fact]
    public async Task Permanent_and_temporary_keys_are_accepted_and_the_headers_name_the_request()
    {
        foreach (var key in new[] { TencentSamples.Key, TencentSamples.TemporaryKey })
        {
            using var cloud = Connect(Instances, Credential(key.AccessKey, key.SecretKey, key.SecurityToken));

            var reading = await cloud.ReadAsync(Instances);

            Assert.NotEmpty(reading.AssertGood<MySqlInstance>());
            var (method, address, body) = Assert.Single(cloud.Network.Requests);
            Assert.Equal(("POST", "", """{"Limit":100}"""), (method, address.Query, body));
            var headers = Sandbox.Server.Requests.Last().Headers;
            Assert.Equal(
                ("DescribeDBInstances", "2017-03-20", "ap-guangzhou", "application/json", "127.0.0.1"),
                (headers["X-TC-Action"], headers["X-TC-Version"], headers["X-TC-Region"], headers["Content-Type"],
                headers["Host"]));
            Assert.Equal(key.SecurityToken, headers.GetValueOrDefault("X-TC-Token"));
        }
    }

    // All of them come with status 200.
    [Theory]
    [InlineData("AuthFailure.SignatureFailure", ErrorKind.AuthenticationFailed)]
    [InlineData("AuthFailure.SecretIdNotFound", ErrorKind.AuthenticationFailed)]
    [InlineData("AuthFailure.TokenFailure", ErrorKind.AuthenticationFailed)]
    [InlineData("UnauthorizedOperation", ErrorKind.AccessDenied)]
    [InlineData("UnauthorizedOperation.NoCAMAuthed", ErrorKind.AccessDenied)]
    [InlineData("AuthFailure.SubAccountDenied", ErrorKind.AccessDenied)]
    [InlineData("InvalidParameter.PermissionDenied", ErrorKind.AccessDenied)]
    [InlineData("OperationDenied.SubAccountOperationDenied", ErrorKind.AccessDenied)]
    [InlineData("IpNotInWhitelist", ErrorKind.AccessDenied)]
    [InlineData("RequestLimitExceeded", ErrorKind.Throttled)]
    [InlineData("RequestLimitExceeded.UinLimitExceeded", ErrorKind.Throttled)]
    [InlineData("LimitExceeded", ErrorKind.InvalidRequest)]
    [InlineData("ResourceNotFound.CdbInstanceNotFoundError", ErrorKind.NotFound)]
    [InlineData("ResourceNotFound.InstanceNotFundError", ErrorKind.NotFound)]
    [InlineData("InvalidParameter.ResourceNotExists", ErrorKind.NotFound)]
    [InlineData("InternalError.DBRecordNotExistError", ErrorKind.NotFound)]
    [InlineData("InvalidParameter.ControllerNotFoundError", ErrorKind.InvalidRequest)]
    [InlineData("InvalidAction", ErrorKind.InvalidRequest)]
    [InlineData("MissingParameter", ErrorKind.InvalidRequest)]
    [InlineData("UnsupportedRegion", ErrorKind.InvalidRequest)]
    [InlineData("CdbError.BackupError", ErrorKind.Conflict)]
    [InlineData("OperationDenied.InstanceStatusError", ErrorKind.Conflict)]
    [InlineData("ResourceUnavailable.BackupStatusInvalid", ErrorKind.Conflict)]
    [InlineData("InternalError", ErrorKind.ServiceUnavailable)]
    [InlineData("FailedOperation.TimeoutError", ErrorKind.ServiceUnavailable)]
    [InlineData("ServiceUnavailable", ErrorKind.ServiceUnavailable)]
    [InlineData("Novelty.Unheard", ErrorKind.InvalidResponse)]
    public async Task Code_decides_because_the_status_is_always_200(string code, ErrorKind kind)
    {
        var (reading, _) = await SendAsync(Instances, Refusal(code));

        var error = reading.AssertFailed<ApiException>(kind);
        Assert.Equal((code, "d1b6"), (error.ErrorCode, error.RequestId));
        Assert.Contains("request id d1b6", error.Message);
    }

    [Fact]
    public async Task Limit_of_requests_is_waited_for_though_its_status_is_200()
    {
        using var cloud = Connect(Instances, settings: new RequestSettings { MaximumRetryCount = 2 });
        string good = await Sandbox.GetGoodBodyAsync(Instances);
        cloud.Network.Respond = (_, i) => TestNetwork.Response(
            200, i switch { 0 => Refusal("RequestLimitExceeded"), 1 => Refusal("InternalError"), _ => good });

        var reading = await cloud.ReadAsync(Instances);

        Assert.NotEmpty(reading.AssertGood<MySqlInstance>());
        Assert.Equal(3, cloud.Network.Requests.Count);
    }

    // Whatever the language of the message is.
    [Fact]
    public async Task Wrong_clock_that_cannot_be_put_right_is_told()
    {
        using var cloud = Connect(Instances);
        cloud.Network.Respond = (_, _) => TestNetwork.Response(
            200, Refusal("AuthFailure.SignatureExpire", "签名过期"),
            headers: ("Date", DateTimeOffset.UtcNow.AddHours(1).ToString("R")));

        var reading = await cloud.ReadAsync(Instances);

        // The second attempt has the time of the service: then the refusal is no longer about the clock.
        reading.AssertFailed<ApiException>(ErrorKind.AuthenticationFailed);
        Assert.Equal(2, cloud.Network.Requests.Count);
        Assert.Contains(cloud.Lines, line => line.Contains("60.0 minutes behind"));

        var (undated, _) = await SendAsync(Instances, Refusal("AuthFailure.SignatureExpire", "签名过期"));
        undated.AssertFailed<ApiException>(ErrorKind.ClockSkew);
    }

    [Theory]
    [InlineData("ap-guangzhou", null, "https://cdb.tencentcloudapi.com/")]
    [InlineData("AP-Guangzhou ", "false", "https://cdb.tencentcloudapi.com/")]
    [InlineData("ap-shanghai-fsi", null, "https://cdb.ap-shanghai-fsi.tencentcloudapi.com/")]
    [InlineData("ap-singapore", "true", "https://cdb.intl.tencentcloudapi.com/")]
    [InlineData("ap-shenzhen-fsi", "True", "https://cdb.ap-shenzhen-fsi.tencentcloudapi.com/")]
    public void Region_and_site_have_their_hosts(string region, string? international, string address)
    {
        Assert.Equal(address, Open(region, ("International", international)).Endpoint.AbsoluteUri);
    }

    [Fact]
    public void Endpoint_may_be_that_of_a_private_network()
    {
        Assert.Equal(
            "https://cdb.internal.tencentcloudapi.com/",
            Open("ap-beijing", ("Endpoint", "https://{service}.internal.tencentcloudapi.com")).Endpoint.AbsoluteUri);
    }

    [Theory]
    [InlineData("cdb.tencentcloudapi.com", true)]
    [InlineData("cdb.intl.tencentcloudapi.com", true)]
    [InlineData("CDB.ap-shanghai-fsi.tencentcloudapi.com", true)]
    [InlineData("redis.tencentcloudapi.com", false)]
    [InlineData("cdb.evil.example.tencentcloudapi.com", false)]
    [InlineData("cdb.cos.ap-guangzhou.myqcloud.com", false)]
    [InlineData("cdb-tencentcloudapi.com", false)]
    public void Only_the_hosts_of_the_API_are_the_services_own(string host, bool isOwn)
    {
        Assert.Equal(
            isOwn, TencentCloudProvider.Instance.OwnsHost(MySqlService.Instance, CredentialFields.Endpoint, host));
    }

    [Fact]
    public async Task Service_of_the_signature_is_that_of_the_API_whatever_the_endpoint_is()
    {
        var request = RequestCase.Find("TencentCloud.Redis instances");
        using var cloud = Connect(request);

        (await cloud.ReadAsync(request)).AssertGood<RedisInstance>();

        Assert.Contains("/redis/tc3_request", Sandbox.Server.Requests.Last().Headers["Authorization"]);
    }

    [Fact]
    public async Task Key_without_permission_is_AccessDenied()
    {
        var key = TencentSamples.AuditorKey;
        using var cloud = Connect(Instances, Credential(key.AccessKey, key.SecretKey, null));

        (await cloud.ReadAsync(Instances)).AssertFailed<ApiException>(ErrorKind.AccessDenied);
    }

    private static string Refusal(string code, string message = "words") =>
        $$$"""{"Response":{"Error":{"Code":"{{{code}}}","Message":"{{{message}}}"},"RequestId":"d1b6"}}""";

    private static CredentialFields Credential(string id, string key, string? token)
    {
        var values = new Dictionary<string, string?> { ["SecretId"] = id, ["SecretKey"] = key };
        if (token is not null)
            values["SessionToken"] = token;
        return new CredentialFields(TencentCredential.Schema, "The secret 'TencentCloud'", values);
    }

    private static ServiceSession Open(string region, params (string Name, string? Value)[] stored)
    {
        var values = new Dictionary<string, string?> { ["SecretId"] = "AK", ["SecretKey"] = "SK" };
        foreach (var (name, value) in stored.Where(pair => pair.Value is not null))
            values[name] = value;
        var context = new RequestContext(
            new ApiTransport(), new RequestSettings(), new ProxySettings(null, null, null),
            new RequestLog(null, static _ => { }));
        return TencentCloudProvider.Instance.OpenSession(
            MySqlService.Instance, new SessionSettings { [CredentialFields.Region] = region },
            new CredentialFields(TencentCredential.Schema, "The secret 'TencentCloud'", values), SecretReference.None,
            context);
    }
}
