using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Status;
using BackupLinks.Concurrency;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.FrontDoor;
using BackupLinks.Links;
using BackupLinks.Parameters;
using BackupLinks.Providers;
using BackupLinks.Sessions;

namespace BackupLinks.Cmdlets;

/// <summary>Says of each instance whether it has a good backup, here and in the cloud.</summary>
[Cmdlet(VerbsCommon.Get, "BackupStatus")]
[OutputType(typeof(InstanceStatus))]
public sealed class GetBackupStatusCommand : CloudCommand
{
    private const string NoInstance = "An object in the pipeline has no InstanceId; pipe instances.";

    private readonly HashSet<InstanceLists> _lists = [];
    private readonly HashSet<string> _services = new(StringComparer.Ordinal);
    private bool _hasRows;
    private FleetAssessment _fleet = null!;
    private KnownInstances? _known;

    /// <summary>The folder with the saved files.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>The instances.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The most age of the newest good backup.</summary>
    [Parameter]
    [Age]
    public TimeSpan MaximumAge { get; set; } = StatusSettings.Default.MaximumAge;

    /// <summary>The least size of a backup, as a part of the median of those before it.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double MinimumSizeRatio { get; set; } = StatusSettings.Default.MinimumSizeRatio;

    private static DateTimeOffset Now => ModuleSession.Current.Transport.Clock.GetUtcNow();

    private bool HasInput =>
        MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));

    private protected override void Prepare()
    {
        var catalog = CatalogReader.Read(this, Path, StopToken);
        if (catalog.Folder is null && !HasInput)
            this.Warn($"Neither '{Path}' nor a folder above or below it has a catalog, so that no instance is known.");
        _fleet = new FleetAssessment(
            catalog.Files, catalog.ReadInstances(this, out _known), new StatusSettings(MaximumAge, MinimumSizeRatio));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in LinkInput.Each(InputObject))
        {
            if (TryRead(item, "instances, such as those of Get-CloudInstance") is not { } input)
                continue;
            if (input.InstanceId is { } id)
                Process(input, id);
            else
                Fail(item, new BackupLinksException(ErrorKind.InvalidRequest, NoInstance));
        }
    }

    private protected override void WriteResult(RequestItem item, object result)
    {
        var findings = (InstanceFindings)result;
        Write(_fleet.Judge((InstanceIdentity)item.Context!, findings.Cloud, findings.Now));
    }

    private protected override void ReceiveFailure(RequestItem item, string message)
    {
        if (item.Context is InstanceIdentity instance)
            Write(_fleet.Judge(instance, CloudFindings.Unreachable(message, _fleet.LastKnown(instance)), Now));
    }

    private protected override void Complete()
    {
        var absence = HasInput ? new AbsenceRule(_lists, _services, _hasRows || _services.Count == 0) : null;
        foreach (var row in _fleet.JudgeAbsent(absence, Now))
            Write(row);
        foreach (var row in _fleet.NewlyGone)
        {
            this.Warn(
                $"Instance '{row.InstanceName ?? row.InstanceId}' ({row.InstanceId}) of {row.Service} is no longer "
                + "listed; its files stay. If it was deleted on purpose, remove them with "
                + $"Remove-BackupFile -InstanceId {row.InstanceId} -All.");
        }

        if (HasInput)
            Remember();
        base.Complete();
    }

    private void Process(ResourceInput input, string id)
    {
        if (input.Lists is { } lists)
            _lists.Add(lists);
        else
            _hasRows = true;
        _services.Add(input.Service.Key);
        var reference = new InstanceReference(id, input.InstanceName);
        var item = RequestItem.Instance(reference) with
        {
            Target = input.Target,
            Context = new InstanceIdentity(input.Service.Key, id)
            {
                Name = input.InstanceName, Engine = input.Engine, Region = input.Region, CreatedAt = input.CreatedAt,
            },
        };
        if (!input.Service.ListsBackups)
        {
            var unknown = new ResultPage<object>([new InstanceFindings(null, Now)], [], HasMore: false);
            Send(new PendingRequest(item, _ => Task.FromResult<IResultPage<object>>(unknown)));
        }
        else if (TryOpen(input, item, region: null) is { } session)
        {
            Send(new PendingRequest(item, stop => InstanceFindings.ReadAsync(reference, session, stop))
            {
                IsWaiting = () => session.IsWaiting,
            });
        }
    }

    private void Write(InstanceStatus? row)
    {
        if (row is not null)
            WriteObject(row);
    }

    private void Remember()
    {
        try
        {
            _known?.Write(_fleet.Known);
        }
        catch (BackupLinksException e)
        {
            // The rows are right all the same; the next run tells once more what is gone.
            this.Tell(e.Message);
        }
    }
}
