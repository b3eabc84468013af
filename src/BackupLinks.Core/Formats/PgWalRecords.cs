using System;
using System.Buffers.Binary;
using BackupLinks.Checksums;

namespace BackupLinks.Formats;

/// <summary>
/// The records of a segment of PostgreSQL's write-ahead log (<c>xlogrecord.h</c>, <c>xlogreader.c</c>): each begins at
/// a multiple of 8, goes on behind the headers of the pages that it crosses, and has a CRC-32C of itself.
/// </summary>
internal sealed class PgWalRecords
{
    private const int IsContinued = 1;
    private const int HasLongHeader = 2;
    private const int IsAbandoned = 8;
    private const int HeaderSize = 24;
    private const int CrcAt = 20;
    private const uint LongestRecord = 1024 * 1024 * 1024;

    // The record that ends a segment before it is full: of resource manager 0.
    private const int Switch = 0x40;

    private readonly Crc32 _crc = new(Crc32.Castagnoli);
    private readonly byte[] _header = new byte[HeaderSize];
    private long _start;
    private uint _length;
    private uint _left;
    private uint _passed;
    private bool _hasBegun;

    /// <summary>The records whose checksum is right.</summary>
    public long Count { get; private set; }

    /// <summary>Whether a record ended the segment before it was full.</summary>
    public bool IsSwitched { get; private set; }

    /// <summary>
    /// Where the first record begins that is not valid; null when there is none. It is the end of the log, or damage.
    /// </summary>
    public long? Invalid { get; private set; }

    /// <summary>Reads a page of this place of the log.</summary>
    /// <param name="page">The page.</param>
    /// <param name="at">Where it begins in the segment.</param>
    public void Append(ReadOnlySpan<byte> page, long at)
    {
        if (IsSwitched || Invalid is not null)
            return;
        int flags = BinaryPrimitives.ReadUInt16LittleEndian(page.Slice(2));
        int pos = (flags & HasLongHeader) != 0 ? 40 : 24;
        if (!TryContinue(flags, BinaryPrimitives.ReadUInt32LittleEndian(page.Slice(16)), at))
            return;
        while (pos < page.Length && !IsSwitched && Invalid is null)
        {
            if (_passed == 0 && _left == 0 && !TryBegin(page.Slice(pos), at + pos))
                return;
            int count = (int)Math.Min(_passed + _left, (uint)(page.Length - pos));
            if (_passed > 0)
                _passed -= (uint)count;
            else
                Take(page.Slice(pos, count));
            // Records begin at multiples of 8.
            pos = (pos + count + 7) & ~7;
        }
    }

    // The first page begins with the rest of a record of the segment before; after a crash, a page may say that the
    // record before it was abandoned.
    private bool TryContinue(int flags, uint left, long at)
    {
        if ((flags & IsAbandoned) != 0)
            _left = _passed = 0;
        uint expected = _passed + _left;
        if (!_hasBegun)
            _passed = (flags & IsContinued) != 0 ? left : 0;
        else if (((flags & IsContinued) != 0 ? left : 0) != expected)
            Invalid = expected > 0 && _left > 0 ? _start : at;
        _hasBegun = true;
        return Invalid is null;
    }

    private bool TryBegin(ReadOnlySpan<byte> rest, long at)
    {
        _start = at;
        _length = _left = rest.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(rest);
        _crc.Reset();
        if (_length is >= HeaderSize and <= LongestRecord)
            return true;
        Invalid = at;
        return false;
    }

    // The checksum is of the content, and of the header behind it.
    private void Take(ReadOnlySpan<byte> bytes)
    {
        int had = (int)Math.Min(_length - _left, HeaderSize);
        _left -= (uint)bytes.Length;
        int ofHeader = Math.Min(HeaderSize - had, bytes.Length);
        bytes.Slice(0, ofHeader).CopyTo(_header.AsSpan(had));
        _crc.Append(bytes.Slice(ofHeader));
        if (_left > 0)
            return;
        _crc.Append(_header.AsSpan(0, CrcAt));
        if (_crc.Value != BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(CrcAt)))
        {
            Invalid = _start;
            return;
        }

        Count++;
        IsSwitched = _header[17] == 0 && (_header[16] & 0xF0) == Switch;
    }
}
