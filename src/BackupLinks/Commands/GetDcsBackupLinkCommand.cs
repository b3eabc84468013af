using System;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Links;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the download links of backups of Huawei Cloud DCS (Redis) instances.</summary>
[Cmdlet(VerbsCommon.Get, "DcsBackupLink")]
[OutputType(typeof(DcsBackupLink))]
public sealed class GetDcsBackupLinkCommand : HuaweiCloudCommand<DcsBackupLink>
{
    /// <summary>The DCS instance.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string InstanceId { get; set; } = "";

    /// <summary>The backups.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation("Dcs", nameof(BackupId))]
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
        var details = new BackupDetails(InstanceName, BackupTime, BackupSize);
        foreach (string backupId in BackupId)
        {
            var request = new DcsBackupRequest(InstanceId, backupId, Expiration, ApiVersion.ToLowerInvariant()) { Details = details };
            Ask(
                RequestItem.Backup(backupId, InstanceId, details), IsDownloadable, Status,
                (connection, stop) => new DcsClient(connection).ListBackupLinksAsync(request, stop));
        }
    }
}
