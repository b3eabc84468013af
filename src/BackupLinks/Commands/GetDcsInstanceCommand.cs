using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the DCS (Redis) instances of a project of Huawei Cloud.</summary>
[Cmdlet(VerbsCommon.Get, "DcsInstance")]
[OutputType(typeof(DcsInstance))]
public sealed class GetDcsInstanceCommand : HuaweiInstancesCommand
{
    /// <summary>The engines that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Engine { get; set; } = [];

    private protected override BackupService Service => DcsService.Instance;

    private protected override string[] Engines => Engine;
}
