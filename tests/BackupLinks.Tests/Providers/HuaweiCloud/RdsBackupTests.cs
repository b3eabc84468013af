using System.Threading.Tasks;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>Backups of RDS: which of them links can be had for. The rest is true of every service.</summary>
public sealed class RdsBackupTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    // The page of the links of 2026 has incremental backups of SQL Server; an older one excludes them.
    [Theory]
    [InlineData("SQLServer", "incremental")]
    [InlineData("SQLServer", "auto")]
    [InlineData("MySQL", "incremental")]
    public async Task Completed_backup_of_any_engine_can_be_downloaded(string engine, string type)
    {
        var (reading, _) = await SendAsync(RequestCase.Find("HuaweiCloud.Rds backups"), $$"""
            {"backups":[{"id":"b1","name":"x","type":"{{type}}","status":"COMPLETED","size":1,
            "datastore":{"type":"{{engine}}","version":"2017"},"begin_time":"2026-01-01T10:00:00+0000"}],
            "total_count":1}
            """);

        Assert.True(Assert.Single(reading.AssertGood<RdsBackup>()).IsDownloadable);
    }
}
