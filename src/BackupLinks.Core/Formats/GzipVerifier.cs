using System;
using System.Text;
using BackupLinks.Checksums;
using BackupLinks.Formats.Compression;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>gzip (RFC 1952): members, each with a CRC-32 and a length of its content, and zeros as padding behind the
/// last.</summary>
internal sealed class GzipVerifier : FormatVerifier
{
    private const byte Deflate = 8;

    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Gzip;

    /// <inheritdoc/>
    public override string Name => "gzip";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length >= 3 && head[0] == 0x1F && head[1] == 0x8B && head[2] == Deflate;

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        var content = new Content(input, layer);
        test.RunContent(content);
        layer.Details["Members"] = content.Members;
        if (layer.State == BackupFileState.Intact)
            layer.Checksum = ChecksumCoverage.Verified;
        SkipPadding(input, layer);
    }

    private static void SkipPadding(ByteReader input, BackupLayer layer)
    {
        if (layer.IsBad)
            return;
        long end = input.Position;
        while (input.Fill(1))
        {
            int other = SpanSearch.IndexOfNonZero(input.Window);
            if (other >= 0)
            {
                input.SkipToEnd();
                layer.Fail(
                    BackupFileState.TrailingData, end,
                    $"trailing data: the gzip ends at {Numbers.Text(end)}, and "
                        + $"{Numbers.Count(input.Position - end, "byte")} follow");
                return;
            }

            input.Advance(input.Window.Length);
        }
    }

    private sealed class Content(ByteReader input, BackupLayer layer) : DecodingSource(layer)
    {
        private readonly BackupLayer _layer = layer;
        private readonly Inflater _inflater = new();
        private readonly Crc32 _crc = new();
        private uint _length;
        private long _memberAt;
        private bool _isInMember;

        /// <summary>How many members there are.</summary>
        public long Members { get; private set; }

        protected override (long Start, long End)? Unverified => (_memberAt, input.Position);

        protected override int Decode(byte[] buffer, int offset, int count)
        {
            while (_isInMember || TryBeginMember())
            {
                int read = _inflater.Read(buffer, offset, count);
                if (read > 0)
                {
                    _crc.Append(buffer, offset, read);
                    _length += (uint)read;
                    return read;
                }

                EndMember();
            }

            return 0;
        }

        private bool TryBeginMember()
        {
            var magic = input.Peek(2);
            if (Members > 0 && !(magic.Length == 2 && magic[0] == 0x1F && magic[1] == 0x8B))
                return false;
            long at = _memberAt = input.Position;
            var header = new Crc32();
            input.Watch(header.Append);
            input.Skip(2, "a gzip header");
            if (input.ReadByte("a gzip header") != Deflate)
            {
                throw BackupFormatException.Damaged(
                    at, $"the member at {Numbers.Text(at)} is not compressed by deflate");
            }

            byte flags = input.ReadByte("a gzip header");
            if ((flags & 0xE0) != 0)
            {
                throw BackupFormatException.Damaged(
                    at, $"the member at {Numbers.Text(at)} has flags that do not exist");
            }

            uint time = input.ReadUInt32("a gzip header");
            if (time != 0)
                _layer.CreatedAt ??= DateTimeOffset.FromUnixTimeSeconds(time);
            input.Skip(2, "a gzip header");
            if ((flags & 4) != 0)
                input.Skip(input.ReadUInt16("a gzip header"), "a gzip header");
            if ((flags & 8) != 0 && SkipText() is { Length: > 0 } name && Members == 0)
                _layer.Details["OriginalName"] = name;
            if ((flags & 16) != 0)
                SkipText();
            if ((flags & 2) != 0)
            {
                input.ShowPassed();
                uint expected = header.Value & 0xFFFF;
                if (input.ReadUInt16("a gzip header") != expected)
                {
                    throw BackupFormatException.Damaged(
                        at, $"the checksum of the header at {Numbers.Text(at)} is wrong");
                }
            }

            input.Watch(null);
            _inflater.Begin(input);
            _crc.Reset();
            _length = 0;
            _isInMember = true;
            return true;
        }

        private void EndMember()
        {
            long at = input.Position;
            uint crc = input.ReadUInt32("the trailer of a gzip member");
            if (crc != _crc.Value)
            {
                throw BackupFormatException.Damaged(
                    at, $"the CRC-32 of the content is {_crc.Value:x8}, and the trailer at {Numbers.Text(at)} "
                    + $"says {crc:x8}");
            }

            if (input.ReadUInt32("the trailer of a gzip member") != _length)
            {
                throw BackupFormatException.Damaged(
                    at + 4, $"the length of the content is not the one that the trailer at {Numbers.Text(at)} says");
            }

            Members++;
            _isInMember = false;
        }

        private string SkipText()
        {
            var text = new StringBuilder();
            for (byte value; (value = input.ReadByte("a gzip header")) != 0;)
            {
                if (text.Length < 256)
                    text.Append((char)value);
            }

            return text.ToString();
        }
    }
}
