using System;
using System.Collections.Generic;

namespace BackupLinks.Formats.Compression;

/// <summary>The filters of one block of an xz stream, one behind the other, and the content that has come through all
/// of them.</summary>
internal sealed class XzFilters
{
    private readonly IReadOnlyList<XzFilter> _filters;
    private readonly int[] _done;
    private byte[] _buffer = [];
    private int _taken;
    private int _end;

    /// <summary>Begins a block.</summary>
    /// <param name="filters">The filters, in the order in which they are undone.</param>
    public XzFilters(IReadOnlyList<XzFilter> filters)
    {
        _filters = filters;
        _done = new int[filters.Count];
    }

    /// <summary>How many bytes are ready to be taken.</summary>
    public int Ready => Last - _taken;

    private int Last => _done[_done.Length - 1];

    /// <summary>Adds what LZMA2 has decompressed; all that was ready must have been taken.</summary>
    /// <param name="bytes">The next bytes.</param>
    /// <returns>The content that is ready because of it.</returns>
    public ReadOnlySpan<byte> Append(ReadOnlySpan<byte> bytes)
    {
        int kept = _end - _taken;
        byte[] buffer = _buffer.Length >= kept + bytes.Length ? _buffer : new byte[kept + bytes.Length];
        Buffer.BlockCopy(_buffer, _taken, buffer, 0, kept);
        for (int i = 0; i < _done.Length; i++)
            _done[i] -= _taken;
        bytes.CopyTo(buffer.AsSpan(kept));
        (_buffer, _taken, _end) = (buffer, 0, kept + bytes.Length);
        return Undo(isEnd: false);
    }

    /// <summary>Ends the block: bytes that waited for more stay as they are.</summary>
    /// <returns>The content that is ready because of it.</returns>
    public ReadOnlySpan<byte> Complete() => Undo(isEnd: true);

    /// <summary>Takes content that is ready.</summary>
    public int Take(byte[] buffer, int offset, int count)
    {
        int read = Math.Min(count, Ready);
        Buffer.BlockCopy(_buffer, _taken, buffer, offset, read);
        _taken += read;
        return read;
    }

    private ReadOnlySpan<byte> Undo(bool isEnd)
    {
        int before = Last;
        int end = _end;
        for (int i = 0; i < _filters.Count; i++)
        {
            _done[i] += _filters[i].Undo(_buffer, _done[i], end);
            if (isEnd)
                _done[i] = end;
            end = _done[i];
        }

        return _buffer.AsSpan(before, Last - before);
    }
}
