using System;

namespace BackupLinks.Formats;

/// <summary>An array as a source.</summary>
internal sealed class MemorySource(byte[] bytes) : IByteSource
{
    private int _at;

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        int read = Math.Min(count, bytes.Length - _at);
        Buffer.BlockCopy(bytes, _at, buffer, offset, read);
        _at += read;
        return read;
    }
}
