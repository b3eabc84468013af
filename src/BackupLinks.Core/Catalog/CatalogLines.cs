using System;
using System.Buffers;
using System.IO;
using System.Threading;

namespace BackupLinks.Catalog;

/// <summary>
/// The lines of a catalog, one after the other. The file is open only while a block of it is read: another command, and
/// the next one of the same pipeline, may add to it in between.
/// </summary>
/// <param name="path">The catalog.</param>
/// <param name="start">The offset of the first line.</param>
/// <param name="end">The offset to end at; later lines are not read.</param>
/// <param name="cancellationToken">Ends the reading at the next line or block.</param>
internal sealed class CatalogLines(
    string path, long start = 0, long end = long.MaxValue, CancellationToken cancellationToken = default) : IDisposable
{
    /// <summary>The length of a block, and the longest line.</summary>
    public const int BlockSize = 512 * 1024;

    private readonly byte[] _block = ArrayPool<byte>.Shared.Rent(BlockSize);
    private int _length;
    private int _next;
    private int _lineStart;
    private int _lineEnd;
    private bool _isCut;
    private long _blockStart = start;

    /// <summary>The bytes of the line, without its end. Empty for one that is too long.</summary>
    public ReadOnlySpan<byte> Line => _block.AsSpan(_lineStart, _lineEnd - _lineStart);

    /// <summary>True for a line that is longer than any event.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The offset of the line in the file.</summary>
    public long Offset { get; private set; } = start;

    /// <summary>The offset of what follows the line.</summary>
    public long End => _blockStart + _next;

    /// <summary>False for a last line that has no end: another process may be writing it.</summary>
    public bool HasEnd { get; private set; }

    /// <summary>Reads the next line. When it fails, it can be called again.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="IOException">The file cannot be read, or another process is writing it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended.</exception>
    public bool Read()
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int index = _block.AsSpan(_next, _length - _next).IndexOf((byte)'\n');
            if (index >= 0)
            {
                Take(index, skip: 1, hasEnd: true);
                return true;
            }

            if (Fill())
                continue;
            if (_next == _length && !_isCut)
                return false;
            Take(_length - _next, skip: 0, hasEnd: false);
            return true;
        }
    }

    /// <summary>Reads the line at an offset, which is that of an earlier line or of a later one.</summary>
    /// <inheritdoc cref="Read"/>
    public bool ReadAt(long offset)
    {
        if (offset < _blockStart || offset > _blockStart + _length)
            (_blockStart, _length) = (offset, 0);
        (_next, _isCut) = ((int)(offset - _blockStart), false);
        return Read();
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_block);

    private void Take(int length, int skip, bool hasEnd)
    {
        if (!_isCut)
            Offset = _blockStart + _next;
        IsTooLong = _isCut;
        _lineStart = _next;
        _lineEnd = _isCut ? _next : _next + length;
        _next += length + skip;
        HasEnd = hasEnd;
        _isCut = false;
    }

    private bool Fill()
    {
        if (_length - _next >= BlockSize)
        {
            if (!_isCut)
                Offset = _blockStart;
            _isCut = true;
            _next = _length;
        }

        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        int rest = _length - _next;
        file.Position = _blockStart + _length;
        // Nothing changes before the file is open, so that a failure can be repeated.
        Buffer.BlockCopy(_block, _next, _block, 0, rest);
        (_blockStart, _next, _length) = (_blockStart + _next, 0, rest);
        int wanted = (int)Math.Min(BlockSize - rest, Math.Max(0, end - (_blockStart + rest)));
        int count = 0;
        for (int read; count < wanted && (read = file.Read(_block, rest + count, wanted - count)) > 0;)
            count += read;
        _length += count;
        return count > 0;
    }
}
