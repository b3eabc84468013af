using System;
using System.Buffers.Binary;
using BackupLinks.Formats.Compression;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>The content of an entry of a zip archive that is compressed by LZMA (APPNOTE.TXT 6.3.10, section
/// 5.8).</summary>
/// <param name="input">The reader, at the beginning of the compressed data.</param>
/// <param name="layer">Takes problems.</param>
/// <param name="size">How many bytes there are; null when a mark stands at the end.</param>
internal sealed class ZipLzmaSource(ByteReader input, BackupLayer layer, long? size) : DecodingSource(layer),
    IDisposable
{
    private const int PropertiesSize = 5;

    // lc, lp and pb in one byte.
    private const int MostProperties = 9 * 5 * 5;
    private const int Output = 64 * 1024;
    private const int LongestMatch = 273;

    // No symbol takes more bytes.
    private const int LongestSymbol = 32;

    private readonly OutputWindow _window = new();
    private LzmaDecoder? _decoder;
    private long _begin;
    private long _position;
    private bool _isOver;
    private bool _isLong;

    public void Dispose() => _window.Dispose();

    protected override int Decode(byte[] buffer, int offset, int count)
    {
        var decoder = _decoder ??= Begin();
        while (_window.Ready == 0 && !_isOver)
            Produce(decoder);
        return _window.Take(buffer, offset, count);
    }

    private LzmaDecoder Begin()
    {
        _begin = input.Position;
        var head = input.Read(4 + PropertiesSize, "the header of LZMA");
        uint dictionary = BinaryPrimitives.ReadUInt32LittleEndian(head.Slice(5));
        var decoder = new LzmaDecoder(_window);
        if (BinaryPrimitives.ReadUInt16LittleEndian(head.Slice(2)) != PropertiesSize || head[4] >= MostProperties)
            throw Damaged();
        if (!decoder.TrySetProperties(head[4]))
        {
            throw BackupFormatException.UnsupportedPart(
                _begin, input.Position,
                $"the LZMA at {Numbers.Text(_begin)} has properties that the module does not know");
        }

        decoder.ResetState();
        if (!decoder.TryBegin(input.Read(5, "the header of LZMA")))
            throw Damaged();
        _isLong = dictionary > OutputWindow.LongestHistory;
        // No more of it is used than there is content.
        long history = Math.Max(4096, Math.Min(dictionary, size ?? dictionary));
        _window.Begin((int)Math.Min(history, OutputWindow.LongestHistory), Output + LongestMatch);
        _isOver = size == 0;
        return decoder;
    }

    private void Produce(LzmaDecoder decoder)
    {
        _window.MakeRoom();
        bool isAll = !input.Fill(2 * LongestSymbol);
        int at = input.WindowStart;
        int end = input.WindowEnd;
        bool isValid = decoder.TryDecode(
            input.WindowBuffer, ref at, end, isAll ? int.MaxValue : end - LongestSymbol, ref _position,
            size ?? long.MaxValue, Math.Min(_position + Output, size ?? long.MaxValue));
        // Zeros that are not there may be anything.
        if (at > end)
        {
            throw BackupFormatException.Truncated(
                _begin, $"the LZMA that begins at {Numbers.Text(_begin)} has no end at "
                + $"{Numbers.Text(input.Position + end - input.WindowStart)}");
        }

        if (isValid)
            input.Advance(at - input.WindowStart);
        _isOver = decoder.HasEndMark || _position == size;
        if (!isValid && _isLong && _position > OutputWindow.LongestHistory)
        {
            throw BackupFormatException.Unsupported(
                _begin, $"the LZMA at {Numbers.Text(_begin)} needs a dictionary of more than "
                + $"{Numbers.Text(OutputWindow.LongestHistory)} bytes");
        }

        if (!isValid || (decoder.HasEndMark && (size is not null || !decoder.IsAtRest)))
            throw Damaged();
    }

    private BackupFormatException Damaged()
    {
        long at = input.Position;
        return BackupFormatException.Damaged(
            at, $"the LZMA that begins at {Numbers.Text(_begin)} cannot be decompressed, near {Numbers.Text(at)}");
    }
}
