using System;
using System.Buffers.Binary;

namespace BackupLinks.Formats.Compression;

/// <summary>LZMA, by itself or in chunks of LZMA2 (the specification in the LZMA SDK; xz's
/// <c>lzma2_decoder.c</c>).</summary>
internal sealed class LzmaDecoder(OutputWindow window)
{
    private const int States = 12;
    private const int PositionStates = 16;
    private const int ProbabilityBits = 11;
    private const ushort Even = 1 << (ProbabilityBits - 1);
    private const int MatchMinimum = 2;
    private const int HeadSize = 5;

    private readonly ushort[] _isMatch = new ushort[States * PositionStates];
    private readonly ushort[] _isRep = new ushort[States];
    private readonly ushort[] _isRep0 = new ushort[States];
    private readonly ushort[] _isRep1 = new ushort[States];
    private readonly ushort[] _isRep2 = new ushort[States];
    private readonly ushort[] _isRep0Long = new ushort[States * PositionStates];
    private readonly ushort[] _slots = new ushort[4 * 64];
    private readonly ushort[] _special = new ushort[128];
    private readonly ushort[] _align = new ushort[16];
    private readonly LengthCoder _matchLength = new();
    private readonly LengthCoder _repLength = new();
    private ushort[] _literals = [];
    private int _literalContextBits;
    private int _literalPositionMask;
    private int _positionMask;
    private int _state;
    private int _rep0;
    private int _rep1;
    private int _rep2;
    private int _rep3;
    private uint _range;
    private uint _code;
    private byte[] _data = [];
    private int _at;
    private int _end;

    /// <summary>Sets the properties: 45 times the position bits, and so on.</summary>
    /// <returns>False for a value that cannot be.</returns>
    public bool TrySetProperties(byte value)
    {
        if (value > (((4 * 5) + 4) * 9) + 8)
            return false;
        int literalContextBits = value % 9;
        int literalPositionBits = value / 9 % 5;
        if (literalContextBits + literalPositionBits > 4)
            return false;
        _literalContextBits = literalContextBits;
        _literalPositionMask = (1 << literalPositionBits) - 1;
        _positionMask = (1 << (value / 45)) - 1;
        _literals = new ushort[0x300 << (literalContextBits + literalPositionBits)];
        return true;
    }

    /// <summary>Sets all that has been learnt back.</summary>
    public void ResetState()
    {
        _state = 0;
        _rep0 = _rep1 = _rep2 = _rep3 = 0;
        foreach (ushort[] probabilities in new[] { _isMatch, _isRep, _isRep0, _isRep1, _isRep2, _isRep0Long, _slots,
            _special, _align, _literals })
            probabilities.AsSpan().Fill(Even);
        _matchLength.Reset();
        _repLength.Reset();
    }

    /// <summary>True when the mark of an end was there, which LZMA2 does not have.</summary>
    public bool HasEndMark { get; private set; }

    /// <summary>True when the coder is where it is at the end of a stream.</summary>
    public bool IsAtRest => _code == 0;

    /// <summary>Begins a stream, or a chunk of LZMA2.</summary>
    /// <param name="first">The first five bytes.</param>
    /// <returns>False for bytes that cannot be the first.</returns>
    public bool TryBegin(ReadOnlySpan<byte> first)
    {
        if (first.Length < HeadSize || first[0] != 0)
            return false;
        _range = uint.MaxValue;
        _code = BinaryPrimitives.ReadUInt32BigEndian(first.Slice(1));
        HasEndMark = false;
        return true;
    }

    /// <summary>Decodes one chunk of LZMA2.</summary>
    /// <param name="data">The array that has it.</param>
    /// <param name="length">Its compressed length.</param>
    /// <param name="size">Its uncompressed size.</param>
    /// <param name="position">How many bytes came since the dictionary was reset.</param>
    /// <returns>False for a chunk that is not valid.</returns>
    public bool TryDecode(byte[] data, int length, int size, long position)
    {
        if (!TryBegin(data.AsSpan(0, Math.Min(length, HeadSize))))
            return false;
        int at = HeadSize;
        long end = position + size;
        return TryDecode(data, ref at, length, int.MaxValue, ref position, end, end) && position == end
            && at == length && _code == 0;
    }

    /// <summary>Decodes a part of a stream.</summary>
    /// <param name="data">The array that has the next bytes.</param>
    /// <param name="at">Where they begin there, and where those begin that have not been used.</param>
    /// <param name="end">The byte after them; zeros count behind it.</param>
    /// <param name="stop">No symbol begins behind this place.</param>
    /// <param name="position">How many bytes have come so far.</param>
    /// <param name="size">How many bytes there are at the most.</param>
    /// <param name="pause">How many bytes are enough for now.</param>
    /// <returns>False for a stream that is not valid.</returns>
    public bool TryDecode(
        byte[] data, ref int at, int end, int stop, ref long position, long size, long pause)
    {
        (_data, _at, _end) = (data, at, end);
        bool isValid = true;
        while (position < pause && _at <= stop)
        {
            int positionState = (int)position & _positionMask;
            if (Bit(ref _isMatch[(_state * PositionStates) + positionState]) == 0)
            {
                DecodeLiteral((int)position);
                position++;
                continue;
            }

            bool isNew = Bit(ref _isRep[_state]) == 0;
            int count = isNew ? DecodeMatch(positionState) : DecodeRep(positionState);
            HasEndMark = isNew && _rep0 == -1;
            if (HasEndMark)
                break;
            if (_rep0 < 0 || _rep0 >= window.Reach || count > size - position)
            {
                isValid = false;
                break;
            }

            window.Copy(_rep0 + 1, count);
            position += count;
        }

        at = _at;
        return isValid;
    }

    private void DecodeLiteral(int position)
    {
        int previous = window.Reach > 0 ? window.Back(1) : 0;
        int context = ((position & _literalPositionMask) << _literalContextBits) + (previous >> (
            8 - _literalContextBits));
        var probabilities = _literals.AsSpan(0x300 * context, 0x300);
        int symbol = 1;
        if (_state >= 7)
        {
            int match = window.Reach > _rep0 ? window.Back(_rep0 + 1) : 0;
            do
            {
                int matchBit = (match >> 7) & 1;
                match <<= 1;
                int bit = Bit(ref probabilities[((1 + matchBit) << 8) + symbol]);
                symbol = (symbol << 1) | bit;
                if (matchBit != bit)
                    break;
            }
            while (symbol < 0x100);
        }

        while (symbol < 0x100)
            symbol = (symbol << 1) | Bit(ref probabilities[symbol]);
        window.Put((byte)symbol);
        _state = _state < 4 ? 0 : _state < 10 ? _state - 3 : _state - 6;
    }

    private int DecodeMatch(int positionState)
    {
        (_rep3, _rep2, _rep1) = (_rep2, _rep1, _rep0);
        int count = MatchMinimum + DecodeLength(_matchLength, positionState);
        _state = _state < 7 ? 7 : 10;
        int slot = Tree(_slots.AsSpan(64 * Math.Min(count - MatchMinimum, 3), 64), 6);
        if (slot < 4)
        {
            _rep0 = slot;
            return count;
        }

        int direct = (slot >> 1) - 1;
        uint distance = (2u | ((uint)slot & 1)) << direct;
        if (slot < 14)
        {
            distance += (uint)ReverseTree(_special, (int)distance - slot, direct);
        }
        else
        {
            distance += Direct(direct - 4) << 4;
            distance += (uint)ReverseTree(_align, 0, 4);
        }

        // The mark of an end is -1.
        _rep0 = (int)distance;
        return count;
    }

    private int DecodeRep(int positionState)
    {
        if (Bit(ref _isRep0[_state]) == 0)
        {
            if (Bit(ref _isRep0Long[(_state * PositionStates) + positionState]) == 0)
            {
                _state = _state < 7 ? 9 : 11;
                return 1;
            }
        }
        else
        {
            int distance;
            if (Bit(ref _isRep1[_state]) == 0)
            {
                distance = _rep1;
            }
            else
            {
                if (Bit(ref _isRep2[_state]) == 0)
                {
                    distance = _rep2;
                }
                else
                {
                    distance = _rep3;
                    _rep3 = _rep2;
                }

                _rep2 = _rep1;
            }

            _rep1 = _rep0;
            _rep0 = distance;
        }

        int count = MatchMinimum + DecodeLength(_repLength, positionState);
        _state = _state < 7 ? 8 : 11;
        return count;
    }

    private int DecodeLength(LengthCoder coder, int positionState)
    {
        if (Bit(ref coder.Choices[0]) == 0)
            return Tree(coder.Low.AsSpan(8 * positionState, 8), 3);
        if (Bit(ref coder.Choices[1]) == 0)
            return 8 + Tree(coder.Middle.AsSpan(8 * positionState, 8), 3);
        return 16 + Tree(coder.High, 8);
    }

    private int Tree(Span<ushort> probabilities, int bits)
    {
        int symbol = 1;
        for (int i = 0; i < bits; i++)
            symbol = (symbol << 1) | Bit(ref probabilities[symbol]);
        return symbol - (1 << bits);
    }

    private int ReverseTree(ushort[] probabilities, int offset, int bits)
    {
        int node = 1;
        int symbol = 0;
        for (int i = 0; i < bits; i++)
        {
            int bit = Bit(ref probabilities[offset + node]);
            node = (node << 1) | bit;
            symbol |= bit << i;
        }

        return symbol;
    }

    private uint Direct(int bits)
    {
        uint value = 0;
        for (; bits > 0; bits--)
        {
            _range >>= 1;
            uint isZero = (_code - _range) >> 31;
            _code -= _range & (isZero - 1);
            value = (value << 1) | (1 - isZero);
            Normalize();
        }

        return value;
    }

    private int Bit(ref ushort probability)
    {
        uint bound = (_range >> ProbabilityBits) * probability;
        int bit;
        if (_code < bound)
        {
            _range = bound;
            probability += (ushort)(((1 << ProbabilityBits) - probability) >> 5);
            bit = 0;
        }
        else
        {
            _range -= bound;
            _code -= bound;
            probability -= (ushort)(probability >> 5);
            bit = 1;
        }

        Normalize();
        return bit;
    }

    // Bytes behind the chunk count as zeros, and are found out when it ends.
    private void Normalize()
    {
        if (_range >= 1 << 24)
            return;
        _range <<= 8;
        _code = (_code << 8) | (_at < _end ? _data[_at] : (uint)0);
        _at++;
    }

    private sealed class LengthCoder
    {
        public ushort[] Choices { get; } = new ushort[2];

        public ushort[] Low { get; } = new ushort[8 * PositionStates];

        public ushort[] Middle { get; } = new ushort[8 * PositionStates];

        public ushort[] High { get; } = new ushort[256];

        public void Reset()
        {
            foreach (ushort[] probabilities in new[] { Choices, Low, Middle, High })
                probabilities.AsSpan().Fill(Even);
        }
    }
}
