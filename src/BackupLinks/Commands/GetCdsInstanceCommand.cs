using System.Linq;
using System.Management.Automation;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Completion;
using BackupLinks.Discovery;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the Redis instances of an account of Capital Online.</summary>
[Cmdlet(VerbsCommon.Get, "CdsInstance")]
[OutputType(typeof(CdsInstance))]
public sealed class GetCdsInstanceCommand : CapitalOnlineCommand<CdsInstance>
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
    [Alias("InstanceUuid")]
    [IdTransformation]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] InstanceId { get; set; } = [];

    /// <summary>The states that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Status { get; set; } = [];

    private protected override void Prepare() => _names = ToNameFilter(Name);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool IsWanted(CdsInstance instance) =>
            _names?.IsWanted(instance.Name) != false && FilterParameters.IsOneOf(instance.Status, Status);
        foreach (string? id in InstanceId.DefaultIfEmpty())
            List(id is null ? RequestItem.List("The list of Redis instances") : RequestItem.Instance(new InstanceReference(id, null)), connection => new CdsCatalog(connection).ListInstances(id, IsWanted));
    }
}
