using System;
using System.Collections.Generic;
using System.IO;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Files;

namespace BackupLinks.Transfer;

/// <summary>
/// The folder that a command saves to: hands out paths, none of them twice, and watches over its room.
/// </summary>
/// <param name="path">The full path.</param>
/// <param name="disk">The file system; null for that of this machine.</param>
/// <param name="room">The room that the folders of a command share; null for a folder of its own.</param>
internal sealed class DestinationFolder(string path, Disk? disk = null, DiskRoom? room = null)
{
    // What a file without a stated size leaves of a disk.
    private const long LeastRoom = 128 * 1024 * 1024;

    private readonly object _lock = new();
    private readonly object _creationLock = new();
    private readonly UniqueFileNames _names = new();
    private readonly Dictionary<string, PathInUse> _paths = [];
    private readonly DiskRoom _room = room ?? new DiskRoom();

    /// <summary>The full path.</summary>
    public string Path => path;

    /// <summary>The file system.</summary>
    public Disk Disk { get; } = disk ?? Disk.Local;

    /// <summary>What was saved here, by this run and earlier ones.</summary>
    public CatalogFile Catalog { get; } = new(path, disk ?? Disk.Local);

    /// <summary>The path for a file; the same one for the same object.</summary>
    public PathInUse Claim(TransferSource source)
    {
        lock (_lock)
        {
            string name = _names.Claim(source.FileName, source.Uri, out bool isNew);
            if (isNew)
                _paths.Add(name, new PathInUse(System.IO.Path.Combine(path, name)));
            return _paths[name];
        }
    }

    /// <summary>True for a name that was handed out.</summary>
    public bool IsClaimed(string name)
    {
        lock (_lock)
            return _paths.ContainsKey(name);
    }

    /// <summary>Makes the folder, and those above it; when this returns, a power cut does not undo it.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.DestinationUnavailable"/>.</exception>
    public void Create()
    {
        try
        {
            // Another file must not begin before the folder is on the disk.
            lock (_creationLock)
                CreateFolders();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupLinksException(
                ErrorKind.DestinationUnavailable,
                $"The folder '{path}' cannot be created ({e.Message.TrimEnd('.')}); pass another -Destination, or check the permissions.", e);
        }
    }

    /// <summary>Sets room aside for bytes that are still to come.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bytes">How many bytes it still needs.</param>
    /// <param name="received">How many of them it has, at any later time.</param>
    /// <returns>Gives the room back when disposed.</returns>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.DiskFull"/>.</exception>
    public IDisposable Reserve(string file, long bytes, Func<long> received)
    {
        if (_room.TryReserve(Disk, path, bytes, received, out long left) is { } reservation)
            return reservation;
        throw new BackupLinksException(
            ErrorKind.DiskFull,
            $"'{file}' needs {bytes} more bytes, and the disk of '{path}' has {left} to spare; "
            + "make room, or choose another -Destination.");
    }

    /// <summary>Stops a file whose size nobody states while there is still room for others.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.DiskFull"/>.</exception>
    public void RequireRoom(string file)
    {
        using var room = _room.TryReserve(Disk, path, LeastRoom, () => 0, out long left);
        if (room is not null)
            return;
        throw new BackupLinksException(
            ErrorKind.DiskFull,
            $"'{file}' states no size, and the disk of '{path}' has {left} bytes to spare, where {LeastRoom} are kept free; "
            + "make room, or choose another -Destination.");
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
