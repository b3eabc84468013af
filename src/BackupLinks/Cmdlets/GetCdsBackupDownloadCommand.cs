using System.Management.Automation;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Pipeline;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the download addresses of backups of Capital Online Redis instances.</summary>
[Cmdlet(VerbsCommon.Get, "CdsBackupDownload")]
[OutputType(typeof(CdsBackupDownload))]
public sealed class GetCdsBackupDownloadCommand : CapitalOnlineCommand<CdsBackupDownload>
{
    /// <summary>The Redis instance.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("InstanceUuid")]
    [AllowEmptyString]
    public string InstanceId { get; set; } = "";

    /// <summary>The backups.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [Id]
    public string[] BackupId { get; set; } = [];

    /// <summary>Which of the two addresses to use.</summary>
    [Parameter]
    public CdsNetwork Network { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (instanceId, network) = (InstanceId, Network);
        foreach (string backupId in BackupId)
        {
            Ask(backupId, $"Backup '{backupId}' of instance '{instanceId}'",
                (connection, stop) => new CdsRedisClient(connection).DownloadBackupAsync(instanceId, backupId, network, stop));
        }
    }
}
