using System.Collections.Generic;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>
/// Writes Deflate64: what it has that deflate (RFC 1951) does not, in both kinds of blocks with codes.
/// </summary>
internal sealed class Deflate64Writer
{
    private readonly List<byte> _bytes = [];
    private readonly List<byte> _content = [];
    private int _bits;
    private bool _isDynamic;

    /// <summary>The content that was written.</summary>
    public byte[] Content => [.. _content];

    /// <summary>Begins a block; one with codes of its own has all 32 distances.</summary>
    public Deflate64Writer Begin(bool isDynamic, bool isLast)
    {
        _isDynamic = isDynamic;
        Bits(isLast ? 1 : 0, 1);
        Bits(isDynamic ? 2 : 1, 2);
        if (!isDynamic)
            return this;
        Bits(286 - 257, 5);
        Bits(32 - 1, 5);
        Bits(10 - 4, 4);
        // The codes of the lengths 8, 9 and 5, in the order of RFC 1951.
        foreach (int length in new[] { 0, 0, 0, 0, 1, 0, 2, 0, 0, 2 })
            Bits(length, 3);
        for (int i = 0; i < 286; i++)
            Code(i < 226 ? 0 : 3, i < 226 ? 1 : 2);
        for (int i = 0; i < 32; i++)
            Code(2, 2);
        return this;
    }

    public Deflate64Writer Literals(params byte[] bytes)
    {
        foreach (byte value in bytes)
            Symbol(value);
        _content.AddRange(bytes);
        return this;
    }

    /// <summary>A match of the longest kind, from 3 to 65,538 bytes, by a symbol from 28 (16,385) to 31.</summary>
    public Deflate64Writer Match(int length, int symbol, int distance)
    {
        Symbol(285);
        Bits(length - 3, 16);
        Code(symbol, 5);
        int extra = (symbol - 2) / 2;
        Bits(distance - 1 - ((2 + (symbol & 1)) << extra), extra);
        for (int i = 0; i < length; i++)
            _content.Add(_content[^distance]);
        return this;
    }

    public Deflate64Writer End()
    {
        Symbol(256);
        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    private void Symbol(int symbol)
    {
        if (_isDynamic)
            Code(symbol < 226 ? symbol : 452 + symbol - 226, symbol < 226 ? 8 : 9);
        else if (symbol < 144)
            Code(0x30 + symbol, 8);
        else if (symbol < 256)
            Code(0x190 + symbol - 144, 9);
        else if (symbol < 280)
            Code(symbol - 256, 7);
        else
            Code(0xC0 + symbol - 280, 8);
    }

    // Codes begin with their highest bit, numbers with their lowest.
    private void Code(int code, int count)
    {
        for (int i = count - 1; i >= 0; i--)
            Bits((code >> i) & 1, 1);
    }

    private void Bits(int value, int count)
    {
        for (int i = 0; i < count; i++, _bits++)
        {
            if (_bits % 8 == 0)
                _bytes.Add(0);
            _bytes[^1] |= (byte)(((value >> i) & 1) << (_bits % 8));
        }
    }
}
