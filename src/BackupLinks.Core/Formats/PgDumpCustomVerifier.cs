using System;
using System.Globalization;
using System.IO;
using System.Text;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// Dumps of pg_dump in its custom format (PostgreSQL, <c>pg_backup_archiver.c</c> and <c>pg_backup_custom.c</c>): a
/// table of contents, and blocks of data. Nothing in it has a checksum, apart from what zlib or LZ4 give to compressed
/// data. The formats of several files have such a table, whose data is in the files beside it.
/// </summary>
internal sealed class PgDumpCustomVerifier : FormatVerifier
{
    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.PgDumpCustom;

    /// <inheritdoc/>
    public override string Name => "pg_dump custom";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("PGDMP"u8);

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        new Walker(input, layer, test.GoesDeeper, test.Folder).Run();
        RefuseTrailingData(input, layer);
    }

    private sealed class Walker(ByteReader input, BackupLayer layer, bool decompresses, string? folder)
    {
        private const int CustomFormat = 1;
        private const int TarFormat = 3;
        private const int DirectoryFormat = 5;
        private const int LongestText = 1024 * 1024 * 1024;
        private const int KeptText = 1024;
        private const string Toc = "the table of contents";
        private const int MostEntries = 100_000_000;

        private static readonly string[] Endings = ["", ".gz", ".lz4", ".zst"];

        private int _version;
        private int _intSize;
        private int _offsetSize;
        private PgDumpCompression _compression;
        private readonly PgDumpDecompressor _decompressor = new();

        public void Run()
        {
            ReadHeader(out int format);
            long entries = ReadInt();
            if (entries is < 0 or > MostEntries)
            {
                throw BackupFormatException.Damaged(
                    input.Position, $"the table of contents has {Numbers.Text(entries)} entries");
            }

            long withData = 0;
            long lastOffset = -1;
            for (long i = 0; i < entries; i++)
                ReadEntry(format, ref withData, ref lastOffset);
            layer.Details["Entries"] = entries;
            if (format != CustomFormat)
            {
                layer.Format = format == TarFormat ? "pg_dump tar" : "pg_dump directory";
                layer.IsWhole = null;
                layer.Detail = "this is the table of contents; the data is in the files beside it";
                return;
            }

            long blocks = 0;
            for (; IsBlock(); blocks++)
                ReadBlock();
            layer.Details["Blocks"] = blocks;
            if (lastOffset >= input.Position || blocks < withData)
            {
                throw BackupFormatException.Truncated(
                    input.Position, $"the table of contents names {Numbers.Text(withData)} blocks of data, and "
                        + $"{Numbers.Text(blocks)} are there");
            }
        }

        private static int MakeVersion(int major, int minor) => (major << 8) | minor;

        private void ReadHeader(out int format)
        {
            input.Skip(5, "the header");
            byte major = input.ReadByte("the header");
            byte minor = input.ReadByte("the header");
            byte revision = input.ReadByte("the header");
            _version = MakeVersion(major, minor);
            layer.Version = $"{major}.{minor}.{revision}";
            if (_version < MakeVersion(1, 10) || _version > MakeVersion(1, 31))
                throw BackupFormatException.Unsupported(5, $"version {layer.Version} of the format");
            _intSize = input.ReadByte("the header");
            _offsetSize = input.ReadByte("the header");
            format = input.ReadByte("the header");
            if (_intSize is not (4 or 8) || _offsetSize is not (4 or 8)
                || format is not (CustomFormat or TarFormat or DirectoryFormat))
                throw BackupFormatException.Damaged(8, "the header has sizes that no server writes");
            _compression = ReadCompression();
            layer.Checksum = _compression == PgDumpCompression.None
                ? ChecksumCoverage.None : ChecksumCoverage.NotChecked;
            ReadTime();
            if (ReadText() is { } database)
                layer.Details["Database"] = database;
            layer.Engine = "PostgreSQL " + ReadText();
            if (ReadText() is { } tool)
                layer.Details["Tool"] = "pg_dump " + tool;
        }

        // Up to 1.14, the level of zlib; since then, the number of the algorithm.
        private PgDumpCompression ReadCompression()
        {
            if (_version < MakeVersion(1, 15))
                return ReadInt() == 0 ? PgDumpCompression.None : PgDumpCompression.Zlib;
            byte algorithm = input.ReadByte("the header");
            return algorithm <= (byte)PgDumpCompression.Zstd
                ? (PgDumpCompression)algorithm
                : throw BackupFormatException.Unsupported(
                    input.Position - 1, $"the data is compressed by algorithm {algorithm}");
        }

        private void ReadTime()
        {
            long at = input.Position;
            long[] parts = new long[7];
            for (int i = 0; i < parts.Length; i++)
                parts[i] = ReadInt();
            if (parts[0] is < 0 or > 60 || parts[1] is < 0 or > 59 || parts[2] is < 0 or > 23
                || parts[3] is < 1 or > 31 || parts[4] is < 0 or > 11 || parts[5] is < 90 or > 8000)
                throw BackupFormatException.Damaged(at, $"the time of the dump at {Numbers.Text(at)} is not one");
            string text = $"{1900 + parts[5]:0000}-{parts[4] + 1:00}-{parts[3]:00}T"
                + $"{parts[2]:00}:{parts[1]:00}:{Math.Min(parts[0], 59):00}";
            // In the zone of the machine that dumped, which is not said.
            if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time))
                layer.CreatedAt = new DateTimeOffset(time);
        }

        private void ReadEntry(int format, ref long withData, ref long lastOffset)
        {
            ReadInt();
            long hadData = ReadInt();
            SkipTexts(4);
            if (_version >= MakeVersion(1, 11))
                ReadInt();
            SkipTexts(5);
            if (_version >= MakeVersion(1, 14))
                SkipTexts(1);
            if (_version >= MakeVersion(1, 16))
                ReadInt();
            SkipTexts(2);
            while (SkipText())
            {
            }

            if (format != CustomFormat)
            {
                RequireFile(input.Position, ReadText());
                return;
            }

            long at = input.Position;
            byte flag = input.ReadByte(Toc);
            long offset = 0;
            for (int i = 0; i < _offsetSize; i++)
                offset |= (long)input.ReadByte(Toc) << (8 * i);
            if (flag is not (1 or 2 or 3))
            {
                throw BackupFormatException.Damaged(
                    at, $"the entry that ends at {Numbers.Text(at)} has the kind of offset {flag}, which does "
                    + "not exist");
            }

            if (flag == 3 || hadData == 0)
                return;
            withData++;
            if (flag == 2)
                lastOffset = Math.Max(lastOffset, offset);
        }

        // pg_dump compresses each file by itself.
        private void RequireFile(long at, string? name)
        {
            if (folder is null || string.IsNullOrEmpty(name) || name!.IndexOfAny(['/', '\\']) >= 0
                || Array.Exists(Endings, ending => File.Exists(Path.Combine(folder, name + ending))))
            {
                return;
            }

            throw BackupFormatException.Damaged(
                at, $"the table of contents names the file '{name}', which is not beside it");
        }

        private bool IsBlock() => !input.IsAtEnd && input.Peek(1)[0] is 1 or 3;

        private void ReadBlock()
        {
            long at = input.Position;
            bool isBlobs = input.ReadByte("a block") == 3;
            ReadInt();
            do
            {
                if (isBlobs && ReadInt() == 0)
                    return;
                var data = new PgDumpData(input, _intSize);
                if (decompresses && _compression != PgDumpCompression.None)
                    layer.Checksum = _decompressor.Verify(data, _compression, at);
                data.SkipToEnd();
            }
            while (isBlobs);
        }

        private long ReadInt() => PgDumpData.ReadInt(input, _intSize, Toc);

        private void SkipTexts(int count)
        {
            for (; count > 0; count--)
                SkipText();
        }

        // False for a text that is null.
        private bool SkipText()
        {
            long at = input.Position;
            long length = ReadInt();
            if (length > LongestText)
            {
                throw BackupFormatException.Damaged(
                    at, $"the text at {Numbers.Text(at)} has {Numbers.Text(length)} bytes");
            }

            if (length < 0)
                return false;
            input.Skip(length, "a text in the table of contents");
            return true;
        }

        private string? ReadText()
        {
            long at = input.Position;
            long length = ReadInt();
            if (length > KeptText)
            {
                throw BackupFormatException.Damaged(
                    at, $"the text at {Numbers.Text(at)} has {Numbers.Text(length)} bytes");
            }

            return length < 0 ? null : Encoding.UTF8.GetString(input.Read((int)length, Toc).ToArray());
        }
    }
}
