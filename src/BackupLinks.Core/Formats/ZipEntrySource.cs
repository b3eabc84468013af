using System;
using BackupLinks.Checksums;

namespace BackupLinks.Formats;

/// <summary>The content of one entry of a zip archive: stored, or compressed.</summary>
internal sealed class ZipEntrySource : DecodingSource, IDisposable
{
    private readonly IByteSource? _source;
    private readonly Inflater? _inflater;
    private readonly Crc32 _crc = new();

    /// <summary>A stored entry.</summary>
    public ZipEntrySource(ByteReader input, BackupLayer layer, long size)
        : base(layer) => _source = new LimitedSource(input, size);

    /// <summary>An entry that is compressed by something else.</summary>
    public ZipEntrySource(DecodingSource source, BackupLayer layer)
        : base(layer) => _source = source;

    /// <summary>An entry that is compressed by deflate.</summary>
    public ZipEntrySource(ByteReader input, Inflater inflater, BackupLayer layer)
        : base(layer)
    {
        _inflater = inflater;
        inflater.Begin(input);
    }

    /// <summary>The bytes of content so far.</summary>
    public long Length { get; private set; }

    /// <summary>The CRC-32 of the content so far.</summary>
    public uint Crc => _crc.Value;

    public void Dispose() => (_source as IDisposable)?.Dispose();

    protected override int Decode(byte[] buffer, int offset, int count)
    {
        int read = _source?.Read(buffer, offset, count) ?? _inflater!.Read(buffer, offset, count);
        _crc.Append(buffer, offset, read);
        Length += read;
        return read;
    }
}
