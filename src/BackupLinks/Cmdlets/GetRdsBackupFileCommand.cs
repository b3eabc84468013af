using System.Management.Automation;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Pipeline;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the files, with download links, of backups of Huawei Cloud RDS instances.</summary>
[Cmdlet(VerbsCommon.Get, "RdsBackupFile")]
[OutputType(typeof(RdsBackupFile))]
public sealed class GetRdsBackupFileCommand : HuaweiCloudCommand<RdsBackupFile>
{
    /// <summary>The backups.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [Id]
    public string[] BackupId { get; set; } = [];

    /// <summary>The instance that was backed up, for what is made of the files.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    public string? InstanceId { get; set; }

    private protected override HuaweiService Service => RdsClient.Service;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // The pipeline has bound the next object by the time that this is asked.
        string? instanceId = InstanceId;
        foreach (string backupId in BackupId)
            Ask(backupId, $"Backup '{backupId}'", (connection, stop) => new RdsClient(connection).ListBackupFilesAsync(backupId, instanceId, stop));
    }
}
