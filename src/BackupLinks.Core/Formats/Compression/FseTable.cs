using System;

namespace BackupLinks.Formats.Compression;

/// <summary>A table of finite state entropy (RFC 8878 section 4.1).</summary>
internal sealed class FseTable
{
    private readonly short[] _counts = new short[256];
    private readonly int[] _next = new int[256];

    /// <summary>Creates an empty table.</summary>
    /// <param name="maximumLog">The most bits of a state.</param>
    public FseTable(int maximumLog)
    {
        MaximumLog = maximumLog;
        Symbols = new byte[1 << maximumLog];
        Bits = new byte[1 << maximumLog];
        Bases = new ushort[1 << maximumLog];
    }

    /// <summary>The most bits of a state.</summary>
    public int MaximumLog { get; }

    /// <summary>The bits of a state.</summary>
    public int Log { get; private set; }

    /// <summary>The symbol of each state.</summary>
    public byte[] Symbols { get; }

    /// <summary>How many bits to read for the next state.</summary>
    public byte[] Bits { get; }

    /// <summary>The values to add to them.</summary>
    public ushort[] Bases { get; }

    /// <summary>True once the table has been built.</summary>
    public bool IsReady { get; set; }

    /// <summary>Makes a table of a single symbol.</summary>
    public void BuildSingle(byte symbol)
    {
        Log = 0;
        Symbols[0] = symbol;
        Bits[0] = 0;
        Bases[0] = 0;
        IsReady = true;
    }

    /// <summary>Makes a table of known counts.</summary>
    public bool TryBuild(ReadOnlySpan<short> counts, int log)
    {
        counts.CopyTo(_counts);
        return TrySpread(counts.Length, log);
    }

    /// <summary>Reads the counts, and makes the table.</summary>
    /// <param name="data">Where they begin.</param>
    /// <param name="maximumSymbol">The greatest symbol.</param>
    /// <param name="used">How many bytes they take.</param>
    /// <returns>False for counts that are not valid.</returns>
    public bool TryRead(ReadOnlySpan<byte> data, int maximumSymbol, out int used)
    {
        used = 0;
        int at = 0;
        if (data.Length == 0)
            return false;
        int log = Peek(data, ref at, 4) + 5;
        if (log > MaximumLog)
            return false;
        at = 4;
        int remaining = (1 << log) + 1;
        int threshold = 1 << log;
        int bits = log + 1;
        int symbol = 0;
        while (remaining > 1 && symbol <= maximumSymbol)
        {
            int limit = (2 * threshold) - 1 - remaining;
            int value = Peek(data, ref at, bits);
            int count;
            if ((value & (threshold - 1)) < limit)
            {
                count = value & (threshold - 1);
                at += bits - 1;
            }
            else
            {
                count = value & ((2 * threshold) - 1);
                if (count >= threshold)
                    count -= limit;
                at += bits;
            }

            count--;
            remaining -= Math.Abs(count);
            _counts[symbol++] = (short)count;
            if (count == 0 && !TrySkipZeros(data, ref at, ref symbol, maximumSymbol))
                return false;
            while (remaining < threshold && threshold > 1)
            {
                bits--;
                threshold >>= 1;
            }
        }

        used = (at + 7) / 8;
        return remaining == 1 && used <= data.Length && TrySpread(symbol, log);
    }

    private bool TrySkipZeros(ReadOnlySpan<byte> data, ref int at, ref int symbol, int maximumSymbol)
    {
        int repeat;
        do
        {
            repeat = Peek(data, ref at, 2);
            at += 2;
            for (int i = 0; i < repeat; i++)
            {
                if (symbol > maximumSymbol)
                    return false;
                _counts[symbol++] = 0;
            }
        }
        while (repeat == 3 && at < 8 * data.Length);
        return true;
    }

    private static int Peek(ReadOnlySpan<byte> data, ref int at, int bits)
    {
        uint value = 0;
        for (int i = 0; i < 4; i++)
        {
            int index = (at >> 3) + i;
            if (index < data.Length)
                value |= (uint)data[index] << (8 * i);
        }

        return (int)((value >> (at & 7)) & ((1u << bits) - 1));
    }

    private bool TrySpread(int symbols, int log)
    {
        int size = 1 << log;
        int high = size - 1;
        for (int symbol = 0; symbol < symbols; symbol++)
        {
            _next[symbol] = _counts[symbol];
            if (_counts[symbol] != -1)
                continue;
            Symbols[high--] = (byte)symbol;
            _next[symbol] = 1;
        }

        int step = (size >> 1) + (size >> 3) + 3;
        int position = 0;
        for (int symbol = 0; symbol < symbols; symbol++)
        {
            for (int i = 0; i < _counts[symbol]; i++)
            {
                Symbols[position] = (byte)symbol;
                do
                    position = (position + step) & (size - 1);
                while (position > high);
            }
        }

        if (position != 0)
            return false;
        for (int state = 0; state < size; state++)
        {
            int next = _next[Symbols[state]]++;
            int bits = log - HighBit(next);
            Bits[state] = (byte)bits;
            Bases[state] = (ushort)((next << bits) - size);
        }

        Log = log;
        IsReady = true;
        return true;
    }

    /// <summary>The place of the highest bit that is set; -1 for 0.</summary>
    public static int HighBit(int value)
    {
        int bit = -1;
        for (; value != 0; value >>= 1)
            bit++;
        return bit;
    }
}
