using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud;
using BackupLinks.HuaweiCloud.Dds;
using BackupLinks.Providers;
using BackupLinks.Sandbox.HuaweiCloud;
using BackupLinks.Tests.Conformance;
using BackupLinks.Tests.Engine;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>Files of backups of DDS: the page, the groups, the times and the codes.</summary>
public sealed class DdsTests(ConformanceSandbox sandbox) : HuaweiServiceTest(sandbox)
{
    private protected override BackupService Service => DdsService.Instance;

    [Fact]
    public async Task Backup_becomes_one_file_a_group_with_every_field()
    {
        var files = await ReadFilesAsync(DdsRoutes.InstanceId, DdsRoutes.BackupId);

        Assert.Equal(["shard_1", "shard_2", "config"], files.Select(file => file.GroupName));
        var file = files[0];
        Assert.Equal("5b8e1f0c2d734c1f9a6e7d30b1c2a4f6gr02", file.GroupId);
        Assert.Equal(DdsRoutes.BackupId + "_shard_1.tar.gz", file.FileName);
        Assert.Equal((DdsRoutes.InstanceId, DdsRoutes.BackupId), (file.InstanceId, file.BackupId));
        Assert.Equal("ddsbucket.cn.north.4", file.BucketName);
        Assert.Equal((Region, ProjectId), (file.Region, file.ProjectId));
        Assert.EndsWith("+0000", file.LinkExpiredTime);
        Assert.Equal(TimeSpan.Zero, file.ExpiresAt!.Value.Offset);
        Assert.InRange(
            file.ExpiresAt.Value, DateTimeOffset.UtcNow.AddMinutes(14), DateTimeOffset.UtcNow.AddMinutes(16));
        // In KB, it is rounded: the file has 1,500,001 bytes.
        Assert.Equal(1465 * 1024, file.Size);
        Assert.Equal(1_500_001, Sandbox.Server.Cloud.FindObject(file.Uri)!.Length);
    }

    [Fact]
    public void Get_DdsBackupFile_sends_the_request_for_each_backup_that_is_piped_in()
    {
        using var module = new ModuleHost();

        var result = module.Run(
            """
            param($credential, $endpoint, $region, $instance, $backup)
            $backups = foreach ($id in $instance, 'gone') { [pscustomobject] @{ InstanceId = $id; BackupId = $backup } }
            $backups | Get-DdsBackupFile -Credential $credential -Endpoint $endpoint -Region $region
            """,
            SandboxTest.ToCredential(OperatorKey), Sandbox.Server.Address.AbsoluteUri, Region, DdsRoutes.InstanceId,
            DdsRoutes.BackupId);

        Assert.Equal(
            [(DdsRoutes.InstanceId, "shard_1"), (DdsRoutes.InstanceId, "shard_2"), (DdsRoutes.InstanceId, "config")],
            result.Output.Select(item => Assert.IsType<DdsBackupFile>(item.BaseObject))
                .Select(file => (file.InstanceId, file.GroupName!)));
        Assert.Contains("instance 'gone'", result.SingleError("NotFound").Exception.Message);
    }

    // What the status would have made of each is something else.
    [Theory]
    [InlineData("DBS.201204", ErrorKind.NotFound)]
    [InlineData("DBS.201028", ErrorKind.NotFound)]
    [InlineData("DBS.201501", ErrorKind.NotFound)]
    [InlineData("DBS.201502", ErrorKind.NotFound)]
    [InlineData("DBS.280016", ErrorKind.NotFound)]
    [InlineData("DBS.280110", ErrorKind.NotFound)]
    [InlineData("DBS.200010", ErrorKind.AccessDenied)]
    [InlineData("DBS.280015", ErrorKind.AccessDenied)]
    [InlineData("DBS.200011", ErrorKind.Conflict)]
    [InlineData("DBS.200018", ErrorKind.Conflict)]
    [InlineData("DBS.200019", ErrorKind.Conflict)]
    [InlineData("DBS.201014", ErrorKind.Conflict)]
    [InlineData("DBS.201015", ErrorKind.Conflict)]
    public void Code_of_the_page_has_its_kind(string code, ErrorKind kind) =>
        Assert.Equal(kind, DdsService.Instance.ErrorCodes[code]);

    // The example of the vendor's own page, byte for byte.
    [Fact]
    public async Task Page_Obtaining_the_Link_for_Downloading_a_Backup_File()
    {
        Respond("""
            {
               "files": [
                {
                    "name": "43e4feaab48f11e89039fa163ebaa7e4br02.xxx",
                    "size": 2803,
                    "download_link":"https://obs.domainname.com/rdsbucket.username.1/xxxxxx",
                    "link_expired_time":"2018-08-016T10:15:14+0000"
                 }
                 ],
                "bucket": "rdsbucket.bucketname"
            }
            """);

        var file = Assert.Single(await ReadFilesAsync(
            "befb1cfe1f96403780396b0c54f85d11in02", "bd062e1af2d248b3bb4cd3dbb4183888br02"));

        Assert.Equal(
            ("GET", "backups/download-file?instance_id=befb1cfe1f96403780396b0c54f85d11in02"
                + "&backup_id=bd062e1af2d248b3bb4cd3dbb4183888br02"),
            LastRequest());
        Assert.Equal(("43e4feaab48f11e89039fa163ebaa7e4br02.xxx", 2803 * 1024L), (file.FileName, file.Size));
        Assert.Equal("https://obs.domainname.com/rdsbucket.username.1/xxxxxx", file.Uri.OriginalString);
        Assert.Equal(new DateTimeOffset(2018, 8, 16, 10, 15, 14, TimeSpan.Zero), file.ExpiresAt);
        Assert.Equal("2018-08-016T10:15:14+0000", file.LinkExpiredTime);
        Assert.Equal("rdsbucket.bucketname", file.BucketName);
        Assert.Null(file.GroupId);
        Assert.Null(file.GroupName);
    }

    [Fact]
    public async Task Group_of_the_response_is_that_of_each_file_that_names_none()
    {
        Respond("""
            {"group_id":"g0","group_name":"replica","files":[
             {"name":"a","download_link":"https://h.example/a"},
             {"name":"b","download_link":"https://h.example/b","group_id":"g1","group_name":"shard_1"},
             {"name":"c","download_link":"https://h.example/c","group_id":"","group_name":null}]}
            """);

        var files = await ReadFilesAsync();

        Assert.Equal(
            [("g0", "replica"), ("g1", "shard_1"), ("g0", "replica")],
            files.Select(file => (file.GroupId!, file.GroupName!)));
    }

    [Theory]
    [InlineData("\"2018-08-16T10:15:14Z\"", "?Expires=1569329601", "2018-08-16T10:15:14+00:00")]
    [InlineData("\" 2018-08-16 10:15:14 +08:00\"", "", "2018-08-16T10:15:14+08:00")]
    [InlineData("\"soon\"", "?Expires=1569329601", "2019-09-24T12:53:21+00:00")]
    [InlineData("{}", "?Expires=1569329601", "2019-09-24T12:53:21+00:00")]
    public async Task Time_is_that_of_the_response_else_that_of_the_address(
        string time, string query, string expected)
    {
        Respond($$"""
            {"files":[{"name":"a","download_link":"https://h.example/a{{query}}","link_expired_time":{{time}}}]}
            """);

        var file = Assert.Single(await ReadFilesAsync());
        Assert.Equal(expected, $"{file.ExpiresAt:yyyy-MM-dd'T'HH:mm:sszzz}");
    }

    [Theory]
    [InlineData("\"soon\"", "soon")]
    [InlineData("null", null)]
    public async Task Link_that_does_not_say_when_it_ends_lives_for_the_documented_quarter_of_an_hour(
        string time, string? spelling)
    {
        Respond($$"""{"files":[{"name":"a","download_link":"https://h.example/a","link_expired_time":{{time}}}]}""");

        var file = Assert.Single(await ReadFilesAsync());

        Assert.InRange(
            file.ExpiresAt!.Value, DateTimeOffset.UtcNow.AddMinutes(14), DateTimeOffset.UtcNow.AddMinutes(16));
        Assert.Equal(spelling, file.LinkExpiredTime);
    }

    [Theory]
    [InlineData("cn-north-4", "https://dds.cn-north-4.myhuaweicloud.com/")]
    [InlineData("eu-west-101", "https://dds.eu-west-101.myhuaweicloud.eu/")]
    public void Region_gives_the_endpoint(string region, string endpoint) =>
        Assert.Equal(endpoint, Resolve(region).Endpoint.AbsoluteUri);

    [Fact]
    public void Regions_are_those_of_the_vendors_table()
    {
        Assert.Equal(34, DdsService.Instance.Regions.Count);
        Assert.Equal(ErrorKind.UnknownRegion, Assert.Throws<BackupLinksException>(() => Resolve("cn-north-99")).Kind);
    }

    private static HuaweiEndpoints Resolve(string region) =>
        HuaweiEndpoints.Resolve(
            DdsService.Instance.Hosts, new(region, null, null, null),
            new CredentialFields(HuaweiCredential.Schema, "Test", []), static _ => null);

    private async Task<IReadOnlyList<DdsBackupFile>> ReadFilesAsync(string instanceId = "i", string backupId = "b") =>
    [
        .. (await ReadAsync(Service.Links(new LinkIds(instanceId, backupId), new LinkOptions()))).Cast<DdsBackupFile>(),
    ];
}
