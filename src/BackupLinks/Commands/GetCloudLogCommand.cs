using System;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Discovery;
using BackupLinks.Formatting;
using BackupLinks.FrontDoor;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the logs of instances of any database service.</summary>
[Cmdlet(VerbsCommon.Get, "CloudLog", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(CloudLog))]
public sealed class GetCloudLogCommand : ResourceCommand
{
    private LogFilter _filter = new();

    /// <summary>The instances.</summary>
    [Parameter(
        Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = IdSet)]
    [AllowEmptyString]
    [IdTransformation]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] InstanceId { get; set; } = [];

    /// <summary>The kinds of log that are wanted.</summary>
    [Parameter]
    public LogKind[] Kind { get; set; } = [];

    /// <summary>Only the newest log that can be downloaded, of each part of each instance.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    /// <summary>The first day.</summary>
    [Parameter]
    public DateTimeOffset Since { get; set; }

    /// <summary>The last day.</summary>
    [Parameter]
    public DateTimeOffset Until { get; set; }

    /// <summary>The states that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Status { get; set; } = [];

    private protected override string Accepted => "instances, such as those of Get-CloudInstance";

    private protected override VendorWords GetWords(BackupService service) => service.LogWords;

    private protected override void PrepareFilter()
    {
        FilterParameters.RequireOrder(Since, Until);
        _filter = new LogFilter
        {
            // The calendar day as it was typed: a log has no time of day.
            Since = FilterParameters.Given(Since)?.Date,
            Until = FilterParameters.Given(Until)?.Date,
            Statuses = Status,
            Kinds = Kind,
            Latest = Latest,
        };
    }

    private protected override void ProcessIds(BackupService service)
    {
        foreach (string id in InstanceId)
            Process(ResourceInput.Of(service, id));
    }

    private protected override void Process(ResourceInput input)
    {
        var kinds = input.Service.LogKinds;
        if (kinds.Count > 0 && (Kind.Length == 0 || Kind.Any(kinds.Contains)))
        {
            var instance = new InstanceReference(input.InstanceId ?? "", input.InstanceName) { Engine = input.Engine };
            Send(input.Service.Logs(instance, _filter), input);
            return;
        }

        string what = Kind.Length == 0 ? "logs" : $"logs of the kind {string.Join(" or ", Kind)}";
        this.WarnOnce($"no {what} {input.Service.Key}", $"{input.Service.Key} lists no {what}.");
    }
}
