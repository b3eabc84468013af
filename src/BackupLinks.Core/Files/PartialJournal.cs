using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BackupLinks.Errors;
using BackupLinks.Shims;

namespace BackupLinks.Files;

/// <summary>
/// The journal of a partial file, open and locked. Its two lines are written in turn, and a line that the disk has
/// taken stays until the disk has taken the next one: a power cut leaves one of the two.
/// </summary>
internal sealed class PartialJournal : IDisposable
{
    private readonly Disk _disk;
    private readonly FileFlusher _flusher;
    private readonly PositionalFile _file;
    private long _sequence;
    private int _flushedSlot = -1;
    private bool _mayBeUnflushed;
    private bool _isFolderFlushed;
    private IReadOnlyList<CheckedRange> _flushed = [];

    /// <summary>Takes over an open file.</summary>
    public PartialJournal(Disk disk, FileFlusher flusher, OwnFile found)
    {
        _disk = disk;
        _flusher = flusher;
        _file = found.File;
        IsNew = found.IsNew;
        // More than two lines is not of this version; the rest tells nothing.
        byte[] content = new byte[Math.Min(_file.Length, 2 * PartialRecord.LineLength)];
        int count = 0;
        for (int read; count < content.Length; count += read)
        {
            byte[] rest = new byte[content.Length - count];
            read = _file.Read(rest, rest.Length, count);
            if (read == 0)
                break;
            Array.Copy(rest, 0, content, count, read);
        }

        IsEmpty = content.Length == 0;
        IsOurs = PartialRecord.IsOurs(content);
        IsUsable = found.IsOwn && (IsOurs || IsEmpty);
        if (PartialRecord.Parse(content) is not { } newest)
            return;
        Record = newest.Record;
        _sequence = newest.Sequence;
        _flushedSlot = SlotOf(_sequence);
        _flushed = newest.Record.Flushed;
        // A process that was killed may have left it to the system.
        _mayBeUnflushed = true;
    }

    /// <summary>True when the file was not there before.</summary>
    public bool IsNew { get; }

    /// <summary>True for a file without content.</summary>
    public bool IsEmpty { get; }

    /// <summary>True for a file that this module wrote, whatever has become of it.</summary>
    public bool IsOurs { get; }

    /// <summary>True for a file that may be written to.</summary>
    public bool IsUsable { get; }

    /// <summary>The last checkpoint of an earlier run; null for nothing that can be read.</summary>
    public PartialRecord? Record { get; private set; }

    /// <summary>Opens the journal of a file, and clears its path of files of another origin.</summary>
    /// <inheritdoc cref="PartialFile.Open"/>
    public static PartialJournal Open(
        string path, bool force, Disk disk, FileFlusher flusher, FileAttributeSetter attributes, FileNotices notices)
    {
        string journalPath = PartialFileName.JournalOf(path);
        while (true)
        {
            OwnFile found;
            try
            {
                found = OwnFile.OpenOrCreate(disk, journalPath);
            }
            catch (BackupLinksException e) when (OwnFile.IsClosedToOwner(disk, journalPath, e))
            {
                FileConflict.Clear(journalPath, null, force, disk, notices);
                continue;
            }

            var journal = new PartialJournal(disk, flusher, found);
            if (journal.IsUsable)
            {
                attributes.TrySet("mode", () => disk.RestrictToOwner(found.File));
                return journal;
            }

            FileConflict.Clear(journalPath, found.File, force, disk, notices);
        }
    }

    /// <summary>Writes that no bytes are there.</summary>
    /// <param name="flush">True when the journal may have a checkpoint.</param>
    public void Clear(bool flush)
    {
        Record = null;
        _flushed = [];
        _flushedSlot = -1;
        _disk.Write(_file, PartialRecord.Mark, PartialRecord.Mark.Length, 0);
        if (_file.Length > PartialRecord.Mark.Length)
            _file.SetLength(PartialRecord.Mark.Length);
        if (flush)
            _flusher.Flush(_file);
    }

    /// <summary>
    /// Writes a checkpoint. One with more flushed ranges than before is on the disk when this returns.
    /// </summary>
    /// <returns>False for a checkpoint that does not fit into a line.</returns>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    public bool Write(PartialRecord record)
    {
        long sequence = _sequence + 1;
        int slot = SlotOf(sequence);
        // The line that the disk has stays; the other one is written again and again.
        if (slot == _flushedSlot)
            slot = SlotOf(++sequence);
        byte[] line = record.ToLine(sequence);
        if (line.Length == 0)
            return false;
        if (_mayBeUnflushed)
            _flusher.Flush(_file);
        _mayBeUnflushed = false;
        _disk.Write(_file, line, line.Length, slot * PartialRecord.LineLength);
        _sequence = sequence;
        if (record.Flushed.SequenceEqual(_flushed))
            return true;
        // The names of both files first: a checkpoint is of no use without them.
        if (!_isFolderFlushed)
            _flusher.FlushFolder();
        _isFolderFlushed = true;
        _flusher.Flush(_file);
        _flushedSlot = slot;
        _flushed = record.Flushed;
        return true;
    }

    public void Dispose() => _file.Dispose();

    private static int SlotOf(long sequence) => (int)(sequence % 2);
}
