using System;
using System.Collections.Generic;
using System.IO;
using BackupLinks.Errors;
using BackupLinks.Shims;

namespace BackupLinks.Files;

/// <summary>
/// The folder that a command saves to: assigns each object a path of its own, and reserves room on the disk.
/// </summary>
/// <param name="path">The full path.</param>
/// <param name="disk">The file system; null for that of this machine.</param>
/// <param name="room">The room that the folders of a command share; null for a folder of its own.</param>
internal sealed class DestinationFolder(string path, Disk? disk = null, DiskReservations? room = null)
{
    // A file without a stated size leaves this much of a disk free, or a part of what was free, if that is less.
    private const long LeastRoom = 128 * 1024 * 1024;
    private const int LeastPart = 8;

    private readonly object _lock = new();
    private readonly object _creationLock = new();
    private readonly UniqueFileNames _names = new();
    private readonly Dictionary<string, PathLock> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly DiskReservations _room = room ?? new DiskReservations();
    private long? _roomAtFirst;
    private FileStatus? _first;

    /// <summary>The full path.</summary>
    public string Path => path;

    /// <summary>The file system.</summary>
    public Disk Disk { get; } = disk ?? Disk.Local;

    /// <summary>The path for an object; the same one each time.</summary>
    /// <param name="fileName">The name that it has, unless another object has it.</param>
    /// <param name="address">The object's address, without what changes at a renewal.</param>
    public PathLock Assign(string fileName, string address)
    {
        lock (_lock)
        {
            string name = _names.Assign(fileName, address, out bool isNew);
            if (isNew)
                _paths.Add(name, new PathLock(System.IO.Path.Combine(path, name)));
            return _paths[name];
        }
    }

    /// <summary>True for a name that an object of this run has.</summary>
    public bool IsAssigned(string name)
    {
        lock (_lock)
            return _paths.ContainsKey(name);
    }

    /// <summary>Creates the folder, and those above it; when this returns, a power cut does not undo it.</summary>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.DestinationUnavailable"/>, also when its volume was unmounted since the first time.
    /// </exception>
    public void Create()
    {
        try
        {
            // Another file must not begin before the folder is on the disk.
            lock (_creationLock)
            {
                // Before it is made anew where the volume was.
                if (_first is not null && Status() is { } now && now.IsOnOtherVolume(_first))
                    throw FileErrors.LostFolder(FileErrors.OtherVolume(path));
                CreateFolders();
                _first ??= Status();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupLinksException(
                ErrorKind.DestinationUnavailable,
                e is PathTooLongException ? FileErrors.TooLong(path, Platform.IsFramework)
                    : File.Exists(path) ? $"'{path}' is a file, in which nothing can be saved; pass a folder."
                    : $"The folder '{path}' cannot be created ({e.Message.TrimEnd('.')}); "
                        + "pass another -Destination, or check the permissions.",
                e);
        }
    }

    /// <summary>Reserves room for bytes that are still to come.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bytes">How many bytes it still needs.</param>
    /// <param name="taken">How many of them are no longer free, at any later time.</param>
    /// <returns>Releases the room when disposed.</returns>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.DiskFull"/>.</exception>
    public IDisposable Reserve(string file, long bytes, Func<long> taken)
    {
        if (_room.TryReserve(Disk, path, bytes, taken, out long left) is { } reservation)
            return reservation;
        throw new BackupLinksException(
            ErrorKind.DiskFull,
            $"'{file}' needs {bytes} more bytes, and the disk of '{path}' has {left} to spare; "
            + "make room, or choose another -Destination.");
    }

    /// <summary>Stops a file whose end its store does not state while there is still room for others.</summary>
    /// <param name="file">The file.</param>
    /// <param name="missing">The most bytes that it still needs, by its stated size; null for no size.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.DiskFull"/>.</exception>
    public void RequireRoom(string file, long? missing)
    {
        if (missing is { } bytes)
        {
            Reserve(file, Math.Max(0, bytes), () => 0).Dispose();
            return;
        }

        _room.TryReserve(Disk, path, 0, () => 0, out long left)?.Dispose();
        long least;
        lock (_lock)
            least = Math.Min(LeastRoom, (_roomAtFirst ??= left) / LeastPart);
        if (left >= least)
            return;
        throw new BackupLinksException(
            ErrorKind.DiskFull,
            $"'{file}' has no stated size, and the disk of '{path}' has {left} bytes to spare, "
            + $"where {least} are kept free; make room, or choose another -Destination.");
    }

    // That of the folder that the path leads to, or of what is left of the path.
    private FileStatus? Status()
    {
        FileStatus? status = null;
        for (string? there = path; there is { Length: > 0 } && status is null;
            there = System.IO.Path.GetDirectoryName(there))
        {
            status = Disk.Look(System.IO.Path.Combine(there, "."));
        }

        return status is { Type: FileType.Folder } ? status : null;
    }

    // The entry of a folder is in the folder above it.
    private void CreateFolders()
    {
        var parents = new List<string>();
        string child = path;
        while (!Directory.Exists(child) && System.IO.Path.GetDirectoryName(child) is { Length: > 0 } parent)
        {
            parents.Add(parent);
            child = parent;
        }

        Directory.CreateDirectory(path);
        foreach (string parent in parents)
            Disk.FlushFolder(parent);
    }
}
