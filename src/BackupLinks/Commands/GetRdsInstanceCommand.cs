using System.Linq;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the RDS instances of a project of Huawei Cloud.</summary>
[Cmdlet(VerbsCommon.Get, "RdsInstance")]
[OutputType(typeof(RdsInstance))]
public sealed class GetRdsInstanceCommand : HuaweiCloudCommand<RdsInstance>
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

    /// <summary>The kinds of instance that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Type { get; set; } = [];

    private protected override HuaweiService Service => RdsClient.Service;

    private protected override void Prepare() => _names = ToNameFilter(Name);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool IsWanted(RdsInstance instance) =>
            _names?.IsWanted(instance.Name) != false && FilterParameters.IsOneOf(instance.Status, Status) && FilterParameters.IsOneOf(instance.Engine, Engine)
            && FilterParameters.IsOneOf(instance.Type, Type);
        foreach (string? id in InstanceId.DefaultIfEmpty())
            List(id is null ? RequestItem.List("The list of RDS instances") : RequestItem.Instance(new InstanceReference(id, null)), connection => new RdsCatalog(connection).ListInstances(id, IsWanted));
    }
}
