using System.Management.Automation;
using BackupLinks.CapitalOnline;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Completion;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the download addresses of backups of Capital Online Redis instances.</summary>
[Cmdlet(VerbsCommon.Get, "CdsBackupDownload")]
[Alias("Get-CdsBackupLink")]
[OutputType(typeof(CdsBackupDownload))]
public sealed class GetCdsBackupDownloadCommand : BackupLinksCommand
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
    [IdTransformation("CapitalOnline.Redis", nameof(BackupId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public override string[] BackupId { get; set; } = [];

    /// <summary>Which of the two addresses to use.</summary>
    [Parameter]
    public CdsNetwork Network { get; set; }

    private protected override BackupService Service => CdsRedisService.Instance;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string id in BackupId)
            SendIfDownloadable(new CapitalOnlineDownloadRequest(
                CdsRedisService.Instance, InstanceId, id, Network == CdsNetwork.Intranet) { Details = Details });
    }
}
