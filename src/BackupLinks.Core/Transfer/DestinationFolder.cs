using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BackupLinks.Errors;
using BackupLinks.Links;

namespace BackupLinks.Transfer;

/// <summary>The folder that a command saves to: hands out paths, none of them twice, and watches over its room.</summary>
/// <param name="path">The full path.</param>
internal sealed class DestinationFolder(string path)
{
    private readonly object _lock = new();
    private readonly DistinctNames _names = new();
    private readonly Dictionary<string, PathInUse> _paths = [];
    private readonly List<Promise> _promises = [];

    /// <summary>The full path.</summary>
    public string Path => path;

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

    /// <summary>Makes the folder, and those above it.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.DestinationUnavailable"/>.</exception>
    public void Create()
    {
        try
        {
            Directory.CreateDirectory(path);
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
        lock (_lock)
        {
            if (GetFreeBytes() is { } free && free - _promises.Sum(promise => promise.Left) is var room && room < bytes)
            {
                throw new BackupLinksException(
                    ErrorKind.DiskFull,
                    $"'{file}' needs {bytes} more bytes, and the disk of '{path}' has {Math.Max(0, room)} to spare; make room, or choose another -Destination.");
            }

            var promise = new Promise(this, bytes, received);
            _promises.Add(promise);
            return promise;
        }
    }

    // Null where the system does not say, as for network shares.
    private long? GetFreeBytes()
    {
        try
        {
            return new DriveInfo(path).AvailableFreeSpace;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed class Promise(DestinationFolder folder, long bytes, Func<long> received) : IDisposable
    {
        public long Left => Math.Max(0, bytes - received());

        public void Dispose()
        {
            lock (folder._lock)
                folder._promises.Remove(this);
        }
    }
}
