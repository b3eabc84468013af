using System;
using System.Buffers.Binary;
using BackupLinks.Checksums;
using BackupLinks.Text;

namespace BackupLinks.Formats.Compression;

/// <summary>The content of xz streams, one behind the other.</summary>
internal sealed class XzSource : DecodingSource, IDisposable
{
    private const int HeaderSize = 12;
    private const int LongestChunk = 64 * 1024;
    private const int LongestOutput = 2 * 1024 * 1024;

    private readonly ByteReader _input;
    private readonly int _longestDictionary;
    private readonly OutputWindow _window = new();
    private readonly LzmaDecoder _decoder;
    private readonly byte[] _chunk = new byte[LongestChunk];
    private readonly XzCheck _check = new();
    private readonly Crc32 _header = new();
    private Stage _stage = Stage.StreamHeader;
    private ushort _flags;
    private long _streamAt;
    private long _verifiedTo;
    private long _blockAt;
    private long _dataAt;
    private XzBlockHeader _block;
    private long _blockSize;
    private long _position;
    private bool _needsProperties;
    private bool _needsDictionary;
    private XzRecords _records;

    /// <summary>Begins at the first stream.</summary>
    /// <param name="input">The streams.</param>
    /// <param name="layer">Takes what was found.</param>
    /// <param name="longestDictionary">How much of a longer dictionary is kept, in bytes.</param>
    public XzSource(ByteReader input, BackupLayer layer, int longestDictionary = OutputWindow.LongestHistory)
        : base(layer)
    {
        _input = input;
        _longestDictionary = longestDictionary;
        _decoder = new LzmaDecoder(_window);
    }

    private enum Stage
    {
        StreamHeader,
        BlockOrIndex,
        Chunk,
        Done,
    }

    /// <summary>The first bytes of a stream.</summary>
    public static ReadOnlySpan<byte> Magic => [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    /// <summary>How many streams there are.</summary>
    public long Streams { get; private set; }

    /// <summary>The coverage of the checksums of all streams.</summary>
    public string Coverage { get; private set; } = ChecksumCoverage.Verified;

    public void Dispose()
    {
        _window.Dispose();
        _check.Dispose();
    }

    protected override (long Start, long End)? Unverified => (_verifiedTo, _input.Position);

    protected override int Decode(byte[] buffer, int offset, int count)
    {
        while ((_block.Filters?.Ready ?? _window.Ready) == 0)
        {
            switch (_stage)
            {
                case Stage.StreamHeader:
                    ReadStreamHeader();
                    break;
                case Stage.BlockOrIndex:
                    ReadBlockHeaderOrIndex();
                    break;
                case Stage.Chunk:
                    ReadChunk();
                    break;
                default:
                    return 0;
            }
        }

        return _block.Filters?.Take(buffer, offset, count) ?? _window.Take(buffer, offset, count);
    }

    private void ReadStreamHeader()
    {
        long at = _input.Position;
        // Zeros in fours may stand between streams and behind them.
        while (Streams > 0 && _input.Peek(4) is { Length: 4 } padding && SpanSearch.IndexOfNonZero(padding) < 0)
            _input.Advance(4);
        if (Streams > 0 && !_input.Peek(Magic.Length).SequenceEqual(Magic))
        {
            // The caller refuses bytes that are not a stream.
            _stage = Stage.Done;
            return;
        }

        _streamAt = at;
        _input.Skip(Magic.Length, "the header of a stream");
        var flags = _input.Read(2, "the header of a stream");
        _flags = BinaryPrimitives.ReadUInt16LittleEndian(flags);
        uint crc = Crc32.Compute(flags);
        if (_input.ReadUInt32("the header of a stream") != crc)
        {
            throw BackupFormatException.Damaged(
                at, $"the checksum of the header of the stream at {Numbers.Text(at)} is wrong");
        }

        if ((_flags & 0xF0FF) != 0)
        {
            throw BackupFormatException.Unsupported(
                at, $"the stream at {Numbers.Text(at)} has flags of a later version");
        }

        _check.Begin(_flags >> 8);
        if (_check.Coverage != ChecksumCoverage.Verified)
            Coverage = _check.Coverage;
        _records = default;
        _stage = Stage.BlockOrIndex;
    }

    private void ReadBlockHeaderOrIndex()
    {
        _blockAt = _input.Position;
        int size = _input.ReadByte("the header of a block");
        if (size == 0)
        {
            ReadIndex();
            return;
        }

        size = 4 * (size + 1);
        _header.Reset();
        _header.Append([(byte)((size / 4) - 1)]);
        byte[] header = _input.Read(size - 1, "the header of a block").ToArray();
        _header.Append(header.AsSpan(0, size - 5));
        if (BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(size - 5)) != _header.Value)
        {
            throw BackupFormatException.Damaged(
                _blockAt, $"the checksum of the header of the block at {Numbers.Text(_blockAt)} is wrong");
        }

        _block = XzBlockHeader.Read(header.AsSpan(0, size - 5), _blockAt);
        _window.Begin((int)Math.Min(_block.Dictionary, _longestDictionary), LongestOutput);
        _dataAt = _input.Position;
        _blockSize = 0;
        _needsProperties = _needsDictionary = true;
        _stage = Stage.Chunk;
    }

    private void ReadChunk()
    {
        long at = _input.Position;
        byte control = _input.ReadByte("a chunk");
        if (control == 0)
        {
            EndBlock();
            return;
        }

        if (control >= 0xE0 || control == 1)
        {
            _needsProperties = true;
            _needsDictionary = false;
            _window.Reset();
            _position = 0;
        }
        else if (_needsDictionary)
        {
            throw Damaged(at);
        }

        _window.MakeRoom();
        if (control >= 0x80)
            ReadCompressed(control, at);
        else if (control <= 2)
            CopyPlain(at);
        else
            throw Damaged(at);
        var output = _window.ReadySpan;
        _position += output.Length;
        _blockSize += output.Length;
        if (_block.Filters is not { } filters)
        {
            _check.Append(output);
            return;
        }

        _check.Append(filters.Append(output));
        _window.TakeAll();
    }

    private void ReadCompressed(byte control, long at)
    {
        var head = _input.Read(4, "a chunk");
        int size = ((control & 0x1F) << 16) + (head[0] << 8) + head[1] + 1;
        int packed = (head[2] << 8) + head[3] + 1;
        if (control >= 0xC0)
        {
            if (!_decoder.TrySetProperties(_input.ReadByte("a chunk")))
                throw Damaged(at);
            _needsProperties = false;
            _decoder.ResetState();
        }
        else if (_needsProperties)
        {
            throw Damaged(at);
        }
        else if (control >= 0xA0)
        {
            _decoder.ResetState();
        }

        ReadInto(packed, at);
        if (_decoder.TryDecode(_chunk, packed, size, _position))
            return;
        // The chunk may refer to content that is no longer kept.
        throw _block.Dictionary > _longestDictionary && _position + size > _longestDictionary
            ? BackupFormatException.Unsupported(
                _blockAt, $"the block needs a dictionary of {Numbers.Text(_block.Dictionary)} bytes, and "
                + $"{Numbers.Text(_longestDictionary)} are the most")
            : Damaged(at);
    }

    private void CopyPlain(long at)
    {
        var head = _input.Read(2, "a chunk");
        int size = (head[0] << 8) + head[1] + 1;
        ReadInto(size, at);
        _window.Put(_chunk.AsSpan(0, size));
    }

    private void ReadInto(int count, long at)
    {
        for (int there = 0; there < count;)
        {
            int read = _input.ReadSome(_chunk, there, count - there);
            if (read == 0)
            {
                throw BackupFormatException.Truncated(
                    at, $"the chunk of {Numbers.Count(count, "byte")} at {Numbers.Text(at)} has {Numbers.Text(there)}");
            }

            there += read;
        }
    }

    private static BackupFormatException Damaged(long at) => BackupFormatException.Damaged(
        at, $"the chunk at {Numbers.Text(at)} cannot be decompressed");

    private void EndBlock()
    {
        long packed = _input.Position - _dataAt;
        if ((_block.PackedSize ?? (ulong)packed) != (ulong)packed
            || (_block.Size ?? (ulong)_blockSize) != (ulong)_blockSize)
        {
            throw BackupFormatException.Damaged(
                _blockAt, $"the block at {Numbers.Text(_blockAt)} does not have the sizes that its header says");
        }

        long unpadded = _input.Position - _blockAt;
        while (((_input.Position - _blockAt) & 3) != 0)
        {
            if (_input.ReadByte("the padding of a block") != 0)
            {
                throw BackupFormatException.Damaged(
                    _input.Position - 1, $"the padding of the block at {Numbers.Text(_blockAt)} is not zero");
            }
        }

        if (_block.Filters is { } filters)
            _check.Append(filters.Complete());
        long at = _input.Position;
        var stated = _input.Read(_check.Length, "the checksum of a block");
        if (!_check.IsRight(stated))
            throw BackupFormatException.Damaged(at, $"the checksum of the block at {Numbers.Text(_blockAt)} is wrong");
        NoteVerified();
        _records.Add((ulong)(unpadded + _check.Length), (ulong)_blockSize);
        _stage = Stage.BlockOrIndex;
    }

    private void ReadIndex()
    {
        var crc = new Crc32();
        crc.Append([0]);
        // Blocks that do not belong together are right by themselves.
        _verifiedTo = Math.Min(_verifiedTo, _streamAt);
        _input.Watch(crc.Append);
        ulong count = ReadNumber();
        if (count != _records.Count)
        {
            throw BackupFormatException.Damaged(
                _blockAt, $"the index at {Numbers.Text(_blockAt)} has {count} blocks, and there are {_records.Count}");
        }

        XzRecords records = default;
        for (ulong i = 0; i < count; i++)
            records.Add(ReadNumber(), ReadNumber());
        if (records != _records)
        {
            throw BackupFormatException.Damaged(
                _blockAt, $"the index at {Numbers.Text(_blockAt)} has other sizes than the blocks");
        }

        while (((_input.Position - _blockAt) & 3) != 0)
        {
            if (_input.ReadByte("the index") != 0)
            {
                throw BackupFormatException.Damaged(
                    _input.Position - 1, $"the padding of the index at {Numbers.Text(_blockAt)} is not zero");
            }
        }

        _input.Watch(null);
        if (_input.ReadUInt32("the index") != crc.Value)
        {
            throw BackupFormatException.Damaged(
                _blockAt, $"the checksum of the index at {Numbers.Text(_blockAt)} is wrong");
        }

        ReadFooter(_input.Position - _blockAt);
    }

    private ulong ReadNumber()
    {
        ulong value = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            byte next = _input.ReadByte("the index");
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw BackupFormatException.Damaged(
            _blockAt, $"the index at {Numbers.Text(_blockAt)} has a number without an end");
    }

    private void ReadFooter(long indexSize)
    {
        long at = _input.Position;
        var footer = _input.Read(HeaderSize, "the footer of a stream");
        if (BinaryPrimitives.ReadUInt32LittleEndian(footer) != Crc32.Compute(footer.Slice(4, 6)))
            throw BackupFormatException.Damaged(at, $"the checksum of the footer at {Numbers.Text(at)} is wrong");
        if (BinaryPrimitives.ReadUInt16LittleEndian(footer.Slice(8)) != _flags
            || !footer.Slice(10).SequenceEqual("YZ"u8)
            || (BinaryPrimitives.ReadUInt32LittleEndian(footer.Slice(4)) + 1L) * 4 != indexSize)
        {
            throw BackupFormatException.Damaged(
                at, $"the footer at {Numbers.Text(at)} does not belong to the stream at {Numbers.Text(_streamAt)}");
        }

        Streams++;
        NoteVerified();
        _stage = Stage.StreamHeader;
    }

    private void NoteVerified()
    {
        if (Coverage == ChecksumCoverage.Verified)
            _verifiedTo = _input.Position;
    }
}
