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

    private readonly Crc64 _crc = Crc64.CreateJones();
    private readonly TailBytes _tail = new(1 + FooterLength);
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

    /// <summary>How many bytes the first file has, when another one follows it; null when none does.</summary>
    public long? FirstLength { get; private set; }

    /// <summary>Whether the last bytes are an end opcode and a footer.</summary>
    public bool EndsLikeAnRdb => _tail.IsFull && _tail[0] == RdbWalker.Eof;

    /// <summary>Whether the footer says that there is no checksum.</summary>
    public bool IsDisabled => SpanSearch.IndexOfNonZero(_tail.Span.Slice(1)) < 0;

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        // The mark may lie across two pieces, so that the last bytes of one wait for the next.
        if (_heldCount > 0)
        {
            int added = Math.Min(MarkLength - 1, bytes.Length);
            bytes.Slice(0, added).CopyTo(_held.AsSpan(_heldCount));
            if (_heldCount + added < MarkLength)
            {
                _heldCount += added;
                return;
            }

            Search(_held.AsSpan(0, _heldCount + added), _heldCount);
            _heldCount = 0;
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
        while (FirstLength is null && from < count && FindMark(bytes.Slice(from)) is >= 0 and var found
            && from + found < count)
        {
            Take(bytes.Slice(from, found));
            from += found;
            if (EndsLikeAnRdb && _crc.Value == 0)
                FirstLength = _passed;
            Take(bytes.Slice(from, 1));
            from++;
        }

        Take(bytes.Slice(from, count - from));
    }

    private static int FindMark(ReadOnlySpan<byte> bytes)
    {
        int redis = bytes.IndexOf("REDIS0"u8);
        int valkey = (redis < 0 ? bytes : bytes.Slice(0, redis)).IndexOf("VALKEY"u8);
        return valkey >= 0 ? valkey : redis;
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        _crc.Append(bytes);
        _tail.Append(bytes);
        _passed += bytes.Length;
    }
}
