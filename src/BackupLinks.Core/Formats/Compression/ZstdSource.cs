using System;
using BackupLinks.Checksums;
using BackupLinks.Text;

namespace BackupLinks.Formats.Compression;

/// <summary>The content of Zstandard frames, one behind the other.</summary>
internal sealed class ZstdSource : DecodingSource, IDisposable
{
    /// <summary>The first four bytes of a frame.</summary>
    public const uint Magic = 0xFD2FB528;

    // The window that zstd itself decompresses without --long or --memory.
    private const long LongestWindow = 128L * 1024 * 1024;

    // The longest header of a frame (RFC 8878, 3.1.1.1), behind the mark.
    private const int LongestHeader = 14;

    private readonly ByteReader _input;
    private readonly SkippableFrames _skippable;
    private readonly OutputWindow _window = new();
    private readonly ZstdBlock _block;
    private readonly XxHash64 _hash = new();
    private readonly byte[] _data = new byte[ZstdBlock.Longest + 16];
    private bool _isInFrame;
    private bool _isLastBlock;
    private bool _hasChecksum;
    private bool _hasChecksums = true;
    private ulong? _statedSize;
    private long _frameAt;
    private long _verifiedTo;
    private int _longestBlock;

    /// <summary>Begins at the first frame.</summary>
    /// <param name="input">The frames.</param>
    /// <param name="layer">Takes what was found.</param>
    /// <param name="skippable">The skippable frames in front of them; null where there are none.</param>
    public ZstdSource(ByteReader input, BackupLayer layer, SkippableFrames? skippable = null)
        : base(layer)
    {
        _input = input;
        _skippable = skippable ?? new(input);
        _block = new ZstdBlock(_window);
    }

    /// <summary>How many frames there are.</summary>
    public long Frames { get; private set; }

    /// <summary>The coverage of the checksums of all frames.</summary>
    public string Coverage => _hasChecksums && _skippable.HasUncovered ? ChecksumCoverage.Partial
        : _hasChecksums ? ChecksumCoverage.Verified : ChecksumCoverage.None;

    public void Dispose() => _window.Dispose();

    protected override (long Start, long End)? Unverified => (_verifiedTo, _input.Position);

    protected override int Decode(byte[] buffer, int offset, int count)
    {
        while (_window.Ready == 0)
        {
            if (!_isInFrame)
            {
                if (!TryBeginFrame())
                    return 0;
            }
            else if (_isLastBlock)
            {
                EndFrame();
            }
            else
            {
                ReadBlock();
            }
        }

        return _window.Take(buffer, offset, count);
    }

    private bool TryBeginFrame()
    {
        var head = _input.Peek(4);
        long at = _input.Position;
        if (Lz4Source.IsSkippable(head))
        {
            _skippable.Skip();
            return true;
        }

        if (head.Length < 4 || System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(head) != Magic)
        {
            _skippable.RequireEnd();
            return Frames == 0 ? throw BackupFormatException.Damaged(
                at, $"no frame begins at {Numbers.Text(at)}") : false;
        }

        _input.Skip(4, "a frame");
        ReadHeader(at);
        return true;
    }

    private void ReadHeader(long at)
    {
        byte descriptor = _input.ReadByte("the header of a frame");
        bool isSingle = (descriptor & 0x20) != 0;
        if ((descriptor & 8) != 0)
        {
            throw BackupFormatException.Damaged(
                at, $"the header of the frame at {Numbers.Text(at)} has a bit set that must not be");
        }

        long window = 0;
        if (!isSingle)
        {
            byte value = _input.ReadByte("the header of a frame");
            long power = 1L << (10 + (value >> 3));
            window = power + (power / 8 * (value & 7));
        }

        uint dictionary = (uint)ReadNumber((1 << (descriptor & 3)) / 2);
        int sizeLength = (descriptor >> 6) switch { 0 => isSingle ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        ulong size = ReadNumber(sizeLength) + (sizeLength == 2 ? 256UL : 0);
        _statedSize = sizeLength > 0 ? size : null;
        if (isSingle)
            window = size > long.MaxValue ? long.MaxValue : (long)size;
        if (dictionary != 0)
            throw NotSupported(at, "the frame needs a dictionary");
        if (window > LongestWindow)
        {
            throw NotSupported(
                at, $"the frame needs a window of {Numbers.Text(window)} bytes, and "
                + $"{Numbers.Text(LongestWindow)} are the most");
        }

        _longestBlock = (int)Math.Min(ZstdBlock.Longest, Math.Max(window, 1));
        _window.Begin((int)Math.Max(window, 1024), ZstdBlock.Longest);
        _block.Begin();
        _hash.Reset();
        _hasChecksum = (descriptor & 4) != 0;
        if (!_hasChecksum)
            _hasChecksums = false;
        _frameAt = at;
        _isInFrame = true;
        _isLastBlock = false;
    }

    private ulong ReadNumber(int length)
    {
        ulong value = 0;
        for (int i = 0; i < length; i++)
            value |= (ulong)_input.ReadByte("the header of a frame") << (8 * i);
        return value;
    }

    private void ReadBlock()
    {
        long at = _input.Position;
        var head = _input.Read(3, "the header of a block");
        int value = head[0] | (head[1] << 8) | (head[2] << 16);
        _isLastBlock = (value & 1) != 0;
        int type = (value >> 1) & 3;
        int size = value >> 3;
        if (type == 3 || size > _longestBlock)
        {
            throw BackupFormatException.Damaged(
                at, $"the block at {Numbers.Text(at)} has a type or a size, {Numbers.Text(size)}, that cannot be");
        }

        _window.MakeRoom();
        if (type == 1)
        {
            _window.Put(_input.ReadByte("a block"), size);
        }
        else
        {
            ReadData(size, at);
            if (type == 0)
                _window.Put(_data.AsSpan(0, size));
            else if (!_block.TryDecode(_data, size))
                throw BackupFormatException.Damaged(at, $"the block at {Numbers.Text(at)} cannot be decompressed");
        }

        _hash.Append(_window.ReadySpan);
    }

    private void ReadData(int size, long at)
    {
        for (int there = 0; there < size;)
        {
            int read = _input.ReadSome(_data, there, size - there);
            if (read == 0)
            {
                throw BackupFormatException.Truncated(
                    at, $"the block of {Numbers.Count(size, "byte")} at {Numbers.Text(at)} has {Numbers.Text(there)}");
            }

            there += read;
        }
    }

    private void EndFrame()
    {
        long at = _input.Position;
        if (_hasChecksum && _input.ReadUInt32("the checksum of a frame") != (uint)_hash.Value)
            throw BackupFormatException.Damaged(at, $"the checksum of the content at {Numbers.Text(at)} is wrong");
        if (_statedSize is { } stated && stated != (ulong)_window.Length)
        {
            throw BackupFormatException.Damaged(
                at, $"the frame at {Numbers.Text(_frameAt)} has {Numbers.Text(_window.Length)} bytes of "
                + $"content, and its header says {stated}");
        }

        Frames++;
        _isInFrame = false;
        if (_hasChecksums)
            _verifiedTo = _input.Position;
        _skippable.EndFrame();
        _skippable.Compare(_frameAt);
    }

    // No checksum covers a header, so that one changed bit of it may say this.
    private static BackupFormatException NotSupported(long at, string problem) =>
        BackupFormatException.UnsupportedPart(at, at + sizeof(uint) + LongestHeader, problem);
}
