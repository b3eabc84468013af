using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;
using BackupLinks.Time;

namespace BackupLinks.Catalog.Retention;

/// <summary>
/// Removes the files of a backup, and says so in the catalog: before the first file goes, and when all of them are
/// gone from the disk. A command that is stopped between leaves what the next one ends.
/// </summary>
/// <param name="disk">The file system.</param>
/// <param name="clock">For the wait for another process.</param>
/// <param name="known">All files that the catalogs know: no file goes under one name that another of them is.</param>
internal sealed class BackupRemoval(Disk disk, Clock clock, IEnumerable<BackupFile>? known = null)
{
    private readonly Dictionary<string, CatalogFile> _catalogs = [];
    private readonly SameFiles _same = new(disk, known ?? []);

    /// <summary>Removes a backup.</summary>
    /// <param name="backup">The backup; files that are missing leave the catalog.</param>
    /// <param name="cancellationToken">Ends the wait for another process that writes the catalog.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.UnsafeFileName"/>, <see cref="ErrorKind.FileChanged"/>: what has the name of a file is not
    /// what the plan is about; nothing was removed. <see cref="ErrorKind.FileInUse"/>,
    /// <see cref="ErrorKind.FileUnavailable"/>: the system does not let it.
    /// </exception>
    public void Remove(SavedBackup backup, CancellationToken cancellationToken)
    {
        foreach (var file in backup.Files)
            Try(file.Path, () => Check(file, backup));
        var files = backup.Files.GroupBy(file => file.CatalogFolder!).ToList();
        foreach (var inCatalog in files)
            Note(inCatalog.Key, inCatalog, RemovalEvent.Begun, cancellationToken);
        foreach (var file in backup.Files)
            Try(file.Path, () => Delete(file.Path));
        var folders = backup.Files.Select(file => (file.CatalogFolder!, Path.GetDirectoryName(file.Path)!)).Distinct()
            .Select(each => RemoveEmptyFolders(each.Item1, each.Item2)).ToList();
        // The catalog must not say that a file is gone which a power cut would bring back.
        foreach (string folder in folders.Distinct().Where(folder => disk.Look(folder) is not null))
            Try(folder, () => disk.FlushFolder(folder));
        foreach (var inCatalog in files)
            Note(inCatalog.Key, inCatalog, RemovalEvent.Done, CancellationToken.None);
    }

    /// <summary>Notes that a backup stays whose removal was begun, and of which no file is gone.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="cancellationToken">Ends the wait for another process that writes the catalog.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.FileInUse"/>, <see cref="ErrorKind.FileUnavailable"/>: the catalog cannot be written.
    /// </exception>
    public void Withdraw(SavedBackup backup, CancellationToken cancellationToken)
    {
        foreach (var files in backup.Files.Where(file => file.IsBeingRemoved).GroupBy(file => file.CatalogFolder!))
            Note(files.Key, files, RemovalEvent.Withdrawn, cancellationToken);
    }

    private void Note(
        string folder, IEnumerable<BackupFile> files, string word, CancellationToken cancellationToken)
    {
        if (!_catalogs.TryGetValue(folder, out var catalog))
            _catalogs.Add(folder, catalog = new CatalogFile(folder, disk, isFound: true));
        var now = clock.GetUtcNow();
        var events = files.Where(file => word != RemovalEvent.Begun || !file.IsBeingRemoved)
            .Select(file => (CatalogEvent)new RemovalEvent
            {
                Path = CatalogFolder.ToRelative(folder, file.Path), Word = word, Time = now,
            }).ToList();
        if (events.Count > 0)
            Try(catalog.Path, () => catalog.AddAsync(events, clock, cancellationToken).GetAwaiter().GetResult());
    }

    // A path that leads through a link leads to files that the catalog is not of.
    private void Check(BackupFile file, SavedBackup backup)
    {
        for (string folder = Path.GetDirectoryName(file.Path)!; folder.Length > file.CatalogFolder!.Length;
            folder = Path.GetDirectoryName(folder)!)
        {
            if (disk.Look(folder) is { Type: not FileType.Folder })
            {
                throw new BackupLinksException(
                    ErrorKind.UnsafeFileName,
                    $"'{folder}' is a link or a file, and nothing behind it was removed; remove it by hand.");
            }
        }

        switch (disk.Look(file.Path))
        {
            case null:
                break;
            case { Type: not FileType.Regular }:
                throw new BackupLinksException(
                    ErrorKind.UnsafeFileName,
                    $"'{file.Path}' is no longer a file, and was not removed; remove it by hand.");
            case var status when file.State == FilePresence.Missing
                || (file.State == FilePresence.Present && (status.Size ?? new FileInfo(file.Path).Length) != file.Size):
                throw new BackupLinksException(
                    ErrorKind.FileChanged,
                    $"'{file.Path}' was changed by another process after it was listed, and was not removed; "
                        + "run the command again.");
            case var status when _same.FindOther(file, status, backup) is { } other:
                throw new BackupLinksException(
                    ErrorKind.UnsafeFileName,
                    $"'{file.Path}' is the same file as '{other}', which stays, and was not removed; pass the folder "
                        + "of one of them only, or save one of them to another folder.");
        }
    }

    private void Delete(string path)
    {
        try
        {
            disk.DeleteWhenClosed(path);
        }
        catch (DirectoryNotFoundException)
        {
            // It went with its folder.
        }
    }

    // Up to the folder of the catalog, which stays. Returns the first that stays.
    private string RemoveEmptyFolders(string catalogFolder, string folder)
    {
        while (folder.Length > catalogFolder.Length)
        {
            try
            {
                if (disk.Look(folder) is not null)
                    disk.DeleteFolder(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is not empty, or another process is in it.
                break;
            }

            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private static void Try(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.IsInUse(e)
                ? new BackupLinksException(
                    ErrorKind.FileInUse,
                    $"'{path}' is in use by another process, and the removal was not ended; wait for that process, "
                        + "and run the command again.",
                    e)
                : new BackupLinksException(
                    ErrorKind.FileUnavailable,
                    $"'{path}' cannot be removed or written ({e.Message.TrimEnd('.')}), and the removal was not ended; "
                        + "check its permissions, and run the command again.",
                    e);
        }
    }
}
