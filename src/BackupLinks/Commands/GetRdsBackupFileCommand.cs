using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the files, with download links, of backups of Huawei Cloud RDS instances.</summary>
[Cmdlet(VerbsCommon.Get, "RdsBackupFile")]
[Alias("Get-RdsBackupLink")]
[OutputType(typeof(RdsBackupFile))]
public sealed class GetRdsBackupFileCommand : HuaweiBackupLinksCommand
{
    /// <summary>The backups.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation("HuaweiCloud.Rds", nameof(BackupId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public override string[] BackupId { get; set; } = [];

    /// <summary>The instance that was backed up, for what is made of the files.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string? InstanceId { get; set; }

    private protected override BackupService Service => RdsService.Instance;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string? instanceId = string.IsNullOrWhiteSpace(InstanceId) ? null : InstanceId;
        foreach (string id in BackupId)
            SendIfDownloadable(new RdsBackupFilesRequest(id, instanceId) { Details = Details });
    }
}
