using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Threading;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Formatting;
using BackupLinks.Parameters;

namespace BackupLinks.Catalog;

/// <summary>Writes the saved files of folders, each as soon as it is read. On the pipeline thread.</summary>
/// <param name="cmdlet">The command.</param>
/// <param name="filter">The files that are wanted.</param>
/// <param name="onlyLatest">True for the newest backup of each instance.</param>
/// <param name="recurse">True for the catalogs of folders below, too.</param>
/// <param name="includeUnknown">True for the files that no catalog knows, too.</param>
internal sealed class BackupFileLister(
    PSCmdlet cmdlet, BackupFileFilter filter, bool onlyLatest, bool recurse, bool includeUnknown) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly LatestFiles? _latest = onlyLatest ? new LatestFiles(filter.Types) : null;
    // One folder may be given twice, and may be below another.
    private readonly HashSet<(string, string)> _listed = [];

    /// <summary>Writes the files of a folder.</summary>
    /// <param name="path">The folder, or a file, as the caller names it.</param>
    public void List(string path)
    {
        try
        {
            string folder = FileSystemPath.Resolve(cmdlet, path, FileSystemPath.Folder, ErrorKind.FileUnavailable);
            var catalogs = BackupCatalog.Find(folder, recurse);
            foreach (var catalog in catalogs)
            {
                if (_listed.Add((catalog.Folder, catalog.Path)))
                    List(catalog);
            }

            if (catalogs.Count == 0)
                ListWithoutCatalog(folder);
        }
        catch (BackupLinksException e)
        {
            cmdlet.WriteError(e.ToErrorRecord(path));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Writes what only the end of the input decides.</summary>
    public void Complete()
    {
        foreach (var file in _latest?.Files ?? [])
            cmdlet.WriteObject(file);
    }

    /// <summary>Ends the wait for another process.</summary>
    public void Cancel() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    private void List(BackupCatalog catalog)
    {
        var unknown = includeUnknown ? new UnknownFiles(Disk.Local) : null;
        foreach (var file in catalog.ReadFiles(_stop.Token))
        {
            unknown?.AddKnown(file);
            Write(file);
        }

        cmdlet.WarnOfUnreadableLines(catalog);
        if (unknown is not null)
            WriteUnknown(unknown, catalog.Path);
    }

    private void ListWithoutCatalog(string folder)
    {
        if (includeUnknown)
        {
            WriteUnknown(new UnknownFiles(Disk.Local), folder);
            return;
        }

        string below = recurse ? ", above or below it" : " or above it; -Recurse looks below it, too";
        cmdlet.Warn($"There is no catalog in '{folder}'{below}. Save-BackupFile writes one beside the files.");
    }

    private void WriteUnknown(UnknownFiles unknown, string folder)
    {
        try
        {
            foreach (var file in unknown.In(folder))
                Write(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupLinksException(
                ErrorKind.FileUnavailable,
                $"'{folder}' cannot be read ({e.Message.TrimEnd('.')}); check its permissions.",
                e);
        }
    }

    private void Write(BackupFile file)
    {
        if (!filter.IsWanted(file))
            return;
        if (_latest is null)
            cmdlet.WriteObject(file);
        else
            _latest.Add(file);
    }
}
