using System;
using System.Buffers.Binary;
using BackupLinks.Text;

namespace BackupLinks.Formats.Compression;

/// <summary>
/// Decompresses one deflate stream (RFC 1951), or one of Deflate64. The framework's decoder does not say where a stream
/// ends, nor that one was cut (dotnet/runtime issues 61768 and 72726); this one does both.
/// </summary>
internal sealed class Inflater
{
    private const int Room = 128 * 1024;
    private const int PrimaryBits = 10;

    // More extra bits than any length of deflate has: then one refill is not enough for the distance.
    private const int MostExtraBits = 5;

    private readonly int _history;
    private readonly int _outputLimit;
    private readonly bool _is64;
    private readonly byte[] _output;
    private readonly byte[] _lengths = new byte[320];
    private readonly HuffmanTable _literals = new(PrimaryBits, 288);
    private readonly HuffmanTable _distances = new(9, 32);
    private readonly HuffmanTable _codeLengths = new(7, 19);
    private ByteReader _input = null!;
    private long _start;
    private ulong _bits;
    private int _bitCount;
    private int _outputStart;
    private int _outputEnd;
    private int _historyStart;
    private int _storedLeft;
    private Stage _stage = Stage.Done;
    private bool _isLastBlock;

    /// <summary>Prepares to decompress.</summary>
    /// <param name="is64">True for Deflate64, with a window of 64 KiB and matches of up to 65,538 bytes.</param>
    public Inflater(bool is64 = false)
    {
        _is64 = is64;
        _history = is64 ? 64 * 1024 : 32 * 1024;
        int longestMatch = is64 ? ushort.MaxValue + 3 : 258;
        _output = new byte[_history + Room];
        _outputLimit = _output.Length - longestMatch - 8;
    }

    private enum Stage
    {
        BlockHeader,
        Stored,
        Compressed,
        Done,
    }

    /// <summary>Begins a stream where an input is.</summary>
    /// <param name="input">The input.</param>
    public void Begin(ByteReader input)
    {
        _input = input;
        _start = input.Position;
        _bits = 0;
        _bitCount = 0;
        _outputStart = _outputEnd = _historyStart = 0;
        _isLastBlock = false;
        _stage = Stage.BlockHeader;
    }

    /// <summary>Decompresses the next bytes.</summary>
    /// <param name="buffer">Takes them.</param>
    /// <param name="offset">Where they begin there.</param>
    /// <param name="count">The most to take; 1 or more.</param>
    /// <returns>
    /// Their number; 0 at the end of the stream, when the input is at the first byte behind it.
    /// </returns>
    /// <exception cref="BackupFormatException">The stream is cut or damaged.</exception>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (_outputStart == _outputEnd)
            Produce();
        int read = Math.Min(count, _outputEnd - _outputStart);
        Buffer.BlockCopy(_output, _outputStart, buffer, offset, read);
        _outputStart += read;
        return read;
    }

    private void Produce()
    {
        SlideHistory();
        while (_outputEnd < _outputLimit && _stage != Stage.Done)
        {
            switch (_stage)
            {
                case Stage.BlockHeader:
                    ReadBlockHeader();
                    break;
                case Stage.Stored:
                    CopyStored();
                    break;
                case Stage.Compressed:
                    DecodeBlock();
                    break;
            }
        }

        if (_stage == Stage.Done)
            ReturnUnusedBytes();
    }

    // The output stays as far as a match can reach back.
    private void SlideHistory()
    {
        if (_outputEnd < _outputLimit)
            return;
        int kept = Math.Min(_history, _outputEnd);
        Buffer.BlockCopy(_output, _outputEnd - kept, _output, 0, kept);
        _historyStart = 0;
        _outputStart = _outputEnd = kept;
    }

    private void ReadBlockHeader()
    {
        if (_isLastBlock)
        {
            _stage = Stage.Done;
            return;
        }

        _isLastBlock = TakeBits(1) == 1;
        switch (TakeBits(2))
        {
            case 0:
                TakeBits(_bitCount & 7);
                uint length = TakeBits(16);
                if ((length ^ TakeBits(16)) != 0xFFFF)
                    throw Damaged("the length of a stored block does not match its complement");
                _storedLeft = (int)length;
                _stage = Stage.Stored;
                break;
            case 1:
                TryBuild(DeflateCodes.FixedLiteralLengths, DeflateCodes.FixedDistanceLengths);
                _stage = Stage.Compressed;
                break;
            case 2:
                ReadDynamicCodes();
                _stage = Stage.Compressed;
                break;
            default:
                throw Damaged("a block has a type that does not exist");
        }
    }

    private void ReadDynamicCodes()
    {
        int literals = (int)TakeBits(5) + 257;
        int distances = (int)TakeBits(5) + 1;
        int codes = (int)TakeBits(4) + 4;
        if (literals > 286 || (distances > 30 && !_is64))
            throw Damaged("a block has too many codes");
        Array.Clear(_lengths, 0, 19);
        for (int i = 0; i < codes; i++)
            _lengths[DeflateCodes.CodeLengthOrder[i]] = (byte)TakeBits(3);
        if (!_codeLengths.TryBuild(_lengths.AsSpan(0, 19), DeflateCodes.CodeLengthMeanings, mayBeIncomplete: false))
            throw Damaged("the lengths of the codes are not valid");
        for (int i = 0; i < literals + distances;)
        {
            uint entry = TakeSymbol(_codeLengths, 7);
            int symbol = (int)(entry >> 16);
            if (symbol < 16)
            {
                _lengths[i++] = (byte)symbol;
                continue;
            }

            if (symbol == 16 && i == 0)
                throw Damaged("the first code repeats one before it");
            byte value = symbol == 16 ? _lengths[i - 1] : (byte)0;
            int repeat = symbol switch { 16 => 3 + (int)TakeBits(2), 17 => 3 + (int)TakeBits(3),
                _ => 11 + (int)TakeBits(7) };
            if (i + repeat > literals + distances)
                throw Damaged("there are more codes than the block says");
            for (; repeat > 0; repeat--)
                _lengths[i++] = value;
        }

        if (_lengths[256] == 0)
            throw Damaged("a block has no code for its end");
        if (!TryBuild(_lengths.AsSpan(0, literals), _lengths.AsSpan(literals, distances)))
            throw Damaged("the codes of a block are not valid");
    }

    // A code of one bit may be alone.
    private bool TryBuild(ReadOnlySpan<byte> literals, ReadOnlySpan<byte> distances) =>
        _literals.TryBuild(literals, _is64 ? DeflateCodes.LiteralMeanings64 : DeflateCodes.LiteralMeanings,
            mayBeIncomplete: true)
        && _distances.TryBuild(distances, _is64 ? DeflateCodes.DistanceMeanings64 : DeflateCodes.DistanceMeanings,
            mayBeIncomplete: true);

    private void CopyStored()
    {
        // Whole bytes that were read ahead come first.
        while (_storedLeft > 0 && _bitCount >= 8)
        {
            _output[_outputEnd++] = (byte)TakeBits(8);
            _storedLeft--;
        }

        int count = Math.Min(_storedLeft, _outputLimit - _outputEnd);
        if (count > 0)
        {
            int read = _input.ReadSome(_output, _outputEnd, count);
            if (read == 0)
                throw Cut();
            _outputEnd += read;
            _storedLeft -= read;
        }

        if (_storedLeft == 0)
            _stage = Stage.BlockHeader;
    }

    private void DecodeBlock()
    {
        uint[] literals = _literals.Entries;
        uint[] distances = _distances.Entries;
        byte[] output = _output;
        int outputLimit = _outputLimit;
        int outputEnd = _outputEnd;
        var (bits, bitCount) = (_bits, _bitCount);
        byte[] window = _input.WindowBuffer;
        int at = _input.WindowStart;
        int end = _input.WindowEnd;
        bool isOver = false;
        while (outputEnd < outputLimit && !isOver)
        {
            if (bitCount < 48)
            {
                if (end - at >= 8)
                {
                    bits |= BinaryPrimitives.ReadUInt64LittleEndian(window.AsSpan(at, 8)) << bitCount;
                    at += (63 - bitCount) >> 3;
                    bitCount |= 56;
                }
                else
                {
                    (bits, bitCount) = Refill(at, bits, bitCount);
                    (window, at, end) = (_input.WindowBuffer, _input.WindowStart, _input.WindowEnd);
                }
            }

            uint entry = literals[(int)(bits & ((1 << PrimaryBits) - 1))];
            if ((entry & (HuffmanTable.Subtable << 8)) != 0)
            {
                bits >>= PrimaryBits;
                bitCount -= PrimaryBits;
                entry = literals[(int)((entry >> 16) + (uint)(bits & ((1UL << (int)((entry >> 8) & 0xF)) - 1)))];
            }

            int length = (int)(entry & 0xFF);
            bits >>= length;
            bitCount -= length;
            uint kind = (entry >> 8) & 0xFF;
            if (kind == HuffmanTable.Literal)
            {
                output[outputEnd++] = (byte)(entry >> 16);
                if (bitCount >= 0)
                    continue;
            }
            else if (kind == HuffmanTable.EndOfBlock)
            {
                isOver = true;
                _stage = Stage.BlockHeader;
            }
            else if (kind == HuffmanTable.Invalid)
            {
                if (bitCount >= 0)
                    throw Damaged("a code is not valid", at);
            }
            else
            {
                int extra = (int)kind;
                int match = (int)(entry >> 16) + (int)(bits & ((1UL << extra) - 1));
                bits >>= extra;
                bitCount -= extra;
                if (extra > MostExtraBits && bitCount >= 0)
                {
                    (bits, bitCount) = Refill(at, bits, bitCount);
                    (window, at, end) = (_input.WindowBuffer, _input.WindowStart, _input.WindowEnd);
                }

                entry = distances[(int)(bits & 511)];
                if ((entry & (HuffmanTable.Subtable << 8)) != 0)
                {
                    bits >>= 9;
                    bitCount -= 9;
                    entry = distances[(int)((entry >> 16) + (uint)(bits & ((1UL << (int)((entry >> 8) & 0xF)) - 1)))];
                }

                length = (int)(entry & 0xFF);
                extra = (int)((entry >> 8) & 0xFF);
                bits >>= length;
                bitCount -= length;
                if (extra >= HuffmanTable.Literal)
                {
                    if (bitCount >= 0)
                        throw Damaged("a distance is not valid", at);
                }
                else
                {
                    int distance = (int)(entry >> 16) + (int)(bits & ((1UL << extra) - 1));
                    bits >>= extra;
                    bitCount -= extra;
                    if (bitCount >= 0)
                    {
                        if (distance > outputEnd - _historyStart)
                            throw Damaged("a distance leads back behind the beginning", at);
                        DeflateMatch.Copy(output, outputEnd, distance, match);
                        outputEnd += match;
                    }
                }
            }

            if (bitCount < 0)
                throw Cut();
        }

        _input.Advance(at - _input.WindowStart);
        // The fast way leaves bits of bytes above that it has not passed.
        (_bits, _bitCount) = (bits & ((1UL << bitCount) - 1), bitCount);
        _outputEnd = outputEnd;
    }

    // The fast way leaves bits of bytes above that it has not passed.
    private (ulong Bits, int Count) Refill(int at, ulong bits, int bitCount)
    {
        _input.Advance(at - _input.WindowStart);
        (_bits, _bitCount) = (bits & ((1UL << bitCount) - 1), bitCount);
        Refill();
        return (_bits, _bitCount);
    }

    // As many bits as there are, up to 56 or more.
    private void Refill()
    {
        // The window has eight bytes for the fast way, or all that is left.
        _input.Fill(16);
        while (_bitCount <= 55 && _input.WindowStart < _input.WindowEnd)
        {
            _bits |= (ulong)_input.WindowBuffer[_input.WindowStart] << _bitCount;
            _input.Advance(1);
            _bitCount += 8;
        }
    }

    private uint TakeBits(int count)
    {
        if (_bitCount < count)
            Refill();
        if (_bitCount < count)
            throw Cut();
        uint value = (uint)(_bits & ((1UL << count) - 1));
        _bits >>= count;
        _bitCount -= count;
        return value;
    }

    private uint TakeSymbol(HuffmanTable table, int primaryBits)
    {
        if (_bitCount < HuffmanTable.LongestCode)
            Refill();
        uint entry = table.Entries[(int)(_bits & ((1UL << primaryBits) - 1))];
        if (((entry >> 8) & 0xFF) == HuffmanTable.Invalid)
            throw Damaged("a code is not valid");
        TakeBits((int)(entry & 0xFF));
        return entry;
    }

    private void ReturnUnusedBytes()
    {
        // Only whole bytes that are still in the window were read ahead.
        int unused = _bitCount >> 3;
        if (unused > 0)
            _input.Advance(-unused);
        _bits = 0;
        _bitCount = 0;
    }

    private BackupFormatException Damaged(string problem, int? windowAt = null)
    {
        long at = (windowAt is { } window ? _input.Position + window - _input.WindowStart : _input.Position) - (
            _bitCount >> 3);
        return BackupFormatException.Damaged(at, $"{problem}, near {Numbers.Text(at)}");
    }

    private BackupFormatException Cut() => BackupFormatException.Truncated(
        _input.Position, $"the compressed data that begins at {Numbers.Text(_start)} has no end at "
            + $"{Numbers.Text(_input.Position)}");
}
