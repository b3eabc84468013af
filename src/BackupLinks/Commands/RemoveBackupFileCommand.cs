using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Retention;
using BackupLinks.Completion;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Formatting;
using BackupLinks.Parameters;
using BackupLinks.Time;

namespace BackupLinks.Cmdlets;

/// <summary>Removes the saved backups that no rule keeps.</summary>
[Cmdlet(VerbsCommon.Remove, "BackupFile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = RuleSet)]
[OutputType(typeof(RetentionDecision))]
public sealed class RemoveBackupFileCommand : PSCmdlet, IDisposable
{
    private const string RuleSet = "Rule";
    private const string AllSet = "All";

    private readonly CancellationTokenSource _stop = new();
    private readonly GivenFiles _given = new(Disk.Local, Clock.System);
    private RetentionRules? _rules;

    /// <summary>The folders with saved backups, or files in them.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = ["."];

    /// <summary>Take the catalogs of folders below, too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>The instances whose backups may go.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] InstanceId { get; set; } = [];

    /// <summary>The number of newest backups that stay.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    public string? KeepLast { get; set; }

    /// <summary>The number of hours of which the newest backup stays.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    public string? KeepHourly { get; set; }

    /// <summary>The number of days of which the newest backup stays.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    public string? KeepDaily { get; set; }

    /// <summary>The number of weeks of which the newest backup stays.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    public string? KeepWeekly { get; set; }

    /// <summary>The number of months of which the newest backup stays.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    public string? KeepMonthly { get; set; }

    /// <summary>The number of years of which the newest backup stays.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    public string? KeepYearly { get; set; }

    /// <summary>The time in which every backup stays.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    public string? KeepWithin { get; set; }

    /// <summary>The time in which the newest backup of each hour stays.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    public string? KeepWithinHourly { get; set; }

    /// <summary>The time in which the newest backup of each day stays.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    public string? KeepWithinDaily { get; set; }

    /// <summary>The time in which the newest backup of each week stays.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    public string? KeepWithinWeekly { get; set; }

    /// <summary>The time in which the newest backup of each month stays.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    public string? KeepWithinMonthly { get; set; }

    /// <summary>The time in which the newest backup of each year stays.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    public string? KeepWithinYearly { get; set; }

    /// <summary>What is counted for itself.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    [ValidateSet("Instance", "Type")]
    public string[] GroupBy { get; set; } = ["Instance"];

    /// <summary>The zone of hours, days, weeks, months and years.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    [TimeZone]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Local;

    /// <summary>Remove all backups of the instances.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Return what was decided about each file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _rules = !All ? RetentionRules.Parse(MyInvocation.BoundParameters
                    .Where(pair => RetentionRules.ParameterNames.Contains(pair.Key))
                    .ToDictionary(pair => pair.Key, pair => (string?)pair.Value ?? ""))
                : InstanceId.Length > 0 ? null
                : throw new BackupLinksException(
                    ErrorKind.NoRule,
                    "-All removes all backups of an instance, and nothing was removed; name it with -InstanceId.");
        }
        catch (BackupLinksException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(null));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            try
            {
                _given.Add(
                    FileSystemPath.Resolve(this, path, FileSystemPath.Folder, ErrorKind.FileUnavailable), Recurse);
            }
            catch (BackupLinksException e)
            {
                WriteError(e.ToErrorRecord(path));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        bool byType = GroupBy.Contains("Type", StringComparer.OrdinalIgnoreCase);
        var settings = _rules is null ? null
            : new RetentionSettings(_rules, Clock.System.GetUtcNow(), TimeZone, byType);
        new BackupRemover(this, _given, InstanceId, PassThru, _stop.Token).Run(settings);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();
}
