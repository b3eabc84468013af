using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading;
using BackupLinks.Catalog.Reports;
using BackupLinks.Catalog.Status;
using BackupLinks.Files;
using BackupLinks.Formatting;
using BackupLinks.Sessions;

namespace BackupLinks.Catalog;

/// <summary>Collects the rows of a report, and writes it.</summary>
/// <param name="cmdlet">The command.</param>
/// <param name="path">The full path of the report.</param>
/// <param name="format">Its format.</param>
/// <param name="stop">Ends the reading of a catalog.</param>
internal sealed class ReportExporter(PSCmdlet cmdlet, string path, ReportFormat format, CancellationToken stop)
{
    private readonly List<InstanceStatus> _rows = [];
    private readonly List<BackupFile> _files = [];
    private int _added;

    /// <summary>The exit code of the run that the report is of; null for none.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The zone of days and times on a page.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>The format that the name of a report stands for.</summary>
    public static ReportFormat FormatOf(string path)
    {
        string name = Path.GetFileName(path).ToUpperInvariant();
        return name.EndsWith(".JSON", StringComparison.Ordinal) ? ReportFormat.Json
            : name.EndsWith(".PROM", StringComparison.Ordinal) ? ReportFormat.Prometheus
            : name.StartsWith("SHA256SUM", StringComparison.Ordinal)
                || name.EndsWith(".SHA256", StringComparison.Ordinal) ? ReportFormat.Sha256Sums
            : ReportFormat.Html;
    }

    /// <summary>Adds a row, or a file for its sum.</summary>
    /// <exception cref="Errors.BackupLinksException">The object is neither.</exception>
    public void Add(PSObject item)
    {
        _added++;
        if (format == ReportFormat.Sha256Sums && StatusReader.ReadFile(item) is { } file)
            _files.Add(file);
        else
            _rows.Add(StatusReader.ReadRow(item));
    }

    /// <summary>Writes the report of what was added.</summary>
    /// <param name="catalogPath">The folder with the saved files, for their sums.</param>
    /// <exception cref="Errors.BackupLinksException">It cannot be written, or the catalog cannot be read.</exception>
    public void WriteInput(string catalogPath)
    {
        if (_added > 0 && _rows.Count + _files.Count == 0)
        {
            cmdlet.Warn($"'{path}' was not written, because no object is a row of a report.");
            return;
        }

        if (format == ReportFormat.Sha256Sums && _rows.Count > 0)
        {
            var ids = new HashSet<string>(_rows.Select(row => row.InstanceId), StringComparer.Ordinal);
            _files.AddRange(CatalogReader.Read(cmdlet, catalogPath, stop).Files.Where(
                file => file.InstanceId is { } id && ids.Contains(id)));
        }

        Write();
    }

    /// <summary>Writes the report of all that the catalog knows.</summary>
    /// <param name="catalogPath">The folder with the saved files.</param>
    /// <exception cref="Errors.BackupLinksException">It cannot be written, or the catalog cannot be read.</exception>
    public void WriteCatalog(string catalogPath)
    {
        var catalog = CatalogReader.Read(cmdlet, catalogPath, stop);
        _files.AddRange(catalog.Files);
        if (format != ReportFormat.Sha256Sums)
        {
            var known = catalog.ReadInstances(cmdlet, out _);
            var fleet = new FleetAssessment(catalog.Files, known, StatusSettings.Default);
            _rows.AddRange(fleet.JudgeAbsent(absence: null, Now));
        }

        Write();
    }

    private static DateTimeOffset Now => ModuleSession.Current.Transport.Clock.GetUtcNow();

    private void Write()
    {
        var content = new ReportContent(_rows, Now) { ExitCode = ExitCode, Zone = Zone };
        byte[] report = format switch
        {
            ReportFormat.Json => JsonReport.Write(content),
            ReportFormat.Sha256Sums => Sha256SumsReport.Write(_files, Path.GetDirectoryName(path)!),
            ReportFormat.Prometheus => PrometheusReport.Write(content, ReadBefore()),
            _ => HtmlReport.Write(content),
        };
        // The user of the node exporter, or of a web server, is another one.
        WholeFile.Write(Disk.Local, path, report, forAll: true);
    }

    private string ReadBefore()
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path, Encoding.UTF8) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
