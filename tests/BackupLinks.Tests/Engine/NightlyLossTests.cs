using System.Collections;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using BackupLinks.Catalog;
using BackupLinks.Sandbox.CapitalOnline;
using BackupLinks.Sandbox.TencentCloud;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>Nights in which something is lost behind their back, without an error.</summary>
public sealed class NightlyLossTests : NightlyTest
{
    [Theory]
    [InlineData(
        "Get-CloudBackup", "[Parameter(ValueFromPipeline)] $Item, [switch] $Latest",
        "$Item | BackupLinks\\Get-CloudBackup -Latest")]
    [InlineData("Get-BackupLink", "[Parameter(ValueFromPipeline)] $Item", "$Item | BackupLinks\\Get-BackupLink")]
    [InlineData("Get-BackupFile", "$Path", "")]
    [InlineData(
        "Export-BackupReport", "[Parameter(ValueFromPipeline)] $Row, $Path, $Format, $CatalogPath, $TimeZone", "")]
    public void Volume_that_is_unmounted_during_the_night_leaves_an_empty_mount_point(
        string command, string parameters, string rest)
    {
        Prepare();
        Server.Cloud.Remove(RdsInstanceId);
        AddInstance("i", 1000, service: "Rds");
        string unmounted = Path.Combine(Folder, "unmounted");
        Module.Run(
            $$"""
            function global:{{command}} { [CmdletBinding(SupportsShouldProcess)] param({{parameters}}) process {
                [System.IO.Directory]::Move('{{Destination}}', '{{unmounted}}')
                $null = [System.IO.Directory]::CreateDirectory('{{Destination}}')
                {{rest}}
            } }
            """);

        var (exitCode, events) = RunNightly("Rds", "ReportPath = 'backups/report.html'; Keep = @{ Last = 1 }");

        Assert.Equal(2, exitCode);
        Assert.Equal(["DestinationUnavailable Rds"], Troubles(events));
        Assert.Empty(Directory.GetFileSystemEntries(Destination));
    }

    [Theory]
    [InlineData("Get-CloudBackup", "[switch] $Latest, ")]
    [InlineData("Get-BackupLink", "")]
    public void Instance_of_which_nothing_comes_without_an_error_is_trouble(string command, string parameters)
    {
        Prepare();
        Server.Cloud.Remove(RdsInstanceId);
        AddInstance("i", 1000, service: "Rds");
        Assert.Equal(0, RunNightly("Rds").ExitCode);
        Module.Run(
            $"function global:{command} {{ [CmdletBinding()] param({parameters}[Parameter(ValueFromPipeline)] $Item) "
            + "}");

        var (exitCode, events) = RunNightly("Rds");

        Assert.Equal(75, exitCode);
        Assert.Equal(["NotSaved i"], Troubles(events));
    }

    [Fact]
    public void Cloud_that_lost_its_credential_is_told_where_a_name_stands_for_several_clouds()
    {
        Prepare();
        SetClouds("TencentCloud", "CapitalOnline");
        string instance = Saved(RunNightly("MySql").Events)
            .Where(file => Text(file, "service") == "CapitalOnline.MySql").Select(file => Text(file, "instance")!)
            .First();
        SetClouds("TencentCloud");

        var (exitCode, events) = RunNightly("MySql");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("CredentialNotFound CapitalOnline", Troubles(events));
        Assert.Contains("Unreachable " + instance, Troubles(events));
    }

    [Fact]
    public void Catalog_that_was_removed_is_trouble_of_the_next_night()
    {
        Prepare();
        Assert.Equal(0, RunNightly("Rds").ExitCode);
        File.Delete(Path.Combine(Destination, CatalogFolder.Name, "catalog.jsonl"));

        // When the files were saved is not known any more, and what the sandbox stores has no format.
        var next = RunNightly("Rds", "ScrubDays = 0");

        Assert.Equal(1, next.ExitCode);
        Assert.Equal(["CatalogMissing Rds"], Troubles(next.Events));
        Assert.Equal(0, RunNightly("Rds", "ScrubDays = 0").ExitCode);
    }

    [Fact]
    public void File_that_was_saved_under_a_clock_that_ran_ahead_is_tested_again()
    {
        Prepare();
        Assert.Equal(0, RunNightly("Rds").ExitCode);
        string catalog = Path.Combine(Destination, CatalogFolder.Name, "catalog.jsonl");
        File.WriteAllText(
            catalog, Regex.Replace(
                File.ReadAllText(catalog), "\"savedAt\":\"[^\"]*\"", "\"savedAt\":\"2099-01-01T00:00:00Z\""));

        Assert.Contains(RunNightly("Rds").Events, item => Text(item, "event") == "tested");
    }

    private void SetClouds(params string[] clouds)
    {
        var secrets = new Hashtable();
        foreach (string cloud in clouds)
        {
            var key = cloud == "TencentCloud" ? TencentSamples.Key : CapitalOnlineSamples.Key;
            secrets[cloud] = new Hashtable
            {
                ["AccessKey"] = key.AccessKey, ["SecretKey"] = key.SecretKey, ["Endpoint"] = Endpoint,
            };
            if (cloud == "TencentCloud")
                ((Hashtable)secrets[cloud]!)["Region"] = "ap-guangzhou";
        }

        Module.AddVault("Operations", secrets);
    }
}
