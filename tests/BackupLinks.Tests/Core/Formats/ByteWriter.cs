using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using BackupLinks.Checksums;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Builds a file out of numbers, text and bytes.</summary>
internal sealed class ByteWriter
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public ByteWriter Add(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public ByteWriter Text(string text) => Add(Encoding.UTF8.GetBytes(text));

    public ByteWriter U16(int value) => Add((byte)value, (byte)(value >> 8));

    public ByteWriter U32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Add(bytes);
    }

    public ByteWriter U64(ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Add(bytes);
    }

    /// <summary>The CRC-32 of all since some place.</summary>
    public ByteWriter Crc(int from) => U32(Crc32.Compute(_bytes.ToArray().AsSpan(from)));

    public byte[] ToArray() => [.. _bytes];
}
