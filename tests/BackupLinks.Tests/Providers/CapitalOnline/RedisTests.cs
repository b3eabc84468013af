using System;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.CapitalOnline;
using BackupLinks.Tests.Engine;
using static BackupLinks.Sandbox.CapitalOnline.CapitalOnlineSamples;

namespace BackupLinks.Tests.Providers.CapitalOnline;

public sealed class RedisTests(SandboxFixture fixture) : SandboxTest(fixture), IClassFixture<SandboxFixture>
{
    [Fact]
    public void Backup_becomes_one_download_with_both_addresses_and_every_field()
    {
        var link = Run($"Get-CdsBackupDownload @o -InstanceUuid {CdsInstanceId} -BackupId {CdsBackupId}")
            .Single<CdsBackupDownload>();

        Assert.Equal("dump.rdb", link.FileName);
        Assert.Equal(176, link.Size);
        Assert.Equal("Public", link.Network);
        Assert.Equal(link.PublicUri, link.Uri);
        Assert.NotEqual(link.PublicUri, link.IntranetUri);
        Assert.Equal(("finished", "full-backup", "manual"), (link.Status, link.BackupType, link.BackupMode));
        Assert.Equal(TimeSpan.FromHours(8), link.StartTime!.Value.Offset);
        var created = Server.Cloud.Of<RedisFleet>().Instances[CdsInstanceId].Backups[CdsBackupId].Facts.CreatedAt;
        Assert.Equal(created.AddTicks(-(created.Ticks % TimeSpan.TicksPerSecond)), link.StartTime);
        Assert.Equal(link.StartTime.Value.AddSeconds(17), link.EndTime);
        Assert.Null(link.ShardId);
        Assert.Null(link.Description);
        Assert.NotNull(link.ExpiresAt);
        Assert.StartsWith("/redis/?", Requests[^1].Target);
    }

    [Fact]
    public void Intranet_address_is_chosen_on_request()
    {
        var link = Run($"'{CdsBackupId}' | Get-CdsBackupDownload @o {CdsInstanceId} -Network Intranet")
            .Single<CdsBackupDownload>();

        Assert.Equal(link.IntranetUri, link.Uri);
    }

    [Fact]
    public void Endpoint_may_have_a_path_of_its_own()
    {
        Server.Faults.Add(new SandboxFault
        {
            Path = "/gateway/cds/redis", Status = 200,
            Body = """
                {"Code":"Success","Data":{"BackupDownloadUrl":"https://h.example/a.rdb"},"Message":"","TaskId":""}
                """,
        });

        var link = Run($"$o.Endpoint += '/gateway/cds/'; Get-CdsBackupDownload @o {CdsInstanceId} {CdsBackupId}")
            .Single<CdsBackupDownload>();

        Assert.Equal("a.rdb", link.FileName);
    }
}
