using System;
using BackupLinks.Checksums;

namespace BackupLinks.Formats;

/// <summary>The content of one entry of a zip archive: stored, or compressed by deflate.</summary>
internal sealed class ZipEntrySource : DecodingSource
{
    private readonly LimitedSource? _stored;
    private readonly Inflater? _inflater;
    private readonly Crc32 _crc = new();
    private byte[] _pending = [];
    private int _pendingAt;
    private int _pendingEnd;

    /// <summary>A stored entry.</summary>
    public ZipEntrySource(ByteReader input, BackupLayer layer, long size)
        : base(layer) => _stored = new LimitedSource(input, size);

    /// <summary>A compressed entry.</summary>
    public ZipEntrySource(Inflater inflater, BackupLayer layer)
        : base(layer)
    {
        _inflater = inflater;
        inflater.Begin();
    }

    /// <summary>The bytes of content so far.</summary>
    public long Length { get; private set; }

    /// <summary>The CRC-32 of the content so far.</summary>
    public uint Crc => _crc.Value;

    protected override int Decode(byte[] buffer, int offset, int count)
    {
        int read = _stored is not null ? _stored.Read(buffer, offset, count) : Inflate(buffer, offset, count);
        _crc.Append(buffer, offset, read);
        Length += read;
        return read;
    }

    private int Inflate(byte[] buffer, int offset, int count)
    {
        if (_pendingAt == _pendingEnd)
        {
            var output = _inflater!.Next();
            if (output.Length > _pending.Length)
                _pending = new byte[Math.Max(output.Length, 160 * 1024)];
            output.CopyTo(_pending);
            (_pendingAt, _pendingEnd) = (0, output.Length);
        }

        int read = Math.Min(count, _pendingEnd - _pendingAt);
        Buffer.BlockCopy(_pending, _pendingAt, buffer, offset, read);
        _pendingAt += read;
        return read;
    }
}
