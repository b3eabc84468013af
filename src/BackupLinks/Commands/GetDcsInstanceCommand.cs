using System.Linq;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the DCS (Redis) instances of a project of Huawei Cloud.</summary>
[Cmdlet(VerbsCommon.Get, "DcsInstance")]
[OutputType(typeof(DcsInstance))]
public sealed class GetDcsInstanceCommand : HuaweiCloudCommand<DcsInstance>
{
    private NameFilter? _names;

    /// <summary>The names of the instances, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The ids of the instances.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [IdTransformation]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] InstanceId { get; set; } = [];

    /// <summary>The states that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Status { get; set; } = [];

    /// <summary>The engines that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Engine { get; set; } = [];

    private protected override HuaweiService Service => DcsClient.Service;

    private protected override void Prepare() => _names = ToNameFilter(Name);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool IsWanted(DcsInstance instance) =>
            _names?.IsWanted(instance.Name) != false && FilterParameters.IsOneOf(instance.Status, Status) && FilterParameters.IsOneOf(instance.Engine, Engine);
        foreach (string? id in InstanceId.DefaultIfEmpty())
            List(id is null ? RequestItem.List("The list of DCS instances") : RequestItem.Instance(new InstanceReference(id, null)), connection => new DcsCatalog(connection).ListInstances(id, IsWanted));
    }
}
