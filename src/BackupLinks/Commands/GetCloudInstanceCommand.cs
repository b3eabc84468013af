using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.FrontDoor;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the instances of every database service of every cloud that has a credential.</summary>
[Cmdlet(VerbsCommon.Get, "CloudInstance")]
[OutputType(typeof(CloudInstance))]
public sealed class GetCloudInstanceCommand : CloudCommand
{
    /// <summary>The services, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[] Service { get; set; } = [];

    /// <summary>The names of the instances, with wildcards.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The regions.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string[] Region { get; set; } = [];

    /// <summary>The states that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Status { get; set; } = [];

    private protected override IReadOnlyList<string> ServiceNames
    {
        get => Service;
        set => Service = [.. value];
    }

    private protected override VendorWords GetWords(BackupService service) => service.InstanceWords;

    // A region that does not respond must not hold up the others.
    private protected override System.TimeSpan? HeadTimeout => System.TimeSpan.FromSeconds(10);

    private readonly InstanceLists _lists = new();
    private NameFilter? _names;

    private protected override void Prepare() => _names = ToNameFilter(Name);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var services = Selector.Select(Service).Where(service => service.ListsInstances).ToArray();
            _lists.IsOfAll |= Service.Length == 0;
            var survey = new InstanceSurvey(this, Sessions, services, Region, Endpoint)
            {
                Lists = _lists,
                IsNarrow = Name.Length > 0 || Status.Length > 0,
            };
            foreach (var stop in survey.Plan(Service, IsOneOfSeveral))
            {
                if (stop.Error is { } error)
                {
                    Fail(stop.Item, error);
                    continue;
                }

                NoteRequest(stop.Service!.Provider);
                Send(stop.Service.Instances(ToFilter(stop)), stop.Session!, stop.Item);
            }
        }
        catch (BackupLinksException e) when (IsOneOfSeveral)
        {
            Fail(new PSObject(string.Join(", ", Service)), e);
        }
        catch (BackupLinksException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(SecretName));
        }
    }

    // Services that come through the pipeline may be other clouds'; a secret that the caller names is for all of them.
    private bool IsOneOfSeveral => MyInvocation.ExpectingInput && SecretName is null && Credential is null;

    private InstanceFilter ToFilter(SurveyStop stop) => new()
    {
        Names = _names,
        Statuses = Status,
        Regions = stop.Regions,
    };
}
