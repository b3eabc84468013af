using System;
using System.Management.Automation;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Completion;
using BackupLinks.Links;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the download addresses of backups of Capital Online Redis instances.</summary>
[Cmdlet(VerbsCommon.Get, "CdsBackupDownload")]
[Alias("Get-CdsBackupLink")]
[OutputType(typeof(CdsBackupDownload))]
public sealed class GetCdsBackupDownloadCommand : CapitalOnlineCommand<CdsBackupDownload>
{
    /// <summary>The Redis instance.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("InstanceUuid")]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string InstanceId { get; set; } = "";

    /// <summary>The backups.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation("Cds", nameof(BackupId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] BackupId { get; set; } = [];

    /// <summary>False for a backup that no link can be had for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [ListedBoolean]
    public bool? IsDownloadable { get; set; }

    /// <summary>The state of the backup, for the message about one that no link can be had for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    public string? Status { get; set; }

    /// <summary>The name of the instance, for what is made of the links.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string? InstanceName { get; set; }

    /// <summary>The time of the backup, for what is made of the links.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [ListedTime]
    public DateTimeOffset? BackupTime { get; set; }

    /// <summary>The size of all files of the backup, as the list states it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Alias("Size")]
    [ListedSize]
    public long? BackupSize { get; set; }

    /// <summary>Which of the two addresses to use.</summary>
    [Parameter]
    public CdsNetwork Network { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (instanceId, network) = (InstanceId, Network);
        var details = new BackupDetails(InstanceName, BackupTime, BackupSize);
        foreach (string backupId in BackupId)
        {
            Ask(
                RequestItem.Backup(backupId, instanceId, details), IsDownloadable, Status,
                (connection, stop) => new CdsRedisClient(connection).DownloadBackupAsync(instanceId, backupId, network, details, stop));
        }
    }
}
