using System;
using System.Buffers.Binary;
using System.Linq;
using System.Text;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Writes an SQLite database of a table and its index, on four pages of 512 bytes.</summary>
internal static class SqliteWriter
{
    public const int PageSize = 512;

    public static byte[] Database()
    {
        (long Row, string Text)[] rows = [.. Enumerable.Range(1, 20).Select(i => ((long)i, $"value {i * 37 % 20:00}"))];
        byte[][] first = [.. rows.Take(10).Select(row => TableCell(row.Row, Record(row.Text)))];
        byte[][] second = [.. rows.Skip(10).Select(row => TableCell(row.Row, Record(row.Text)))];
        byte[][] index = [.. rows.OrderBy(row => row.Text, StringComparer.Ordinal).Select(
            row => IndexCell(Record(row.Text, row.Row)))];
        byte[][] schema =
        [
            TableCell(1, Record("table", "t", "t", 2L, "CREATE TABLE t(\"a b\" text)")),
            TableCell(2, Record("index", "i", "t", 3L, "CREATE INDEX i ON t(\"a b\" DESC)")),
        ];
        // The table has two leaves below its root.
        byte[] root = new byte[PageSize];
        root[0] = 5;
        root[4] = 1;
        root[11] = 5;
        root[12] = 1;
        root[13] = 0x80;
        root[0x183] = 4;
        root[0x184] = 10;
        return [.. Header(pages: 5), .. Page(13, schema, 100).AsSpan(100), .. root, .. Page(10, index),
            .. Page(13, first), .. Page(13, second)];
    }

    private static byte[] Header(int pages)
    {
        byte[] header = new byte[100];
        Encoding.ASCII.GetBytes("SQLite format 3\0").CopyTo(header, 0);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(16), PageSize);
        header[27] = header[95] = 1;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(28), pages);
        header[59] = 1;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(96), 3_040_001);
        return header;
    }

    private static byte[] Page(byte type, byte[][] cells, int start = 0)
    {
        byte[] page = new byte[PageSize];
        page[start] = type;
        page[start + 4] = (byte)cells.Length;
        int at = PageSize;
        for (int i = 0; i < cells.Length; i++)
        {
            at -= cells[i].Length;
            cells[i].CopyTo(page, at);
            BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan(start + 8 + (2 * i)), (ushort)at);
        }

        BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan(start + 5), (ushort)at);
        return page;
    }

    private static byte[] TableCell(long row, byte[] record) => [(byte)record.Length, (byte)row, .. record];

    private static byte[] IndexCell(byte[] record) => [(byte)record.Length, .. record];

    // Texts of up to 57 bytes, and small numbers.
    private static byte[] Record(params object[] values)
    {
        byte[] types = [.. values.Select(value => value is string text ? (byte)(13 + (2 * text.Length)) : (byte)1)];
        return [(byte)(types.Length + 1), .. types, .. values.SelectMany(value => value is string text
            ? Encoding.ASCII.GetBytes(text) : [(byte)(long)value])];
    }
}
