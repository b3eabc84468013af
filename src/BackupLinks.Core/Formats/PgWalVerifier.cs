using System;
using System.Buffers.Binary;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// Segments of PostgreSQL's write-ahead log (<c>xlog_internal.h</c>): pages that say at which place of the log they
/// are, with records that have checksums. A server fills a segment bit by bit, so that old pages or zeros may follow
/// the last new one.
/// </summary>
internal sealed class PgWalVerifier : FormatVerifier
{
    private const int LongHeaderSize = 40;
    private const int LongHeader = 2;
    private const int AllFlags = 0xF;
    private const int SmallestSegment = 1024 * 1024;
    private const int LargestSegment = 1024 * 1024 * 1024;

    // The magic number of each release; pre-releases have others.
    private static readonly (ushort Magic, string Release)[] Releases =
    [
        (0xD097, "10"), (0xD098, "11"), (0xD101, "12"), (0xD106, "13"), (0xD10D, "14"), (0xD110, "15"), (0xD113, "16"),
        (0xD116, "17"), (0xD118, "18"),
    ];

    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.PgWal;

    /// <inheritdoc/>
    public override string Name => "WAL";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length >= LongHeaderSize
            && head[1] is 0xD0 or 0xD1
            && (BinaryPrimitives.ReadUInt16LittleEndian(head.Slice(2)) & ~(AllFlags & ~LongHeader)) == LongHeader
            && IsPowerOfTwo(SegmentSize(head), SmallestSegment, LargestSegment)
            && IsPowerOfTwo(PageSize(head), 1024, 64 * 1024)
            && Address(head) % SegmentSize(head) == 0;

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        byte[] first = input.Peek(LongHeaderSize).ToArray();
        ushort magic = BinaryPrimitives.ReadUInt16LittleEndian(first);
        uint segment = SegmentSize(first), pageSize = PageSize(first);
        ulong address = Address(first);
        string? release = Array.Find(Releases, item => item.Magic == magic).Release;
        layer.Engine = release is null ? "PostgreSQL" : "PostgreSQL " + release;
        layer.Version = magic.ToString("X4", System.Globalization.CultureInfo.InvariantCulture);
        layer.Checksum = ChecksumCoverage.None;
        layer.Details["Timeline"] = BinaryPrimitives.ReadUInt32LittleEndian(first.AsSpan(4));
        layer.Details["StartsAt"] = $"{address >> 32:X}/{address & uint.MaxValue:X}";
        var records = new PgWalRecords();
        long old = -1;
        for (uint at = 0; at < segment; at += pageSize)
        {
            long from = input.Position;
            bool wasInvalid = records.Invalid is not null;
            var page = input.Peek(16);
            bool isOfThisPlace = page.Length == 16 && BinaryPrimitives.ReadUInt16LittleEndian(page) == magic
                && Address(page) == address + at;
            if (isOfThisPlace && old < 0 && input.Fill((int)pageSize))
                records.Append(input.Peek((int)pageSize), from);
            Skip(input, pageSize, segment, from);
            // A page of this place behind one that is not was written later: the one between was damaged.
            if (isOfThisPlace && old >= 0)
                throw BackupFormatException.Damaged(old,
                    $"the page at {Numbers.Text(old)} is not one of this place of the log");
            if (isOfThisPlace && wasInvalid)
            {
                long start = records.Invalid!.Value;
                string problem = $"the record at {Numbers.Text(start)} does not have its CRC-32C or its length, and "
                    + "the log goes on behind it";
                // The length of what the segment begins with has no checksum.
                throw records.Count > 0 ? BackupFormatException.DamagedPart(start, from, problem)
                    : BackupFormatException.Damaged(start, problem);
            }

            if (!isOfThisPlace && old < 0)
                old = from;
        }

        layer.Details["Pages"] = (old < 0 ? segment : old) / pageSize;
        layer.Details["Records"] = records.Count;
        if (records.Count > 0)
            layer.Checksum = ChecksumCoverage.Partial;
        RefuseTrailingData(input, layer);
    }

    private static void Skip(ByteReader input, uint pageSize, uint segment, long at)
    {
        if (input.Fill((int)pageSize))
        {
            input.Advance((int)pageSize);
            return;
        }

        long there = at + input.SkipToEnd();
        throw BackupFormatException.Truncated(
            there, $"the segment has {Numbers.Text(segment)} bytes, and {Numbers.Text(there)} are there");
    }

    private static ulong Address(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadUInt64LittleEndian(page.Slice(8));

    private static uint SegmentSize(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadUInt32LittleEndian(page.Slice(32));

    private static uint PageSize(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadUInt32LittleEndian(page.Slice(36));

    private static bool IsPowerOfTwo(uint value, uint least, uint most) =>
        value >= least && value <= most && (value & (value - 1)) == 0;
}
