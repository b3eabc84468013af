using System;
using System.Linq;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Engine;

/// <summary>What says that backups have stopped.</summary>
public sealed class MaximumAgeTests : SandboxTest
{
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    [Theory]
    [InlineData("Get-DcsBackup @h")]
    [InlineData("Get-RdsBackup @h")]
    [InlineData("Get-CdsBackup @o")]
    public void Old_backup_and_none_are_errors_of_their_instances(string command)
    {
        foreach (var (instance, hours) in new[] { ("young", -3), ("old", -30) })
        {
            var facts = new SandboxBackupFacts { CreatedAt = _now.AddHours(hours) };
            string id = instance + "-backup";
            Server.Cloud.AddDcsBackup(instance, id, "x", [], facts);
            Server.Cloud.AddRdsBackup(id, [], instance, facts);
            Server.Cloud.AddCdsBackup(instance, id, new("b", id, 1), facts);
        }

        Server.Cloud.AddDcsInstance("empty", "empty");
        Server.Cloud.AddRdsInstance("empty", "empty", "MySQL");
        Server.Cloud.AddCdsInstance("empty", "empty");

        var result = Run($"'young', 'old', 'empty' | {command} -Latest -MaximumAge 26h");

        Assert.Equal(["young-backup", "old-backup"], result.Output.Select(item => item.Properties["BackupId"].Value));
        Assert.Equal(
            ["BackupTooOld", "NoBackup"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(["old", "empty"], result.Errors.Select(error => error.TargetObject));
        Assert.Empty(result.Warnings);
        Assert.Equal(
            _now.AddHours(-3).ToUnixTimeSeconds(),
            ((DateTimeOffset)result.Output[0].Properties["BackupTime"].Value).ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData("-MaximumAge 1d6h")]
    [InlineData("-MaximumAge 2d")]
    [InlineData("-MaximumAge 110000s")]
    [InlineData("-MaximumAge '1.06:00:00'")]
    [InlineData("-MaximumAge ([TimeSpan]::FromHours(30))")]
    public void Age_is_taken_as_people_write_it(string argument)
    {
        Server.Cloud.AddDcsBackup("i", "b", "x", [], new() { CreatedAt = _now.AddHours(-29) });

        Run($"Get-DcsBackup @h i -Latest {argument}").AssertSilent();
        Run("Get-DcsBackup @h i -Latest -MaximumAge 1d").SingleError("BackupTooOld");
    }

    [Theory]
    [InlineData("26")]
    [InlineData("'26'")]
    [InlineData("26.5")]
    [InlineData("soon")]
    public void Bare_number_is_an_error_that_names_the_forms(string argument)
    {
        var result = Run($"Get-DcsBackup @h i -Latest -MaximumAge {argument}");

        Assert.Contains(
            "write it with its unit, such as 26h, 1d12h, 90m",
            result.SingleError("ParameterArgumentTransformationError").ToString());
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Age_of_nothing_and_age_without_Latest_are_errors()
    {
        Assert.Contains(
            "greater than zero",
            Run("Get-DcsBackup @h i -Latest -MaximumAge 0h").SingleError("ParameterArgumentTransformationError")
                .ToString());
        Assert.Contains(
            "add -Latest", Run("Get-DcsBackup @h i -MaximumAge 26h").SingleError("InvalidRequest").ToString());
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Age_is_by_the_providers_clock_where_this_machines_is_wrong()
    {
        // The gateway's clock is ahead; by this machine's, the backup is 20 hours old.
        Server.Clock.Offset = TimeSpan.FromHours(10);
        Server.Cloud.AddDcsBackup("i", "b", "x", [], new() { CreatedAt = _now.AddHours(-20) });

        var result = Run("Get-DcsBackup @h i -Latest -MaximumAge 26h");

        Assert.Equal("BackupTooOld", Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Single(result.Output);
    }
}
