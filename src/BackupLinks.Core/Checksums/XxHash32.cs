using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BackupLinks.Checksums;

/// <summary>XXH32 with the seed 0, which LZ4 frames have; grows with each piece of the input.</summary>
internal sealed class XxHash32
{
    private const uint Prime1 = 0x9E3779B1;
    private const uint Prime2 = 0x85EBCA77;
    private const uint Prime3 = 0xC2B2AE3D;
    private const uint Prime4 = 0x27D4EB2F;
    private const uint Prime5 = 0x165667B1;
    private const int StripeSize = 16;

    private readonly byte[] _rest = new byte[StripeSize];
    private uint _lane1;
    private uint _lane2;
    private uint _lane3;
    private uint _lane4;
    private int _restLength;
    private ulong _length;

    /// <summary>Begins an input.</summary>
    public XxHash32() => Reset();

    /// <summary>The value of the input so far.</summary>
    public uint Value
    {
        get
        {
            uint hash = (_length >= StripeSize
                ? Rotate(_lane1, 1) + Rotate(_lane2, 7) + Rotate(_lane3, 12) + Rotate(_lane4, 18)
                : Prime5) + (uint)_length;
            var rest = _rest.AsSpan(0, _restLength);
            for (; rest.Length >= 4; rest = rest.Slice(4))
                hash = Rotate(hash + (BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime3), 17) * Prime4;
            foreach (byte value in rest)
                hash = Rotate(hash + (value * Prime5), 11) * Prime1;
            hash = (hash ^ (hash >> 15)) * Prime2;
            hash = (hash ^ (hash >> 13)) * Prime3;
            return hash ^ (hash >> 16);
        }
    }

    /// <summary>The hash of one whole input.</summary>
    public static uint Compute(ReadOnlySpan<byte> data)
    {
        var hash = new XxHash32();
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
        uint lane1 = _lane1, lane2 = _lane2, lane3 = _lane3, lane4 = _lane4;
        // .NET runs on little-endian processors only, but for one that no PowerShell is built for.
        var words = MemoryMarshal.Cast<byte, uint>(data);
        for (int i = 0; i + 3 < words.Length; i += 4)
        {
            lane1 = Rotate(lane1 + (words[i] * Prime2), 13) * Prime1;
            lane2 = Rotate(lane2 + (words[i + 1] * Prime2), 13) * Prime1;
            lane3 = Rotate(lane3 + (words[i + 2] * Prime2), 13) * Prime1;
            lane4 = Rotate(lane4 + (words[i + 3] * Prime2), 13) * Prime1;
        }

        (_lane1, _lane2, _lane3, _lane4) = (lane1, lane2, lane3, lane4);
    }

    private static uint Rotate(uint value, int bits) => (value << bits) | (value >> (32 - bits));
}
