using BackupLinks.Checksums;

namespace BackupLinks.Formats;

/// <summary>The content of one entry of a zip archive: stored, or compressed by deflate.</summary>
internal sealed class ZipEntrySource : DecodingSource
{
    private readonly LimitedSource? _stored;
    private readonly Inflater? _inflater;
    private readonly Crc32 _crc = new();

    /// <summary>A stored entry.</summary>
    public ZipEntrySource(ByteReader input, BackupLayer layer, long size)
        : base(layer) => _stored = new LimitedSource(input, size);

    /// <summary>A compressed entry.</summary>
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

    protected override int Decode(byte[] buffer, int offset, int count)
    {
        int read = _stored?.Read(buffer, offset, count) ?? _inflater!.Read(buffer, offset, count);
        _crc.Append(buffer, offset, read);
        Length += read;
        return read;
    }
}
