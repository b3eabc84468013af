using System;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Links;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the files, with download links, of backups of Huawei Cloud RDS instances.</summary>
[Cmdlet(VerbsCommon.Get, "RdsBackupFile")]
[Alias("Get-RdsBackupLink")]
[OutputType(typeof(RdsBackupFile))]
public sealed class GetRdsBackupFileCommand : HuaweiCloudCommand<RdsBackupFile>
{
    /// <summary>The backups.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation("Rds", nameof(BackupId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] BackupId { get; set; } = [];

    /// <summary>The instance that was backed up, for what is made of the files.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string? InstanceId { get; set; }

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

    private protected override HuaweiService Service => RdsClient.Service;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // The pipeline has bound the next object by the time that this is asked.
        string? instanceId = string.IsNullOrWhiteSpace(InstanceId) ? null : InstanceId;
        var details = new BackupDetails(InstanceName, BackupTime, BackupSize);
        foreach (string backupId in BackupId)
        {
            Ask(
                RequestItem.Backup(backupId, instanceId, details), IsDownloadable, Status,
                (connection, stop) => new RdsClient(connection).ListBackupFilesAsync(backupId, instanceId, details, stop));
        }
    }
}
