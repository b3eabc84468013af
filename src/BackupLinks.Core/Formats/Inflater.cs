using System;
using System.Buffers.Binary;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// Decompresses one deflate stream (RFC 1951). The framework's decoder does not say where a stream ends, nor that one
/// was
/// cut (dotnet/runtime issues 61768 and 72726); this one does both.
/// </summary>
internal sealed class Inflater(ByteReader input)
{
    private const int History = 32 * 1024;
    private const int LongestMatch = 258;
    private const int OutputSize = History + (128 * 1024);
    private const int OutputLimit = OutputSize - LongestMatch - 8;
    private const int PrimaryBits = 10;

    private static readonly byte[] CodeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    private static readonly uint[] LiteralMeanings = MakeLiteralMeanings();
    private static readonly uint[] DistanceMeanings = MakeDistanceMeanings();
    private static readonly uint[] CodeLengthMeanings = MakeCodeLengthMeanings();
    private static readonly byte[] FixedLiteralLengths = MakeFixedLiteralLengths();
    private static readonly byte[] FixedDistanceLengths = MakeFixedDistanceLengths();

    private readonly byte[] _output = new byte[OutputSize];
    private readonly byte[] _lengths = new byte[320];
    private readonly HuffmanTable _literals = new(PrimaryBits, 288);
    private readonly HuffmanTable _distances = new(9, 32);
    private readonly HuffmanTable _codeLengths = new(7, 19);
    private long _start;
    private ulong _bits;
    private int _bitCount;
    private int _outputStart;
    private int _outputEnd;
    private int _historyStart;
    private int _storedLeft;
    private Stage _stage = Stage.Done;
    private bool _isLastBlock;

    private enum Stage
    {
        BlockHeader,
        Stored,
        Compressed,
        Done,
    }

    /// <summary>Begins a stream where the input is.</summary>
    public void Begin()
    {
        _start = input.Position;
        _bits = 0;
        _bitCount = 0;
        _outputStart = _outputEnd = _historyStart = 0;
        _isLastBlock = false;
        _stage = Stage.BlockHeader;
    }

    /// <summary>Decompresses the next bytes.</summary>
    /// <returns>
    /// Bytes that are valid until the next call; none at the end of the stream, when the input is at the first byte
    /// behind it.
    /// </returns>
    /// <exception cref="BackupFormatException">The stream is cut or damaged.</exception>
    public ReadOnlySpan<byte> Next()
    {
        SlideHistory();
        while (_outputEnd < OutputLimit && _stage != Stage.Done)
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
        var output = _output.AsSpan(_outputStart, _outputEnd - _outputStart);
        _outputStart = _outputEnd;
        return output;
    }

    // What was given out stays as far as a match can reach back.
    private void SlideHistory()
    {
        if (_outputEnd < OutputLimit)
            return;
        int kept = Math.Min(History, _outputEnd);
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
                _literals.TryBuild(FixedLiteralLengths, LiteralMeanings, mayBeIncomplete: false);
                _distances.TryBuild(FixedDistanceLengths, DistanceMeanings, mayBeIncomplete: false);
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
        if (literals > 286 || distances > 30)
            throw Damaged("a block has too many codes");
        Array.Clear(_lengths, 0, 19);
        for (int i = 0; i < codes; i++)
            _lengths[CodeLengthOrder[i]] = (byte)TakeBits(3);
        if (!_codeLengths.TryBuild(_lengths.AsSpan(0, 19), CodeLengthMeanings, mayBeIncomplete: false))
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
        if (!_literals.TryBuild(_lengths.AsSpan(0, literals), LiteralMeanings, mayBeIncomplete: true)
            || !_distances.TryBuild(_lengths.AsSpan(literals, distances), DistanceMeanings, mayBeIncomplete: true))
        {
            throw Damaged("the codes of a block are not valid");
        }
    }

    private void CopyStored()
    {
        // Whole bytes that were read ahead come first.
        while (_storedLeft > 0 && _bitCount >= 8)
        {
            _output[_outputEnd++] = (byte)TakeBits(8);
            _storedLeft--;
        }

        int count = Math.Min(_storedLeft, OutputLimit - _outputEnd);
        if (count > 0)
        {
            int read = input.ReadSome(_output, _outputEnd, count);
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
        int outputEnd = _outputEnd;
        ulong bits = _bits;
        int bitCount = _bitCount;
        byte[] window = input.WindowBuffer;
        int at = input.WindowStart;
        int end = input.WindowEnd;
        bool isOver = false;
        while (outputEnd < OutputLimit && !isOver)
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
                    input.Advance(at - input.WindowStart);
                    (_bits, _bitCount) = (bits & ((1UL << bitCount) - 1), bitCount);
                    Refill();
                    (bits, bitCount) = (_bits, _bitCount);
                    window = input.WindowBuffer;
                    at = input.WindowStart;
                    end = input.WindowEnd;
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
                        Copy(output, outputEnd, distance, match);
                        outputEnd += match;
                    }
                }
            }

            if (bitCount < 0)
                throw Cut();
        }

        input.Advance(at - input.WindowStart);
        // The fast way leaves bits of bytes above that it has not passed.
        (_bits, _bitCount) = (bits & ((1UL << bitCount) - 1), bitCount);
        _outputEnd = outputEnd;
    }

    private static void Copy(byte[] output, int at, int distance, int count)
    {
        int from = at - distance;
        if (distance >= count)
        {
            if (count > 32)
            {
                Buffer.BlockCopy(output, from, output, at, count);
                return;
            }
        }
        else if (distance == 1)
        {
            output.AsSpan(at, count).Fill(output[from]);
            return;
        }

        if (distance >= 8)
        {
            // There are eight bytes of room behind the longest match.
            for (int i = 0; i < count; i += 8)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(output.AsSpan(at + i, 8),
                    BinaryPrimitives.ReadUInt64LittleEndian(output.AsSpan(from + i, 8)));
            }

            return;
        }

        for (int i = 0; i < count; i++)
            output[at + i] = output[from + i];
    }

    // As many bits as there are, up to 56 or more.
    private void Refill()
    {
        // The window has eight bytes for the fast way, or all that is left.
        input.Fill(16);
        while (_bitCount <= 55 && input.WindowStart < input.WindowEnd)
        {
            _bits |= (ulong)input.WindowBuffer[input.WindowStart] << _bitCount;
            input.Advance(1);
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
            input.Advance(-unused);
        _bits = 0;
        _bitCount = 0;
    }

    private BackupFormatException Damaged(string problem, int? windowAt = null)
    {
        long at = (windowAt is { } window ? input.Position + window - input.WindowStart : input.Position) - (
            _bitCount >> 3);
        return BackupFormatException.Damaged(at, $"{problem}, near {Numbers.Text(at)}");
    }

    private BackupFormatException Cut() => BackupFormatException.Truncated(
        input.Position, $"the compressed data that begins at {Numbers.Text(_start)} has no end at "
            + $"{Numbers.Text(input.Position)}");

    private static uint[] MakeLiteralMeanings()
    {
        var meanings = new uint[288];
        for (uint i = 0; i < 256; i++)
            meanings[i] = (i << 16) | (HuffmanTable.Literal << 8);
        meanings[256] = HuffmanTable.EndOfBlock << 8;
        uint start = 3;
        for (uint i = 257; i < 285; i++)
        {
            uint extra = i < 265 ? 0 : (i - 261) / 4;
            meanings[i] = (start << 16) | (extra << 8);
            start += 1u << (int)extra;
        }

        meanings[285] = 258u << 16;
        meanings[286] = meanings[287] = HuffmanTable.Invalid << 8;
        return meanings;
    }

    private static uint[] MakeDistanceMeanings()
    {
        var meanings = new uint[32];
        uint start = 1;
        for (uint i = 0; i < 30; i++)
        {
            uint extra = i < 4 ? 0 : (i - 2) / 2;
            meanings[i] = (start << 16) | (extra << 8);
            start += 1u << (int)extra;
        }

        meanings[30] = meanings[31] = HuffmanTable.Invalid << 8;
        return meanings;
    }

    private static uint[] MakeCodeLengthMeanings()
    {
        var meanings = new uint[19];
        for (uint i = 0; i < 19; i++)
            meanings[i] = (i << 16) | (HuffmanTable.Literal << 8);
        return meanings;
    }

    private static byte[] MakeFixedLiteralLengths()
    {
        byte[] lengths = new byte[288];
        for (int i = 0; i < 288; i++)
            lengths[i] = i < 144 ? (byte)8 : i < 256 ? (byte)9 : i < 280 ? (byte)7 : (byte)8;
        return lengths;
    }

    private static byte[] MakeFixedDistanceLengths()
    {
        byte[] lengths = new byte[32];
        lengths.AsSpan().Fill(5);
        return lengths;
    }
}
