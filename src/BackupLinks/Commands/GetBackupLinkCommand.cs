using System;
using System.Collections.Generic;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.FrontDoor;
using BackupLinks.Links;
using BackupLinks.Parameters;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the download links of backups and logs of any database service.</summary>
[Cmdlet(VerbsCommon.Get, "BackupLink", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(DownloadLink))]
public sealed class GetBackupLinkCommand : ResourceCommand
{
    private readonly HashSet<(BackupService Service, string Parameter)> _warned = [];

    /// <summary>The instance.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string? InstanceId { get; set; }

    /// <summary>The backups.</summary>
    [Parameter(
        Position = 2, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [AllowEmptyString]
    [IdTransformation]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] BackupId { get; set; } = [];

    /// <summary>The log files.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [AllowEmptyString]
    [IdTransformation]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] LogId { get; set; } = [];

    /// <summary>How long the links are valid, where the service lets the caller choose.</summary>
    [Parameter]
    [Lifetime]
    public TimeSpan? ValidFor { get; set; }

    /// <summary>Which of the addresses to use, where there are two.</summary>
    [Parameter]
    public LinkNetwork Network { get; set; }

    /// <summary>Seconds to wait for a link that the provider makes first.</summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int WaitTimeoutSec { get; set; } = (int)LinkWaiter.DefaultTimeout.TotalSeconds;

    private protected override string Accepted => "backups or logs, such as those of Get-CloudBackup and Get-CloudLog";

    private protected override bool MayWait => true;

    private bool HasNoChoice => (BackupId.Length > 0) == (LogId.Length > 0);

    private protected override void PrepareFilter()
    {
        // Ids may come through the pipeline.
        if (Service.Length > 0 && HasNoChoice && !(MyInvocation.ExpectingInput && BackupId.Length == 0))
            throw NoChoice();
    }

    private protected override void ProcessIds(BackupService service)
    {
        if (HasNoChoice)
        {
            Fail(new PSObject(InstanceId ?? ""), NoChoice());
            return;
        }

        foreach (string id in BackupId)
            Process(ResourceInput.Of(service, InstanceId, backupId: id));
        foreach (string id in LogId)
            Process(ResourceInput.Of(service, InstanceId, logId: id));
    }

    private protected override void Process(ResourceInput input)
    {
        if (FindObstacle(input) is { } obstacle)
        {
            Fail(ToItem(input), obstacle);
            return;
        }

        bool isLog = input.LogId is not null;
        bool hasIntranet = isLog ? input.Service.LogsHaveIntranet : input.Service.HasIntranet;
        WarnOfChoices(input, hasIntranet, isLog ? " of logs" : "");
        var options = new LinkOptions
        {
            ValidFor = LifetimesOf(input) is null ? null : ValidFor,
            IsIntranet = Network == LinkNetwork.Intranet && hasIntranet,
            WaitTimeout = TimeSpan.FromSeconds(WaitTimeoutSec),
            Details = input.Details,
        };
        Send(input.Service.Links(new LinkIds(input.InstanceId, input.BackupId, input.LogId), options), input);
    }

    private static BackupLinksException NoChoice() =>
        new(ErrorKind.InvalidRequest, "Beside -Service, pass either -BackupId or -LogId.");

    private BackupLinksException? FindObstacle(ResourceInput input)
    {
        var service = input.Service;
        var item = ToItem(input);
        if (input.BackupId is null && input.LogId is null && input.Target is not string)
        {
            return new(ErrorKind.InvalidRequest, $"{item.Subject} is not a backup or a log; use Get-CloudBackup for "
                + "its backups.");
        }

        bool hasLinks = input.LogId is null ? service.LinksBackups : service.LinksLogs;
        string? obstacle = hasLinks && input.IsDownloadable != false ? null : input.LinkObstacle;
        if (!hasLinks || obstacle is not null)
        {
            string why = obstacle is null
                ? $"{service.Key} returns no such links" : ScreenText.Excerpt(obstacle, 200);
            return new(ErrorKind.InvalidRequest, $"{item.Subject} cannot be downloaded: {why}.");
        }

        // A state that the list does not name says nothing.
        if (input.IsDownloadable == false && input.Status is { } status)
            return LinksCommand.NotDownloadable(item, status);
        return ValidFor is { } lifetime && LifetimesOf(input) is { } range && !range.Contains(lifetime)
            ? new(ErrorKind.InvalidRequest, $"{item.Subject} cannot have a link for {lifetime}: {service.Key} takes "
                + $"{range.Least} to {range.Most}.")
            : null;
    }

    private static RequestItem ToItem(ResourceInput input) => (input switch
    {
        { LogId: { } log } => RequestItem.Log(log, input.InstanceId ?? "", input.Details),
        { BackupId: { } backup } => RequestItem.Backup(backup, input.InstanceId, input.Details),
        _ => RequestItem.Instance(new(input.InstanceId ?? "", input.InstanceName)),
    }) with { Target = input.Target };

    private static LifetimeRange? LifetimesOf(ResourceInput input) =>
        input.LogId is null ? input.Service.LinkLifetimes : input.Service.LogLinkLifetimes;

    private void WarnOfChoices(ResourceInput input, bool hasIntranet, string ofWhat)
    {
        var service = input.Service;
        if (ValidFor is not null && LifetimesOf(input) is null && _warned.Add((service, nameof(ValidFor) + ofWhat)))
        {
            this.Warn($"{service.Key} has no choice of lifetimes{ofWhat}: its links are valid as long as it decides, "
                + "whatever -ValidFor says.");
        }

        if (Network == LinkNetwork.Intranet && !hasIntranet && _warned.Add((service, nameof(Network) + ofWhat)))
        {
            this.Warn($"{service.Key} has no addresses{ofWhat} inside its network: its links are public, whatever "
                + "-Network says.");
        }
    }
}
