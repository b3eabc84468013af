using System;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.HuaweiCloud.Dds;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Links;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the files, with download links, of backups of Huawei Cloud DDS (MongoDB) instances.</summary>
[Cmdlet(VerbsCommon.Get, "DdsBackupFile")]
[Alias("Get-DdsBackupLink")]
[OutputType(typeof(DdsBackupFile))]
public sealed class GetDdsBackupFileCommand : HuaweiCloudCommand<DdsBackupFile>
{
    /// <summary>The DDS instance.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string InstanceId { get; set; } = "";

    /// <summary>The backups.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation("Dds", nameof(BackupId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] BackupId { get; set; } = [];

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

    private protected override HuaweiService Service => DdsClient.Service;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string instanceId = InstanceId;
        var details = new BackupDetails(InstanceName, BackupTime, BackupSize);
        foreach (string backupId in BackupId)
        {
            Ask(RequestItem.Backup(backupId, instanceId, details),
                (connection, stop) => new DdsClient(connection).ListBackupFilesAsync(instanceId, backupId, details, stop));
        }
    }
}
