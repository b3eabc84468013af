using System;
using System.Threading.Tasks;
using BackupLinks.CapitalOnline.MySql;
using BackupLinks.Providers;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.CapitalOnline;

/// <summary>MySQL of Capital Online: its pages and its fields. The rest is true of every service.</summary>
public sealed class MySqlTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private static readonly LinkIds Sample = MySqlService.Instance.SampleIds;

    [Fact]
    public async Task Page_DownloadBackup()
    {
        var (reading, cloud) = await SendAsync(RequestCase.Find("CapitalOnline.MySql BackupDownload"), """
            {"Code":"Success","Message":"success","Data":{
            "BackupDownloadUrl":"https://gic.example.capitalonline.net/b/x.xbstream?k=1",
            "BackupIntranetDownloadUrl":"http://88.0.0.1/b/x.xbstream?k=1","BackupMode":"manual","BackupSize":1048576,
            "BackupType":"physical-backup","BackupStrategy":"instance","Desc":"","StartTime":"2024-01-15 10:00:00",
            "EndTime":"2024-01-15 10:01:00","InstanceId":"5ac7","Status":"finished"},"TaskId":""}
            """);

        var link = Assert.Single(reading.AssertGood<MySqlBackupDownload>());
        var (method, address, _) = Assert.Single(cloud.Network.Requests);
        Assert.Equal(("GET", "/mysql/"), (method, address.AbsolutePath));
        Assert.Contains(
            $"Action=DownloadBackup&BackupId={Sample.BackupId}&InstanceUuid={Sample.InstanceId}&", address.Query);
        Assert.Equal(("https://gic.example.capitalonline.net/b/x.xbstream?k=1", "x.xbstream"),
            (link.Uri.OriginalString, link.FileName));
        Assert.Equal("http://88.0.0.1/b/x.xbstream?k=1", link.IntranetUri!.OriginalString);
        Assert.Equal((Sample.InstanceId, Sample.BackupId, "Public"), (link.InstanceId, link.BackupId, link.Network));
        Assert.Equal(
            (1_048_576L, "manual", "physical-backup", "instance", "finished"),
            (link.Size, link.BackupMode, link.BackupType, link.BackupStrategy, link.Status));
        Assert.Equal(new DateTimeOffset(2024, 1, 15, 10, 0, 0, TimeSpan.FromHours(8)), link.StartTime);
        Assert.Equal(TimeSpan.FromMinutes(1), link.EndTime - link.StartTime);
        Assert.Null(link.Description);
    }

    [Fact]
    public async Task Instance_and_backup_are_typed()
    {
        var request = RequestCase.Find("CapitalOnline.MySql instances");
        using var cloud = Connect(request);

        var instances = await cloud.ReadAsync(request);
        var backups = await CloudUnderTest.ReadAsync(
            RequestCase.Find("CapitalOnline.MySql backups").Open(cloud.Session, request.SampleIds));

        var instance = Assert.Single(instances.AssertGood<MySqlInstance>());
        Assert.Equal(("prod-billing", "MySQL", "5.7", 6033),
            (instance.Name, instance.Engine, instance.EngineVersion, instance.Port));
        Assert.Equal((2L, 4L << 30, 100L << 30), (instance.CpuCount, instance.Memory, instance.VolumeSize));
        var backup = backups.AssertGood<MySqlBackup>()[0];
        Assert.Equal(
            ("auto", "physical-backup", "instance", true, 1_048_576L),
            (backup.Mode, backup.Type, backup.Strategy, backup.IsDownloadable, backup.Size));
    }
}
