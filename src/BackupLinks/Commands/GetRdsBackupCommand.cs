using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the backups of RDS instances of Huawei Cloud.</summary>
[Cmdlet(VerbsCommon.Get, "RdsBackup")]
[OutputType(typeof(RdsBackup))]
public sealed class GetRdsBackupCommand : HuaweiBackupsCommand
{
    /// <summary>The RDS instances.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation("HuaweiCloud.Rds", nameof(InstanceId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public override string[] InstanceId { get; set; } = [];

    /// <summary>The names of the backups, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The engines that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Engine { get; set; } = [];

    private protected override BackupService Service => RdsService.Instance;

    private protected override string[] Names => Name;

    private protected override string[] Engines => Engine;
}
