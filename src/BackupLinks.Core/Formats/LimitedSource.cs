using System;

namespace BackupLinks.Formats;

/// <summary>So many of the next bytes of a reader, as a source of its own.</summary>
internal sealed class LimitedSource(ByteReader reader, long length) : IByteSource
{
    /// <summary>How many bytes are left.</summary>
    public long Left { get; private set; } = length;

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (Left <= 0)
            return 0;
        int read = reader.ReadSome(buffer, offset, (int)Math.Min(count, Left));
        Left -= read;
        return read;
    }
}
