using System;
using BackupLinks.Checksums;
using BackupLinks.Text;

namespace BackupLinks.Formats.Compression;

/// <summary>The content of one zlib stream (RFC 1950), which has an Adler-32 of it at its end.</summary>
/// <param name="input">The reader, at the beginning of the stream.</param>
/// <param name="inflater">Decompresses; it may have been used before.</param>
/// <param name="layer">Takes problems.</param>
internal sealed class ZlibSource(ByteReader input, Inflater inflater, BackupLayer layer) : DecodingSource(layer)
{
    private const int Deflate = 8;
    private const int HasDictionary = 0x20;

    private readonly Adler32 _adler = new();
    private bool _hasBegun;

    protected override int Decode(byte[] buffer, int offset, int count)
    {
        if (!_hasBegun)
            ReadHeader();
        int read = inflater.Read(buffer, offset, count);
        if (read == 0)
            RequireSum();
        _adler.Append(buffer.AsSpan(offset, read));
        return read;
    }

    private void ReadHeader()
    {
        long at = input.Position;
        int method = input.ReadByte("a zlib header");
        int flags = input.ReadByte("a zlib header");
        if ((method & 0xF) != Deflate || ((method << 8) | flags) % 31 != 0 || (flags & HasDictionary) != 0)
        {
            throw BackupFormatException.Damaged(
                at, $"a zlib stream begins at {Numbers.Text(at)}, and other bytes are there");
        }

        inflater.Begin(input);
        _hasBegun = true;
    }

    private void RequireSum()
    {
        long at = input.Position;
        uint stated = input.ReadUInt32BigEndian("the Adler-32 of a zlib stream");
        if (stated != _adler.Value)
        {
            throw BackupFormatException.Damaged(
                at, $"the Adler-32 of the content is {_adler.Value:x8}, and the stream says {stated:x8}");
        }
    }
}
