using System;
using System.IO;
using BackupLinks.Shims;

namespace BackupLinks.Files;

/// <summary>
/// Flushes the files of one name, and the entries of their folder, and tells once where the file system cannot.
/// </summary>
/// <param name="disk">The file system.</param>
/// <param name="path">The file's full path.</param>
/// <param name="tell">Takes a line about the file system; null for none.</param>
internal sealed class FileFlusher(Disk disk, string path, Action<string>? tell)
{
    private bool _hasTold;

    /// <summary>Returns when everything written to a file is on the disk.</summary>
    /// <exception cref="IOException">The disk is full, is read-only, or failed.</exception>
    public void Flush(PositionalFile file) => Tell(disk.Flush(file));

    /// <summary>Returns when the entries of the file's folder are on the disk.</summary>
    /// <exception cref="IOException">The disk is full, is read-only, or failed.</exception>
    public void FlushFolder() => Tell(disk.FlushFolder(Path.GetDirectoryName(path)!));

    private void Tell(bool isFlushed)
    {
        if (isFlushed || _hasTold)
            return;
        _hasTold = true;
        tell?.Invoke(
            $"The file system of '{path}' does not report when a file is on the disk; a power cut may cost the file.");
    }
}
