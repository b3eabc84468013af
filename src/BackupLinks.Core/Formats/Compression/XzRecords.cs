using System;
using System.Buffers.Binary;
using BackupLinks.Checksums;

namespace BackupLinks.Formats.Compression;

/// <summary>The sizes of the blocks of an xz stream, in their order, as one number: an index can have
/// millions.</summary>
internal record struct XzRecords
{
    /// <summary>How many blocks there are.</summary>
    public ulong Count { get; private set; }

    private ulong Sum { get; set; }

    /// <summary>Adds a block.</summary>
    /// <param name="packed">Its size in the file, without padding.</param>
    /// <param name="size">The size of its content.</param>
    public void Add(ulong packed, ulong size)
    {
        byte[] bytes = new byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Sum);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), packed);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), size);
        Sum = XxHash64.Compute(bytes);
        Count++;
    }
}
