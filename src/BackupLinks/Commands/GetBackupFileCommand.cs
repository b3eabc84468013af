using System;
using System.Management.Automation;
using BackupLinks.Catalog;
using BackupLinks.Completion;
using BackupLinks.Errors;
using BackupLinks.Formats;
using BackupLinks.Formatting;
using BackupLinks.Parameters;
using BackupLinks.Time;

namespace BackupLinks.Cmdlets;

/// <summary>Gets saved files, as the catalog and the disk have them together.</summary>
[Cmdlet(VerbsCommon.Get, "BackupFile")]
[OutputType(typeof(BackupFile))]
public sealed class GetBackupFileCommand : PSCmdlet, IDisposable
{
    private BackupFileLister? _lister;

    /// <summary>The folders, or files in them.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = ["."];

    /// <summary>Read the catalogs of folders below, too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>The services.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary>The instances.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] InstanceId { get; set; } = [];

    /// <summary>The names of files or instances.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IdCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Only the newest backup of each instance.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    /// <summary>The earliest time of a backup.</summary>
    [Parameter]
    public DateTimeOffset Since { get; set; }

    /// <summary>The latest time of a backup.</summary>
    [Parameter]
    public DateTimeOffset Until { get; set; }

    /// <summary>The kinds of backup.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BackupTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Type { get; set; } = [];

    /// <summary>The states: on the disk, or of the last test.</summary>
    [Parameter]
    [ValidateSet(
        FilePresence.Present, FilePresence.Missing, FilePresence.Changed, FilePresence.Unreadable, FilePresence.Unknown,
        BackupFileState.Intact, BackupFileState.Truncated, BackupFileState.Damaged, BackupFileState.TrailingData,
        BackupFileState.Empty, BackupFileState.NotABackup, BackupFileState.Unsupported, BackupFileState.Unverifiable)]
    public string[] State { get; set; } = [];

    /// <summary>Only files that were not tested since then.</summary>
    [Parameter]
    public DateTimeOffset NotTestedSince { get; set; }

    /// <summary>Also the files that no catalog knows.</summary>
    [Parameter]
    public SwitchParameter IncludeUnknown { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            FilterParameters.RequireOrder(Since, Until);
        }
        catch (BackupLinksException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(Since));
        }

        var filter = new BackupFileFilter
        {
            Services = Service,
            InstanceIds = InstanceId,
            Names = Wildcards.ToFilter(Name),
            Since = FilterParameters.Given(Since),
            Until = FilterParameters.Given(Until),
            Types = Type,
            States = State,
            NotTestedSince = FilterParameters.Given(NotTestedSince),
            Now = Clock.System.GetUtcNow(),
        };
        _lister = new BackupFileLister(this, filter, Latest, Recurse, IncludeUnknown);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
            _lister!.List(path);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _lister!.Complete();

    /// <inheritdoc/>
    protected override void StopProcessing() => _lister?.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _lister?.Dispose();
}
