using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the backups of DCS (Redis) instances of Huawei Cloud.</summary>
[Cmdlet(VerbsCommon.Get, "DcsBackup")]
[OutputType(typeof(DcsBackup))]
public sealed class GetDcsBackupCommand : HuaweiBackupsCommand
{
    /// <summary>The DCS instances.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation("HuaweiCloud.Dcs", nameof(InstanceId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public override string[] InstanceId { get; set; } = [];

    /// <summary>The names of the backups, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] Name { get; set; } = [];

    private protected override BackupService Service => DcsService.Instance;

    private protected override string[] Names => Name;
}
