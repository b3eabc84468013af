using System.Management.Automation;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Pipeline;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the download links of backups of Huawei Cloud DCS (Redis) instances.</summary>
[Cmdlet(VerbsCommon.Get, "DcsBackupLink")]
[OutputType(typeof(DcsBackupLink))]
public sealed class GetDcsBackupLinkCommand : HuaweiCloudCommand<DcsBackupLink>
{
    /// <summary>The DCS instance.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string InstanceId { get; set; } = "";

    /// <summary>The backups.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [Id]
    public string[] BackupId { get; set; } = [];

    /// <summary>How long the links are to live, in seconds.</summary>
    [Parameter]
    [ValidateRange(300, 86400)]
    public int Expiration { get; set; } = 3600;

    /// <summary>The version of the API.</summary>
    [Parameter]
    [ValidateSet(DcsApiVersion.V2, DcsApiVersion.V1)]
    public string ApiVersion { get; set; } = DcsApiVersion.V2;

    private protected override HuaweiService Service => DcsClient.Service;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string backupId in BackupId)
        {
            var request = new DcsBackupRequest(InstanceId, backupId, Expiration, ApiVersion.ToLowerInvariant());
            Ask(backupId, $"Backup '{backupId}' of instance '{InstanceId}'", (connection, stop) => new DcsClient(connection).ListBackupLinksAsync(request, stop));
        }
    }
}
