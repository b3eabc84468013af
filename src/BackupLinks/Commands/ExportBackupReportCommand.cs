using System;
using System.Management.Automation;
using System.Threading;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Reports;
using BackupLinks.Completion;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Links;
using BackupLinks.Parameters;

namespace BackupLinks.Cmdlets;

/// <summary>Writes a report: a page for people, or a file for programs.</summary>
[Cmdlet(VerbsData.Export, "BackupReport", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ExportBackupReportCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private ReportExporter? _exporter;

    /// <summary>The rows.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>How it is written.</summary>
    [Parameter(Position = 1)]
    public ReportFormat? Format { get; set; }

    /// <summary>The folder with the saved files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string CatalogPath { get; set; } = ".";

    /// <summary>The exit code of the run that the report is of.</summary>
    [Parameter]
    public int? ExitCode { get; set; }

    /// <summary>The zone of days and times on a page.</summary>
    [Parameter]
    [TimeZone]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Local;

    private bool HasInput =>
        MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            string path = FileSystemPath.Resolve(this, Path, "file", ErrorKind.DestinationUnavailable);
            var format = Format ?? ReportExporter.FormatOf(path);
            if (ShouldProcess(path, $"Write a report in the format {format}"))
                _exporter = new ReportExporter(this, path, format, _stop.Token)
                {
                    ExitCode = ExitCode, Zone = TimeZone,
                };
        }
        catch (BackupLinksException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(Path));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in LinkInput.Each(InputObject))
        {
            try
            {
                _exporter?.Add(item);
            }
            catch (BackupLinksException e)
            {
                WriteError(e.ToErrorRecord(item));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            if (HasInput)
                _exporter?.WriteInput(CatalogPath);
            else
                _exporter?.WriteCatalog(CatalogPath);
        }
        catch (BackupLinksException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(Path));
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();
}
