using System;
using System.Buffers;
using System.Buffers.Binary;
using BackupLinks.Checksums;
using BackupLinks.Text;

namespace BackupLinks.Formats.Compression;

/// <summary>The content of LZ4 frames, one behind the other.</summary>
internal sealed class Lz4Source(ByteReader input, BackupLayer layer, SkippableFrames? skippable = null)
    : DecodingSource(layer), IDisposable
{
    private const uint Magic = 0x184D2204;
    private const uint LegacyMagic = 0x184C2102;
    private const uint SkippableMagic = 0x184D2A50;
    private const int LegacyBlockSize = 8 * 1024 * 1024;

    private readonly XxHash32 _content = new();
    private readonly SkippableFrames _skippable = skippable ?? new(input);
    private string _coverage = ChecksumCoverage.Verified;
    private byte[] _block = [];
    private byte[] _output = [];
    private int _outputAt;
    private int _outputEnd;
    private int _maximumBlock;
    private ulong? _statedSize;
    private ulong _size;
    private bool _isInFrame;
    private long _verifiedTo;
    private bool _isLegacyFrame;
    private bool _isLinked;
    private bool _hasBlockChecksum;
    private bool _hasContentChecksum;

    /// <summary>How many frames there are.</summary>
    public long Frames { get; private set; }

    /// <summary>True when a frame has no mark at its end.</summary>
    public bool IsLegacy { get; private set; }

    /// <summary>The coverage of the checksums of all frames.</summary>
    public string Coverage => _coverage == ChecksumCoverage.Verified && _skippable.HasUncovered
        ? ChecksumCoverage.Partial : _coverage;

    /// <summary>True for the first bytes of any frame.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && (BinaryPrimitives.ReadUInt32LittleEndian(head) is Magic or LegacyMagic
            || IsSkippable(head));

    /// <summary>True for the first bytes of a frame that is not LZ4's own; Zstandard has the same.</summary>
    public static bool IsSkippable(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && (BinaryPrimitives.ReadUInt32LittleEndian(head) & 0xFFFFFFF0) == SkippableMagic;

    /// <summary>The bytes behind the skippable frames that a file begins with.</summary>
    /// <param name="head">The first bytes of the file.</param>
    /// <returns>A skippable frame that is longer than the rest of the bytes stays.</returns>
    public static ReadOnlySpan<byte> SkipFrames(ReadOnlySpan<byte> head)
    {
        while (head.Length >= 8 && IsSkippable(head))
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(head.Slice(4));
            if (length > head.Length - 8)
                break;
            head = head.Slice(8 + (int)length);
        }

        return head;
    }

    public void Dispose()
    {
        if (_block.Length > 0)
            ArrayPool<byte>.Shared.Return(_block);
        if (_output.Length > 0)
            ArrayPool<byte>.Shared.Return(_output);
        _block = _output = [];
    }

    protected override (long Start, long End)? Unverified => (_verifiedTo, input.Position);

    protected override int Decode(byte[] buffer, int offset, int count)
    {
        while (_outputAt == _outputEnd)
        {
            if (!_isInFrame && !TryBeginFrame())
                return 0;
            if (_isInFrame)
                ReadBlock();
        }

        int read = Math.Min(count, _outputEnd - _outputAt);
        Buffer.BlockCopy(_output, _outputAt, buffer, offset, read);
        _outputAt += read;
        return read;
    }

    private bool TryBeginFrame()
    {
        var head = input.Peek(4);
        if (!IsMagic(head))
        {
            return head.Length > 0 && Frames == 0 ? throw BackupFormatException.Damaged(
                0, "the file does not begin with a frame") : false;
        }

        long at = input.Position;
        if (IsSkippable(head))
        {
            _skippable.Skip();
            return true;
        }

        uint magic = input.ReadUInt32("a frame");
        if (magic == LegacyMagic)
        {
            _isLegacyFrame = IsLegacy = true;
            _isLinked = _hasBlockChecksum = _hasContentChecksum = false;
            _statedSize = null;
            _coverage = ChecksumCoverage.None;
            Prepare(LegacyBlockSize);
        }
        else
        {
            ReadHeader(at);
        }

        _isInFrame = true;
        return true;
    }

    private void ReadHeader(long at)
    {
        var header = input.Peek(2 + 8 + 4 + 1);
        if (header.Length < 3)
            throw BackupFormatException.Truncated(at, $"the header of the frame at {Numbers.Text(at)} has no end");
        byte flags = header[0];
        int size = 2 + ((flags & 8) != 0 ? 8 : 0) + ((flags & 1) != 0 ? 4 : 0);
        if (flags >> 6 != 1)
        {
            throw BackupFormatException.Damaged(
                at, $"the frame at {Numbers.Text(at)} has version {flags >> 6} and not 1");
        }

        if (header.Length < size + 1)
            throw BackupFormatException.Truncated(at, $"the header of the frame at {Numbers.Text(at)} has no end");
        if (header[size] != (byte)(XxHash32.Compute(header.Slice(0, size)) >> 8))
        {
            throw BackupFormatException.Damaged(
                at, $"the checksum of the header of the frame at {Numbers.Text(at)} is wrong");
        }

        int code = (header[1] >> 4) & 7;
        if ((flags & 2) != 0 || (header[1] & 0x8F) != 0 || code < 4)
        {
            throw BackupFormatException.Damaged(
                at, $"the header of the frame at {Numbers.Text(at)} has values that do not exist");
        }

        if ((flags & 1) != 0)
            throw BackupFormatException.Unsupported(at, "the LZ4 frame needs a dictionary");
        _isLegacyFrame = false;
        _isLinked = (flags & 0x20) == 0;
        _hasBlockChecksum = (flags & 0x10) != 0;
        _hasContentChecksum = (flags & 4) != 0;
        _statedSize = (flags & 8) != 0 ? BinaryPrimitives.ReadUInt64LittleEndian(header.Slice(2)) : null;
        input.Advance(size + 1);
        var own = _hasContentChecksum ? ChecksumCoverage.Verified : _hasBlockChecksum
            ? ChecksumCoverage.Partial : ChecksumCoverage.None;
        // The lowest coverage of several frames counts.
        if (own == ChecksumCoverage.None || _coverage == ChecksumCoverage.Verified)
            _coverage = own;
        _content.Reset();
        _size = 0;
        Prepare(1 << (8 + (2 * code)));
    }

    private void Prepare(int maximumBlock)
    {
        _maximumBlock = maximumBlock;
        int input = maximumBlock + (maximumBlock / 255) + 16 + Lz4Block.Slack;
        if (_block.Length < input)
        {
            if (_block.Length > 0)
                ArrayPool<byte>.Shared.Return(_block);
            _block = ArrayPool<byte>.Shared.Rent(input);
        }

        if (_output.Length < Lz4Block.History + maximumBlock + Lz4Block.Slack)
        {
            if (_output.Length > 0)
                ArrayPool<byte>.Shared.Return(_output);
            _output = ArrayPool<byte>.Shared.Rent(Lz4Block.History + maximumBlock + Lz4Block.Slack);
        }

        _outputAt = _outputEnd = 0;
    }

    private void ReadBlock()
    {
        long at = input.Position;
        // A legacy frame has no end; lz4 writes no empty block.
        if (_isLegacyFrame && (input.IsAtEnd || IsMagic(input.Peek(4)) || SpanSearch.IndexOfNonZero(input.Peek(4)) < 0))
        {
            EndFrame();
            return;
        }

        uint head = input.ReadUInt32("a block");
        if (head == 0 && !_isLegacyFrame)
        {
            RequireContent();
            EndFrame();
            return;
        }

        bool isRaw = !_isLegacyFrame && (head & 0x80000000) != 0;
        uint size = _isLegacyFrame ? head : head & 0x7FFFFFFF;
        if (size > (_isLegacyFrame ? (uint)(_block.Length - Lz4Block.Slack) : (uint)_maximumBlock))
        {
            throw BackupFormatException.Damaged(
                at, $"the block at {Numbers.Text(at)} has {Numbers.Text(size)} bytes, more than a block may have");
        }

        // A block that could not be compressed is its own content.
        byte[] bytes = isRaw ? _output : _block;
        int start = KeepHistory();
        int bytesAt = isRaw ? start : 0;
        ReadBlockBytes(bytes, bytesAt, (int)size, at);
        if (_hasBlockChecksum && input.ReadUInt32("the checksum of a block")
            != XxHash32.Compute(bytes.AsSpan(bytesAt, (int)size)))
        {
            throw BackupFormatException.DamagedPart(
                at, input.Position, $"the checksum of the block at {Numbers.Text(at)} is wrong");
        }

        int length = isRaw || size == 0
            ? (int)size : Lz4Block.Decode(_block, (int)size, _output, start, _maximumBlock);
        if (length < 0)
            throw BackupFormatException.Damaged(at, $"the block at {Numbers.Text(at)} is not valid LZ4");
        (_outputAt, _outputEnd) = (start, start + length);
        _size += (ulong)length;
        if (_hasContentChecksum)
            _content.Append(_output.AsSpan(start, length));
    }

    private void ReadBlockBytes(byte[] bytes, int offset, int size, long at)
    {
        for (int there = 0; there < size;)
        {
            int read = input.ReadSome(bytes, offset + there, size - there);
            if (read == 0)
            {
                throw BackupFormatException.Truncated(
                    at, $"the block of {Numbers.Text(size)} bytes at {Numbers.Text(at)} has "
                    + $"{Numbers.Text(there)} bytes");
            }

            there += read;
        }
    }

    // Linked blocks look back up to 64 KiB into those before them.
    private int KeepHistory()
    {
        int kept = _isLinked ? Math.Min(Lz4Block.History, _outputEnd) : 0;
        if (kept > 0)
            Buffer.BlockCopy(_output, _outputEnd - kept, _output, 0, kept);
        return kept;
    }

    private void RequireContent()
    {
        long at = input.Position;
        if (_hasContentChecksum && input.ReadUInt32("the checksum of the content") != _content.Value)
            throw BackupFormatException.Damaged(at, $"the checksum of the content at {Numbers.Text(at)} is wrong");
        if (_statedSize is { } stated && stated != _size)
        {
            throw BackupFormatException.Damaged(
                at, $"the frame has {Numbers.Text((long)_size)} bytes of content, and its header says {stated}");
        }
    }

    private void EndFrame()
    {
        _skippable.EndFrame();
        Frames++;
        if (_coverage == ChecksumCoverage.Verified)
            _verifiedTo = input.Position;
        _isInFrame = false;
        _outputAt = _outputEnd = 0;
    }
}
