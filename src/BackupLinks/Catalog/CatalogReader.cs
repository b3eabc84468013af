using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using BackupLinks.Catalog.Status;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Formatting;
using BackupLinks.Parameters;

namespace BackupLinks.Catalog;

/// <summary>The files that the catalogs of a folder know: that in it or above it, and those below it.</summary>
/// <param name="Files">The files.</param>
/// <param name="Folder">The folder of the first catalog; null where there is none.</param>
internal sealed record CatalogReader(IReadOnlyList<BackupFile> Files, string? Folder)
{
    /// <summary>Reads the catalogs, and warns of lines that cannot be read. On the pipeline thread.</summary>
    /// <param name="cmdlet">The command, for its location and drives.</param>
    /// <param name="path">The folder, as the caller names it.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <exception cref="BackupLinksException">
    /// The folder is not there, or it or a catalog of it cannot be read.
    /// </exception>
    /// <exception cref="PipelineStoppedException">The reading was ended.</exception>
    public static CatalogReader Read(PSCmdlet cmdlet, string path, CancellationToken stop)
    {
        string folder = FileSystemPath.Resolve(cmdlet, path, FileSystemPath.Folder, ErrorKind.FileUnavailable);
        var catalogs = BackupCatalog.Find(folder, recurse: true);
        var files = new List<BackupFile>();
        foreach (var catalog in catalogs)
        {
            try
            {
                files.AddRange(catalog.ReadFiles(stop));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                throw new PipelineStoppedException();
            }

            cmdlet.WarnOfUnreadableLines(catalog);
        }

        return new CatalogReader(files, catalogs.Count > 0 ? catalogs[0].Folder : null);
    }

    /// <summary>
    /// The instances that earlier commands saw; warns where they cannot be read. On the pipeline thread.
    /// </summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="known">Writes them; null where there is no catalog, and where they cannot be read.</param>
    public IReadOnlyList<KnownInstance> ReadInstances(PSCmdlet cmdlet, out KnownInstances? known)
    {
        known = Folder is null ? null : new KnownInstances(Folder, Disk.Local);
        try
        {
            return known?.Read() ?? [];
        }
        catch (BackupLinksException e)
        {
            // A new file would not have the instances that are gone.
            known = null;
            cmdlet.Warn(e.Message);
            return [];
        }
    }
}
