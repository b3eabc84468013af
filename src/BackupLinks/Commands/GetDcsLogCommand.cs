using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the run logs of DCS (Redis) instances of Huawei Cloud.</summary>
[Cmdlet(VerbsCommon.Get, "DcsLog")]
[OutputType(typeof(DcsLog))]
public sealed class GetDcsLogCommand : HuaweiLogsCommand
{
    /// <summary>The DCS instances.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation("HuaweiCloud.Dcs", nameof(InstanceId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public override string[] InstanceId { get; set; } = [];

    private protected override BackupService Service => DcsService.Instance;
}
