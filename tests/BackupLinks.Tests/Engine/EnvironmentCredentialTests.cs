using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Sandbox.CapitalOnline;
using static BackupLinks.Sandbox.CapitalOnline.CapitalOnlineSamples;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>Environment variables belong to the whole process: these tests run alone.</summary>
[Collection(nameof(AloneCollection))]
public sealed class EnvironmentCredentialTests : SandboxTest
{
    [Fact]
    public void Environment_serves_when_nothing_else_was_given()
    {
        using var environment = Set(
            ("HUAWEICLOUD_SDK_AK", TemporaryKey.AccessKey), ("HUAWEICLOUD_SDK_SK", TemporaryKey.SecretKey),
            ("HUAWEICLOUD_SDK_SECURITY_TOKEN", TemporaryKey.SecurityToken!), ("HUAWEICLOUD_SDK_PROJECT_ID", ProjectId));

        Assert.Equal(2, Module.Run($"Get-RdsBackupFile {RdsBackupId} -Endpoint {Endpoint}").Output.Count);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void Region_and_endpoint_come_from_the_environment_too()
    {
        using var environment = Set(
            ("HUAWEICLOUD_SDK_AK", OperatorKey.AccessKey), ("HUAWEICLOUD_SDK_SK", OperatorKey.SecretKey),
            ("HUAWEICLOUD_SDK_REGION", Region), ("HUAWEICLOUD_SDK_IAM_ENDPOINT", Endpoint),
            ("HUAWEICLOUD_SDK_REGION_RDS_CN_NORTH_4", Endpoint + ",https://second.invalid"));

        Assert.Equal(2, Module.Run($"Get-RdsBackupFile {RdsBackupId}").Output.Count);
    }

    [Fact]
    public void Capital_Online_has_variables_of_its_own()
    {
        using var environment = Set(
            ("CDS_ACCESS_KEY_ID", CapitalOnlineSamples.Key.AccessKey),
            ("CDS_ACCESS_KEY_SECRET", CapitalOnlineSamples.Key.SecretKey));

        Assert.Single(Module.Run($"Get-CdsBackupDownload {CdsInstanceId} {CdsBackupId} -Endpoint {Endpoint}").Output);
    }

    [Fact]
    public void Half_a_credential_is_an_error_that_names_the_other_half()
    {
        using var environment = Set(("HUAWEICLOUD_SDK_AK", "AK"));

        Assert.Contains(
            "HUAWEICLOUD_SDK_SK is not",
            Module.Run("Get-RdsBackupFile x -Region cn-north-4").SingleError("InvalidSecret").ToString());
    }

    [Fact]
    public void Half_a_credential_in_the_environment_is_no_trouble_when_the_vault_has_a_whole_one()
    {
        using var environment = Set(("HUAWEICLOUD_SDK_AK", "AK"));
        Module.AddVault("V", new Hashtable { ["HuaweiCloud"] = Operator });

        Assert.Equal(
            2, Module.Run($"Get-RdsBackupFile {RdsBackupId} -Region {Region} -Endpoint {Endpoint}").Output.Count);
    }

    [Fact]
    public void Empty_variable_is_none()
    {
        using var environment = Set(
            ("HUAWEICLOUD_SDK_AK", OperatorKey.AccessKey), ("HUAWEICLOUD_SDK_SK", OperatorKey.SecretKey),
            ("HUAWEICLOUD_SDK_PROJECT_ID", ""), ("HUAWEICLOUD_SDK_IAM_ENDPOINT", ""), ("HUAWEICLOUD_SDK_REGION", ""));

        Assert.Equal(
            2, Module.Run($"Get-RdsBackupFile {RdsBackupId} -Region {Region} -Endpoint {Endpoint}").Output.Count);
    }

    [Fact]
    public void Secret_of_the_default_name_wins_over_the_environment()
    {
        using var environment = Set(("HUAWEICLOUD_SDK_AK", "WRONG"), ("HUAWEICLOUD_SDK_SK", "WRONG-KEY"));
        Module.AddVault("V", new Hashtable { ["HuaweiCloud"] = Operator });

        Assert.Equal(
            2, Module.Run($"Get-RdsBackupFile {RdsBackupId} -Region {Region} -Endpoint {Endpoint}").Output.Count);
    }

    [Fact]
    public void Locked_default_vault_gives_way_to_the_environment_with_a_warning()
    {
        using var environment = Set(
            ("HUAWEICLOUD_SDK_AK", OperatorKey.AccessKey), ("HUAWEICLOUD_SDK_SK", OperatorKey.SecretKey));
        Module.AddVault("V", [], locked: true);

        var result = Module.Run($"Get-RdsBackupFile {RdsBackupId} -Region {Region} -Endpoint {Endpoint}");

        Assert.Equal(2, result.Output.Count);
        Assert.Contains("locked", Assert.Single(result.Warnings));
    }

    private static Restore Set(params (string Name, string Value)[] variables) => new(variables);

    private sealed class Restore : IDisposable
    {
        private readonly Dictionary<string, string?> _before;

        public Restore((string Name, string Value)[] variables)
        {
            _before = variables.ToDictionary(
                variable => variable.Name, variable => Environment.GetEnvironmentVariable(variable.Name));
            foreach (var (name, value) in variables)
                Environment.SetEnvironmentVariable(name, value);
        }

        public void Dispose()
        {
            foreach (var (name, value) in _before)
                Environment.SetEnvironmentVariable(name, value);
        }
    }
}
