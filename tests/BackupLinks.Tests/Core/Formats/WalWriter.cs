using System;
using System.Collections.Generic;
using BackupLinks.Checksums;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Writes a segment of the write-ahead log of PostgreSQL 15.</summary>
internal sealed class WalWriter
{
    public const int PageSize = 1 << 16;
    private const int SegmentSize = 1 << 20;
    private const int FirstRest = 100;

    private readonly byte[] _file = new byte[SegmentSize];
    private int _at;

    /// <summary>Begins with the rest of a record of the segment before.</summary>
    public WalWriter() => Write(FormatTest.Noise(FirstRest));

    /// <summary>Where each record begins.</summary>
    public List<int> Records { get; } = [];

    /// <summary>The page that is written.</summary>
    public int Page => _at / PageSize;

    /// <summary>A segment with 14 pages of records of many lengths.</summary>
    public static WalWriter Fill()
    {
        var writer = new WalWriter();
        for (int i = 0; writer._at < (13 * PageSize) + 30_000; i++)
            writer.Record(i % 20 == 7 && writer.Page < 10 ? 150_000 : 24 + (i * 37 % 9000));
        return writer;
    }

    /// <summary>A record, of a resource manager that is not that of the log itself.</summary>
    public WalWriter Record(int length, byte info = 0, byte manager = 10)
    {
        var writer = new ByteWriter().U32((uint)length).U32(700).U64(1).Add(info, manager).U16(0);
        byte[] content = FormatTest.Noise(length - 24, length);
        uint crc = Crc32C([.. content, .. writer.ToArray()]);
        _at = (_at + 7) & ~7;
        Records.Add(_at % PageSize == 0 ? _at + 24 : _at);
        return Write(writer.U32(crc).Add(content).ToArray());
    }

    /// <summary>Gives the last record up in the middle of it, as after a crash, and begins the next page.</summary>
    public WalWriter Abandon()
    {
        int next = (Page + 1) * PageSize;
        Record(next - _at + 1000);
        Array.Clear(_file, next, _at - next);
        _at = next;
        BeginPage(flags: 8, left: 0);
        Records.RemoveAt(Records.Count - 1);
        return this;
    }

    public byte[] ToArray() => [.. _file];

    private static uint Crc32C(byte[] bytes)
    {
        var crc = new Crc32(Crc32.Castagnoli);
        crc.Append(bytes);
        return crc.Value;
    }

    private WalWriter Write(byte[] bytes)
    {
        for (int done = 0; done < bytes.Length;)
        {
            if (_at % PageSize == 0)
                BeginPage(done > 0 || _at == 0 ? 1 : 0, done > 0 || _at == 0 ? bytes.Length - done : 0);
            int count = Math.Min(bytes.Length - done, PageSize - (_at % PageSize));
            bytes.AsSpan(done, count).CopyTo(_file.AsSpan(_at));
            done += count;
            _at += count;
        }

        return this;
    }

    private void BeginPage(int flags, int left)
    {
        byte[] header = new ByteWriter().U16(0xD110).U16(flags | (_at == 0 ? 2 : 0)).U32(1)
            .U64((7UL * SegmentSize) + (ulong)_at).U32((uint)left).U32(0).U64(1).U32(SegmentSize).U32(PageSize)
            .ToArray();
        int length = _at == 0 ? 40 : 24;
        header.AsSpan(0, length).CopyTo(_file.AsSpan(_at));
        _at += length;
    }
}
