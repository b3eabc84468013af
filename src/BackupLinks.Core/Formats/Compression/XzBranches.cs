using System;
using System.Buffers.Binary;

namespace BackupLinks.Formats.Compression;

/// <summary>
/// The filters of xz for programs, which have absolute targets in the place of relative ones in branches (the files in
/// <c>liblzma/simple</c> of xz 5.4). A database stores no programs, but a person who packs a folder may choose them.
/// </summary>
/// <param name="size">The bytes of an instruction.</param>
/// <param name="step">The distance of one place of an instruction to the next.</param>
/// <param name="undo">Undoes one instruction.</param>
/// <param name="position">The position of the first byte, as the header says.</param>
internal sealed class XzBranches(int size, int step, XzBranches.Instruction undo, uint position) : XzFilter
{
    // A bit for each of the three slots that can have a branch, by the template of the bundle.
    private static readonly byte[] Ia64Slots =
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 6, 6, 0, 0, 7, 7, 4, 4, 0, 0, 4, 4, 0, 0];

    private uint _position = position;

    /// <summary>Undoes one instruction in place.</summary>
    /// <param name="bytes">The instruction.</param>
    /// <param name="at">Its position.</param>
    /// <returns>True when the instruction was a branch.</returns>
    internal delegate bool Instruction(Span<byte> bytes, uint at);

    /// <summary>Creates the filter of a number.</summary>
    /// <param name="id">Its number in a header.</param>
    /// <param name="start">The position of the first byte.</param>
    /// <returns>Null for a number that is not known.</returns>
    public static XzFilter? Create(ulong id, uint start) => id switch
    {
        4 => new XzBranchesX86(start),
        5 => new XzBranches(4, 4, UndoPowerPc, start),
        6 => new XzBranches(16, 16, UndoIa64, start),
        7 => new XzBranches(4, 4, UndoArm, start),
        8 => new XzBranches(4, 2, UndoArmThumb, start),
        9 => new XzBranches(4, 4, UndoSparc, start),
        10 => new XzBranches(4, 4, UndoArm64, start),
        _ => null,
    };

    /// <inheritdoc/>
    public override int Undo(byte[] buffer, int start, int end)
    {
        int at = start;
        while (end - at >= size)
        {
            bool isBranch = undo(buffer.AsSpan(at, size), _position + (uint)(at - start));
            at += isBranch ? size : step;
        }

        _position += (uint)(at - start);
        return at - start;
    }

    private static bool UndoPowerPc(Span<byte> bytes, uint at)
    {
        uint value = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if ((value & 0xFC000003) != 0x48000001)
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(bytes, ((value - at) & 0x03FFFFFC) | 0x48000001);
        return true;
    }

    private static bool UndoSparc(Span<byte> bytes, uint at)
    {
        uint value = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (value >> 22 is not (0x100 or 0x1FF))
            return false;
        value = ((value << 2) - at) >> 2;
        BinaryPrimitives.WriteUInt32BigEndian(
            bytes, (0x40000000 - (value & 0x400000)) | 0x40000000 | (value & 0x3FFFFF));
        return true;
    }

    private static bool UndoArm(Span<byte> bytes, uint at)
    {
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (value >> 24 != 0xEB)
            return false;
        uint target = (((value & 0xFFFFFF) << 2) - (at + 8)) >> 2;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, 0xEB000000 | (target & 0xFFFFFF));
        return true;
    }

    private static bool UndoArmThumb(Span<byte> bytes, uint at)
    {
        uint high = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        uint low = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(2));
        if ((high & 0xF800) != 0xF000 || (low & 0xF800) != 0xF800)
            return false;
        uint target = ((((high & 0x7FF) << 11) | (low & 0x7FF)) << 1) - (at + 4);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(0xF000 | ((target >> 12) & 0x7FF)));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.Slice(2), (ushort)(0xF800 | ((target >> 1) & 0x7FF)));
        return true;
    }

    private static bool UndoArm64(Span<byte> bytes, uint at)
    {
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (value >> 26 == 0x25)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, 0x94000000 | ((value - (at >> 2)) & 0x03FFFFFF));
            return true;
        }

        if ((value & 0x9F000000) != 0x90000000)
            return false;
        uint page = ((value >> 29) & 3) | ((value >> 3) & 0x1FFFFC);
        // Farther away than the filter goes.
        if (((page + 0x020000) & 0x1C0000) != 0)
            return false;
        page -= at >> 12;
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes, (value & 0x9000001F) | ((page & 3) << 29) | ((page & 0x03FFFC) << 3)
            | ((0 - (page & 0x020000)) & 0xE00000));
        return true;
    }

    private static bool UndoIa64(Span<byte> bytes, uint at)
    {
        int slots = Ia64Slots[bytes[0] & 0x1F];
        for (int slot = 0; slot < 3; slot++)
        {
            if (((slots >> slot) & 1) == 0)
                continue;
            int bit = 5 + (41 * slot);
            var part = bytes.Slice(bit >> 3, 6);
            int shift = bit & 7;
            ulong all = 0;
            for (int i = 0; i < 6; i++)
                all |= (ulong)part[i] << (8 * i);
            ulong value = all >> shift;
            if (((value >> 37) & 0xF) != 5 || ((value >> 9) & 7) != 0)
                continue;
            uint target = (uint)((value >> 13) & 0xFFFFF) | ((uint)((value >> 36) & 1) << 20);
            target = ((target << 4) - at) >> 4;
            value &= ~(0x8FFFFFUL << 13);
            value |= ((ulong)(target & 0xFFFFF) << 13) | ((ulong)(target & 0x100000) << 16);
            all = (all & ((1UL << shift) - 1)) | (value << shift);
            for (int i = 0; i < 6; i++)
                part[i] = (byte)(all >> (8 * i));
        }

        return true;
    }
}
