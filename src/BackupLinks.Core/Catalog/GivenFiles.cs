using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using BackupLinks.Catalog.Status;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;
using BackupLinks.Time;

namespace BackupLinks.Catalog;

/// <summary>The files and folders that a command was given, with all else that their catalogs know.</summary>
internal sealed class GivenFiles(Disk disk, Clock clock)
{
    private readonly Dictionary<string, BackupCatalog> _catalogs = new(Platform.PathComparer);
    private readonly List<string> _folders = [];
    private readonly HashSet<string> _files = new(Platform.PathComparer);

    /// <summary>The folders with the catalogs.</summary>
    public IEnumerable<string> CatalogFolders => _catalogs.Keys;

    /// <summary>Lines of the catalogs that could not be read; known when the files were read.</summary>
    public int UnreadableLines => _catalogs.Values.Sum(catalog => catalog.UnreadableLines);

    /// <summary>Takes a file or a folder.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="recurse">True for the catalogs of folders below a folder, too.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.FileNotFound"/>: nothing is there, or the folder has no catalog.
    /// <see cref="ErrorKind.FileUnavailable"/>: it cannot be read.
    /// </exception>
    public void Add(string path, bool recurse)
    {
        var found = BackupCatalog.Find(path, recurse, disk, clock);
        bool isFolder = Directory.Exists(path);
        if (isFolder && found.Count == 0)
        {
            throw new BackupLinksException(
                ErrorKind.FileNotFound,
                $"'{path}' has no catalog, and none is above it; check the path, or use -Recurse for catalogs "
                    + "below it.");
        }

        foreach (string folder in found.Select(catalog => catalog.Folder).Where(each => !_catalogs.ContainsKey(each)))
            _catalogs.Add(folder, BackupCatalog.Find(folder, recurse: false, disk, clock)[0]);
        if (isFolder)
            _folders.Add(path.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar);
        else
            _files.Add(path);
    }

    /// <summary>Reads all backups that the catalogs know, also those of files that were not given.</summary>
    /// <param name="cancellationToken">Ends the wait for another process.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.FileUnavailable"/>: a catalog cannot be read, or is another user's.
    /// </exception>
    public IReadOnlyList<SavedBackup> Read(CancellationToken cancellationToken) => SavedBackup.Group(
        _catalogs.Values.SelectMany(catalog => catalog.ReadKnownFiles(cancellationToken)));

    /// <summary>True for a file that was given, or that is in a folder that was.</summary>
    public bool IsGiven(BackupFile file) => _files.Contains(file.Path)
        || _folders.Exists(folder => file.Path.StartsWith(folder, Platform.PathComparison));

    /// <summary>The files that were given, and that no catalog knows.</summary>
    /// <param name="backups">What the catalogs know.</param>
    public IEnumerable<string> FindUnknown(IEnumerable<SavedBackup> backups)
    {
        var known = new HashSet<string>(
            backups.SelectMany(backup => backup.Files).Select(file => file.Path), Platform.PathComparer);
        return _files.Where(file => !known.Contains(file)).OrderBy(file => file, Platform.PathComparer);
    }

    /// <summary>
    /// The instances of which an earlier command saw that the cloud no longer has them. One of which a later backup is
    /// saved is there again.
    /// </summary>
    /// <param name="backups">What the catalogs know.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.FileUnavailable"/>: what was seen cannot be read.
    /// </exception>
    public IEnumerable<(string? Service, string? InstanceId)> FindGone(IEnumerable<SavedBackup> backups)
    {
        // A time of the future is of a clock that was wrong, and proves nothing.
        var now = clock.GetUtcNow();
        var newest = backups.GroupBy(backup => (backup.Service, backup.InstanceId)).ToDictionary(
            instance => instance.Key,
            instance => instance.Max(backup => (backup.BackupTime ?? backup.EndTime) is { } time && time <= now
                ? time : (DateTimeOffset?)null));
        return _catalogs.Keys.SelectMany(folder => new KnownInstances(folder, disk).Read())
            .Where(known => known.GoneSince is not null)
            .Where(known => !(newest.TryGetValue(KeyOf(known), out var last) && last > known.GoneSince)).Select(KeyOf);
    }

    private static (string? Service, string? InstanceId) KeyOf(KnownInstance known) =>
        (known.Instance.Service, known.Instance.InstanceId);
}
