using System;
using BackupLinks.Checksums;

namespace BackupLinks.Formats;

/// <summary>
/// The CRC-64 of an RDB as it passes. It is 0 behind the footer, and 0 again behind a second file; so the first place
/// where one ends and another one begins is remembered.
/// </summary>
internal sealed class RdbChecksum
{
    private const int FooterLength = 8;
    private const int MarkLength = 6;
    private const int EndLength = 1 + FooterLength;

    // The mark of a replication and ends of lines.
    private const int MostBehind = 64;

    private readonly Crc64 _crc = Crc64.CreateJones();
    private readonly TailBytes _tail = new(EndLength + MostBehind);
    private readonly byte[] _held = new byte[2 * MarkLength];
    private int _heldCount;
    private long _passed;

    /// <summary>The CRC-64 of all that has passed.</summary>
    public ulong Value
    {
        get
        {
            Take(_held.AsSpan(0, _heldCount));
            _heldCount = 0;
            return _crc.Value;
        }
    }

    /// <summary>
    /// Whether the place where another file begins is looked for: not in bytes whose structure is known, because that
    /// takes as long as the CRC-64.
    /// </summary>
    public bool IsSearching { get; set; }

    /// <summary>
    /// How many bytes the first file has, when another one follows it; null when none does, or none was looked for.
    /// </summary>
    public long? FirstLength { get; private set; }

    /// <summary>Whether the last bytes are an end opcode and a footer.</summary>
    public bool EndsLikeAnRdb => IsEnd(_tail.Span);

    /// <summary>Whether the footer says that there is no checksum.</summary>
    public bool IsDisabled => SpanSearch.IndexOfNonZero(_tail.Span.Slice(_tail.Span.Length - FooterLength)) < 0;

    /// <summary>Counts the bytes behind the end at which the checksum is right, where they are few.</summary>
    /// <returns>Null where there is no such end.</returns>
    public int? CountBehind()
    {
        ulong value = Value;
        var tail = _tail.Span;
        // The first one, because the CRC-64 stays 0 over zeros.
        for (int end = EndLength; end < tail.Length; end++)
        {
            if (!IsEnd(tail.Slice(0, end)))
                continue;
            // The CRC-64 is 0 behind a right footer, and what follows has made the value out of that.
            var rest = Crc64.CreateJones();
            rest.Append(tail.Slice(end));
            if (rest.Value == value)
                return tail.Length - end;
        }

        return null;
    }

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (!IsSearching)
        {
            Take(bytes);
            return;
        }

        // The mark may lie across two pieces, so that the last bytes of one wait for the next.
        if (_heldCount > 0)
        {
            int added = Math.Min(MarkLength - 1, bytes.Length);
            bytes.Slice(0, added).CopyTo(_held.AsSpan(_heldCount));
            // A short piece may not have all of a mark that begins in the bytes that wait.
            int taken = Math.Max(0, _heldCount + added - (MarkLength - 1));
            Search(_held.AsSpan(0, _heldCount + added), taken);
            if (added < MarkLength - 1)
            {
                _heldCount += added - taken;
                _held.AsSpan(taken, _heldCount).CopyTo(_held);
                return;
            }
        }

        int searched = Math.Max(0, bytes.Length - (MarkLength - 1));
        Search(bytes, searched);
        bytes.Slice(searched).CopyTo(_held);
        _heldCount = bytes.Length - searched;
    }

    // Takes so many of the bytes; those behind them are there for a mark that begins before.
    private void Search(ReadOnlySpan<byte> bytes, int count)
    {
        int from = 0;
        int redis = -1, valkey = -1;
        while (FirstLength is null && from < count)
        {
            // Each is searched for once, however often the other one is there.
            redis = redis < from ? Find(bytes, from, "REDIS0"u8) : redis;
            valkey = valkey < from ? Find(bytes, from, "VALKEY"u8) : valkey;
            int found = Math.Min(redis, valkey);
            if (found >= count)
                break;
            Take(bytes.Slice(from, found - from));
            from = found;
            if (EndsLikeAnRdb && _crc.Value == 0)
                FirstLength = _passed;
            Take(bytes.Slice(from, 1));
            from++;
        }

        Take(bytes.Slice(from, count - from));
    }

    private static bool IsEnd(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= EndLength && bytes[bytes.Length - EndLength] == RdbWalker.Eof;

    // Behind all bytes where there is none.
    private static int Find(ReadOnlySpan<byte> bytes, int from, ReadOnlySpan<byte> mark)
    {
        int found = bytes.Slice(from).IndexOf(mark);
        return found < 0 ? bytes.Length : from + found;
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        _crc.Append(bytes);
        _tail.Append(bytes);
        _passed += bytes.Length;
    }
}
