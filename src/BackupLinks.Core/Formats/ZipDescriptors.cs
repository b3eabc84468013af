using System;
using System.Buffers.Binary;
using BackupLinks.Checksums;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// The records behind entries of a zip archive that was written as a stream: the CRC-32 and the sizes (APPNOTE.TXT
/// 4.3.9).
/// </summary>
internal sealed class ZipDescriptors(ByteReader input)
{
    private const uint Descriptor = 0x08074B50;
    private const int Length = 16;
    private const int LongLength = 24;

    /// <summary>Passes content whose length only its descriptor says: the size up to itself, and the CRC-32.</summary>
    /// <param name="name">The name of the entry.</param>
    /// <param name="place">Where the entry and its content begin.</param>
    /// <param name="isReadable">False where the CRC-32 is not that of these bytes.</param>
    /// <returns>The length.</returns>
    /// <exception cref="BackupFormatException">The content has no end, or is damaged.</exception>
    public long SkipTo(string name, (long At, long DataAt) place, bool isReadable)
    {
        var crc = new Crc32();
        BackupFormatException? damage = null;
        while (true)
        {
            var window = input.Peek(ByteReader.LookAhead);
            int found = window.IndexOf("PK\u0007\u0008"u8);
            bool isEnd = window.Length < ByteReader.LookAhead;
            if (found < 0 && isEnd)
                throw damage ?? Cut(name, place);
            int passed = found < 0 ? window.Length - 3 : found;
            crc.Append(window.Slice(0, passed));
            input.Advance(passed);
            if (found < 0)
                continue;
            long length = input.Position - place.DataAt;
            var descriptor = input.Peek(LongLength + 4);
            if (descriptor.Length >= Length
                && BinaryPrimitives.ReadUInt32LittleEndian(descriptor.Slice(8)) == (uint)length)
            {
                uint stated = BinaryPrimitives.ReadUInt32LittleEndian(descriptor.Slice(4));
                if (!isReadable || stated == crc.Value)
                    return length;
                if (IsFollowed(descriptor))
                    damage ??= Damage(name, place, (stated, crc.Value));
            }

            crc.Append(input.Read(1, "an entry"));
        }
    }

    /// <summary>Reads a descriptor: with a signature or without, and with sizes of 4 or 8 bytes, as it fits.</summary>
    /// <param name="isZip64">True where the header has the sizes of zip64.</param>
    /// <param name="packed">The length of the content.</param>
    /// <param name="crc">Gets the CRC-32.</param>
    /// <param name="size">The size that was found; gets the one that the descriptor says.</param>
    /// <exception cref="BackupFormatException">The archive is cut or damaged here.</exception>
    public void Read(bool isZip64, long packed, ref uint crc, ref long size)
    {
        var bytes = input.Peek(24);
        int at = bytes.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Descriptor ? 4 : 0;
        if (bytes.Length < at + 12)
        {
            throw BackupFormatException.Truncated(
                input.Position, $"the descriptor at {Numbers.Text(input.Position)} has "
                + $"{Numbers.Count(bytes.Length, "byte")}");
        }

        crc = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(at));
        uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(at + 8));
        bool isLong = bytes.Length >= at + 20
            && BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(at + 4)) == (ulong)packed && (isZip64
            || low != (uint)size);
        ulong stated = isLong ? BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(
            at + 4)) : BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(at + 4));
        if (stated != (isLong ? (ulong)packed : (uint)packed))
        {
            throw BackupFormatException.Damaged(
                input.Position, $"the descriptor at {Numbers.Text(input.Position)} has another size than the "
                + "entry in front of it");
        }

        if (isLong)
            size = BinaryPrimitives.ReadInt64LittleEndian(bytes.Slice(at + 12));
        else if (low != (uint)size)
            size = low;
        input.Advance(at + (isLong ? 20 : 12));
    }

    // What looks like one in the middle of content is not followed by an entry or the directory.
    private static bool IsFollowed(ReadOnlySpan<byte> descriptor)
    {
        foreach (int length in new[] { Length, LongLength })
        {
            var next = descriptor.Length >= length + 4 ? descriptor.Slice(length, 4) : default;
            if (next.SequenceEqual("PK\u0003\u0004"u8) || next.SequenceEqual("PK\u0001\u0002"u8))
                return true;
        }

        return false;
    }

    private BackupFormatException Damage(string name, (long At, long DataAt) place, (uint Stated, uint Actual) crc) =>
        BackupFormatException.DamagedPart(
            place.At, input.Position + LongLength,
            $"the CRC-32 of '{name}' is {crc.Actual:x8}, and its descriptor says {crc.Stated:x8}");

    private static BackupFormatException Cut(string name, (long At, long DataAt) place)
    {
        var cut = BackupFormatException.Truncated(
            place.DataAt, $"the entry '{name}' begins at {Numbers.Text(place.DataAt)} and has no end");
        cut.Start = place.At;
        return cut;
    }
}
