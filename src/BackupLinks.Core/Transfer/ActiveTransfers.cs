using System;
using System.Threading;

namespace BackupLinks.Transfer;

/// <summary>How many files a command is transferring at this moment.</summary>
internal sealed class ActiveTransfers
{
    private int _files;

    /// <summary>The files, at least one.</summary>
    public int Files => Math.Max(1, Volatile.Read(ref _files));

    /// <summary>Counts a file until it is disposed.</summary>
    public IDisposable Add()
    {
        Interlocked.Increment(ref _files);
        return new Share(this);
    }

    private sealed class Share(ActiveTransfers transfers) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref transfers._files);
    }
}
