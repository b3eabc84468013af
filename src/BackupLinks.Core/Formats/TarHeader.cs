using System;
using System.Text;

namespace BackupLinks.Formats;

/// <summary>One header of a tar archive.</summary>
internal readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    /// <summary>The size of a header, and what all sizes are rounded up to.</summary>
    public const int BlockSize = 512;

    private const int SumAt = 148;
    private const int SumLength = 8;

    private readonly ReadOnlySpan<byte> _block = block;

    /// <summary>The kind of the entry.</summary>
    public char Type => (char)_block[156];

    /// <summary>The name, without the folder that a ustar header may have beside it.</summary>
    public string Name => ReadText(_block.Slice(0, 100));

    /// <summary>True when blocks with the rest of a sparse member's map follow.</summary>
    public bool HasMoreMap => Type == 'S' && _block[482] != 0;

    /// <summary>The bytes that follow; -1 for what is not a number.</summary>
    public long Size => ReadNumber(_block.Slice(124, 12));

    /// <summary>True when the sum of the bytes is the one that the header says; old programs took them as
    /// signed.</summary>
    public bool HasRightSum
    {
        get
        {
            long stated = ReadNumber(_block.Slice(SumAt, SumLength));
            int sum = SumLength * ' ';
            int signed = sum;
            for (int i = 0; i < BlockSize; i++)
            {
                if (i is >= SumAt and < SumAt + SumLength)
                    continue;
                sum += _block[i];
                signed += (sbyte)_block[i];
            }

            return stated == sum || stated == signed;
        }
    }

    /// <summary>True when the sum is written as programs write it; no sum covers its own field.</summary>
    public bool HasUsualSum
    {
        get
        {
            string digits = Convert.ToString(ReadNumber(_block.Slice(SumAt, SumLength)), 8);
            string written = Encoding.ASCII.GetString(_block.Slice(SumAt, SumLength).ToArray());
            return written == digits.PadLeft(7, '0') + ' ' || written == digits.PadLeft(6, '0') + "\0 ";
        }
    }

    /// <summary>Text up to the first NUL.</summary>
    public static string ReadText(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString((end < 0 ? field : field.Slice(0, end)).ToArray());
    }

    // Octal digits between spaces and NULs, or base 256 with the highest bit set.
    private static long ReadNumber(ReadOnlySpan<byte> field)
    {
        long number = 0;
        if ((field[0] & 0x80) != 0)
        {
            if (field[0] == 0xFF)
                return -1;
            number = field[0] & 0x7F;
            foreach (byte value in field.Slice(1))
            {
                if (number > long.MaxValue >> 8)
                    return -1;
                number = (number << 8) | value;
            }

            return number;
        }

        int at = 0;
        while (at < field.Length && field[at] == ' ')
            at++;
        for (; at < field.Length && field[at] is >= (byte)'0' and <= (byte)'7'; at++)
            number = (number << 3) | (long)(field[at] - '0');
        return at == field.Length || field[at] is 0 or (byte)' ' ? number : -1;
    }
}
