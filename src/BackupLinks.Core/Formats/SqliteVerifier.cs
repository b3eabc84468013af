using System;
using System.Buffers.Binary;
using System.Text;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>SQLite databases (sqlite.org/fileformat2.html): their size is in the header; there is no
/// checksum.</summary>
internal sealed class SqliteVerifier : FormatVerifier
{
    private const int HeaderSize = 100;
    private const long LockAt = 1L << 30;

    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Sqlite;

    /// <inheritdoc/>
    public override string Name => "SQLite";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("SQLite format 3\0"u8);

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        layer.Checksum = ChecksumCoverage.None;
        var header = input.Peek(HeaderSize);
        if (header.Length < HeaderSize)
            throw BackupFormatException.Truncated(0, $"the header of 100 bytes has {header.Length}");
        int pageSize = BinaryPrimitives.ReadUInt16BigEndian(header.Slice(16));
        pageSize = pageSize == 1 ? 65536 : pageSize;
        if (pageSize < 512 || (pageSize & (pageSize - 1)) != 0)
        {
            throw BackupFormatException.Damaged(
                16, $"a page has {Numbers.Text(pageSize)} bytes, and not a power of two");
        }

        uint changes = BinaryPrimitives.ReadUInt32BigEndian(header.Slice(24));
        uint pages = BinaryPrimitives.ReadUInt32BigEndian(header.Slice(28));
        uint validFor = BinaryPrimitives.ReadUInt32BigEndian(header.Slice(92));
        uint version = BinaryPrimitives.ReadUInt32BigEndian(header.Slice(96));
        layer.Engine = $"SQLite {version / 1_000_000}.{version / 1000 % 1000}.{version % 1000}";
        layer.Version = "3";
        int reserved = header[20];
        var encoding = header[59] switch { 2 => Encoding.Unicode, 3 => Encoding.BigEndianUnicode, _ => Encoding.UTF8 };
        uint freePages = BinaryPrimitives.ReadUInt32BigEndian(header.Slice(36));
        bool hasMap = BinaryPrimitives.ReadUInt32BigEndian(header.Slice(52)) != 0;
        // A database that can shrink has map pages from its second page on: each has as many entries as have room.
        int mapped = (pageSize - header[20]) / 5;
        long mapPages = hasMap && pages > 1 ? (pages - 2) / (mapped + 1) + 1 : 0;
        // The page at 1 GiB is never used.
        long lockPages = pages > LockAt / pageSize ? 1 : 0;
        bool isStated = pages > 0 && changes == validFor;
        layer.Details["PageSize"] = pageSize;
        if (!isStated)
        {
            // Written by a program before 3.7.0, which leaves the number of pages as it was.
            layer.IsWhole = null;
            pages = 0;
        }

        long size = (long)pages * pageSize;
        layer.Details["Pages"] = (long)pages;
        if (isStated)
        {
            if (pages > SqlitePages.MostPages)
            {
                layer.Detail = $"the database has more than {Numbers.Text(SqlitePages.MostPages)} pages, and "
                    + "its trees were not walked";
                input.Skip(size, $"the database of {Numbers.Text(pages)} pages");
            }
            else
            {
                var trees = new SqlitePages(input, pageSize, reserved, encoding, freePages + mapPages + lockPages);
                trees.Read(pages);
                RefuseTrailingData(input, layer);
                if (!layer.IsBad)
                    layer.Details["Tables"] = trees.Walk();
            }

            RefuseTrailingData(input, layer);
        }
        else if (input.SkipToEnd() % pageSize != 0)
        {
            throw BackupFormatException.Truncated(
                input.Position, $"the last page, of {Numbers.Text(pageSize)} bytes, is not whole at "
                + $"{Numbers.Text(input.Position)}");
        }
    }
}
