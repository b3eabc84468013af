using System;
using System.Buffers.Binary;
using BackupLinks.Checksums;

namespace BackupLinks.Formats;

/// <summary>
/// The content of one b-tree page of an SQLite database (sqlite.org/fileformat2.html, section 1.6): its children, its
/// keys, and a sum over each column, by which an index is compared with its table.
/// </summary>
internal sealed class SqlitePage
{
    /// <summary>Columns behind this one are not compared.</summary>
    public const int MostColumns = 16;

    private const byte IndexInterior = 2;
    private const byte TableInterior = 5;
    private const byte IndexLeaf = 10;
    private const byte TableLeaf = 13;
    private const long LongestInteger = 6;
    private const long GreatestExact = 1L << 53;

    private SqlitePage(byte type) => Type = type;

    /// <summary>Whether it belongs to a table; else to an index.</summary>
    public bool IsTable => Type is TableInterior or TableLeaf;

    /// <summary>Whether it has children.</summary>
    public bool IsInterior => Type is IndexInterior or TableInterior;

    /// <summary>The children, the last one included.</summary>
    public uint[] Children { get; private set; } = [];

    /// <summary>The greatest row of each child but the last, of a table.</summary>
    public long[] Keys { get; private set; } = [];

    /// <summary>The rows of a leaf of a table, or the entries of a page of an index.</summary>
    public long Count { get; private set; }

    /// <summary>The first row of a leaf of a table.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>The last row of a leaf of a table.</summary>
    public long Last { get; private set; } = long.MinValue;

    /// <summary>A sum over all values of each column, with their rows; the same in any order.</summary>
    public ulong[] Sums { get; } = new ulong[MostColumns];

    /// <summary>The columns that every record has.</summary>
    public int LeastColumns { get; private set; } = int.MaxValue;

    /// <summary>The columns that some record has.</summary>
    public int GreatestColumns { get; private set; }

    /// <summary>The columns of which a value lies on other pages, one bit each.</summary>
    public uint Incomplete { get; private set; }

    /// <summary>A sum over the numbers of all rows; null when one of them is not known.</summary>
    public ulong? RowSum { get; private set; } = 0;

    /// <summary>A sum as of a column that has the number of its row.</summary>
    public ulong OwnNumbers { get; private set; }

    /// <summary>The overflow pages that the records need.</summary>
    public long OverflowPages { get; private set; }

    /// <summary>The columns that have a value other than NULL, one bit each.</summary>
    public uint Filled { get; private set; }

    private byte Type { get; }

    /// <summary>Reads a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="start">Where its header begins: 100 on the first page, else 0.</param>
    /// <param name="usable">The bytes without what is reserved at the end.</param>
    /// <returns>Null for a page that is not one of a b-tree, or a damaged one.</returns>
    public static SqlitePage? Read(ReadOnlySpan<byte> page, int start, int usable)
    {
        byte type = page[start];
        if (type is not (IndexInterior or TableInterior or IndexLeaf or TableLeaf))
            return null;
        var result = new SqlitePage(type);
        int cells = BinaryPrimitives.ReadUInt16BigEndian(page.Slice(start + 3));
        int pointers = start + (result.IsInterior ? 12 : 8);
        if (pointers + (2 * cells) > usable)
            return null;
        if (result.IsInterior)
        {
            result.Children = new uint[cells + 1];
            result.Children[cells] = BinaryPrimitives.ReadUInt32BigEndian(page.Slice(start + 8));
            result.Keys = type == TableInterior ? new long[cells] : [];
        }

        for (int i = 0; i < cells; i++)
        {
            int at = BinaryPrimitives.ReadUInt16BigEndian(page.Slice(pointers + (2 * i)));
            if (at < pointers + (2 * cells) || at > usable - 4 || !result.TryReadCell(page.Slice(0, usable), at, i))
                return null;
        }

        return result;
    }

    /// <summary>Reads a number of one to nine bytes.</summary>
    /// <returns>False for one that runs past the end.</returns>
    public static bool TryReadNumber(ReadOnlySpan<byte> bytes, ref int at, out long value)
    {
        value = 0;
        for (int i = 0; i < 9; i++)
        {
            if (at >= bytes.Length)
                return false;
            byte next = bytes[at++];
            value = i == 8 ? (value << 8) | next : (value << 7) | (long)(next & 0x7F);
            if (next < 0x80 || i == 8)
                return true;
        }

        return true;
    }

    /// <summary>The length of a value of a serial type; -1 for one that does not exist.</summary>
    public static long LengthOf(long type) => type switch
    {
        < 0 or 10 or 11 => -1,
        <= 4 => type,
        5 => 6,
        6 or 7 => 8,
        8 or 9 => 0,
        _ => (type - 12) / 2,
    };

    private bool TryReadCell(ReadOnlySpan<byte> page, int at, int index)
    {
        if (IsInterior)
        {
            Children[index] = BinaryPrimitives.ReadUInt32BigEndian(page.Slice(at));
            at += 4;
        }

        if (Type == TableInterior)
        {
            if (!TryReadNumber(page, ref at, out long key) || (index > 0 && key <= Keys[index - 1]))
                return false;
            Keys[index] = key;
            return true;
        }

        if (!TryReadNumber(page, ref at, out long length) || length < 0)
            return false;
        long row = 0;
        if (Type == TableLeaf)
        {
            if (!TryReadNumber(page, ref at, out row) || (Count > 0 && row <= Last))
                return false;
            First = Math.Min(First, row);
            Last = row;
            OwnNumbers += DigestOfInteger(row, row);
        }

        Count++;
        long local = LocalLength(length, page.Length, Type == TableLeaf);
        // The last one may not be full.
        OverflowPages += (length - local + page.Length - 5) / (page.Length - 4);
        return local <= page.Length - at && TryReadRecord(page.Slice(at, (int)local), length, row);
    }

    /// <summary>The bytes of a record that are on its own page; the rest lies on overflow pages.</summary>
    /// <param name="length">Those of the record.</param>
    /// <param name="usable">Those of a page without what is reserved.</param>
    /// <param name="isTableLeaf">Whether the page is a leaf of a table.</param>
    public static long LocalLength(long length, int usable, bool isTableLeaf)
    {
        long most = isTableLeaf ? usable - 35 : ((usable - 12) * 64 / 255) - 23;
        if (length <= most)
            return length;
        long least = ((usable - 12) * 32 / 255) - 23;
        long kept = least + ((length - least) % (usable - 4));
        return kept <= most ? kept : least;
    }

    private bool TryReadRecord(ReadOnlySpan<byte> record, long length, long row)
    {
        int typeAt = 0;
        if (!TryReadNumber(record, ref typeAt, out long headerLength) || headerLength < typeAt || headerLength > length)
            return false;
        bool isIndex = Type != TableLeaf;
        if (headerLength > record.Length)
        {
            Incomplete = uint.MaxValue;
            RowSum = isIndex ? null : RowSum + DigestOfRow(row);
            return true;
        }

        var header = record.Slice(0, (int)headerLength);
        int firstTypeAt = typeAt;
        if (isIndex && !TryReadLast(record, header, typeAt, out row))
        {
            Incomplete = uint.MaxValue;
            RowSum = null;
        }

        RowSum += DigestOfRow(row);

        long at = headerLength;
        int columns = 0;
        for (typeAt = firstTypeAt; typeAt < header.Length; columns++)
        {
            if (!TryReadNumber(header, ref typeAt, out long type) || LengthOf(type) is not (>= 0 and var size))
                return false;
            if (size > length - at)
                return false;
            if (columns < MostColumns)
            {
                Filled |= type == 0 ? 0 : 1u << columns;
                if (at + size > record.Length)
                    Incomplete |= 1u << columns;
                else
                    Sums[columns] += Digest(type, record.Slice((int)at, (int)size), row);
            }

            at += size;
        }

        LeastColumns = Math.Min(LeastColumns, columns);
        GreatestColumns = Math.Max(GreatestColumns, columns);
        return at == length;
    }

    // The last value of an entry of an index is the row.
    private static bool TryReadLast(ReadOnlySpan<byte> record, ReadOnlySpan<byte> header, int typeAt, out long row)
    {
        row = 0;
        long at = header.Length;
        long type = 0;
        long size = 0;
        while (typeAt < header.Length)
        {
            at += size;
            if (!TryReadNumber(header, ref typeAt, out type) || (size = LengthOf(type)) < 0)
                return false;
            // More than any record can have, so that sums of it do not overflow.
            if (size > uint.MaxValue)
                return false;
        }

        if (type is 0 or 7 or > 9 || at + size > record.Length)
            return false;
        row = ReadInteger(type, record.Slice((int)at, (int)size));
        return true;
    }

    private static long ReadInteger(long type, ReadOnlySpan<byte> value)
    {
        if (type >= 8)
            return type - 8;
        long number = value.Length > 0 ? (sbyte)value[0] : 0;
        for (int i = 1; i < value.Length; i++)
            number = (number << 8) | value[i];
        return number;
    }

    private static ulong DigestOfRow(long row) => DigestOfInteger(0, row);

    private static ulong DigestOfInteger(long number, long row)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return Digest(LongestInteger, bytes, row);
    }

    // A number counts the same however it is stored: an index may have 1 where its table has 1.0.
    private static ulong Digest(long type, ReadOnlySpan<byte> value, long row)
    {
        byte[] bytes = new byte[17 + (type >= 12 ? value.Length : 0)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, row);
        switch (type)
        {
            case 0:
                break;
            case 7:
                bytes[16] = 1;
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), BinaryPrimitives.ReadInt64BigEndian(value));
                break;
            case < 12:
                // A greater one is not the same number as one with a fraction, which has 53 bits.
                long number = ReadInteger(type, value);
                bool isExact = number is > -GreatestExact and < GreatestExact;
                bytes[16] = (byte)(isExact ? 1 : 4);
                BinaryPrimitives.WriteInt64LittleEndian(
                    bytes.AsSpan(8), isExact ? BitConverter.DoubleToInt64Bits(number) : number);
                break;
            default:
                bytes[16] = (byte)(2 + (type & 1));
                value.CopyTo(bytes.AsSpan(17));
                break;
        }

        return XxHash64.Compute(bytes);
    }
}
