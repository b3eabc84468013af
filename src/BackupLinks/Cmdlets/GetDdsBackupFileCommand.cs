using System.Management.Automation;
using BackupLinks.HuaweiCloud.Dds;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Pipeline;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the files, with download links, of backups of Huawei Cloud DDS (MongoDB) instances.</summary>
[Cmdlet(VerbsCommon.Get, "DdsBackupFile")]
[OutputType(typeof(DdsBackupFile))]
public sealed class GetDdsBackupFileCommand : HuaweiCloudCommand<DdsBackupFile>
{
    /// <summary>The DDS instance.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string InstanceId { get; set; } = "";

    /// <summary>The backups.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [Id]
    public string[] BackupId { get; set; } = [];

    private protected override HuaweiService Service => DdsClient.Service;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string instanceId = InstanceId;
        foreach (string backupId in BackupId)
            Ask(backupId, $"Backup '{backupId}' of instance '{instanceId}'", (connection, stop) => new DdsClient(connection).ListBackupFilesAsync(instanceId, backupId, stop));
    }
}
