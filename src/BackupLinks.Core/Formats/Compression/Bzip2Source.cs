using System;
using BackupLinks.Text;

namespace BackupLinks.Formats.Compression;

/// <summary>The content of bzip2 streams, one behind the other (<c>decompress.c</c> of bzip2 1.0.8).</summary>
internal sealed class Bzip2Source(ByteReader input, BackupLayer layer) : DecodingSource(layer)
{
    private const int GroupSize = 50;
    private const int MostSelectors = 18002;
    private const int LongestCode = Bzip2Code.LongestCode;

    private readonly byte[] _selectors = new byte[MostSelectors];
    private readonly byte[] _symbols = new byte[256];
    private readonly Bzip2Code[] _codes = [new(), new(), new(), new(), new(), new()];
    private readonly int[] _counts = new int[256];
    private readonly byte[] _lengths = new byte[Bzip2Code.MostSymbols];
    private int[] _links = [];
    private ulong _bits;
    private int _bitCount;
    private int _blockSize;
    private int _blockLength;
    private int _left;
    private int _at;
    private int _run;
    private int _repeat;
    private int _last = -1;
    private bool _isInStream;
    private bool _isInBlock;
    private uint _crc;
    private uint _statedCrc;
    private uint _streamCrc;
    private long _blockAt;
    private long _streamAt;
    private long _verifiedTo;
    private bool _isOver;

    /// <summary>The magic number of a block: pi.</summary>
    public static ReadOnlySpan<byte> BlockMagic => [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];

    /// <summary>The magic number of a stream's end: the square root of pi.</summary>
    public static ReadOnlySpan<byte> EndMagic => [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];

    /// <summary>How many streams there are.</summary>
    public long Streams { get; private set; }

    protected override (long Start, long End)? Unverified => (_verifiedTo, input.Position);

    protected override int Decode(byte[] buffer, int offset, int count)
    {
        while (!_isOver)
        {
            if (_isInBlock)
            {
                int read = Unpack(buffer, offset, count);
                if (_left == 0 && _repeat == 0)
                    EndBlock();
                if (read > 0)
                    return read;
            }
            else if (_isInStream)
            {
                ReadBlockOrEnd();
            }
            else
            {
                ReadStreamHeader();
            }
        }

        return 0;
    }

    private void ReadStreamHeader()
    {
        var head = input.Peek(4);
        _isOver = !(head.Length == 4 && head.StartsWith("BZh"u8) && head[3] is >= (byte)'1' and <= (byte)'9');
        if (_isOver)
            return;

        _streamAt = input.Position;
        _blockSize = 100_000 * (head[3] - '0');
        input.Advance(4);
        if (_links.Length < _blockSize)
            _links = new int[_blockSize];
        _streamCrc = 0;
        _isInStream = true;
    }

    private void ReadBlockOrEnd()
    {
        _blockAt = input.Position;
        ulong magic = ((ulong)TakeBits(24) << 24) | TakeBits(24);
        if (magic == 0x177245385090)
        {
            uint stated = (TakeBits(16) << 16) | TakeBits(16);
            // Blocks that do not belong together are right by themselves.
            _verifiedTo = _streamAt;
            if (stated != _streamCrc)
            {
                throw BackupFormatException.Damaged(
                    _blockAt, $"the CRC-32 of the stream at {Numbers.Text(_blockAt)} is wrong");
            }

            // The last byte is filled up; what was read ahead goes back.
            int unused = _bitCount >> 3;
            if (unused > 0)
                input.Advance(-unused);
            _bits = 0;
            _bitCount = 0;
            _isInStream = false;
            Streams++;
            _verifiedTo = input.Position;
            return;
        }

        if (magic != 0x314159265359)
        {
            throw BackupFormatException.Damaged(
                _blockAt, $"a block begins near {Numbers.Text(_blockAt)}, and other bytes are there");
        }

        ReadBlock();
    }

    private void ReadBlock()
    {
        _statedCrc = (TakeBits(16) << 16) | TakeBits(16);
        bool isRandomized = TakeBits(1) == 1;
        int origin = (int)TakeBits(24);
        if (isRandomized)
            throw Randomised();

        int symbols = ReadSymbols();
        int groups = (int)TakeBits(3);
        int selectors = (int)TakeBits(15);
        if (symbols == 0 || groups is < 2 or > 6 || selectors == 0)
            throw Damaged();
        ReadSelectors(groups, selectors);
        for (int i = 0; i < groups; i++)
            ReadCode(_codes[i], symbols + 2);
        ReadContent(symbols, Math.Min(selectors, MostSelectors));
        if (origin >= _blockLength)
            throw Damaged();
        Link(origin);
        _crc = uint.MaxValue;
        _run = 0;
        _last = -1;
        _repeat = 0;
        _isInBlock = true;
    }

    private int ReadSymbols()
    {
        uint map = TakeBits(16);
        int count = 0;
        for (int i = 0; i < 16; i++)
        {
            if ((map & (0x8000u >> i)) == 0)
                continue;
            uint part = TakeBits(16);
            for (int j = 0; j < 16; j++)
            {
                if ((part & (0x8000u >> j)) != 0)
                    _symbols[count++] = (byte)((16 * i) + j);
            }
        }

        return count;
    }

    private void ReadSelectors(int groups, int count)
    {
        Span<byte> order = [0, 1, 2, 3, 4, 5];
        for (int i = 0; i < count; i++)
        {
            int place = 0;
            while (TakeBits(1) == 1)
            {
                if (++place >= groups)
                    throw Damaged();
            }

            byte selected = order[place];
            for (; place > 0; place--)
                order[place] = order[place - 1];
            order[0] = selected;
            // lbzip2 writes more than there can be; they are never used.
            if (i < MostSelectors)
                _selectors[i] = selected;
        }
    }

    private void ReadCode(Bzip2Code code, int symbols)
    {
        int length = (int)TakeBits(5);
        for (int i = 0; i < symbols; i++)
        {
            while (true)
            {
                if (length is < 1 or > LongestCode)
                    throw Damaged();
                if (TakeBits(1) == 0)
                    break;
                length += TakeBits(1) == 0 ? 1 : -1;
            }

            _lengths[i] = (byte)length;
        }

        code.Build(_lengths, symbols);
    }

    private void ReadContent(int symbols, int selectors)
    {
        Array.Clear(_counts, 0, _counts.Length);
        Span<byte> order = stackalloc byte[256];
        _symbols.AsSpan(0, symbols).CopyTo(order);
        int end = symbols + 1;
        int length = 0;
        int run = 0;
        int runBit = 1;
        for (int selector = 0, inGroup = 0; ; inGroup++)
        {
            if (inGroup == GroupSize)
            {
                inGroup = 0;
                selector++;
            }

            if (selector >= selectors)
                throw Damaged();
            int symbol = TakeSymbol(_codes[_selectors[selector]]);
            if (symbol <= 1)
            {
                // A run, in bijective base 2.
                run += runBit << symbol;
                runBit <<= 1;
                if (run > _blockSize)
                    throw Damaged();
                continue;
            }

            if (run > 0)
            {
                if (length + run > _blockSize)
                    throw Damaged();
                _counts[order[0]] += run;
                _links.AsSpan(length, run).Fill(order[0]);
                length += run;
                run = 0;
                runBit = 1;
            }

            if (symbol == end)
                break;
            if (length >= _blockSize)
                throw Damaged();
            byte value = order[symbol - 1];
            order.Slice(0, symbol - 1).CopyTo(order.Slice(1));
            order[0] = value;
            _counts[value]++;
            _links[length++] = value;
        }

        _blockLength = length;
    }

    // The inverse of the Burrows-Wheeler transformation: the low eight bits of each entry are a byte, the rest its
    // successor.
    private void Link(int origin)
    {
        Span<int> starts = stackalloc int[256];
        int sum = 0;
        for (int i = 0; i < 256; i++)
        {
            starts[i] = sum;
            sum += _counts[i];
        }

        int[] links = _links;
        for (int i = 0; i < _blockLength; i++)
        {
            int value = links[i] & 0xFF;
            links[starts[value]++] |= i << 8;
        }

        _at = links[origin] >> 8;
        _left = _blockLength;
    }

    // Four equal bytes are followed by a number of more.
    private int Unpack(byte[] buffer, int offset, int count)
    {
        int at = offset;
        int end = offset + count;
        uint crc = _crc;
        uint[] crcTable = Bzip2Crc.Table;
        int[] links = _links;
        while (at < end)
        {
            if (_repeat > 0)
            {
                _repeat--;
                buffer[at++] = (byte)_last;
                crc = (crc << 8) ^ crcTable[(crc >> 24) ^ (uint)_last];
                continue;
            }

            if (_left == 0)
                break;
            int entry = links[_at];
            int value = entry & 0xFF;
            _at = entry >> 8;
            _left--;
            if (_run == 4)
            {
                _repeat = value;
                _run = 0;
                continue;
            }

            _run = value == _last ? _run + 1 : 1;
            _last = value;
            buffer[at++] = (byte)value;
            crc = (crc << 8) ^ crcTable[(crc >> 24) ^ (uint)value];
        }

        _crc = crc;
        return at - offset;
    }

    private void EndBlock()
    {
        _isInBlock = false;
        if (~_crc != _statedCrc)
        {
            throw BackupFormatException.Damaged(
                _blockAt, $"the CRC-32 of the block near {Numbers.Text(_blockAt)} is {~_crc:x8}, and the block "
                + $"says {_statedCrc:x8}");
        }

        // The next block begins in the byte that this one ends in.
        _verifiedTo = input.Position - ((_bitCount + 7) >> 3);
        _streamCrc = ((_streamCrc << 1) | (_streamCrc >> 31)) ^ ~_crc;
    }

    private BackupFormatException Damaged() =>
        BackupFormatException.Damaged(_blockAt, $"the block near {Numbers.Text(_blockAt)} cannot be decompressed");

    private void Refill()
    {
        while (_bitCount <= 56 && (input.WindowStart < input.WindowEnd || input.Fill(1)))
        {
            _bits = (_bits << 8) | input.WindowBuffer[input.WindowStart];
            input.Advance(1);
            _bitCount += 8;
        }
    }

    private uint TakeBits(int count)
    {
        if (_bitCount < count)
        {
            Refill();
            if (_bitCount < count)
                throw Cut();
        }

        _bitCount -= count;
        return (uint)(_bits >> _bitCount) & ((1u << count) - 1);
    }

    private int TakeSymbol(Bzip2Code code)
    {
        if (_bitCount < LongestCode)
            Refill();
        int have = Math.Min(_bitCount, LongestCode);
        int bits = (int)(_bits >> (_bitCount - have)) & ((1 << have) - 1);
        bits <<= LongestCode - have;
        int length = code.Find(bits, out int symbol);
        if (length > _bitCount)
            throw Cut();
        if (length < 0)
            throw Damaged();
        _bitCount -= length;
        return symbol;
    }

    // No CRC-32 covers the bit that says so, which may be in the bytes that were read ahead.
    private BackupFormatException Randomised() => BackupFormatException.UnsupportedPart(
        Math.Max(0, _blockAt - sizeof(ulong)), input.Position, "a block is randomised, as bzip2 before 0.9.5 did");

    private BackupFormatException Cut() => BackupFormatException.Truncated(
        input.Position, $"the block that begins near {Numbers.Text(_blockAt)} has no end at "
            + $"{Numbers.Text(input.Position)}");
}
