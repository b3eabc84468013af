using System;
using System.Linq;
using System.Net;
using System.Text.Json;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.Tests.Engine;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

public sealed class DcsTests(SandboxFixture fixture) : SandboxTest(fixture), IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("v2")]
    [InlineData("v1.0")]
    public void Backup_of_a_cluster_becomes_one_link_a_file(string version)
    {
        var result = Run(
            $"Get-DcsBackupLink @h -InstanceId {DcsInstanceId} -BackupId {DcsClusterBackupId} -ApiVersion {version} "
                + "-Expiration 1800");

        Assert.Empty(result.Errors);
        var links = result.Output.Select(item => Assert.IsType<DcsBackupLink>(item.BaseObject)).ToArray();
        Assert.Equal(3, links.Length);
        var link = links[2];
        Assert.Equal("redis_192.168.63.252_6379_10923-16383_20190820211816.rdb", link.FileName);
        Assert.Equal("bucket5da9cf3bfabc4cae9023695b934e5e2b", link.BucketName);
        Assert.Equal("42489641-23c4-4855-bc89-befc85e2b7f7/ddfe5f66-a965-43ff-aec7-f3b489dc071b/", link.FilePath);
        Assert.Equal(
            (DcsInstanceId, DcsClusterBackupId, version, 1800),
            (link.InstanceId, link.BackupId, link.ApiVersion, link.Expiration));
        Assert.Equal((Region, ProjectId), (link.Region, link.ProjectId));
        Assert.Null(link.Size);
        Assert.InRange(
            link.ExpiresAt!.Value, DateTimeOffset.UtcNow.AddMinutes(29), DateTimeOffset.UtcNow.AddMinutes(31));
        Assert.Equal(786_431, Server.Cloud.FindObject(link.Uri)!.Length);
        var request = Requests[^1];
        Assert.Equal(
            $"/{version}/{ProjectId}/instances/{DcsInstanceId}/backups/{DcsClusterBackupId}/links", request.Target);
        Assert.Equal(
            JsonValueKind.Number, JsonDocument.Parse(request.Body).RootElement.GetProperty("expiration").ValueKind);
    }

    [Fact]
    public void Default_is_an_hour_on_v2()
    {
        var link = Run($"Get-DcsBackupLink @h {DcsInstanceId} {DcsSingleBackupId}").Single<DcsBackupLink>();

        Assert.Equal((3600, "v2"), (link.Expiration, link.ApiVersion));
    }

    [Theory]
    [InlineData(299)]
    [InlineData(86401)]
    public void Expiration_out_of_range_sends_nothing(int seconds)
    {
        var result = Run($"Get-DcsBackupLink @h {DcsInstanceId} {DcsSingleBackupId} -Expiration {seconds}");

        result.SingleError("ParameterArgumentValidationError");
        Assert.Empty(Requests);
    }

    [Fact]
    public void Ids_bind_by_property_name_whatever_the_object_and_by_value()
    {
        var result = Run($$"""
            [pscustomobject]@{ InstanceId = '{{DcsInstanceId}}'; BackupId = '{{DcsSingleBackupId}}' } |
                Get-DcsBackupLink @h
            [pscustomobject]@{ InstanceId = '{{DcsInstanceId}}'; BackupId = [guid]'{{DcsSingleBackupId}}' } |
                Get-DcsBackupLink @h
            '{{DcsSingleBackupId}}' | Get-DcsBackupLink @h -InstanceId {{DcsInstanceId}}
            Get-DcsBackupLink @h -InstanceId {{DcsInstanceId}} -BackupId '{{DcsSingleBackupId}}',
                '{{DcsSingleBackupId}}'
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(5, result.Output.Count);
        Assert.All(result.Output, item => Assert.Equal(DcsSingleBackupId, ((DcsBackupLink)item.BaseObject).BackupId));
    }

    [Fact]
    public void Results_come_in_input_order_and_one_bad_backup_is_one_error()
    {
        var result = Run($"""
            '{DcsClusterBackupId}', 'gone', '{DcsSingleBackupId}', '{DcsClusterBackupId}' |
                Get-DcsBackupLink @h -InstanceId {DcsInstanceId}
            """);

        var error = result.SingleError("NotFound");
        Assert.Equal("gone", error.TargetObject);
        var exception = Assert.IsType<ApiException>(error.Exception);
        Assert.Equal((HttpStatusCode.NotFound, "DCS.3022"), (exception.StatusCode, exception.ErrorCode));
        Assert.Matches("^[0-9a-f]{32}$", exception.RequestId);
        Assert.Contains(exception.RequestId!, exception.Message);
        Assert.Equal(
            new[] { DcsClusterBackupId, DcsClusterBackupId, DcsClusterBackupId, DcsSingleBackupId, DcsClusterBackupId,
            DcsClusterBackupId, DcsClusterBackupId },
            result.Output.Select(item => ((DcsBackupLink)item.BaseObject).BackupId));
    }

    [Fact]
    public void Backup_without_files_is_a_warning()
    {
        var result = Run($"Get-DcsBackupLink @h {DcsInstanceId} {DcsEmptyBackupId}");

        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
        Assert.Contains(DcsEmptyBackupId, Assert.Single(result.Warnings));
    }

    [Fact]
    public void Link_converts_to_a_Uri_and_hides_its_signature_in_text()
    {
        var result = Run($$"""
            $link = Get-DcsBackupLink @h {{DcsInstanceId}} {{DcsSingleBackupId}}
            function Get-It { param([uri] $Uri) $Uri.AbsoluteUri }
            Get-It -Uri $link
            "$link"
            ([uri] $link).Query
            """);

        Assert.Contains("Signature=", result.Output[0].ToString());
        Assert.DoesNotContain("?", result.Output[1].ToString());
        Assert.Contains("Signature=", result.Output[2].ToString());
    }

    [Fact]
    public void Log_becomes_a_link_for_a_day()
    {
        var link = Run($"'{DcsLogId}' | Get-DcsLogLink @h -InstanceId {DcsInstanceId}").Single<DcsLogLink>();

        Assert.Equal("redis_192.168.63.250_2021-04-16.log", link.FileName);
        Assert.Equal(
            (DcsInstanceId, DcsLogId, "c2b3a7e2-62b9-4f0e-9bb2-7f6e1f0a9f10"),
            (link.InstanceId, link.LogId, link.TaskId));
        Assert.InRange(link.ExpiresAt!.Value, DateTimeOffset.UtcNow.AddHours(23), DateTimeOffset.UtcNow.AddHours(25));
        var request = Requests[^1];
        Assert.Equal(("POST", ""), (request.Method, request.Body));
    }
}
