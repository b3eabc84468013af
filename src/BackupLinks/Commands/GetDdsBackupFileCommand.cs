using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.HuaweiCloud.Dds;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the files, with download links, of backups of Huawei Cloud DDS (MongoDB) instances.</summary>
[Cmdlet(VerbsCommon.Get, "DdsBackupFile")]
[Alias("Get-DdsBackupLink")]
[OutputType(typeof(DdsBackupFile))]
public sealed class GetDdsBackupFileCommand : HuaweiBackupLinksCommand
{
    /// <summary>The DDS instance.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string InstanceId { get; set; } = "";

    /// <summary>The backups.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation("HuaweiCloud.Dds", nameof(BackupId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public override string[] BackupId { get; set; } = [];

    private protected override BackupService Service => DdsService.Instance;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string id in BackupId)
            SendIfDownloadable(new DdsBackupFilesRequest(InstanceId, id) { Details = Details });
    }
}
