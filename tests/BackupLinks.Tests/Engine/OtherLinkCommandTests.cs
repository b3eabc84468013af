using System;
using System.Linq;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.CapitalOnline;
using static BackupLinks.Sandbox.SandboxCloud;

namespace BackupLinks.Tests.Engine;

public sealed class GetDcsLogLinkTests : SandboxTest
{
    [Fact]
    public void Log_becomes_a_link_for_a_day()
    {
        var link = Run($"'{DcsLogId}' | Get-DcsLogLink @h -InstanceId {DcsInstanceId}").Single<DcsLogLink>();

        Assert.Equal("redis_192.168.63.250_2021-04-16.log", link.FileName);
        Assert.Equal(
            (DcsInstanceId, DcsLogId, "c2b3a7e2-62b9-4f0e-9bb2-7f6e1f0a9f10"),
            (link.InstanceId, link.LogId, link.TaskId));
        Assert.InRange(link.ExpiresAt!.Value, DateTimeOffset.UtcNow.AddHours(23), DateTimeOffset.UtcNow.AddHours(25));
        var request = Server.Requests.Last();
        Assert.Equal(("POST", ""), (request.Method, request.Body));
    }
}

public sealed class GetCdsBackupDownloadTests : SandboxTest
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
        Assert.StartsWith("/redis/?", Server.Requests.Last().Target);
    }

    [Fact]
    public void Intranet_address_is_chosen_on_request()
    {
        var link = Run($"'{CdsBackupId}' | Get-CdsBackupDownload @o {CdsInstanceId} -Network Intranet")
            .Single<CdsBackupDownload>();

        Assert.Equal(link.IntranetUri, link.Uri);
    }

    [Fact]
    public void Backup_that_is_gone_is_NotFound()
    {
        var error = Run($"Get-CdsBackupDownload @o {CdsInstanceId} gone").SingleError("NotFound");

        Assert.Contains("ResourceNotFound", error.ToString());
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
