using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Files;

/// <summary>
/// The room that files still need, by file system: files and folders of one file system share its free bytes. Safe from
/// any thread.
/// </summary>
internal sealed class DiskReservations
{
    private readonly object _lock = new();
    private readonly List<Reservation> _reservations = [];

    /// <summary>Reserves room for bytes that are still to come.</summary>
    /// <param name="disk">The file system.</param>
    /// <param name="folder">The full path of the folder, which is there.</param>
    /// <param name="bytes">How many bytes the file still needs.</param>
    /// <param name="taken">How many of them are no longer free, at any later time.</param>
    /// <param name="left">How many bytes are neither taken nor reserved, at least 0.</param>
    /// <returns>Releases the room when disposed; null when there is not enough.</returns>
    public IDisposable? TryReserve(Disk disk, string folder, long bytes, Func<long> taken, out long left)
    {
        object place = disk.Look(folder)?.Identity?.Device ?? (object)folder;
        lock (_lock)
        {
            // In this order, bytes that come meanwhile count once at most: a file that fits is not refused.
            long? free = disk.GetFreeBytes(folder);
            long promised = _reservations.Where(other => other.Place.Equals(place)).Sum(other => other.Left);
            left = free is { } bytesFree ? Math.Max(0, bytesFree - promised) : long.MaxValue;
            if (left < bytes)
                return null;
            var reservation = new Reservation(this, place, bytes, taken);
            _reservations.Add(reservation);
            return reservation;
        }
    }

    private sealed class Reservation(DiskReservations room, object place, long bytes, Func<long> taken) : IDisposable
    {
        public object Place => place;

        public long Left => Math.Max(0, bytes - taken());

        public void Dispose()
        {
            lock (room._lock)
                room._reservations.Remove(this);
        }
    }
}
