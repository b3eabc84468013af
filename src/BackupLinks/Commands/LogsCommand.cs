using System;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Discovery;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>The base of commands that list logs.</summary>
public abstract class LogsCommand : ServiceCommand
{
    private LogFilter _filter = new();

    private protected LogsCommand()
    {
    }

    /// <summary>The instances.</summary>
    public abstract string[] InstanceId { get; set; }

    /// <summary>The name of the instance, for what is made of the logs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string? InstanceName { get; set; }

    /// <summary>The first day.</summary>
    [Parameter]
    public DateTimeOffset Since { get; set; }

    /// <summary>The last day.</summary>
    [Parameter]
    public DateTimeOffset Until { get; set; }

    /// <summary>The names of the log files, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Only the newest log that can be downloaded, of each shard and replica of each instance.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    /// <summary>The states that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Status { get; set; } = [];

    private protected sealed override VendorWords Words => Service.LogWords;

    private protected sealed override void PrepareFilter()
    {
        FilterParameters.RequireOrder(Since, Until);
        _filter = new LogFilter
        {
            // The calendar day as it was typed: a log has no time of day.
            Since = FilterParameters.Given(Since)?.Date,
            Until = FilterParameters.Given(Until)?.Date,
            Names = ToNameFilter(Name),
            Statuses = Status,
            Latest = Latest,
        };
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (string id in InstanceId)
            Send(Service.Logs(new InstanceReference(id, InstanceName), _filter));
    }
}
