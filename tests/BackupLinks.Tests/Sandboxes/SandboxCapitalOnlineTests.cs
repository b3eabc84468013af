using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.CapitalOnline;
using static BackupLinks.Sandbox.CapitalOnline.CapitalOnlineSamples;

namespace BackupLinks.Tests.Sandboxes;

/// <summary>
/// The sandbox's Capital Online: requests as the samples of the vendor's page and its Go client make them, and
/// responses in the shape of the samples.
/// </summary>
public sealed class SandboxCapitalOnlineTests : SandboxHttpTest
{
    // The sample of DescribeDBInstances, without the values that the page masks.
    private const string InstanceSample = """
        {"CloneServices":null,"CreatedTime":"2022-10-18 10:19:34","DisplayName":"中国大陆-无锡-可用区A","IP":"*",
        "InpaasId":"3cd1dac1-b549-4229-ab0f-2a8ef4ee7f57","InstanceName":"*","InstanceUuid":"*",
        "LinkType":"default_link","LinkTypeStr":"默认链路","MasterInfo":"","Port":9736,"ProjectName":"默认项目组",
        "Ram":1024,"RegionId":"CN_Wuxi_A","RelationService":null,"ResourceId":"*","RoGroups":null,"Status":"RUNNING",
        "StatusStr":"运行中","SubProductKey":"redis-replication","SubProductName":"Redis 主从版",
        "Tags":[{"TagID":24644,"TagName":"test_tag"}],"VdcId":"4b7c78da-6d38-4b90-8bbf-c8a6bf4a405b",
        "VdcName":"无锡A-PAAS","Version":"5.0"}
        """;

    private const string BackupSample = """
        {"BackupId":"*","BackupMode":"manual","BackupSize":178,"BackupType":"full-backup","Desc":"",
        "EndTime":"2020-08-21 18:11:21","InstanceId":"*","StartTime":"2020-08-21 18:11:04","Status":"finished"}
        """;

    private const string DownloadSample = """
        {"BackupDownloadUrl":"https:/*","BackupId":"*","BackupIntranetDownloadUrl":"http://*","BackupMode":"manual",
        "BackupSize":176,"BackupType":"full-backup","Desc":"","EndTime":"2020-08-21 15:59:02","InstanceId":"*",
        "ShardId":"*","StartTime":"2020-08-21 15:58:45","Status":"finished"}
        """;

    [Theory]
    [InlineData("DescribeDBInstances", InstanceSample, "Code,Data,Message")]
    [InlineData("DescribeBackups", BackupSample, "Code,Data,Message")]
    [InlineData("DownloadBackup", DownloadSample, "Code,Data,Message,TaskId")]
    public async Task Response_has_the_members_of_the_sample(string action, string sample, string envelope)
    {
        var result = await SendAsync("GET", $"{Endpoint}/redis/?{Sign(action, "GET", Ids(action))}");

        Assert.Equal(200, result.Status);
        var body = Json(result.Body);
        Assert.Equal(envelope, string.Join(',', body.EnumerateObject().Select(member => member.Name)));
        Assert.Equal("Success", body.GetProperty("Code").GetString());
        var data = body.GetProperty("Data");
        Assert.Equal(
            Shape(Json(sample)), Shape(data.ValueKind == JsonValueKind.Array ? data.EnumerateArray().First() : data));
    }

    [Theory]
    [InlineData("/redis")]
    [InlineData("/redis/")]
    public async Task Service_is_found_with_and_without_a_slash(string path)
    {
        Assert.Equal(200, (await SendAsync("GET", $"{Endpoint}{path}?{Sign("DescribeDBInstances", "GET")}")).Status);
    }

    [Theory]
    [InlineData("%20", "%20", 200)]
    [InlineData("+", "%20", 200)]
    [InlineData("+", "%2B", 200)]
    [InlineData("+", "+", 200)]
    [InlineData("%2B", "%2B", 200)]
    [InlineData("+", "-", 401)]
    public async Task Plus_in_a_signed_query_is_accepted_under_both_readings(string wire, string canonical, int status)
    {
        // urlencode of Python and Values.Encode of Go send a space as a plus; the Go client signs that plus, too.
        var parameters = Common("DescribeDBInstances");
        string query = string.Join('&', parameters.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"))
            + $"&InstanceName=a{wire}b";
        parameters["InstanceName"] = "\0";
        string signature = Uri.EscapeDataString(Signature("GET", parameters, $"a{canonical}b"));

        var result = await SendAsync("GET", $"{Endpoint}/redis/?{query}&Signature={signature}");

        Assert.Equal(status, result.Status);
    }

    [Fact]
    public async Task Parameters_that_a_sample_sends_twice_count_once_and_two_values_of_one_are_refused()
    {
        string query = Sign("DescribeBackups", "GET", Ids("DescribeBackups"));

        var twice = await SendAsync("GET", $"{Endpoint}/redis/?{query}&{query}");
        var two = await SendAsync(
            "GET", $"{Endpoint}/redis/?{Sign("DescribeBackups", "GET", Ids("DescribeBackups"))}&InstanceUuid=other");

        Assert.Equal(200, twice.Status);
        Assert.Equal((400, "InvalidParameter"), (two.Status, Json(two.Body).GetProperty("Code").GetString()));
    }

    [Theory]
    [InlineData("InstanceName", "prod", "prod-carts")]
    [InlineData("InstanceName", "none", "")]
    [InlineData("InstanceName", "", "prod-carts,test")]
    [InlineData("InstanceUuid", CdsInstanceId, "prod-carts")]
    [InlineData("InstanceUuid", "none", "")]
    [InlineData("IP", "241.44", "prod-carts,test")]
    [InlineData("IP", "66.66", "")]
    [InlineData("TagName", "test_tag", "prod-carts,test")]
    [InlineData("TagName", "other", "")]
    public async Task Filters_of_instances(string name, string value, string names)
    {
        Server.Cloud.AddCdsInstance("c2", "test");

        var result = await SendAsync("GET", $"{Endpoint}/redis/?{Sign("DescribeDBInstances", "GET", (name, value))}");

        Assert.Equal(names, string.Join(',', Names(Json(result.Body).GetProperty("Data"), "InstanceName")));
    }

    [Theory]
    [InlineData("GET", "/redis/", "DropEverything", 400, "UnsupportedOperation")]
    [InlineData("POST", "/redis/", "CreateBackup", 400, "UnsupportedOperation")]
    [InlineData("GET", "/memcached/", "DescribeDBInstances", 404, "ResourceNotFound")]
    [InlineData("DELETE", "/redis/", "DescribeDBInstances", 404, "ResourceNotFound")]
    public async Task Unknown_request_is_refused_in_the_shape_of_Capital_Online(
        string method, string path, string action, int status, string code)
    {
        var result = await SendAsync(method, $"{Endpoint}{path}?{Sign(action, method)}");

        Assert.Equal((status, code), (result.Status, Json(result.Body).GetProperty("Code").GetString()));
        Assert.Equal(
            "Code,Message,TaskId", string.Join(',', Json(result.Body).EnumerateObject().Select(member => member.Name)));
    }

    [Fact]
    public async Task Request_that_is_sent_again_is_refused()
    {
        string query = Sign("DescribeDBInstances", "GET");
        await SendAsync("GET", $"{Endpoint}/redis/?{query}");

        var again = await SendAsync("GET", $"{Endpoint}/redis/?{query}");

        Assert.Equal((401, "SignatureNonceUsed"), (again.Status, Json(again.Body).GetProperty("Code").GetString()));
    }

    private static (string, string)[] Ids(string action) => action switch
    {
        "DescribeBackups" => [("InstanceUuid", CdsInstanceId)],
        "DownloadBackup" => [("InstanceUuid", CdsInstanceId), ("BackupId", CdsBackupId)],
        _ => [],
    };

    // By the steps of the vendor's page.
    private static string Sign(string action, string method, params (string Name, string Value)[] more)
    {
        var parameters = Common(action);
        foreach (var (name, value) in more)
            parameters[name] = value;
        string signature = Signature(method, parameters, null);
        parameters["Signature"] = signature;
        return string.Join('&', parameters.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
    }

    private static SortedDictionary<string, string> Common(string action) => new(StringComparer.Ordinal)
    {
        ["Action"] = action,
        ["AccessKeyId"] = CapitalOnlineSamples.Key.AccessKey,
        ["SignatureMethod"] = "HMAC-SHA1",
        ["SignatureNonce"] = Guid.NewGuid().ToString(),
        ["SignatureVersion"] = "1.0",
        ["Timestamp"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
        ["Version"] = "2019-08-08",
    };

    /// <param name="method">The method.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="encoded">What stands for the value <c>\0</c>, encoded already; null for none.</param>
    private static string Signature(string method, SortedDictionary<string, string> parameters, string? encoded)
    {
        string canonical = string.Join(
            '&', parameters.Select(
                pair => $"{pair.Key}={(pair.Value == "\0" ? encoded : Uri.EscapeDataString(pair.Value))}"));
        string toSign = $"{method}&%2F&{Uri.EscapeDataString(canonical)}";
        return Convert.ToBase64String(
            HMACSHA1.HashData(
                Encoding.UTF8.GetBytes(CapitalOnlineSamples.Key.SecretKey), Encoding.UTF8.GetBytes(toSign)));
    }

    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object =>
            "{" + string.Join(',', element.EnumerateObject().Select(member => member.Name + ":" + Shape(member.Value)))
                + "}",
        JsonValueKind.Array => "[" + Shape(element[0]) + "]",
        var kind => kind.ToString(),
    };
}
