using System.Collections.Generic;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Errors;
using BackupLinks.FrontDoor;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>
/// The base of commands that take objects of any service: those of this session bring the credential that they were
/// requested with, those that were read back do not.
/// </summary>
public abstract class ResourceCommand : CloudCommand
{
    private protected const string ObjectSet = "Object";
    private protected const string IdSet = "Id";

    private BackupService? _service;

    private protected ResourceCommand()
    {
    }

    /// <summary>The objects.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The service that the ids are of.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string Service { get; set; } = "";

    /// <summary>The region; that of the object when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    private protected sealed override IReadOnlyList<string> ServiceNames
    {
        get => Service.Length > 0 ? [Service] : [];
        set => Service = value.Count == 1 ? value[0] : "";
    }

    /// <summary>The kinds of object that the command takes, as they read in a sentence.</summary>
    private protected abstract string Accepted { get; }

    /// <summary>Makes the filter of the parameters.</summary>
    /// <exception cref="BackupLinksException">They do not go together.</exception>
    private protected virtual void PrepareFilter()
    {
    }

    private protected sealed override void Prepare()
    {
        PrepareFilter();
        if (Service.Length > 0)
            _service = Selector.SelectOne(Service);
    }

    /// <summary>Requests what is wanted of an object.</summary>
    private protected abstract void Process(ResourceInput input);

    /// <summary>Requests what is wanted of the ids.</summary>
    /// <param name="service">The service.</param>
    private protected abstract void ProcessIds(BackupService service);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (_service is not null)
        {
            ProcessIds(_service);
            return;
        }

        foreach (var item in LinkInput.Each(InputObject))
        {
            if (TryRead(item, Accepted) is { } input)
                Process(input);
        }
    }

    /// <summary>Sends a request for an object, when its turn comes.</summary>
    private protected void Send<TResult>(ServiceRequest<TResult> request, ResourceInput input)
        where TResult : class
    {
        var item = request.Item with { Target = input.Target };
        if (TryOpen(input, item, Region) is { } session)
            Send(request, session, item);
    }
}
