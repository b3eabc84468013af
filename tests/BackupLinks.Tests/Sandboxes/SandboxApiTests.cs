using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using BackupLinks.Sandbox;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Sandboxes;

/// <summary>
/// The sandbox's APIs of Huawei Cloud: lists, filters, tokens, signatures, and errors in the shape of each service.
/// </summary>
public sealed class SandboxApiTests : SandboxHttpTest
{
    private const string Dcs = "/v2/" + ProjectId;
    private const string Rds = "/v3/" + ProjectId;

    [Fact]
    public async Task Absent_texts_are_null_as_the_vendors_SDK_reads_them_and_objects_on_request()
    {
        var normal = (await GetAsync($"{Dcs}/instances/{DcsInstanceId}/backups")).GetProperty("backup_record_response");
        Server.Paging = new() { EmptyObjectForNull = true };
        var odd = (await GetAsync($"{Dcs}/instances/{DcsInstanceId}/backups")).GetProperty("backup_record_response");

        var good = normal.EnumerateArray().Single(
            entry => entry.GetProperty("backup_id").GetString() == DcsClusterBackupId);
        Assert.Equal(JsonValueKind.Null, good.GetProperty("period").ValueKind);
        Assert.Equal(JsonValueKind.Null, good.GetProperty("error_code").ValueKind);
        var failed = normal.EnumerateArray().Single(
            entry => entry.GetProperty("backup_id").GetString() == DcsEmptyBackupId);
        Assert.StartsWith("dcs.08.", failed.GetProperty("error_code").GetString());
        Assert.All(
            odd.EnumerateArray(), entry => Assert.Equal(JsonValueKind.Object, entry.GetProperty("period").ValueKind));
    }

    [Theory]
    [InlineData("", "prod-a,prod-b,prod-sessions,test-c")]
    [InlineData("name=prod", "prod-a,prod-b,prod-sessions")]
    [InlineData("name=prod&name_equal=true", "")]
    [InlineData("name=prod-a&name_equal=true", "prod-a")]
    [InlineData("status=FROZEN", "prod-b")]
    [InlineData("instance_id=ic", "test-c")]
    [InlineData("include_failure=true&name=broken", "broken")]
    [InlineData("ip=192.168.63", "prod-a,prod-b,prod-sessions,test-c")]
    [InlineData("ip=10.0", "")]
    [InlineData("name=o+n", "e o+n")]
    [InlineData("name=e+o", "e o+n")]
    public async Task Filters_of_DCS_instances(string query, string names)
    {
        Server.Cloud.AddDcsInstance("ia", "prod-a");
        Server.Cloud.AddDcsInstance("ib", "prod-b", "FROZEN");
        Server.Cloud.AddDcsInstance("ic", "test-c");
        Server.Cloud.AddDcsInstance("id", "broken", "CREATEFAILED");
        if (query.Contains('+'))
            Server.Cloud.AddDcsInstance("ie", "e o+n");

        var list = await GetAsync($"{Dcs}/instances?{query}");

        Assert.Equal(names, string.Join(',', Names(list.GetProperty("instances"), "name")));
    }

    [Theory]
    [InlineData("", "prod-orders,ra,rb")]
    [InlineData("name=ra", "ra")]
    [InlineData("name=r", "")]
    [InlineData("name=*r", "prod-orders,ra,rb")]
    [InlineData("id=*fx", "ra,rb")]
    [InlineData("type=Ha", "ra")]
    [InlineData("datastore_type=PostgreSQL", "rb")]
    [InlineData("datastore_type=Oracle", null)]
    [InlineData("type=Cluster", null)]
    [InlineData("name=*", null)]
    public async Task Filters_of_RDS_instances(string query, string? names)
    {
        Server.Cloud.AddRdsInstance("fx1", "ra", "MySQL", type: "Ha");
        Server.Cloud.AddRdsInstance("fx2", "rb", "PostgreSQL");

        var (status, body, _) = await SendAsync("GET", $"{Endpoint}{Rds}/instances?{query}", await ProjectTokenAsync());

        Assert.Equal(names is null ? 400 : 200, status);
        Assert.Equal(names ?? "DBS.280001", names is null
            ? Json(body).GetProperty("error_code").GetString()
            : string.Join(',', Names(Json(body).GetProperty("instances"), "name")));
    }

    [Theory]
    [InlineData("", "b1,b2,b4")]
    [InlineData("&backup_id=b2", "b2")]
    [InlineData("&status=FAILED", "b2")]
    [InlineData("&status=COMPLETED", "b1")]
    [InlineData("&backup_type=incremental", "b3")]
    [InlineData("&begin_time=2026-01-01T00:00:00%2B0800&end_time=2026-01-03T00:00:00%2B0800", "b4")]
    [InlineData("&begin_time=2026-01-01T00:00:00+0800&end_time=2026-01-03T00:00:00+0800", "b4")]
    [InlineData("&begin_time=2026-01-01T00:00:00%2B0800", null)]
    [InlineData("&begin_time=2026-01-01&end_time=2026-01-03", null)]
    [InlineData("&status=GONE", null)]
    public async Task Filters_of_RDS_backups(string query, string? ids)
    {
        Server.Cloud.AddRdsBackup("b1", [], "i1", new() { CreatedAt = System.DateTimeOffset.UtcNow });
        Server.Cloud.AddRdsBackup("b2", [], "i1", new() { Status = "FAILED" });
        Server.Cloud.AddRdsBackup("b3", [], "i1", new() { Type = "incremental" });
        Server.Cloud.AddRdsBackup(
            "b4", [], "i1", new() { Status = "DELETING", CreatedAt = new(2026, 1, 2, 0, 0, 0, System.TimeSpan.Zero) });

        var (status, body, _) = await SendAsync(
            "GET", $"{Endpoint}{Rds}/backups?instance_id=i1{query}", await ProjectTokenAsync());

        Assert.Equal(ids is null ? 400 : 200, status);
        if (ids is not null)
            Assert.Equal(ids, string.Join(',', Names(Json(body).GetProperty("backups"), "id")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"domain":{"name":"sandbox-account"}}""")]
    public async Task Token_that_is_not_for_a_project_is_for_global_services_only(string? scope)
    {
        var token = ("X-Auth-Token", await GetTokenAsync(scope));

        var dcs = await SendAsync("GET", $"{Endpoint}{Dcs}/instances", token);
        var rds = await SendAsync("GET", $"{Endpoint}{Rds}/instances", token);
        var iam = await SendAsync("GET", $"{Endpoint}/v3/projects?name={Region}", token);

        Assert.Equal("DCS.1004", Json(dcs.Body).GetProperty("error_code").GetString());
        Assert.Equal("DBS.200044", Json(rds.Body).GetProperty("error_code").GetString());
        Assert.InRange(dcs.Status, 401, 403);
        Assert.InRange(rds.Status, 401, 403);
        Assert.Equal(200, iam.Status);
    }

    [Fact]
    public async Task Token_and_a_signature_together_are_refused()
    {
        var result = await SendAsync(
            "GET", $"{Endpoint}{Dcs}/instances", await ProjectTokenAsync(),
            ("Authorization", "SDK-HMAC-SHA256 Access=a, SignedHeaders=host, Signature=0"));

        Assert.Equal((401, "APIGW.0301"), (result.Status, Json(result.Body).GetProperty("error_code").GetString()));
    }

    [Theory]
    [InlineData("name=a%20b", "name=a%20b", 200)]
    [InlineData("name=a%2Bb", "name=a%2Bb", 200)]
    [InlineData("name=a+b", "name=a%2Bb", 200)]
    [InlineData("name=a+b", "name=a%20b", 200)]
    [InlineData("name=a+b", "name=a-b", 401)]
    public async Task Plus_in_a_signed_query_is_accepted_under_both_readings(string wire, string canonical, int status)
    {
        Assert.Equal(status, (await SendSignedAsync($"{Dcs}/instances", wire, canonical)).Status);
    }

    [Fact]
    public async Task Path_of_no_cloud_has_the_shape_of_none()
    {
        var (status, body, response) = await SendAsync("GET", Endpoint + "/nothing");

        Assert.Equal((404, "text/plain"), (status, response.Content.Headers.ContentType!.MediaType));
        Assert.Contains("/nothing", body);
    }

    [Theory]
    [InlineData("GET", "/v2/p/unknown")]
    [InlineData("GET", "/v9/p/instances")]
    [InlineData("DELETE", Dcs + "/instances")]
    public async Task Unknown_API_of_Huawei_Cloud_is_refused_by_its_gateway(string method, string path)
    {
        var (status, body, response) = await SendAsync(method, Endpoint + path);

        Assert.Equal((404, "APIGW.0101"), (status, Json(body).GetProperty("error_code").GetString()));
        Assert.Equal(
            response.Headers.GetValues("X-Request-Id").Single(), Json(body).GetProperty("request_id").GetString());
    }

    [Theory]
    [InlineData("GET", "/v3/auth/tokens", 405)]
    [InlineData("GET", "/v3/auth/unknown", 404)]
    [InlineData("POST", "/v3/auth/tokens", 400)]
    public async Task Unknown_request_to_IAM_is_refused_in_its_shape(string method, string path, int status)
    {
        var result = await SendAsync(method, Endpoint + path);

        var error = Json(result.Body).GetProperty("error");
        Assert.Equal((status, status), (result.Status, error.GetProperty("code").GetInt32()));
        Assert.NotEmpty(error.GetProperty("title").GetString()!);
        Assert.NotEmpty(result.Response.Headers.GetValues("X-IAM-Trace-Id"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"auth":{"identity":{"methods":"password"}}}""")]
    [InlineData("""{"auth":{"identity":{"methods":[5],"password":{"user":{}}}}}""")]
    public async Task Body_of_another_shape_is_a_bad_request_to_IAM(string body)
    {
        using var content = new System.Net.Http.StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var response = await Http.PostAsync(
            Endpoint + "/v3/auth/tokens", content, TestContext.Current.CancellationToken);

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("/obs")]
    [InlineData("/obs/bucket")]
    [InlineData("/obs/bucket/key")]
    public async Task Request_to_the_store_without_a_signature_is_refused_in_XML(string path)
    {
        var result = await SendAsync("GET", Endpoint + path);

        Assert.Equal((403, "AccessDenied"), (result.Status, Xml(result.Body, "Code")));
        Assert.Equal("application/xml", result.Response.Content.Headers.ContentType!.MediaType);
        Assert.NotEmpty(result.Response.Headers.GetValues("x-obs-request-id"));
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        var (status, body, _) = await SendAsync("GET", Endpoint + path, await ProjectTokenAsync());
        Assert.Equal(200, status);
        return Json(body);
    }

    private async Task<(string, string)> ProjectTokenAsync() =>
        ("X-Auth-Token", await GetTokenAsync($$$"""{"project":{"name":"{{{Region}}}"}}"""));
}
