using System;
using System.Buffers.Binary;
using BackupLinks.Shims;

namespace BackupLinks.Checksums;

/// <summary>
/// The arithmetic of one reflected CRC of 32 or 64 bits: the register after some bytes, and of joined inputs. Initial
/// and final values belong to its uses.
/// </summary>
internal sealed class ReflectedCrc
{
    private const int TableSize = 256;

    private readonly ulong _polynomial;
    private readonly ulong _one;
    private readonly ulong[] _tables = new ulong[8 * TableSize];

    /// <summary>Prepares the tables.</summary>
    /// <param name="polynomial">The polynomial, reflected: the lowest bit is the highest power.</param>
    /// <param name="width">The bits of the register: 32 or 64.</param>
    public ReflectedCrc(ulong polynomial, int width)
    {
        _polynomial = polynomial;
        _one = 1UL << (width - 1);
        for (int value = 0; value < TableSize; value++)
        {
            ulong register = (ulong)value;
            for (int bit = 0; bit < 8; bit++)
                register = TimesX(register);
            _tables[value] = register;
        }

        // Table k is for a byte that k other bytes follow.
        for (int i = TableSize; i < _tables.Length; i++)
            _tables[i] = (_tables[i - TableSize] >> 8) ^ _tables[(byte)_tables[i - TableSize]];

        Multipliers = new FoldMultipliers(At(256), At(128), At(16));

        // A product of reflected values is one bit too far, hence the 1.
        (ulong Low, ulong High) At(int distance) =>
            (Power((8 * distance) + 63) << (64 - width), Power((8 * distance) - 1) << (64 - width));
    }

    /// <summary>What the processor folds long input by.</summary>
    public FoldMultipliers Multipliers { get; }

    /// <summary>The register after some bytes, by the fastest way that the processor has.</summary>
    /// <param name="register">The register before them.</param>
    /// <param name="data">The bytes.</param>
    public ulong Update(ulong register, ReadOnlySpan<byte> data)
    {
        if (!CarrylessFold.IsSupported || data.Length < CarrylessFold.MinimumLength)
            return UpdateByTable(register, data);
        Span<byte> folded = stackalloc byte[16];
        int done = CarrylessFold.Fold(data, register, Multipliers, folded);
        return UpdateByTable(UpdateByTable(0, folded), data.Slice(done));
    }

    /// <summary>The same as <see cref="Update"/>, eight bytes at a time by tables.</summary>
    /// <inheritdoc cref="Update"/>
    public ulong UpdateByTable(ulong register, ReadOnlySpan<byte> data)
    {
        ulong[] tables = _tables;
        for (; data.Length >= 8; data = data.Slice(8))
        {
            ulong mixed = register ^ BinaryPrimitives.ReadUInt64LittleEndian(data);
            register = tables[(7 * TableSize) + (int)(byte)mixed]
                ^ tables[(6 * TableSize) + (int)(byte)(mixed >> 8)]
                ^ tables[(5 * TableSize) + (int)(byte)(mixed >> 16)]
                ^ tables[(4 * TableSize) + (int)(byte)(mixed >> 24)]
                ^ tables[(3 * TableSize) + (int)(byte)(mixed >> 32)]
                ^ tables[(2 * TableSize) + (int)(byte)(mixed >> 40)]
                ^ tables[TableSize + (int)(byte)(mixed >> 48)]
                ^ tables[(int)(mixed >> 56)];
        }

        foreach (byte value in data)
            register = tables[(byte)register ^ value] ^ (register >> 8);
        return register;
    }

    /// <summary>The register after so many bytes of zero.</summary>
    /// <param name="register">The register before them.</param>
    /// <param name="length">Their number; 0 or more.</param>
    public ulong Shift(ulong register, long length)
    {
        ulong factor = _one;
        ulong square = Power(8);
        for (; length > 0; length >>= 1)
        {
            if ((length & 1) != 0)
                factor = Multiply(factor, square);
            square = Multiply(square, square);
        }

        return Multiply(register, factor);
    }

    private ulong TimesX(ulong value) => (value >> 1) ^ ((value & 1) == 0 ? 0 : _polynomial);

    private ulong Power(int exponent)
    {
        ulong value = _one;
        for (int i = 0; i < exponent; i++)
            value = TimesX(value);
        return value;
    }

    private ulong Multiply(ulong left, ulong right)
    {
        ulong product = 0;
        for (ulong bit = _one; bit != 0; bit >>= 1)
        {
            if ((left & bit) != 0)
                product ^= right;
            right = TimesX(right);
        }

        return product;
    }
}
