using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the download links of backups of Huawei Cloud DCS (Redis) instances.</summary>
[Cmdlet(VerbsCommon.Get, "DcsBackupLink")]
[OutputType(typeof(DcsBackupLink))]
public sealed class GetDcsBackupLinkCommand : HuaweiBackupLinksCommand
{
    /// <summary>The DCS instance.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string InstanceId { get; set; } = "";

    /// <summary>The backups.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation("HuaweiCloud.Dcs", nameof(BackupId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public override string[] BackupId { get; set; } = [];

    /// <summary>The lifetime of the links, in seconds.</summary>
    [Parameter]
    [ValidateRange(300, 86400)]
    public int Expiration { get; set; } = DcsBackupLinksRequest.DefaultExpiration;

    /// <summary>The version of the API.</summary>
    [Parameter]
    [ValidateSet(DcsApiVersion.V2, DcsApiVersion.V1)]
    public string ApiVersion { get; set; } = DcsApiVersion.V2;

    private protected override BackupService Service => DcsService.Instance;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string id in BackupId)
        {
            SendIfDownloadable(
                new DcsBackupLinksRequest(
                    InstanceId, id, Expiration, ApiVersion.ToLowerInvariant()) { Details = Details });
        }
    }
}
