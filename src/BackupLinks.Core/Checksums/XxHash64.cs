using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BackupLinks.Checksums;

/// <summary>XXH64 with the seed 0, whose low half Zstandard frames have; grows with each piece of the input.</summary>
internal sealed class XxHash64
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;
    private const int StripeSize = 32;

    private readonly byte[] _rest = new byte[StripeSize];
    private ulong _lane1;
    private ulong _lane2;
    private ulong _lane3;
    private ulong _lane4;
    private int _restLength;
    private ulong _length;

    /// <summary>Begins an input.</summary>
    public XxHash64() => Reset();

    /// <summary>The value of the input so far.</summary>
    public ulong Value
    {
        get
        {
            ulong hash = Prime5;
            if (_length >= StripeSize)
            {
                hash = Rotate(_lane1, 1) + Rotate(_lane2, 7) + Rotate(_lane3, 12) + Rotate(_lane4, 18);
                hash = Merge(Merge(Merge(Merge(hash, _lane1), _lane2), _lane3), _lane4);
            }

            hash += _length;
            var rest = _rest.AsSpan(0, _restLength);
            for (; rest.Length >= 8; rest = rest.Slice(8))
                hash = (Rotate(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(rest)), 27) * Prime1) + Prime4;
            if (rest.Length >= 4)
            {
                hash = (Rotate(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1), 23) * Prime2) + Prime3;
                rest = rest.Slice(4);
            }

            foreach (byte value in rest)
                hash = Rotate(hash ^ (value * Prime5), 11) * Prime1;
            hash = (hash ^ (hash >> 33)) * Prime2;
            hash = (hash ^ (hash >> 29)) * Prime3;
            return hash ^ (hash >> 32);
        }
    }

    /// <summary>The hash of one whole input.</summary>
    public static ulong Compute(ReadOnlySpan<byte> data)
    {
        var hash = new XxHash64();
        hash.Append(data);
        return hash.Value;
    }

    /// <summary>Begins another input.</summary>
    public void Reset()
    {
        unchecked
        {
            _lane1 = Prime1 + Prime2;
            _lane2 = Prime2;
            _lane3 = 0;
            _lane4 = 0 - Prime1;
        }

        _restLength = 0;
        _length = 0;
    }

    /// <summary>Adds a piece of the input.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        _length += (ulong)data.Length;
        if (_restLength > 0)
        {
            int taken = Math.Min(StripeSize - _restLength, data.Length);
            data.Slice(0, taken).CopyTo(_rest.AsSpan(_restLength));
            _restLength += taken;
            data = data.Slice(taken);
            if (_restLength < StripeSize)
                return;
            AppendStripes(_rest);
            _restLength = 0;
        }

        int whole = data.Length & ~(StripeSize - 1);
        AppendStripes(data.Slice(0, whole));
        data.Slice(whole).CopyTo(_rest);
        _restLength = data.Length - whole;
    }

    private void AppendStripes(ReadOnlySpan<byte> data)
    {
        ulong lane1 = _lane1, lane2 = _lane2, lane3 = _lane3, lane4 = _lane4;
        // .NET runs on little-endian processors only, but for one that no PowerShell is built for.
        var words = MemoryMarshal.Cast<byte, ulong>(data);
        for (int i = 0; i + 3 < words.Length; i += 4)
        {
            lane1 = Round(lane1, words[i]);
            lane2 = Round(lane2, words[i + 1]);
            lane3 = Round(lane3, words[i + 2]);
            lane4 = Round(lane4, words[i + 3]);
        }

        (_lane1, _lane2, _lane3, _lane4) = (lane1, lane2, lane3, lane4);
    }

    private static ulong Round(ulong lane, ulong value) => Rotate(lane + (value * Prime2), 31) * Prime1;

    private static ulong Merge(ulong hash, ulong lane) => ((hash ^ Round(0, lane)) * Prime1) + Prime4;

    private static ulong Rotate(ulong value, int bits) => (value << bits) | (value >> (64 - bits));
}
