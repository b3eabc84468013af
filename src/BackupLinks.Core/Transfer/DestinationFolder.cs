using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>The folder that a command saves to: hands out paths, none of them twice, and watches over its room.</summary>
/// <param name="path">The full path.</param>
internal sealed class DestinationFolder(string path)
{
    private const int HashLength = 8;

    private readonly object _lock = new();
    private readonly Dictionary<string, PathInUse> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Promise> _promises = [];

    /// <summary>The full path.</summary>
    public string Path => path;

    /// <summary>
    /// The path for a file. When another object already has it in this run, the name is told apart by the address,
    /// as it would be within one backup; so names depend on the order of the input, and on nothing else.
    /// </summary>
    public PathInUse Claim(TransferSource source)
    {
        string address = PresignedUri.Redact(source.Uri);
        string name = source.FileName;
        if (_paths.TryGetValue(name, out var taken) && taken.Address != address)
            name = SafeFileName.WithSuffix(name, Hex.Sha256(address).Substring(0, HashLength));
        if (!_paths.TryGetValue(name, out var place))
            _paths.Add(name, place = new PathInUse(System.IO.Path.Combine(path, name), address));
        return place;
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
