using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using BackupLinks.Errors;
using BackupLinks.Shims;

namespace BackupLinks.Files;

/// <summary>
/// A file on its way to its name: <c>name.partial</c> with the bytes, and its journal <c>name.partial.json</c>, which
/// says what they are bytes of. Both are locked until this is disposed; the journal's lock is taken first and released
/// last. The journal names only ranges that the disk or the system has.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private const int BlockLength = 256 * 1024;

    private readonly string _path;
    private readonly Disk _disk;
    private readonly PartialData _data;
    private readonly PartialJournal _journal;
    private readonly FileNotices _notices;
    private readonly object _checkpointLock = new();
    private bool _hasCheckpoint;
    private bool _isOver;

    private PartialFile(string path, Disk disk, PartialData data, PartialJournal journal, FileNotices notices)
    {
        _path = path;
        _disk = disk;
        _data = data;
        _journal = journal;
        _notices = notices;
    }

    /// <summary>The path of the finished file.</summary>
    public string Path => _path;

    /// <summary>The bytes of earlier runs with proof; null for none.</summary>
    public PartialRecord? Record { get; private set; }

    /// <summary>The ranges of <see cref="Record"/> that are there for certain.</summary>
    public IReadOnlyList<CheckedRange> CompletedRanges { get; private set; } = [];

    /// <summary>True when something was left, whether or not it can be proved.</summary>
    public bool HadData { get; private set; }

    /// <inheritdoc cref="PartialData.IsFlushed"/>
    public bool IsFlushed => _data.IsFlushed;

    /// <inheritdoc cref="PartialData.HasLostBytes"/>
    public bool HasLostBytes => _data.HasLostBytes;

    /// <summary>
    /// Opens what is to become a file. Files in the way that no download of this module has left are set aside under
    /// another name, with a warning, or removed.
    /// </summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="force">True to remove files of another origin that are in the way.</param>
    /// <param name="disk">The file system; null for that of this machine.</param>
    /// <param name="notices">Takes what the file system does not have, and what was set aside; null for none.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.FileInUse"/>, <see cref="ErrorKind.UnsafeFileName"/> or
    /// <see cref="ErrorKind.DestinationUnavailable"/>.
    /// </exception>
    public static PartialFile Open(string path, bool force, Disk? disk = null, FileNotices? notices = null)
    {
        disk ??= Disk.Local;
        notices ??= FileNotices.None;
        // Before the first of the two files is made.
        FileErrors.RequireFile(PartialFileName.JournalOf(path), disk.Look(PartialFileName.JournalOf(path)));
        FileErrors.RequireFile(PartialFileName.DataOf(path), disk.Look(PartialFileName.DataOf(path)));
        var flusher = new FileFlusher(disk, path, notices.Tell);
        var attributes = new FileAttributeSetter(path, notices);
        var journal = PartialJournal.Open(path, force, disk, flusher, attributes, notices);
        var data = new PartialData(path, disk, flusher, attributes, notices);
        var file = new PartialFile(path, disk, data, journal, notices);
        try
        {
            file.OpenData(force);
            return file;
        }
        catch
        {
            file.Release();
            throw;
        }
    }

    /// <inheritdoc cref="PartialData.Read"/>
    public int Read(byte[] buffer, int count, long position) => _data.Read(buffer, count, position);

    /// <inheritdoc cref="PartialData.Allocated"/>
    public long Allocated => _data.Allocated;

    /// <inheritdoc cref="PartialData.Allocate"/>
    public void Allocate(long position, long count) => _data.Allocate(position, count);

    /// <inheritdoc cref="PartialData.Write"/>
    public void Write(byte[] buffer, int count, long position) => _data.Write(buffer, count, position);

    /// <inheritdoc cref="PartialData.Flush"/>
    public void Flush() => _data.Flush();

    /// <summary>
    /// Reads the completed ranges of earlier runs, and forgets those whose bytes have changed.
    /// </summary>
    /// <returns>How many bytes were forgotten.</returns>
    public long Verify(CancellationToken cancellationToken)
    {
        var good = new List<CheckedRange>(CompletedRanges.Count);
        long lost = 0;
        byte[] block = new byte[BlockLength];
        foreach (var range in CompletedRanges)
        {
            if (_data.Sum(range, block, cancellationToken) == range.Checksum)
                good.Add(range);
            else
                lost += range.Length;
        }

        // The file system can lose what it had not flushed also without a restart, as when its disk was unplugged.
        foreach (var range in lost > 0 ? Record?.Flushed ?? [] : [])
        {
            if (good.TrueForAll(other => other.End <= range.Start || range.End <= other.Start)
                && _data.Sum(range, block, cancellationToken) == range.Checksum)
            {
                good.Add(range);
                lost -= range.Length;
            }
        }

        good.Sort((a, b) => a.Start.CompareTo(b.Start));
        CompletedRanges = good;
        return lost;
    }

    /// <summary>Forgets all bytes.</summary>
    public void Clear()
    {
        // The checkpoint goes first, then the bytes.
        _journal.Clear(flush: _hasCheckpoint);
        Record = null;
        CompletedRanges = [];
        HadData = false;
        _hasCheckpoint = false;
        _data.Create();
    }

    /// <summary>Notes in the journal which bytes are there; from any thread.</summary>
    /// <param name="identity">The object that they are of.</param>
    /// <param name="flushed">The ranges that were written before a <see cref="Flush"/>.</param>
    /// <param name="written">Gives the ranges that have been written.</param>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public void SaveCheckpoint(
        ObjectIdentity identity, IReadOnlyList<CheckedRange> flushed, Func<IReadOnlyList<CheckedRange>> written)
    {
        lock (_checkpointLock)
        {
            var record = new PartialRecord(identity, flushed, HasLostBytes ? flushed : written(), BootId.Id);
            if (_journal.Write(record))
                _hasCheckpoint = true;
        }
    }

    /// <summary>
    /// Gives the file its name. When this returns, bytes and name are on the disk; a power cut before leaves the
    /// checkpoint, and the earlier file of that name.
    /// </summary>
    /// <param name="size">Its size: what a longer earlier one has left behind the end is cut off.</param>
    /// <param name="replace">True to take the place of a file that is there.</param>
    /// <param name="modified">The time to give it; null for now.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.FileExists"/>, among others.</exception>
    public void Finish(long size, bool replace, DateTimeOffset? modified)
    {
        _data.Finish(_path, size, replace, modified);
        RemoveJournal();
    }

    /// <summary>
    /// Keeps a whole file that is a damaged backup, as the first free of <c>name.damaged</c>, <c>name.damaged.1</c> and
    /// so on, unless one of them has its content. No other file changes.
    /// </summary>
    /// <param name="size">Its size.</param>
    /// <param name="sha256">Its SHA-256 in lower-case hexadecimal.</param>
    /// <param name="modified">The time to give it; null for now.</param>
    /// <returns>The full path of the file with its content.</returns>
    /// <exception cref="BackupLinksException">The system does not let it.</exception>
    public string FinishDamaged(long size, string sha256, DateTimeOffset? modified)
    {
        // The same backup comes each night until it is made again.
        if (DamagedFiles.Find(_disk, _path, size, sha256) is { } known)
        {
            Discard();
            return known;
        }

        for (int number = 0; ; number++)
        {
            string path = PartialFileName.DamagedOf(_path, number);
            if (_disk.Look(path) is not null)
                continue;
            try
            {
                _data.Finish(path, size, replace: false, modified);
                RemoveJournal();
                return path;
            }
            catch (BackupLinksException e) when (e.Kind == ErrorKind.FileExists)
            {
                // Another process was faster.
            }
        }
    }

    /// <summary>Removes the file, of which no byte is of use.</summary>
    public void Discard()
    {
        _hasCheckpoint = false;
        _data.Remove();
        RemoveJournal();
    }

    /// <summary>
    /// Closes the file. One with a checkpoint is there for the next run; one without is removed.
    /// </summary>
    public void Dispose()
    {
        if (_isOver)
            return;
        _isOver = true;
        if (_hasCheckpoint)
        {
            _data.Dispose();
            _journal.Dispose();
            return;
        }

        _data.Remove();
        RemoveJournal();
    }

    /// <summary>
    /// Ends what a process that stopped after the rename, or a power cut, left beside a finished file: the entry of
    /// the file is flushed, and the journal removed.
    /// </summary>
    /// <param name="path">The finished file's full path.</param>
    /// <param name="disk">The file system; null for that of this machine.</param>
    /// <param name="notices">Takes the warning of a journal that stays; null for none.</param>
    /// <exception cref="IOException">The disk is full, is read-only, or failed.</exception>
    public static void CompleteFinish(string path, Disk? disk = null, FileNotices? notices = null)
    {
        disk ??= Disk.Local;
        string journalPath = PartialFileName.JournalOf(path);
        string dataPath = PartialFileName.DataOf(path);
        if (disk.Look(journalPath) is not { Type: FileType.Regular } || disk.Look(dataPath) is not null)
            return;
        OwnFile? found;
        try
        {
            found = OwnFile.Open(disk, journalPath);
        }
        catch (BackupLinksException)
        {
            return; // Another process has it.
        }

        if (found is null)
            return;
        var flusher = new FileFlusher(disk, path, null);
        using var journal = new PartialJournal(disk, flusher, found);
        if (!journal.IsUsable || disk.Look(dataPath) is not null)
            return;
        // The journal goes last, so while it is there the name may not be on the disk.
        flusher.FlushFolder();
        OwnFile.Remove(disk, journalPath, journal, notices ?? FileNotices.None);
    }

    private void OpenData(bool force)
    {
        // Also when it is of no use: no other process may have it in use.
        string path = PartialFileName.DataOf(_path);
        OwnFile? found;
        try
        {
            found = OwnFile.Open(_disk, path);
        }
        catch (BackupLinksException e) when (OwnFile.IsClosedToOwner(_disk, path, e))
        {
            FileConflict.Clear(path, null, force, _disk, _notices);
            return;
        }

        if (found is null)
            return;
        if (!found.IsOwn || !_journal.IsOurs)
        {
            FileConflict.Clear(path, found.File, force, _disk, _notices);
            return;
        }

        HadData = true;
        _data.Adopt(found.File);
        if (_journal.Record is not { } record)
            return;
        // A checkpoint that the file is too short for is not true, whatever happened to the file.
        var completed = record.GetCompletedRanges(BootId.Id);
        if (!IsThere(completed))
            completed = record.Flushed;
        if (IsThere(completed) && record.Identity.IsProvable)
        {
            Record = record;
            CompletedRanges = completed;
            _hasCheckpoint = true;
        }
    }

    private bool IsThere(IReadOnlyList<CheckedRange> ranges) =>
        ranges.Count > 0 && ranges[ranges.Count - 1].End <= _data.Length;

    // A file of another origin stays as it is; a journal that this process has just made is removed.
    private void Release()
    {
        _data.Dispose();
        if (_journal.IsNew || _journal.IsEmpty)
            RemoveJournal();
        else
            _journal.Dispose();
    }

    private void RemoveJournal()
    {
        _isOver = true;
        OwnFile.Remove(_disk, PartialFileName.JournalOf(_path), _journal, _notices);
    }
}
