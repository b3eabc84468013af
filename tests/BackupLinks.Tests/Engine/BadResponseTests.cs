using System;
using System.Linq;
using System.Net;
using BackupLinks.Errors;
using BackupLinks.Sandbox;
using static BackupLinks.Sandbox.CapitalOnline.CapitalOnlineSamples;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

public sealed class BadResponseTests(SandboxFixture fixture) : SandboxTest(fixture), IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData(
        401, """{"error_msg":"Incorrect IAM authentication information: ak """
            + """not exist","error_code":"APIGW.0301","request_id":"r1"}""",
        "AuthenticationFailed",
        "APIGW.0301",
        "r1")]
    [InlineData(403, """{"error_code":"DBS.200010","error_msg":"no permission"}""", "AccessDenied", "DBS.200010", null)]
    [InlineData(
        403, """{"error_code":"DBS.280056","error_msg":"invalid token"}""", "AuthenticationFailed", "DBS.280056", null)]
    [InlineData(404, """{"error_code":"DBS.201010","error_msg":"gone"}""", "NotFound", "DBS.201010", null)]
    [InlineData(400, """{"error_code":"DBS.201203","error_msg":"gone"}""", "NotFound", "DBS.201203", null)]
    [InlineData(400, """{"errCode":"RDS.1102","externalMessage":"bad"}""", "InvalidRequest", "RDS.1102", null)]
    [InlineData(409, """{"error_code":"DBS.201205","error_msg":"backing up"}""", "Conflict", "DBS.201205", null)]
    [InlineData(
        401, """{"error":{"code":401,"message":"The username or password is wrong.","title":"Unauthorized"}}""",
        "AuthenticationFailed", "401", null)]
    [InlineData(403, """{"error":{"error_code":"IAM.0011","error_msg":"nested"}}""", "AccessDenied", "IAM.0011", null)]
    [InlineData(
        400, "<Error><Code>InvalidArgument</Code><Message>m</Message><RequestId>r2</RequestId></Error>",
        "InvalidRequest", "InvalidArgument", "r2")]
    [InlineData(404, "nothing here", "NotFound", null, null)]
    [InlineData(
        404, "\uFEFF{\"error_code\":\"DBS.201010\",\"error_msg\":\"after a byte order mark\"}", "NotFound",
        "DBS.201010",
        null)]
    [InlineData(404, "{\"error_code\":\"DBS.201010\",\"error_msg\":\"\\ud800\"}", "NotFound", "DBS.201010", null)]
    [InlineData(
        400, "{\"error_code\":\"X.1\",\"error_msg\":\"The backup has expired.\"}", "InvalidRequest", "X.1", null)]
    [InlineData(
        401, "{\"error_code\":\"X.2\",\"error_msg\":\"The security token has expired.\"}", "AuthenticationFailed",
        "X.2",
        null)]
    [InlineData(407, "", "InvalidProxy", null, null)]
    [InlineData(
        200, """{"error_code":"DBS.201010","error_msg":"an error with status 200"}""", "InvalidResponse", "DBS.201010",
        null)]
    public void Refusal_in_any_of_the_vendors_shapes_has_its_kind_code_and_request_id(
        int status, string body, string id, string? code, string? requestId)
    {
        Server.Faults.Add(
            new SandboxFault { Path = "backup-files", Query = "=first", Count = 1, Status = status, Body = body });

        var result = Run($"'first', '{RdsBackupId}' | Get-RdsBackupFile @h");

        var exception = Assert.IsType<ApiException>(result.SingleError(id).Exception);
        Assert.Equal((HttpStatusCode)status, exception.StatusCode);
        Assert.Equal(code, exception.ErrorCode);
        Assert.NotNull(exception.RequestId);
        if (requestId is not null)
            Assert.Equal(requestId, exception.RequestId);
        Assert.Equal(2, result.Output.Count);
    }

    [Theory]
    [InlineData(403, """{"error":{"code":403,"message":"no","title":"F"}}""", "(HTTP 403: \"no\", request id ")]
    [InlineData(403, """{"error_code":"X.2","error_msg":"no"}""", "(HTTP 403, X.2: \"no\", request id ")]
    [InlineData(403, """{"error_code":"X.2"}""", "(HTTP 403, X.2, request id ")]
    [InlineData(403, "", "(HTTP 403, request id ")]
    public void Refusal_says_status_code_and_words_each_once(int status, string body, string detail)
    {
        Server.Faults.Add(new SandboxFault { Path = "backup-files", Status = status, Body = body });

        Assert.Contains(detail, Run("Get-RdsBackupFile @h x").SingleError("AccessDenied").ToString());
    }

    // To RDS a backup that does not exist, to other services a number of days that backups cannot be kept for.
    [Fact]
    public void Code_of_one_service_means_nothing_in_the_response_of_another()
    {
        Server.Faults.Add(
            new SandboxFault { Status = 400, Body = """{"error_code":"DBS.280214","error_msg":"bad"}""" });

        Run($"Get-RdsBackupFile @h -ProjectId {ProjectId} b").SingleError("NotFound");
        Run($"Get-DcsBackupLink @h -ProjectId {ProjectId} i b").SingleError("InvalidRequest");
    }

    [Fact]
    public void Server_error_is_retried_and_then_one_error()
    {
        Server.Faults.Add(
            new SandboxFault { Path = "/first/", Status = 500,
            Body = """{"error_code":"DCS.5000","error_msg":"Internal service error."}""" });

        var result = Run(
            $"'first', '{DcsSingleBackupId}' | Get-DcsBackupLink @h -InstanceId {DcsInstanceId} -MaximumRetryCount 1 "
                + "-Verbose");

        Assert.Equal("DCS.5000", ((ApiException)result.SingleError("ServiceUnavailable").Exception).ErrorCode);
        Assert.Equal(2, Requests.Count(request => request.Target.Contains("/first/")));
        Assert.Contains(result.Verbose, line => line.Contains("HTTP 500; retry 1 of 1"));
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("half a body")]
    [InlineData("503")]
    [InlineData("429")]
    public void Passing_trouble_is_got_over(string trouble)
    {
        Server.Faults.Add(trouble switch
        {
            "reset" => new SandboxFault { Path = "backup-files", Count = 2, Reset = true },
            "half a body" =>
                new SandboxFault { Path = "backup-files", Count = 2, Status = 200, Body = """{"files":[""",
                MissingBytes = 500 },
            _ => new SandboxFault { Path = "backup-files", Count = 2, Status = int.Parse(trouble), Body = "{}" },
        });

        var result = Run($"Get-RdsBackupFile @h {RdsBackupId}");

        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Output.Count);
    }

    [Fact]
    public void Slow_service_is_a_RequestTimeout()
    {
        Server.Faults.Add(new SandboxFault { Path = "backup-files", Delay = TimeSpan.FromMinutes(10) });

        Run("Get-RdsBackupFile @h x -TimeoutSec 1 -MaximumRetryCount 0").SingleError("RequestTimeout");
    }

    [Theory]
    [InlineData("[uri] 'proxy:9'")]
    [InlineData("'127.0.0.1:9'")]
    public void Proxy_that_is_no_address_ends_the_command(string proxy) =>
        Run($"'a', 'b' | Get-RdsBackupFile @h -Proxy ({proxy})").SingleError("InvalidProxy");

    [Fact]
    public void Password_in_the_address_of_a_proxy_is_never_shown()
    {
        var result = Run(
            "$h.Endpoint = 'https://rds.example'; Get-RdsBackupFile @h x -Proxy http://puser:ppassw0rd@127.0.0.1:1 "
                + "-MaximumRetryCount 1 -Verbose");

        // Of the project's id, from IAM.
        Assert.Contains("through proxy http://127.0.0.1:1,", result.SingleError("ServiceUnavailable").ToString());
        Assert.NotEmpty(result.Verbose);
        Assert.DoesNotContain("ppassw0rd", result.AllText);
    }

    [Theory]
    [InlineData("""{"Code":"ResourceNotFound","Message":"gone","TaskId":"t1"}""", "NotFound")]
    [InlineData("""{"Code":"InvalidParameter","Message":"bad"}""", "InvalidRequest")]
    [InlineData("""{"Code":"ResourceInUse","Message":"busy"}""", "Conflict")]
    [InlineData("""{"Code":"InternalError","Message":"oops"}""", "ServiceUnavailable")]
    [InlineData("""{"Code":"SignatureDoesNotMatch","Message":"no"}""", "AuthenticationFailed")]
    [InlineData("""{"Code":"InvalidAccessKeyId","Message":"no"}""", "AuthenticationFailed")]
    [InlineData("""{"Code":"ActionForbidden","Message":"no"}""", "AccessDenied")]
    [InlineData("""{"Code":"NoPermission","Message":"no"}""", "AccessDenied")]
    [InlineData("""{"Code":"AccessDenied","Message":"no"}""", "AccessDenied")]
    [InlineData("""{"Code":"BackupNotFound","Message":"no"}""", "NotFound")]
    [InlineData("""{"Code":"BadArgs","Message":"no"}""", "InvalidRequest")]
    [InlineData("""{"Code":"SomethingElse","Message":"no"}""", "InvalidResponse")]
    [InlineData("""{"Code":"Success","Message":"but where are the data"}""", "InvalidResponse")]
    public void Capital_Online_may_refuse_with_status_200(string body, string id)
    {
        Server.Faults.Add(new SandboxFault { Path = "/redis", Status = 200, Body = body });

        Run("Get-CdsBackupDownload @o i b").SingleError(id);
    }

    [Fact]
    public void Intranet_address_that_is_missing_is_one_error()
    {
        Server.Faults.Add(new SandboxFault
        {
            Path = "/redis", Status = 200,
            Body = """
                {"Code":"Success","Data":{"BackupDownloadUrl":"https://h.example/a.rdb","BackupIntranetDownloadUrl":""},
                "Message":"","TaskId":""}
                """,
        });

        Assert.Contains(
            "intranet",
            Run("Get-CdsBackupDownload @o i b -Network Intranet").SingleError("InvalidResponse").ToString());
    }

    [Theory]
    [InlineData("wrong key")]
    [InlineData("wrong secret")]
    [InlineData("no permission")]
    public void Credential_that_is_refused_is_one_error_an_item(string trouble)
    {
        var (credential, id) = trouble switch
        {
            "wrong key" => (ToCredential(new SandboxKey("NOSUCHKEY", OperatorKey.SecretKey)), "AuthenticationFailed"),
            "wrong secret" =>
                (ToCredential(
                    OperatorKey with { SecretKey = "WrongSecretKeyThatMustNotShow" }), "AuthenticationFailed"),
            _ => (ToCredential(AuditorKey), "AccessDenied"),
        };

        var result = Run($"Get-RdsBackupFile @h {RdsBackupId} -ProjectId {ProjectId} -Verbose", credential);

        result.SingleError(id);
        Assert.Single(Requests);
        Assert.DoesNotContain("WrongSecretKeyThatMustNotShow", result.AllText);
        if (trouble != "no permission")
            Run($"Get-CdsBackupDownload @o {CdsInstanceId} {CdsBackupId}", credential).SingleError(
                "AuthenticationFailed");
    }
}
