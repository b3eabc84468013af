using System;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Links;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the download links of run logs of Huawei Cloud DCS (Redis) instances.</summary>
[Cmdlet(VerbsCommon.Get, "DcsLogLink")]
[OutputType(typeof(DcsLogLink))]
public sealed class GetDcsLogLinkCommand : HuaweiCloudCommand<DcsLogLink>
{
    /// <summary>The DCS instance.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string InstanceId { get; set; } = "";

    /// <summary>The log files.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation("Dcs", nameof(LogId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] LogId { get; set; } = [];

    /// <summary>False for a log that no link can be had for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [ListedBoolean]
    public bool? IsDownloadable { get; set; }

    /// <summary>The state of the log, for the message about one that no link can be had for.</summary>
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

    /// <summary>The time of the day of the log, for what is made of the links.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Alias("Date")]
    [ListedTime]
    public DateTimeOffset? BackupTime { get; set; }

    private protected override HuaweiService Service => DcsClient.Service;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string instanceId = InstanceId;
        var details = new BackupDetails(InstanceName, BackupTime);
        foreach (string logId in LogId)
        {
            Ask(
                RequestItem.Log(logId, instanceId, details), IsDownloadable, Status,
                (connection, stop) => new DcsClient(connection).CreateLogLinkAsync(instanceId, logId, details, stop));
        }
    }
}
