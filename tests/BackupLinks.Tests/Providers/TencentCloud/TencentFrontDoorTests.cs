using System;
using System.Collections;
using System.IO;
using System.Linq;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.TencentCloud;
using BackupLinks.TencentCloud.Redis;
using BackupLinks.Tests.Engine;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Providers.TencentCloud;

/// <summary>Tencent Cloud in the real engine: from a secret to verified files.</summary>
public sealed class TencentFrontDoorTests : SandboxTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;

    [Fact]
    public void Newest_backup_of_every_instance_is_saved_with_all_of_its_files()
    {
        AddSecret();
        try
        {
            var result = Module.Run(
                "Get-CloudInstance TencentCloud | Get-CloudBackup -Latest | Get-BackupLink | "
                    + "Save-BackupFile -Destination $args[0]",
                _folder);

            result.AssertSilent();
            var saved = result.Output.Select(item => (SavedBackupFile)item.BaseObject).ToArray();
            Assert.Equal(
                [
                    "billing_20240115000134.xb", "carts.rdb", "erp_20240115.bak.tar", "events.tar.gz", "feed-202401.xb",
                    "ledger+1705309200+xbstream.lz4", "ledger-base.tar.gz", "likes-0.rdb", "likes-1.rdb", "likes-2.rdb",
                    "metrics_0.tar.gz", "metrics_1.tar.gz",
                ],
                saved.Select(file => file.Name).Order(StringComparer.Ordinal));
            Assert.All(saved, file => Assert.Equal(
                Server.Cloud.Objects.Values.Single(item => item.Key.EndsWith("/" + file.Name)).Sha256, file.Sha256));
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void Binary_logs_are_saved()
    {
        AddSecret();
        try
        {
            var result = Module.Run(
                "Get-CloudInstance TencentCloud.MySql | Get-CloudLog -Kind Binlog -Latest | Get-BackupLink | "
                    + "Save-BackupFile -Destination $args[0]",
                _folder);

            result.AssertSilent();
            Assert.Equal(
                ["mysql-bin.000123"], result.Output.Select(item => ((SavedBackupFile)item.BaseObject).Name));
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void Link_of_an_encrypted_backup_has_a_warning_that_says_where_its_key_is()
    {
        AddSecret();
        Server.Cloud.Of<RedisFleet>().AddBackup(
            Server.Cloud, "crs-5a4py64p", "678362566-696298532-900000",
            new() { Type = "0", IsEncrypted = true, CreatedAt = DateTimeOffset.UtcNow },
            new SandboxBackupFile(new("redis-backup-1250000000", "250/redis/1/secret.rdb", 900), null));

        var result = Module.Run(
            "Get-CloudBackup -Service TencentCloud.Redis -InstanceId crs-5a4py64p -Latest | Get-BackupLink");

        Assert.Empty(result.Errors);
        Assert.Contains("DescribeBackupDetail", Assert.Single(result.Warnings));
        Assert.True(((RedisBackupLink)result.Output.Single().BaseObject).IsEncrypted);
    }

    // The store says nothing that contradicts the bytes.
    [Fact]
    public void File_without_the_MD5_that_the_list_states_is_not_saved()
    {
        AddSecret();
        Server.Faults.Add(new SandboxFault
        {
            Path = "/cos/", Object = new ObjectFault { CorruptAt = 1_000, ETag = "\"opaque\"" },
        });
        try
        {
            var result = Module.Run(
                "Get-CloudInstance TencentCloud.MySql | Get-CloudBackup -Latest | Get-BackupLink | "
                    + "Save-BackupFile -Destination $args[0] -MaximumRetryCount 0",
                _folder);

            Assert.Contains("has the hash", result.SingleError("HashMismatch").ToString());
            Assert.Empty(Directory.GetFiles(_folder, "*.xb"));
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void AddSecret() => Module.AddVault("V", new Hashtable
    {
        ["TencentCloud"] = new Hashtable
        {
            ["SecretId"] = TencentSamples.TemporaryKey.AccessKey,
            ["SecretKey"] = TencentSamples.TemporaryKey.SecretKey,
            ["SecurityToken"] = TencentSamples.TemporaryKey.SecurityToken,
            ["Region"] = "ap-guangzhou",
            ["Endpoint"] = Endpoint + "/{service}",
        },
    });
}
