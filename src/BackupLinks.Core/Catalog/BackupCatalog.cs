using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;
using BackupLinks.Time;

namespace BackupLinks.Catalog;

/// <summary>The files of a folder, as its catalog and the disk have them together.</summary>
internal sealed class BackupCatalog
{
    private readonly PresenceCheck _presence;
    private readonly Clock _clock;
    private readonly string _scope;
    private bool _isRead;
    private int _unreadable;

    private BackupCatalog(string folder, string path, Disk disk, Clock clock)
    {
        Folder = folder;
        Path = path;
        _presence = new PresenceCheck(disk);
        _clock = clock;
        _scope = CatalogFolder.ToRelative(folder, path);
        File = new CatalogFile(folder, disk, isFound: true);
    }

    /// <summary>The folder that the catalog is of.</summary>
    public string Folder { get; }

    /// <summary>The folder, or file, that was looked for: <see cref="Folder"/>, or something in it.</summary>
    public string Path { get; }

    /// <summary>The catalog itself.</summary>
    public CatalogFile File { get; }

    /// <summary>
    /// Lines that could not be read, such as those that a power cut has torn; known when the files have been read.
    /// </summary>
    public int UnreadableLines => _isRead ? _unreadable : throw new InvalidOperationException();

    /// <summary>
    /// Finds the catalog of a folder, which is in it or above it, and with <paramref name="recurse"/> also those of
    /// folders below it.
    /// </summary>
    /// <param name="path">The full path of a folder or file.</param>
    /// <param name="recurse">True for the catalogs of folders below, too.</param>
    /// <param name="disk">The file system; null for that of this machine.</param>
    /// <param name="clock">For the wait for another process; null for the machine's.</param>
    /// <returns>None when there is none.</returns>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.FileNotFound"/> or <see cref="ErrorKind.FileUnavailable"/>: the folder is not there, or
    /// cannot be read.
    /// </exception>
    public static IReadOnlyList<BackupCatalog> Find(
        string path, bool recurse = false, Disk? disk = null, Clock? clock = null)
    {
        disk ??= Disk.Local;
        clock ??= Clock.System;
        path = path.Length > 1 ? path.TrimEnd(System.IO.Path.DirectorySeparatorChar) : path;
        try
        {
            var found = new List<BackupCatalog>();
            if (CatalogFolder.FindAbove(disk, path) is { } folder)
                found.Add(new BackupCatalog(folder, path, disk, clock));
            else if (disk.Look(path) is null)
                throw new BackupLinksException(ErrorKind.FileNotFound, $"'{path}' does not exist; check the path.");
            if (recurse && Directory.Exists(path))
            {
                found.AddRange(CatalogFolder.FindBelow(disk, path)
                    .Select(below => new BackupCatalog(below, below, disk, clock)));
            }

            return found;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupLinksException(
                ErrorKind.FileUnavailable,
                $"'{path}' cannot be read ({e.Message.TrimEnd('.')}); check its permissions.",
                e);
        }
    }

    /// <summary>
    /// Reads the files that the catalog knows, in the order in which they were saved. A file that was removed is left
    /// out, and so is a missing one whose removal was begun. One file is in memory at a time, and events that are added
    /// meanwhile do not count.
    /// </summary>
    /// <param name="cancellationToken">Ends the reading, and the wait for another process.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.FileUnavailable"/>: the catalog cannot be read, or is another user's.
    /// </exception>
    public IEnumerable<BackupFile> ReadFiles(CancellationToken cancellationToken = default) =>
        ReadKnownFiles(cancellationToken).Where(file => !file.IsBeingRemoved || file.State != FilePresence.Missing);

    /// <summary>
    /// Reads the same files, and the missing ones whose removal was begun, and of which the catalog does not say that
    /// it was ended.
    /// </summary>
    /// <inheritdoc cref="ReadFiles"/>
    public IEnumerable<BackupFile> ReadKnownFiles(CancellationToken cancellationToken = default)
    {
        (_isRead, _unreadable) = (true, 0);
        if (File.IsTrusted() is not { } isTrusted)
            yield break;
        if (!isTrusted)
        {
            throw new BackupLinksException(
                ErrorKind.FileUnavailable,
                $"The catalog '{File.Path}' belongs to another user, or is not a file, and is not believed; "
                    + "run the command as its owner, or remove it.");
        }

        var index = new CatalogIndex(File.Path, withObjects: false);
        Wait(() => index.Update(cancellationToken), cancellationToken);
        _unreadable = index.UnreadableLines;
        var reader = new CatalogEntryReader(withObjects: false);
        using var lines = new CatalogLines(File.Path, 0, index.Length, cancellationToken);
        foreach (int number in index.GetFiles())
        {
            var state = index.StateOf(number);
            if (!Read(lines, state.Line, cancellationToken) || reader.Read(lines.Line) is not { } entry
                || CatalogFolder.ToFull(Folder, entry.Path) is not { } path)
                _unreadable++;
            else if (IsInScope(entry.Path))
                yield return ToFile(path, entry, state, index.TestOf(number));
        }
    }

    private bool Read(CatalogLines lines, long offset, CancellationToken cancellationToken)
    {
        try
        {
            return lines.ReadAt(offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Wait(() => lines.ReadAt(offset), cancellationToken);
        }
    }

    private T Wait<T>(Func<T> action, CancellationToken cancellationToken)
    {
        try
        {
            return CatalogFile.RetryAsync(action, _clock, cancellationToken).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupLinksException(
                ErrorKind.FileUnavailable,
                $"The catalog '{File.Path}' cannot be read ({e.Message.TrimEnd('.')}); check its permissions.",
                e);
        }
    }

    private bool IsInScope(string path) =>
        _scope.Length == 0 || path.Equals(_scope, Platform.PathComparison)
        || (path.Length > _scope.Length && path[_scope.Length] == '/'
            && path.StartsWith(_scope, Platform.PathComparison));

    private BackupFile ToFile(
        string path, CatalogEntry entry, CatalogIndex.FileState state,
        (string State, string? Problem, DateTimeOffset Time)? test) =>
        new(path)
        {
            State = _presence.Of(path, entry.Size, state.IsChanged),
            Size = entry.Size,
            Sha256 = entry.Sha256,
            VerifiedBy = entry.VerifiedBy,
            SavedAt = entry.SavedAt == default ? null : entry.SavedAt,
            Cloud = entry.Cloud,
            Service = entry.Service,
            Region = entry.Region,
            InstanceId = entry.InstanceId,
            InstanceName = entry.InstanceName,
            Engine = entry.Engine,
            BackupId = entry.BackupId,
            LogId = entry.LogId,
            Kind = entry.Kind,
            Type = entry.Type,
            Part = entry.Part,
            BackupTime = entry.BackupTime,
            EndTime = entry.EndTime,
            FileCount = entry.FileCount,
            TestState = test is { } last ? last.State : entry.TestState,
            Problem = test is null ? entry.Problem : test.Value.Problem,
            TestedAt = test?.Time ?? entry.TestedAt,
            CatalogFolder = Folder,
            IsBeingRemoved = state.IsBeingRemoved,
        };
}
