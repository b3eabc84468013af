using System;
using System.Linq;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.HuaweiCloud;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Sandbox.HuaweiCloud;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>An object says which region and project it is of, and nothing about where credentials go.</summary>
public sealed class RegionBindingTests : SandboxTest
{
    private const string EastProject = "33333333333333333333333333333333";

    // Credential and endpoint only: region and project are the objects' own.
    private const string NoRegion = "$n = @{ Credential = $c; Endpoint = $e }\n";

    [Fact]
    public void Backups_of_two_regions_go_through_one_pipeline_each_in_its_own_project()
    {
        AddEast();

        var result = Run(
            NoRegion
                + "'cn-north-4', 'cn-east-3' | ForEach-Object { Get-DcsInstance @n -Region $_ } | Get-DcsBackup @n "
                + "-Latest | Get-DcsBackupLink @n");

        result.AssertSilent();
        var links = result.Output.Select(item => (DcsBackupLink)item.BaseObject).ToArray();
        Assert.Equal(
            [("cn-north-4", ProjectId), ("cn-east-3", EastProject)],
            links.Select(link => (link.Region, link.ProjectId)).Distinct());
        // The project of each region is looked up once in the session.
        Assert.Equal(2, Server.Requests.Count(request => request.Target.Contains("/projects")));
        Assert.Equal(
            2, Server.Requests.Count(
                request => request.Target.StartsWith($"/v2/{EastProject}/instances/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Region_that_was_typed_wins_over_the_objects_and_so_does_its_project()
    {
        AddEast();
        string row =
            $"[pscustomobject]@{{ InstanceId = '{DcsInstanceId}'; Region = 'cn-east-3'; ProjectId = '{EastProject}' }}";

        var result = Run(
            NoRegion
                + $"{row} | Get-DcsBackup @n -Latest; {row} | Get-DcsBackup @n -Latest -Region cn-north-4; {row} | "
                + $"Get-DcsBackup @n -Latest -ProjectId {ProjectId}");

        Assert.Empty(result.Errors);
        Assert.Equal(
            [("cn-east-3", EastProject), ("cn-north-4", ProjectId), ("cn-east-3", ProjectId)],
            result.Output.Select(item => (DcsBackup)item.BaseObject).Select(
                backup => (backup.Region, backup.ProjectId)));
    }

    [Fact]
    public void Blank_region_of_an_object_is_none()
    {
        var result = Run($$"""
            [pscustomobject]@{ InstanceId = '{{DcsInstanceId}}'; Region = ''; ProjectId = $null },
            [pscustomobject]@{ InstanceId = '{{DcsInstanceId}}'; Region = $null; ProjectId = ' ' },
            [pscustomobject]@{ InstanceId = '{{DcsInstanceId}}' } | Get-DcsBackup @h -Latest
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(3, result.Output.Count);
    }

    [Theory]
    [InlineData("-Region ''")]
    [InlineData("-Region $null")]
    [InlineData("-ProjectId ' '")]
    public void Blank_region_that_was_typed_is_an_error(string parameter)
    {
        var result = Run(NoRegion + $"'i' | Get-DcsBackup @n {parameter}");

        result.SingleError("InvalidRequest");
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Bad_region_of_one_object_is_that_objects_error()
    {
        var result = Run($$"""
            $n = @{ Credential = $c; ProjectId = '{{ProjectId}}' }
            'nowhere', 'evil.example/', 'cn-north-4.evil.example' |
                ForEach-Object { [pscustomobject]@{ InstanceId = "i$_"; Region = $_ } } | Get-DcsBackup @n
            """);

        Assert.Null(result.Thrown);
        Assert.All(result.Errors, error => Assert.StartsWith("UnknownRegion,", error.FullyQualifiedErrorId));
        Assert.Equal(
            ["inowhere", "ievil.example/", "icn-north-4.evil.example"],
            result.Errors.Select(error => error.TargetObject));
    }

    [Fact]
    public void Without_any_region_the_command_ends_at_the_first_object_that_has_none()
    {
        AddEast();

        var none = Run(NoRegion + "'a', 'b' | Get-DcsBackup @n");
        var one = Run(
            NoRegion
                + $"[pscustomobject]@{{ InstanceId = '{DcsInstanceId}'; Region = 'cn-east-3' }} | Get-DcsBackup @n "
                + "-Latest");

        // One error for two objects: it was the command's.
        none.SingleError("ProjectRequired");
        Assert.Single(one.Output);
    }

    [Fact]
    public void Nothing_of_an_object_says_where_the_credential_goes()
    {
        AddEast();

        // A property for every parameter.
        var result = Run(NoRegion + $$"""
            [pscustomobject]@{
                InstanceId = '{{DcsInstanceId}}'; Region = 'cn-east-3'
                Endpoint = 'https://evil.example'; IamEndpoint = 'https://evil.example'
                SecretName = 'x'; Vault = 'x'; Credential = 'x'
                Proxy = 'http://evil.example'; ProxyCredential = 'x'; ThrottleLimit = 0; TimeoutSec = -1
            } | Get-DcsBackup @n -Latest | Get-DcsBackupLink @n
            """);

        result.AssertSilent();
        Assert.NotEmpty(result.Output);
    }

    [Theory]
    [InlineData("evil.example/x")]
    [InlineData("evil.example#")]
    [InlineData("cn-north-4.evil.example")]
    [InlineData("cn-north-4@evil.example")]
    [InlineData("cn-north-4/../")]
    [InlineData("x@evil.example/_cn-north-4")]
    [InlineData("\u0000cn-north-4")]
    public void Region_chooses_among_the_vendors_own_hosts_only(string region)
    {
        var nothing = new CredentialFields(HuaweiCredential.Schema, "The test", []);

        var error = Assert.Throws<BackupLinksException>(
            () => HuaweiEndpoints.Resolve(DcsService.Instance.Hosts, new(region, "p", null, null), nothing, _ => null));

        Assert.Equal(ErrorKind.UnknownRegion, error.Kind);
    }

    [Theory]
    [InlineData("cn-north-4_evil.example")]
    [InlineData("cn-north-4_@evil.example/")]
    [InlineData(" CN-NORTH-4 ")]
    public void What_follows_a_known_region_never_reaches_a_host_name(string region)
    {
        var nothing = new CredentialFields(HuaweiCredential.Schema, "The test", []);

        var target = HuaweiEndpoints.Resolve(
            DcsService.Instance.Hosts, new(region, "p", null, null), nothing, _ => null);

        Assert.Equal("dcs.cn-north-4.myhuaweicloud.com", target.Endpoint.Host);
        Assert.Equal("iam.cn-north-4.myhuaweicloud.com", target.IamEndpoint.Host);
        Assert.All(HuaweiRegions.All, known => Assert.Matches("^[a-z0-9-]+$", known));
    }

    [Fact]
    public void Links_that_are_piped_back_are_asked_for_where_they_are_of()
    {
        AddEast();

        var result = Run(
            NoRegion
                + $"$links = Get-DcsBackupLink @n -Region cn-east-3 {DcsInstanceId} {DcsSingleBackupId}; $links | "
                + "Get-DcsBackupLink @n");

        Assert.Empty(result.Errors);
        Assert.Equal("cn-east-3", result.Single<DcsBackupLink>().Region);
    }

    private void AddEast()
    {
        Server.Cloud.Of<HuaweiAccount>().Projects["cn-east-3"] = [EastProject];
        Server.Cloud.Of<HuaweiAccount>().ReadableProjects[EastProject] = true;
    }
}
