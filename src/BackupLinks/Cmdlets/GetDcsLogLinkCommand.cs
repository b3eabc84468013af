using System.Management.Automation;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Pipeline;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the download links of run logs of Huawei Cloud DCS (Redis) instances.</summary>
[Cmdlet(VerbsCommon.Get, "DcsLogLink")]
[OutputType(typeof(DcsLogLink))]
public sealed class GetDcsLogLinkCommand : HuaweiCloudCommand<DcsLogLink>
{
    /// <summary>The DCS instance.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string InstanceId { get; set; } = "";

    /// <summary>The log files.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [Id]
    public string[] LogId { get; set; } = [];

    private protected override HuaweiService Service => DcsClient.Service;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string instanceId = InstanceId;
        foreach (string logId in LogId)
            Ask(logId, $"Log '{logId}' of instance '{instanceId}'", (connection, stop) => new DcsClient(connection).CreateLogLinkAsync(instanceId, logId, stop));
    }
}
