using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the RDS instances of a project of Huawei Cloud.</summary>
[Cmdlet(VerbsCommon.Get, "RdsInstance")]
[OutputType(typeof(RdsInstance))]
public sealed class GetRdsInstanceCommand : HuaweiInstancesCommand
{
    /// <summary>The engines that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Engine { get; set; } = [];

    /// <summary>The kinds of instance that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Type { get; set; } = [];

    private protected override BackupService Service => RdsService.Instance;

    private protected override string[] Engines => Engine;

    private protected override string[] Types => Type;
}
