using System.Linq;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Discovery;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>The base of commands that list instances.</summary>
public abstract class InstancesCommand : ServiceCommand
{
    private readonly InstanceLists _lists = new();
    private NameFilter? _names;

    private protected InstancesCommand()
    {
    }

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
    public virtual string[] InstanceId { get; set; } = [];

    /// <summary>The states that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Status { get; set; } = [];

    /// <summary>The engines that are wanted; empty for all.</summary>
    private protected virtual string[] Engines => [];

    /// <summary>The kinds of instance that are wanted; empty for all.</summary>
    private protected virtual string[] Types => [];

    private protected sealed override VendorWords Words => Service.InstanceWords;

    private protected sealed override void PrepareFilter() => _names = ToNameFilter(Name);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (string? id in InstanceId.DefaultIfEmpty())
        {
            Send(Service.Instances(new InstanceFilter
            {
                InstanceId = id,
                Names = _names,
                Statuses = Status,
                Engines = Engines,
                Types = Types,
            }));
        }
    }

    private protected sealed override RequestItem ToItem(RequestItem item, ServiceSession session)
    {
        bool isNarrow = new[] { Name, InstanceId, Status, Engines, Types }.Any(words => words.Length > 0);
        return item with { Context = _lists.Add(new InstanceList(Service.Key, session.Region, isNarrow)) };
    }
}
