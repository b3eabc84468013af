using System;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// The examples of the vendors' own pages, one test a page: the request as the page shows it, and the
/// response byte for byte but for what the page masks (<c>{obs_endpoint}</c>, asterisks, typographic quotes).
/// </summary>
public sealed class VendorPageTests : SandboxTest
{
    private const string ProjectOfPage = "0524e839a54847039e9b2b46e8aa788a";

    private const string LinkOfV2 =
        "https://bucket5da9cf3bfabc4cae9023695b934e5e2b.obs.cn-north-4.myhuaweicloud.com:443/"
        + "42489641-23c4-4855-bc89-befc85e2b7f7/ddfe5f66-a965-43ff-aec7-f3b489dc071b/"
        + "redis_192.168.63.250_6379_10923-16383_20190820211816.rdb"
        + "?AWSAccessKeyId=VD8CEQNG8VMQODUAAM0D&Expires=1566308915&Signature=s3I%2BrLbo%2BFZw%2BUsjVere%2FOQdKEg%3D";

    private const string LinkOfV1 =
        "https://bucket6d1b61f3d7434f60b7e465f4037d73f3.obs.cn-north-4.myhwclouds.com:443/"
        + "3dc6ba15-ba97-4624-bcbd-3cc08d6336b0/20190924204307_redis.rdb"
        + "?AWSAccessKeyId=IMRORRY3GETV9CEH3GE0&Expires=1569329601&Signature=NGhdEGwHImXNyYyryx3AYqfAvoA%3D";

    private const string LogLinkOfV2 =
        "https://bucketxxxxx.obs.cn-north-4.myhuaweicloud.com:443/"
        + "xxxxx/redis_192.168.x.x_2021-04-16.log"
        + "?AWSAccessKeyId=xxxxx";

    [Fact]
    public void Huawei_DCS_v2_Obtaining_the_Backup_File_URL()
    {
        Respond($$"""
            {
            "file_path" : "42489641-23c4-4855-bc89-befc85e2b7f7/ddfe5f66-a965-43ff-aec7-f3b489dc071b/",
            "bucket_name" : "bucket5da9cf3bfabc4cae9023695b934e5e2b",
            "links" : [ {
            "file_name" : "redis_192.168.63.250_6379_10923-16383_20190820211816.rdb",
            "link" : "{{LinkOfV2}}"
            } ]
            }
            """);

        var link = Run($"Get-DcsBackupLink @h -ProjectId {ProjectOfPage} -InstanceId i1 -BackupId b1 -Expiration 1800")
            .Single<DcsBackupLink>();

        var request = Assert.Single(Server.Requests);
        Assert.Equal(
            ("POST", $"/v2/{ProjectOfPage}/instances/i1/backups/b1/links", """{"expiration":1800}"""),
            (request.Method, request.Target, request.Body));
        Assert.StartsWith("application/json", request.Headers["Content-Type"]);
        Assert.Equal("redis_192.168.63.250_6379_10923-16383_20190820211816.rdb", link.FileName);
        Assert.Equal("42489641-23c4-4855-bc89-befc85e2b7f7/ddfe5f66-a965-43ff-aec7-f3b489dc071b/", link.FilePath);
        Assert.Equal("bucket5da9cf3bfabc4cae9023695b934e5e2b", link.BucketName);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1566308915), link.ExpiresAt);
        Assert.Equal(
            "?AWSAccessKeyId=VD8CEQNG8VMQODUAAM0D&Expires=1566308915&Signature=s3I%2BrLbo%2BFZw%2BUsjVere%2FOQdKEg%3D",
            link.Uri.Query);
    }

    [Fact]
    public void Huawei_DCS_v1_0_获取备份文件下载链接()
    {
        Respond($$"""
            {
                "bucket_name": "bucket6d1b61f3d7434f60b7e465f4037d73f3",
                "file_path": "3dc6ba15-ba97-4624-bcbd-3cc08d6336b0/20190924204307_redis.rdb",
                "links": [
                    {
                        "file_name": "20190924204307_redis.rdb",
                        "link": "{{LinkOfV1}}"
                    }
                ]
            }
            """);

        var link = Run(
            $"Get-DcsBackupLink @h -ProjectId {ProjectOfPage} -InstanceId i1 -BackupId b1 -Expiration 300 -ApiVersion "
                + "v1.0").Single<DcsBackupLink>();

        var request = Assert.Single(Server.Requests);
        // The page's table says String; its example, and every other version, is a number.
        Assert.Equal(
            ($"/v1.0/{ProjectOfPage}/instances/i1/backups/b1/links", """{"expiration":300}"""),
            (request.Target, request.Body));
        Assert.Equal("20190924204307_redis.rdb", link.FileName);
        Assert.Equal("3dc6ba15-ba97-4624-bcbd-3cc08d6336b0/20190924204307_redis.rdb", link.FilePath);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1569329601), link.ExpiresAt);
    }

    [Fact]
    public void Capital_Online_Redis_获取备份文件信息及备份文件下载地址()
    {
        Respond("""
            {
                "Code": "Success",
                "Data": {
                    "BackupDownloadUrl": "https://cds.example/a/dump.rdb?token=x",
                    "BackupId": "b1",
                    "BackupIntranetDownloadUrl": "http://10.0.0.1/a/dump.rdb?token=y",
                    "BackupMode": "manual",
                    "BackupSize": 176,
                    "BackupType": "full-backup",
                    "Desc": "",
                    "EndTime": "2020-08-21 15:59:02",
                    "InstanceId": "i1",
                    "ShardId": "s1",
                    "StartTime": "2020-08-21 15:58:45",
                    "Status": "finished"
                },
                "Message": "success",
                "TaskId": ""
            }
            """);

        var link = Run("Get-CdsBackupDownload @o -InstanceUuid i1 -BackupId b1").Single<CdsBackupDownload>();

        var request = Assert.Single(Server.Requests);
        Assert.Equal("GET", request.Method);
        Assert.Contains("Action=DownloadBackup&", request.Target);
        Assert.Contains("&BackupId=b1&InstanceUuid=i1&", request.Target);
        Assert.Equal("https://cds.example/a/dump.rdb?token=x", link.Uri.AbsoluteUri);
        Assert.Equal("http://10.0.0.1/a/dump.rdb?token=y", link.IntranetUri!.AbsoluteUri);
        Assert.Equal(
            ("s1", 176L, "finished", "full-backup", "manual"),
            (link.ShardId, link.Size, link.Status, link.BackupType, link.BackupMode));
        Assert.Equal(TimeSpan.FromSeconds(17), link.EndTime - link.StartTime);
        Assert.Equal(TimeSpan.FromHours(8), link.EndTime!.Value.Offset);
        Assert.Null(link.ExpiresAt);
    }

    [Fact]
    public void Capital_Online_Redis_table_of_the_page_has_the_size_as_a_string()
    {
        Respond("""
            {"Code":"Success","Data":{"BackupDownloadUrl":"https://h.example/a","BackupSize":"176","StartTime":"",
            "EndTime":null}}
            """);

        var link = Run("Get-CdsBackupDownload @o i1 b1").Single<CdsBackupDownload>();

        Assert.Equal(176, link.Size);
        Assert.Null(link.StartTime);
    }

    [Theory]
    [InlineData("\"backup_id\" : \"t1\", ", "t1")]
    [InlineData("\"id\" : \"3ea6ce21-048e-447a-83c3-3fb004b88439\", ", null)]
    [InlineData("\"id\" : \"3ea6ce21-048e-447a-83c3-3fb004b88439\", \"backup_id\" : \"t1\", ", "t1")]
    [InlineData("", null)]
    public void Huawei_DCS_v2_获取日志下载链接(string ids, string? taskId)
    {
        Respond("{ " + ids + $$"""
            "link" : "{{LogLinkOfV2}}"
            }
            """);

        var link = Run(
            $"Get-DcsLogLink @h -ProjectId {ProjectOfPage} -InstanceId 5c597ce5-9823-48aa-bf4d-2defb9385b4a -LogId "
                + "3ea6ce21-048e-447a-83c3-3fb004b88439").Single<DcsLogLink>();

        var request = Assert.Single(Server.Requests);
        Assert.Equal(
            ("POST", $"/v2/{ProjectOfPage}/instances/5c597ce5-9823-48aa-bf4d-2defb9385b4a/redislog/"
                + "3ea6ce21-048e-447a-83c3-3fb004b88439/links", ""),
            (request.Method, request.Target, request.Body));
        Assert.Equal("redis_192.168.x.x_2021-04-16.log", link.FileName);
        Assert.Equal("3ea6ce21-048e-447a-83c3-3fb004b88439", link.LogId);
        Assert.Equal(taskId, link.TaskId);
        Assert.InRange(
            link.ExpiresAt!.Value, DateTimeOffset.UtcNow.AddHours(23.9), DateTimeOffset.UtcNow.AddHours(24.1));
    }

    private void Respond(string body) => Server.Faults.Add(new SandboxFault { Status = 200, Body = body });
}
