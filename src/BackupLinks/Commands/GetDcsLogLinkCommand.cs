using System;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the download links of run logs of Huawei Cloud DCS (Redis) instances.</summary>
[Cmdlet(VerbsCommon.Get, "DcsLogLink")]
[OutputType(typeof(DcsLogLink))]
public sealed class GetDcsLogLinkCommand : HuaweiLinksCommand
{
    /// <summary>The DCS instance.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string InstanceId { get; set; } = "";

    /// <summary>The log files.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation("HuaweiCloud.Dcs", nameof(LogId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] LogId { get; set; } = [];

    /// <summary>The time of the day of the log, for what is made of the links.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Alias("Date")]
    [ListedTime]
    public override DateTimeOffset? BackupTime { get; set; }

    private protected override BackupService Service => DcsService.Instance;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string id in LogId)
            SendIfDownloadable(new DcsLogLinkRequest(InstanceId, id) { Details = Details });
    }
}
