using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using BackupLinks.Text;

namespace BackupLinks.Formats.Compression;

/// <summary>The header of a block of an xz stream (The .xz File Format 1.2.0, section 3.1).</summary>
internal readonly record struct XzBlockHeader
{
    private const ulong Lzma2 = 0x21;

    /// <summary>The size of the compressed data; null when the header does not say.</summary>
    public ulong? PackedSize { get; init; }

    /// <summary>The size of the content; null when the header does not say.</summary>
    public ulong? Size { get; init; }

    /// <summary>The dictionary that LZMA2 needs, in bytes.</summary>
    public long Dictionary { get; init; }

    /// <summary>What comes after LZMA2; null for nothing.</summary>
    public XzFilters? Filters { get; init; }

    /// <summary>Reads a header whose checksum is right.</summary>
    /// <param name="header">The header, from the flags on.</param>
    /// <param name="blockAt">Where the block begins.</param>
    /// <exception cref="BackupFormatException">The block cannot be decompressed.</exception>
    public static XzBlockHeader Read(ReadOnlySpan<byte> header, long blockAt)
    {
        int flags = header[0];
        int at = 1;
        ulong? packed = (flags & 0x40) != 0 ? ReadNumber(header, ref at, blockAt) : null;
        ulong? size = (flags & 0x80) != 0 ? ReadNumber(header, ref at, blockAt) : null;
        var filters = new List<XzFilter>();
        for (int left = flags & 3; ; left--)
        {
            ulong id = ReadNumber(header, ref at, blockAt);
            ulong length = ReadNumber(header, ref at, blockAt);
            if (length > (ulong)(header.Length - at))
                throw Damaged(blockAt);
            var properties = header.Slice(at, (int)length);
            at += (int)length;
            if (left == 0)
            {
                if (id != Lzma2)
                    throw Unsupported(blockAt, id);
                return new XzBlockHeader
                {
                    PackedSize = packed,
                    Size = size,
                    Dictionary = ReadDictionary(properties, size, blockAt),
                    Filters = filters.Count > 0 ? new XzFilters(filters) : null,
                };
            }

            // The one that was applied first when the file was made is undone last.
            filters.Insert(0, Create(id, properties, blockAt));
        }
    }

    private static XzFilter Create(ulong id, ReadOnlySpan<byte> properties, long blockAt)
    {
        if (id == XzDelta.Id)
            return properties.Length == 1 ? new XzDelta(properties[0] + 1) : throw Damaged(blockAt);
        if (properties.Length is not (0 or 4))
            throw Damaged(blockAt);
        uint start = properties.Length == 0 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(properties);
        return XzBranches.Create(id, start) ?? throw Unsupported(blockAt, id);
    }

    private static long ReadDictionary(ReadOnlySpan<byte> properties, ulong? size, long blockAt)
    {
        if (properties.Length != 1 || properties[0] > 40)
            throw Damaged(blockAt);
        int code = properties[0];
        long dictionary = code == 40 ? uint.MaxValue : (2L | (uint)(code & 1)) << ((code / 2) + 11);
        // More than the content is not needed.
        return size is { } stated && stated < (ulong)dictionary ? Math.Max(4096, (long)stated) : dictionary;
    }

    private static ulong ReadNumber(ReadOnlySpan<byte> bytes, ref int at, long blockAt)
    {
        ulong value = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            if (at >= bytes.Length)
                break;
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw BackupFormatException.Damaged(
            blockAt, $"the header of the block at {Numbers.Text(blockAt)} has a number without an end");
    }

    private static BackupFormatException Damaged(long blockAt) => BackupFormatException.Damaged(
        blockAt, $"the header of the block at {Numbers.Text(blockAt)} has properties that cannot be");

    private static BackupFormatException Unsupported(long blockAt, ulong id) => BackupFormatException.Unsupported(
        blockAt, $"the block at {Numbers.Text(blockAt)} has the filter {id:x2}, which the module does not know");
}
