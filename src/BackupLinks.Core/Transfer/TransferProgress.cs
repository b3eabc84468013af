using System.Threading;

namespace BackupLinks.Transfer;

/// <summary>How far the transfer of one file is. Written by the transfer, read by its progress line.</summary>
internal sealed class TransferProgress(string name)
{
    private long _size = -1;
    private long _received;
    private long _resumed;

    /// <summary>The file's name.</summary>
    public string Name => name;

    /// <summary>All its bytes; null while that is not known.</summary>
    public long? Size => Interlocked.Read(ref _size) is >= 0 and var size ? size : null;

    /// <summary>Bytes that have come since the transfer began.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Bytes that were there before.</summary>
    public long Resumed => Interlocked.Read(ref _resumed);

    /// <summary>Notes where the transfer begins.</summary>
    public void Begin(long? size, long resumed)
    {
        Interlocked.Exchange(ref _size, size ?? -1);
        Interlocked.Exchange(ref _resumed, resumed);
        Interlocked.Exchange(ref _received, 0);
    }

    /// <summary>Notes bytes that have come.</summary>
    public void Add(int bytes) => Interlocked.Add(ref _received, bytes);
}
