using System;
using System.IO;
using System.Threading;
using BackupLinks.Shims;

namespace BackupLinks.Files;

/// <summary>
/// The calls of the file system whose order decides what a power cut leaves. One place for all of them, so that a test
/// can see their order, and let one fail.
/// </summary>
internal class Disk
{
    private const int MostRenames = 20;
    private const int MostAttempts = 8;
    private static readonly TimeSpan BusyInterval = TimeSpan.FromMilliseconds(250);

    // Whether the last file that was denied stayed so to the end of the wait.
    private volatile bool _isDenied;

    /// <summary>The file systems of this machine.</summary>
    public static Disk Local { get; } = new();

    /// <summary>Opens a file, or creates it, and locks it.</summary>
    public virtual PositionalFile Open(string path, FileMode mode) => PositionalFile.Open(path, mode);

    /// <summary>The status of a path; null when nothing is there.</summary>
    public virtual FileStatus? Look(string path) => FileStatusReader.OfPath(path);

    /// <summary>The status of an open file.</summary>
    public virtual FileStatus Look(PositionalFile file) => file.Status;

    /// <summary>Writes bytes.</summary>
    public virtual void Write(PositionalFile file, byte[] buffer, int count, long position) =>
        file.Write(buffer, count, position);

    /// <summary>Returns when everything written to a file is on the disk.</summary>
    /// <returns>False when the file system does not have such a call.</returns>
    public virtual bool Flush(PositionalFile file) => file.FlushToDisk();

    /// <inheritdoc cref="Flush(PositionalFile)"/>
    public virtual bool Flush(FileStream file) => DiskFlush.Flush(file);

    /// <summary>Returns when the entries of a folder are on the disk.</summary>
    /// <returns>False when the file system does not have such a call.</returns>
    public virtual bool FlushFolder(string path) => DiskFlush.FlushFolder(path);

    /// <summary>Renames a file within its folder.</summary>
    public virtual void Rename(string source, string target, bool replace) => FileMoves.Rename(source, target, replace);

    /// <summary>Renames a file within its folder; false when it has both names now.</summary>
    public virtual bool TryRename(string source, string target, bool replace) =>
        FileMoves.TryRename(source, target, replace);

    /// <summary>
    /// Lets a file be replaced or removed that is read-only: on Windows, the attribute forbids both. The caller's
    /// consent is <c>-Force</c>.
    /// </summary>
    /// <returns>True when it was read-only.</returns>
    public virtual bool MakeReplaceable(string path)
    {
        if (!Platform.IsWindows || !File.Exists(path))
            return false;
        var attributes = File.GetAttributes(path);
        if ((attributes & FileAttributes.ReadOnly) == 0)
            return false;
        File.SetAttributes(path, attributes & ~FileAttributes.ReadOnly);
        return true;
    }

    /// <summary>Makes a file read-only again that was not replaced, as far as the system lets it.</summary>
    public virtual void MakeReadOnly(string path)
    {
        try
        {
            File.SetAttributes(path, File.GetAttributes(path) | FileAttributes.ReadOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone, or out of reach.
        }
    }

    /// <summary>Renames a file within its folder, as soon as no other process has it open.</summary>
    /// <inheritdoc cref="WhenClosed{T}(Func{T})"/>
    public void RenameWhenClosed(string source, string target, bool replace) => WhenClosed(
        () =>
        {
            Rename(source, target, replace);
            return true;
        },
        MostRenames,
        source,
        target);

    /// <summary>
    /// Renames a file within its folder, as soon as no other process has it open; false when it has both names now.
    /// </summary>
    /// <inheritdoc cref="WhenClosed{T}(Func{T})"/>
    public bool TryRenameWhenClosed(string source, string target, bool replace) =>
        WhenClosed(() => TryRename(source, target, replace), MostRenames, source, target);

    /// <summary>Removes a file, as soon as no other process has it open.</summary>
    /// <inheritdoc cref="WhenClosed{T}(Func{T})"/>
    public void DeleteWhenClosed(string path) => WhenClosed(
        () =>
        {
            Delete(path);
            return true;
        },
        MostAttempts,
        path);

    /// <summary>
    /// Does what Windows refuses for a file that is open. A scanner, an indexer or a browser opens a file that was
    /// closed just now, and closes it soon; one that stays open is an error.
    /// </summary>
    /// <exception cref="IOException">The system does not let it.</exception>
    /// <exception cref="UnauthorizedAccessException">The system does not let it.</exception>
    public T WhenClosed<T>(Func<T> action) => WhenClosed(action, MostAttempts);

    /// <summary>False on Windows, which renames no file that is open.</summary>
    public virtual bool RenamesOpenFiles => !Platform.IsWindows;

    /// <summary>Waits for another process to close a file.</summary>
    public virtual void Wait(TimeSpan time) => Thread.Sleep(time);

    /// <summary>Removes a file.</summary>
    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Removes a folder that is empty.</summary>
    public virtual void DeleteFolder(string path) => Directory.Delete(path);

    /// <summary>Sets the time of a file's last change.</summary>
    public virtual void SetLastWriteTime(PositionalFile file, DateTime utc) => file.SetLastWriteTime(utc);

    /// <summary>Closes a file to other users.</summary>
    public virtual void RestrictToOwner(PositionalFile file) => file.RestrictToOwner();

    /// <summary>
    /// Makes a file sparse, as far as the system has that: else Windows fills what is between the end and a write
    /// behind it. A file that cannot be sparse is as good.
    /// </summary>
    public virtual void MakeSparse(PositionalFile file) => file.MakeSparse();

    /// <summary>Hides a folder whose name begins with a dot, which hides it on the other systems.</summary>
    public virtual void Hide(string path)
    {
        if (Platform.IsWindows)
            File.SetAttributes(path, File.GetAttributes(path) | FileAttributes.Hidden);
    }

    /// <summary>
    /// The bytes that a folder's file system has room for; null when it does not say. A mount that reports 0 may have
    /// room all the same: a disk that is full says so when it is written to.
    /// </summary>
    public virtual long? GetFreeBytes(string folder)
    {
        try
        {
            // On Unix, of the mount that the folder is in: the framework passes the whole path to statfs(2).
            long? free = Platform.IsWindows ? Kernel32.GetFreeBytes(folder) : new DriveInfo(folder).AvailableFreeSpace;
            return free > 0 ? free : null;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A file that is read-only stays so.
    private T WhenClosed<T>(Func<T> action, int mostAttempts, params string[] paths)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                var result = action();
                if (attempt > 1)
                    _isDenied = false;
                return result;
            }
            catch (Exception e) when (!RenamesOpenFiles && FileErrors.IsBusy(e) && !Array.Exists(paths, IsReadOnly))
            {
                // The same error is that of a user who may not; a thousand files must not be waited for in vain.
                if (attempt >= mostAttempts
                    || (_isDenied && attempt > 1 && e is UnauthorizedAccessException))
                {
                    if (e is UnauthorizedAccessException)
                        _isDenied = true;
                    throw;
                }

                Wait(BusyInterval);
            }
        }
    }

    private static bool IsReadOnly(string path)
    {
        try
        {
            return Platform.IsWindows && (File.GetAttributes(path) & FileAttributes.ReadOnly) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
