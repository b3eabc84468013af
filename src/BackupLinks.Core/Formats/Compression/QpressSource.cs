using System;
using System.Text;
using BackupLinks.Checksums;
using BackupLinks.Text;

namespace BackupLinks.Formats.Compression;

/// <summary>
/// The content of a qpress archive (the comment at the head of <c>qpress.cpp</c>), all files one behind the other. Each
/// packet has an Adler-32 of its compressed bytes, so that it is verified without decompressing.
/// </summary>
internal sealed class QpressSource : DecodingSource
{
    private const int LongestName = 64 * 1024 - 1;
    private const uint LongestChunk = 32 * 1024 * 1024;

    private readonly ByteReader _input;
    private readonly Adler32 _adler = new();
    private readonly QuickLz _decoder = new();
    private bool _decodes;
    private byte[] _packet = [];
    private byte[] _output = [];
    private int _outputAt;
    private int _outputEnd;
    private uint _chunkSize;
    private ulong _longestPacket;
    private int _folderDepth;
    private bool _isInFile;
    private bool _hasBegun;

    /// <summary>Begins at the header.</summary>
    /// <param name="input">The archive.</param>
    /// <param name="layer">Takes problems.</param>
    /// <param name="decodes">False to verify only; then there is no content.</param>
    public QpressSource(ByteReader input, BackupLayer layer, bool decodes = true)
        : base(layer)
    {
        _input = input;
        _decodes = decodes;
    }

    /// <summary>How many files there are.</summary>
    public long Files { get; private set; }

    /// <summary>The name of the first file.</summary>
    public string? FirstName { get; private set; }

    /// <inheritdoc/>
    public override void StopDecoding() => _decodes = false;

    protected override int Decode(byte[] buffer, int offset, int count)
    {
        while (_outputAt == _outputEnd)
        {
            if (!TryReadRecord())
                return 0;
        }

        int read = Math.Min(count, _outputEnd - _outputAt);
        Buffer.BlockCopy(_output, _outputAt, buffer, offset, read);
        _outputAt += read;
        return read;
    }

    private bool TryReadRecord()
    {
        if (!_hasBegun)
            ReadHeader();
        if (_isInFile)
        {
            ReadBlock();
            return true;
        }

        // The first folder of an archive of folders may have no end of its own.
        if (_input.IsAtEnd)
        {
            if (Files == 0 || _folderDepth > 0)
            {
                throw BackupFormatException.Truncated(
                    _input.Position, $"the archive ends at {Numbers.Text(_input.Position)} in the middle of a folder");
            }

            return false;
        }

        long at = _input.Position;
        byte type = _input.Peek(1)[0];
        if (type is not ((byte)'D' or (byte)'F' or (byte)'U'))
        {
            if (Files > 0 && _folderDepth == 0)
                return false;
            throw BackupFormatException.Damaged(
                at, $"a file or folder begins at {Numbers.Text(at)}, and other bytes are there");
        }

        _input.Advance(1);
        if (type == 'U')
        {
            if (--_folderDepth < 0)
                throw BackupFormatException.Damaged(at, $"a folder ends at {Numbers.Text(at)}, and none has begun");
            return true;
        }

        ReadName(type, at);
        return true;
    }

    private void ReadHeader()
    {
        if (!_input.Read(8, "the header").SequenceEqual("qpress10"u8))
            throw BackupFormatException.Damaged(0, "the file does not begin with 'qpress10'");
        ulong chunk = _input.ReadUInt64("the header");
        if (chunk is 0 or > LongestChunk)
            throw BackupFormatException.Damaged(8, $"a chunk has {chunk} bytes, more than qpress writes");
        _chunkSize = (uint)chunk;
        _longestPacket = chunk + 400;
        _packet = new byte[_decodes ? _longestPacket + 4 : 0];
        _output = new byte[_decodes ? chunk : 0];
        _hasBegun = true;
    }

    private void ReadName(byte type, long at)
    {
        uint length = _input.ReadUInt32("a name");
        if (length is 0 or > LongestName)
            throw BackupFormatException.Damaged(at, $"the name at {Numbers.Text(at)} has {Numbers.Text(length)} bytes");
        var name = _input.Read((int)length, "a name");
        string text = Encoding.UTF8.GetString(name.ToArray());
        if (_input.ReadByte("a name") != 0)
        {
            throw BackupFormatException.Damaged(
                at, $"the name at {Numbers.Text(at)} does not end where its length says");
        }

        if (type == 'D')
        {
            _folderDepth++;
            return;
        }

        FirstName ??= text;
        _isInFile = true;
    }

    private void ReadBlock()
    {
        long at = _input.Position;
        var mark = _input.Read(8, "a block");
        if (mark.SequenceEqual("ENDSENDS"u8))
        {
            _input.Skip(8, "the end of a file");
            _isInFile = false;
            Files++;
            return;
        }

        if (!mark.SequenceEqual("NEWBNEWB"u8))
        {
            throw BackupFormatException.Damaged(
                at, $"a block of '{FirstName}' begins at {Numbers.Text(at)}, and other bytes are there");
        }

        _input.Skip(8, "a block");
        uint stated = _input.ReadUInt32("a block");
        long packetAt = _input.Position;
        var head = _input.Peek(9);
        if (head.Length < 3 || head.Length < QuickLz.HeaderSize(head[0]))
            throw BackupFormatException.Truncated(at, $"the block at {Numbers.Text(at)} has no end");
        var (size, content) = QuickLz.ReadSizes(head);
        if (size < QuickLz.HeaderSize(head[0]) || size > _longestPacket || content > _chunkSize)
        {
            throw BackupFormatException.Damaged(
                packetAt, $"the packet at {Numbers.Text(packetAt)} has {Numbers.Text(size)} bytes, more than a chunk");
        }

        _adler.Reset();
        if (_decodes)
            ReadPacket((int)size, packetAt);
        else
            SumPacket((int)size, packetAt);
        if (_adler.Value != stated)
        {
            throw BackupFormatException.DamagedPart(
                at, _input.Position,
                $"the Adler-32 of the packet at {Numbers.Text(packetAt)} is {_adler.Value:x8}, and the "
                + $"block says {stated:x8}");
        }

        if (!_decodes)
            return;
        if (!_decoder.TryDecode(_packet, (int)size, _output, (int)content))
        {
            throw BackupFormatException.Damaged(
                packetAt, $"the packet at {Numbers.Text(packetAt)} cannot be decompressed");
        }

        (_outputAt, _outputEnd) = (0, (int)content);
    }

    private void ReadPacket(int size, long at)
    {
        for (int there = 0; there < size;)
        {
            int read = _input.ReadSome(_packet, there, size - there);
            if (read == 0)
                throw Cut(size, there, at);
            there += read;
        }

        _adler.Append(_packet.AsSpan(0, size));
    }

    private void SumPacket(int size, long at)
    {
        for (int there = 0; there < size;)
        {
            if (!_input.Fill(1))
                throw Cut(size, there, at);
            var window = _input.Window;
            window = window.Slice(0, Math.Min(window.Length, size - there));
            _adler.Append(window);
            _input.Advance(window.Length);
            there += window.Length;
        }
    }

    private static BackupFormatException Cut(int size, int there, long at) => BackupFormatException.Truncated(
        at, $"the packet of {Numbers.Text(size)} bytes at {Numbers.Text(at)} has {Numbers.Text(there)} bytes");
}
