using System;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Discovery;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>The base of commands that list backups.</summary>
public abstract class BackupsCommand : ServiceCommand
{
    private BackupFilter _filter = new();

    private protected BackupsCommand()
    {
    }

    /// <summary>The instances.</summary>
    public abstract string[] InstanceId { get; set; }

    /// <summary>The name of the instance, for what is made of the backups.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string? InstanceName { get; set; }

    /// <summary>Only the newest backup that can be downloaded, of each instance.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    /// <summary>The most age of the newest backup.</summary>
    [Parameter]
    [Age]
    public TimeSpan? MaximumAge { get; set; }

    /// <summary>The earliest time of a backup.</summary>
    [Parameter]
    public DateTimeOffset Since { get; set; }

    /// <summary>The latest time of a backup.</summary>
    [Parameter]
    public DateTimeOffset Until { get; set; }

    /// <summary>The kinds of backup that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The states that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Status { get; set; } = [];

    /// <summary>The names of the backups, with wildcards; empty for all.</summary>
    private protected virtual string[] Names => [];

    /// <summary>The engines that are wanted; empty for all.</summary>
    private protected virtual string[] Engines => [];

    private protected sealed override VendorWords Words => Service.BackupWords;

    private protected sealed override void PrepareFilter() => _filter = FilterParameters.Backups(
        Latest, MaximumAge, Since, Until, Status, Type, ToNameFilter(Names), Engines);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (string id in InstanceId)
            Send(Service.Backups(new InstanceReference(id, InstanceName), _filter));
    }
}
