using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Writes an SQLite database of a table and its index, on four pages of 512 bytes.</summary>
internal static class SqliteWriter
{
    public const int PageSize = 512;

    private const int PagesInFront = 5;

    // What stays of a record of some 500 bytes that continues elsewhere (fileformat2.html, section 1.6).
    private const int Least = ((PageSize - 12) * 32 / 255) - 23;

    public static byte[] Database() => Database(
        "CREATE TABLE t(\"a b\" text)", "CREATE INDEX i ON t(\"a b\" DESC)", row => [Word(row)], row => [Word(row)]);

    /// <summary>A database whose index need not be one of plain columns.</summary>
    /// <param name="table">The statement of the table 't'.</param>
    /// <param name="index">The statement of its index 'i'; null for that of a constraint.</param>
    /// <param name="stored">The stored columns of a row.</param>
    /// <param name="indexed">The columns of its entry, without the row's number.</param>
    public static byte[] Database(
        string table, string? index, Func<long, object?[]> stored, Func<long, object?[]> indexed)
    {
        long[] rows = [.. Enumerable.Range(1, 20).Select(row => (long)row)];
        byte[][] first = [.. rows.Take(10).Select(row => TableCell(row, Record(stored(row))))];
        byte[][] second = [.. rows.Skip(10).Select(row => TableCell(row, Record(stored(row))))];
        byte[][] entries = [.. rows.OrderBy(row => Convert.ToString(indexed(row)[0], CultureInfo.InvariantCulture),
            StringComparer.Ordinal).Select(row => IndexCell(Record([.. indexed(row), row])))];
        List<byte[]> overflow = [];
        byte[][] schema =
        [
            SchemaCell(1, Record("table", "t", "t", 2L, table), overflow),
            SchemaCell(2, Record("index", "i", "t", 3L, index), overflow),
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
        return [.. Header(PagesInFront + overflow.Count), .. Page(13, schema, 100).AsSpan(100), .. root,
            .. Page(10, entries), .. Page(13, first), .. Page(13, second), .. overflow.SelectMany(page => page)];
    }

    /// <summary>Some word, another one for each row.</summary>
    public static string Word(long row) => $"value {row * 37 % 20:00}";

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

    // A long statement continues on a page of its own, behind the others.
    private static byte[] SchemaCell(byte row, byte[] record, List<byte[]> overflow)
    {
        if (record.Length <= PageSize - 35)
            return TableCell(row, record);
        byte[] rest = record[Least..];
        overflow.Add([0, 0, 0, 0, .. rest, .. new byte[PageSize - 4 - rest.Length]]);
        return [.. Number(record.Length), row, .. record[..Least], 0, 0, 0, (byte)(PagesInFront + overflow.Count)];
    }

    private static byte[] TableCell(long row, byte[] record) => [.. Number(record.Length), (byte)row, .. record];

    private static byte[] IndexCell(byte[] record) => [.. Number(record.Length), .. record];

    // Texts, NULL, the constants 0 and 1 as false and true, and integers of one byte or of eight.
    private static byte[] Record(params object?[] values)
    {
        byte[] types = [.. values.SelectMany(value => value switch
        {
            null => [0],
            bool isOne => [isOne ? (byte)9 : (byte)8],
            string text => Number(13 + (2 * text.Length)),
            long and >= sbyte.MinValue and <= sbyte.MaxValue => [1],
            _ => new byte[] { 6 },
        })];
        return [(byte)(types.Length + 1), .. types, .. values.SelectMany(value => value switch
        {
            null or bool => [],
            string text => Encoding.ASCII.GetBytes(text),
            long and >= sbyte.MinValue and <= sbyte.MaxValue => [(byte)(long)value],
            _ => new ByteWriter().U64(BinaryPrimitives.ReverseEndianness((ulong)(long)value)).ToArray(),
        })];
    }

    private static byte[] Number(int value) =>
        value < 0x80 ? [(byte)value] : [(byte)(0x80 | value >> 7), (byte)(value & 0x7F)];
}
