using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>Walks the blocks and streams of one MTF file.</summary>
internal sealed class MtfWalker(ByteReader input, BackupLayer layer)
{
    private const int BlockHeaderSize = 52;
    private const int StreamHeaderSize = 22;
    private const int FilemarkSize = 512;
    private const int SumAt = 50;
    private const int LongestDescriptor = ByteReader.LookAhead;
    private const string Filemark = "SFMB";
    private const string LastStream = "SPAD";
    private const string DataStream = "MQDA";

    private static readonly string[] Types = ["TAPE", Filemark, "SSET", "VOLB", "MSCI", "MSDA", "MSTL", "MSLS",
        "ESET", "EOTM", "DIRB", "FILE", "CFIL", "ESPB"];

    private readonly byte[] _page = new byte[SqlServerPage.Size];
    private long _sets;
    private long _pages;
    private long _pagesWithChecksum;
    private bool _hasData;
    private bool _isInSet;
    private bool _setHasEnd;

    /// <summary>Reads to the end of the file.</summary>
    /// <exception cref="BackupFormatException">The file is cut or damaged.</exception>
    public void Run()
    {
        layer.Engine = "SQL Server";
        layer.Checksum = ChecksumCoverage.Partial;
        while (!input.IsAtEnd)
        {
            if (IsBehindSet() && !input.Peek(4).SequenceEqual("SSET"u8))
            {
                RefuseRest();
                break;
            }

            ReadBlock();
        }

        if (!IsBehindSet())
        {
            throw BackupFormatException.Truncated(
                input.Position, $"the backup set has no end at {Numbers.Text(input.Position)}");
        }

        layer.Details["Sets"] = _sets;
        if (_pages > 0)
        {
            layer.Details["Pages"] = _pages;
            layer.Details["PagesWithChecksum"] = _pagesWithChecksum;
        }
    }

    // A set ends with its second ESET and the filemark behind it.
    private bool IsBehindSet() => _sets > 0 && !_isInSet;

    private void RefuseRest()
    {
        long end = input.Position;
        input.SkipToEnd();
        layer.Fail(
            BackupFileState.TrailingData, end,
            $"trailing data: the last backup set ends at {Numbers.Text(end)}, and "
                + $"{Numbers.Count(input.Position - end, "byte")} follow");
    }

    private void ReadBlock()
    {
        long at = input.Position;
        var header = input.Peek(BlockHeaderSize);
        if (header.Length < BlockHeaderSize)
        {
            throw BackupFormatException.Truncated(
                at, $"the header of the block at {Numbers.Text(at)} has {header.Length} of its 52 bytes");
        }

        string type = Name(header);
        if (Array.IndexOf(Types, type) < 0)
            throw BackupFormatException.Damaged(at, $"a block begins at {Numbers.Text(at)}, and other bytes are there");
        if (Sum(header.Slice(0, SumAt)) != BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(SumAt)))
        {
            throw BackupFormatException.DamagedPart(
                at, at + BlockHeaderSize, $"the checksum of the {type} block at {Numbers.Text(at)} is wrong");
        }

        int descriptor = BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(8));
        if (type == Filemark)
        {
            input.Skip(FilemarkSize, "a filemark");
            _isInSet &= !_setHasEnd;
            return;
        }

        if (descriptor < BlockHeaderSize || descriptor > LongestDescriptor)
        {
            throw BackupFormatException.Damaged(
                at, $"the {type} block at {Numbers.Text(at)} has its streams at {Numbers.Text(descriptor)}");
        }

        Note(type, input.Read(descriptor, $"the {type} block"));
        while (ReadStream(type) != LastStream)
        {
        }
    }

    private void Note(string type, ReadOnlySpan<byte> block)
    {
        switch (type)
        {
            case "SSET" when block.Length >= 94:
                _sets++;
                _isInSet = true;
                _setHasEnd = false;
                _hasData = false;
                uint kind = BinaryPrimitives.ReadUInt32LittleEndian(block.Slice(52));
                layer.Details["Kind"] = (kind & 8) != 0 ? "Differential" : (kind & 2) != 0 ? "Copy" : "Full";
                layer.CreatedAt = ReadDate(block.Slice(88, 5)) ?? layer.CreatedAt;
                if (ReadText(block, 64) is { Length: > 0 } name)
                    layer.Details["SetName"] = name;
                break;
            case "TAPE" when block.Length >= 88 && ReadText(block, 80) is { Length: > 0 } software:
                layer.Engine = software.StartsWith("Microsoft "
                    + "", StringComparison.Ordinal) ? software.Substring(10) : software;
                break;
            case "MSDA":
                _hasData = true;
                break;
            case "ESET":
                _setHasEnd = true;
                if (!_hasData)
                    layer.Details["Kind"] = "Log";
                break;
        }
    }

    private string ReadStream(string block)
    {
        long at = input.Position;
        var header = input.Peek(StreamHeaderSize);
        if (header.Length < StreamHeaderSize)
        {
            throw BackupFormatException.Truncated(
                at, $"the header of the stream at {Numbers.Text(at)} has {header.Length} of its 22 bytes");
        }

        string id = Name(header);
        if (Sum(header.Slice(0, 20)) != BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(20)))
        {
            throw BackupFormatException.DamagedPart(
                at, at + StreamHeaderSize,
                $"the checksum of the stream at {Numbers.Text(at)}, in the {block} block, is wrong");
        }

        long length = BinaryPrimitives.ReadInt64LittleEndian(header.Slice(8));
        if (length < 0)
            throw BackupFormatException.Damaged(at, $"the stream '{id}' at {Numbers.Text(at)} has the length {length}");
        input.Advance(StreamHeaderSize);
        long left = length;
        try
        {
            if (id == DataStream)
                left -= ReadPages(length);
            else if (id == "RAID" && length >= 26)
                left -= ReadStripe();
            input.Skip(left, "a stream");
        }
        catch (BackupFormatException e) when (e.State == BackupFileState.Truncated)
        {
            throw BackupFormatException.Truncated(
                at, $"the stream '{id}' of {Numbers.Count(length, "byte")} begins at {Numbers.Text(at)}, in the "
                + $"{block} block, and {Numbers.Text(input.Position - at - StreamHeaderSize)} bytes are there");
        }

        // Streams begin at multiples of four; the file may end with the last one.
        int padding = (int)(-input.Position & 3);
        if (id != LastStream || !input.IsAtEnd)
            input.Skip(padding, "the padding of a stream");
        return id;
    }

    private long ReadStripe()
    {
        var media = input.Read(26, "a stream");
        int stripes = BinaryPrimitives.ReadUInt16LittleEndian(media.Slice(20));
        int stripe = BinaryPrimitives.ReadUInt16LittleEndian(media.Slice(24));
        if (stripes > 1)
            layer.Details["Stripe"] = $"{stripe} of {stripes}";
        layer.Details["MediaSet"] = new Guid(media.Slice(0, 16).ToArray());
        return media.Length;
    }

    private long ReadPages(long length)
    {
        if (length < 2)
            return 0;
        input.Skip(2, "a stream");
        long done = 2;
        for (; length - done >= SqlServerPage.Size; done += SqlServerPage.Size)
        {
            var page = input.Read(SqlServerPage.Size, "a page");
            _pages++;
            bool hasChecksum = SqlServerPage.HasChecksum(page);
            if (!hasChecksum && !SqlServerPage.HasLostChecksum(page, _page))
                continue;
            _pagesWithChecksum++;
            if (!hasChecksum || !SqlServerPage.IsRight(page))
            {
                long at = input.Position - SqlServerPage.Size;
                throw BackupFormatException.DamagedPart(
                    at, input.Position,
                    $"the checksum of page {SqlServerPage.Describe(page)} at {Numbers.Text(at)} is wrong");
            }
        }

        return done;
    }

    private static string Name(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes.Slice(0, 4).ToArray());

    private static int Sum(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        foreach (ushort word in MemoryMarshal.Cast<byte, ushort>(bytes))
            sum ^= word;
        return sum;
    }

    // A size and a place in the block, of text in UTF-16.
    private static string? ReadText(ReadOnlySpan<byte> block, int address)
    {
        int size = BinaryPrimitives.ReadUInt16LittleEndian(block.Slice(address));
        int at = BinaryPrimitives.ReadUInt16LittleEndian(block.Slice(address + 2));
        return at + size <= block.Length ? Encoding.Unicode.GetString(block.Slice(at,
            size).ToArray()).TrimEnd('\0') : null;
    }

    // 14 bits of the year, then month, day, hour, minute and second, in the time of the server.
    private static DateTimeOffset? ReadDate(ReadOnlySpan<byte> date)
    {
        ulong bits = 0;
        foreach (byte value in date)
            bits = (bits << 8) | value;
        int year = (int)(bits >> 26), month = (int)(bits >> 22) & 15, day = (int)(bits >> 17) & 31;
        int hour = (int)(bits >> 12) & 31, minute = (int)(bits >> 6) & 63, second = (int)bits & 63;
        if (year is < 1980 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
            return null;
        return new DateTimeOffset(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Local));
    }
}
