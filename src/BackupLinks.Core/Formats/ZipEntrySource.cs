using System;
using BackupLinks.Checksums;
using BackupLinks.Formats.Compression;

namespace BackupLinks.Formats;

/// <summary>The content of one entry of a zip archive: stored, or compressed.</summary>
internal sealed class ZipEntrySource : DecodingSource, IDisposable
{
    private readonly ByteReader _input;
    private readonly IByteSource? _source;
    private readonly Inflater? _inflater;
    private readonly Crc32 _crc = new();

    /// <summary>A stored entry.</summary>
    public ZipEntrySource(ByteReader input, BackupLayer layer, long size)
        : this(input, new LimitedSource(input, size), layer)
    {
    }

    /// <summary>An entry that is compressed by something else.</summary>
    public ZipEntrySource(ByteReader input, IByteSource source, BackupLayer layer)
        : base(layer) => (_input, _source) = (input, source);

    /// <summary>An entry that is compressed by deflate.</summary>
    public ZipEntrySource(ByteReader input, Inflater inflater, BackupLayer layer)
        : base(layer)
    {
        _input = input;
        _inflater = inflater;
        inflater.Begin(input);
    }

    /// <summary>Where the entry begins; those in front of it have been verified.</summary>
    public long Start { get; init; }

    /// <summary>The bytes of content so far.</summary>
    public long Length { get; private set; }

    /// <summary>The CRC-32 of the content so far.</summary>
    public uint Crc => _crc.Value;

    public void Dispose() => (_source as IDisposable)?.Dispose();

    protected override (long Start, long End)? Unverified => (Start, _input.Position);

    protected override int Decode(byte[] buffer, int offset, int count)
    {
        int read = _source?.Read(buffer, offset, count) ?? _inflater!.Read(buffer, offset, count);
        _crc.Append(buffer, offset, read);
        Length += read;
        return read;
    }
}
