using System;
using System.Linq;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.AlibabaCloud;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Providers.AlibabaCloud;

/// <summary>Alibaba Cloud in the real engine: from a secret to verified files.</summary>
public sealed class AlibabaFrontDoorTests : AlibabaSandboxTest
{
    [Fact]
    public void Newest_backup_of_every_instance_is_saved_with_all_of_its_files()
    {
        AddSecret();
        var result = Module.Run(
            "Get-CloudInstance AlibabaCloud | Where-Object Service -ne AlibabaCloud.PolarDb | "
                + "Get-CloudBackup -Latest | Get-BackupLink | Save-BackupFile -Destination $args[0]",
            Folder);

        result.AssertSilent();
        var saved = result.Output.Select(item => (SavedBackupFile)item.BaseObject).ToArray();
        // The databases of SQL Server, the nodes and shards of Redis, the shards of MongoDB.
        Assert.Equal(
            [
                "hins1_data.rdb", "hins20_data.rdb", "hins21_data.rdb", "hins2_data.tar.gz", "hins30_data.rdb",
                "hins31_data.rdb", "hins32_data.rdb", "hins5_data.tar.gz", "hins60_data.tar.gz",
                "hins61_data.tar.gz", "hr_db.zip", "sales_db.zip",
            ],
            saved.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.All(saved, file => Assert.Equal(
            Server.Cloud.Objects.Values.Single(item => item.Key.EndsWith("/" + file.Name)).Sha256, file.Sha256));
    }

    [Fact]
    public void Logs_of_every_engine_are_listed_linked_and_saved()
    {
        AddSecret();
        var result = Module.Run(
            "Get-CloudInstance AlibabaCloud | Where-Object Service -ne AlibabaCloud.Redis | "
                + "Get-CloudLog -Kind Binlog -Latest | Get-BackupLink | Save-BackupFile -Destination $args[0]",
            Folder);

        result.AssertSilent();
        var saved = result.Output.Select(item => (SavedBackupFile)item.BaseObject).ToArray();
        // Those of two hosts, of two shards, and of one node each.
        Assert.Equal(
            [
                "1111111111_ib_logfile1", "d-bp128a0034361234_1709846160.bson",
                "d-bp128a0034361235_1709846160.bson", "hins5422964_mysql-bin.000302.tar",
                "hins5422965_mysql-bin.000302.tar", "oplog_1709846152.bson", "sales_log_2.zip",
            ],
            saved.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.All(saved, file => Assert.Contains(
            Server.Cloud.Objects.Values, item => item.Sha256 == file.Sha256));
    }

    [Fact]
    public void Newest_good_backup_of_each_instance_of_a_fleet_is_found_on_whatever_page()
    {
        AddSecret();
        Server.Cloud.AddFleet(130, 260);

        var result = Module.Run("Get-CloudInstance AlibabaCloud.Rds -Name test-* | Get-CloudBackup -Latest");

        result.AssertSilent();
        // Every fourth is a test; the newest backup of every tenth failed.
        Assert.Equal(32, result.Output.Count);
        Assert.All(result.Output, item => Assert.Equal("Success", item.Properties["Status"].Value));
        Assert.Contains("rm-fleet00000019", result.Output.Select(item => item.Properties["InstanceId"].Value));
    }

    [Fact]
    public void Snapshot_says_why_it_cannot_be_downloaded()
    {
        AddSecret();

        var result = Module.Run("Get-CloudInstance AlibabaCloud.PolarDb | Get-CloudBackup | Get-BackupLink");

        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.EndsWith(
            "cannot be downloaded: it is a snapshot, which has no file; create one with the advanced download of "
                + "Alibaba Cloud's console.",
            error.ToString()));
    }

    [Fact]
    public void Log_that_a_key_may_not_download_says_so_and_not_that_it_is_complete()
    {
        AddSecret();
        Server.Cloud.Of<RdsFleet>().HidesAddresses = true;

        var result = Module.Run(
            "Get-CloudInstance AlibabaCloud.Rds -Name prod-orders | Get-CloudLog -Kind Binlog | "
                + "Where-Object Status -eq Completed | Get-BackupLink");

        Assert.Equal(6, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.EndsWith(
            "cannot be downloaded: the list has no address for it, as for a key without the permission to download "
                + "backups.",
            error.ToString()));
    }

    [Fact]
    public void Name_that_several_clouds_have_stands_for_the_one_with_a_credential()
    {
        AddSecret();

        var result = Module.Run("Get-CloudInstance Rds");

        result.AssertSilent();
        Assert.Equal(
            ["AlibabaCloud.Rds"], result.Output.Select(item => item.Properties["Service"].Value).Distinct());
        Assert.Contains(
            "Huawei Cloud", Module.Run("Get-CloudInstance Rds, HuaweiCloud.Rds").SingleError("CredentialNotFound")
                .ToString());
    }
}
