using System;
using System.Linq;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Engine;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

public sealed class RdsTests(SandboxFixture fixture) : SandboxTest(fixture), IClassFixture<SandboxFixture>
{
    [Fact]
    public void Backup_becomes_one_file_a_database_with_sizes_in_bytes()
    {
        var result = Run($"Get-RdsBackupFile @h -BackupId {RdsBackupId}");

        Assert.Empty(result.Errors);
        var files = result.Output.Select(item => Assert.IsType<RdsBackupFile>(item.BaseObject)).ToArray();
        Assert.Equal(["orders", "customers"], files.Select(file => file.DatabaseName));
        Assert.Equal(2803 * 1024, files[0].Size);
        Assert.Equal("rdsbucket.op.svc.rds.1024.cn.north.1", files[0].BucketName);
        Assert.Equal((RdsBackupId, Region, ProjectId), (files[0].BackupId, files[0].Region, files[0].ProjectId));
        Assert.EndsWith("+0800", files[0].LinkExpiredTime);
        Assert.InRange(
            files[0].ExpiresAt!.Value, DateTimeOffset.UtcNow.AddMinutes(14), DateTimeOffset.UtcNow.AddMinutes(16));
    }

    // The example of the vendor's own page, byte for byte.
    [Fact]
    public void Page_获取备份下载链接()
    {
        Respond("""
            {
               "files": [
                {
                    "name": "43e4feaab48f11e89039fa163ebaa7e4br01.xxx",
                    "size": 2803,
                    "download_link":"https://obs.myhwclouds.com/rdsbucket.southchina.user.2/xxxxxx",
                    "link_expired_time":" 2018-08-016T10:15:14+0800"
                 },
                 {
                    "name": "43e4feaab48f11e89039fa163ebaa7e4br01.xxx",
                    "size": 2803,
                    "download_link":"https://obs.myhwclouds.com/rdsbucket.southchina.user.2/xxxxxx",
                    "link_expired_time":" 2018-08-016T10:15:14+0800"
                 }
                 ],
                "bucket": "rdsbucket.op.svc.rds.1024.cn.north.1"
            }
            """);

        var result = Run(
            "Get-RdsBackupFile @h -ProjectId 97b026aa9cc4417888c14c84a1ad9860 -BackupId "
                + "c0c9f155c7b7423a9d30f0175998b63bbr01");

        var request = Assert.Single(Requests);
        Assert.Equal(
            ("GET", "/v3/97b026aa9cc4417888c14c84a1ad9860/backup-files?backup_id=c0c9f155c7b7423a9d30f0175998b63bbr01"),
            (request.Method, request.Target));
        var files = result.Output.Select(item => (RdsBackupFile)item.BaseObject).ToArray();
        Assert.Equal(2, files.Length);
        Assert.All(files, file =>
        {
            Assert.Equal(2803 * 1024, file.Size);
            Assert.Equal(new DateTimeOffset(2018, 8, 16, 10, 15, 14, TimeSpan.FromHours(8)), file.ExpiresAt);
            Assert.Equal(" 2018-08-016T10:15:14+0800", file.LinkExpiredTime);
            Assert.Equal("rdsbucket.op.svc.rds.1024.cn.north.1", file.BucketName);
        });
        Assert.NotEqual(files[0].FileName, files[1].FileName);
    }

    [Fact]
    public void Table_of_the_page_has_link_expired_link()
    {
        Respond("""
            {"files":[{"name":"a","size":"2803","download_link":"https://h.example/a",
            "link_expired_link":"2018-08-16T10:15:14+0800"}],"bucket":"b"}
            """);

        var file = Run($"Get-RdsBackupFile @h -ProjectId {ProjectId} x").Single<RdsBackupFile>();

        Assert.Equal(new DateTimeOffset(2018, 8, 16, 10, 15, 14, TimeSpan.FromHours(8)), file.ExpiresAt);
        Assert.Equal(2803 * 1024, file.Size);
    }

    [Fact]
    public void A_project_id_that_no_address_can_have_is_refused_before_any_request()
    {
        var result = Run("Get-RdsBackupFile @h -ProjectId 'pr\u00fcf' x");

        Assert.Contains("'pr\u00fcf' is not valid as project id", Assert.Single(result.Errors).Exception.Message);
        Assert.Empty(Requests);
    }

    [Fact]
    public void The_time_of_the_page_s_example_comes_before_that_of_its_table_and_an_empty_name_is_none()
    {
        Respond("""
            {"files":[{"name":"a","size":"2803","database_name":"","download_link":"https://h.example/a",
            "link_expired_time":"2018-08-16T10:15:14+0800","link_expired_link":"2019-08-16T10:15:14+0800"}],
            "bucket":"b"}
            """);

        var file = Run($"Get-RdsBackupFile @h -ProjectId {ProjectId} x").Single<RdsBackupFile>();

        Assert.Equal("2018-08-16T10:15:14+0800", file.LinkExpiredTime);
        Assert.Equal("b", file.BucketName);
        Assert.Null(file.DatabaseName);
        Assert.Null(file.InstanceId);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("")]
    public void Time_that_cannot_be_read_does_not_cost_the_link(string time)
    {
        Respond($$"""
            {"files":[{"name":"a","size":{},"download_link":"https://h.example/a?Expires=1569329601",
            "link_expired_time":"{{time}}"}],"bucket":"b"}
            """);

        var file = Run($"Get-RdsBackupFile @h -ProjectId {ProjectId} x").Single<RdsBackupFile>();

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1569329601), file.ExpiresAt);
        Assert.Equal(time, file.LinkExpiredTime);
        Assert.Null(file.Size);
    }

    private void Respond(string body) => Server.Faults.Add(new SandboxFault { Status = 200, Body = body });
}
