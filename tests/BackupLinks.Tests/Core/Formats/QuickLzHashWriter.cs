using System;
using System.Collections.Generic;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>
/// Compresses like QuickLZ 1.5 at level 1 or 2, whose matches name a place of a table instead of a distance. A reader
/// builds the same table while it decompresses.
/// </summary>
internal sealed class QuickLzHashWriter(byte[] content, int level)
{
    private const int Tail = 11;

    private readonly Dictionary<uint, List<int>> _table = [];
    private readonly List<byte> _output = [];
    private int _remembered = -1;
    private int _controlAt = -1;
    private int _used = 31;
    private uint _control;

    /// <summary>How many matches are longer than their short form says.</summary>
    public int LongMatches { get; private set; }

    /// <summary>How many matches have the short form.</summary>
    public int ShortMatches { get; private set; }

    public byte[] Compress()
    {
        for (int at = 0; at < content.Length;)
        {
            if (_used == 31)
                BeginControl();
            uint hash = 0;
            int place = 0;
            int length = at < content.Length - Tail - 3 ? Find(at, out hash, out place) : 0;
            if (length >= 3)
            {
                WriteMatch(hash, place, length);
                Remember(at);
                at += length;
                _remembered = at - 1;
            }
            else
            {
                _output.Add(content[at++]);
                Remember(at - 3);
            }

            _used++;
        }

        EndControl();
        byte[] sizes = new ByteWriter().U32((uint)_output.Count + 9).U32((uint)content.Length).ToArray();
        return [(byte)(0x43 | (level << 2)), .. sizes, .. _output];
    }

    private void WriteMatch(uint hash, int place, int length)
    {
        _control |= 1u << _used;
        bool isShort = length <= (level == 1 ? 17 : 9);
        uint stated = isShort ? (uint)length - 2 : 0;
        uint word = level == 1 ? (hash << 4) | stated : (hash << 5) | (stated << 2) | (uint)place;
        _output.AddRange([(byte)word, (byte)(word >> 8)]);
        if (isShort)
            ShortMatches++;
        else
            LongMatches++;
        if (!isShort)
            _output.Add((byte)length);
    }

    private int Find(int at, out uint hash, out int place)
    {
        hash = Hash(at);
        place = 0;
        if (!_table.TryGetValue(hash, out var places))
            return 0;
        int best = 0;
        for (int i = 0; i < places.Count; i++)
        {
            int from = places[i];
            int most = Math.Min(255, content.Length - Tail - at);
            int length = 0;
            while (length < most && content[from + length] == content[at + length])
                length++;
            if (length > best)
                (best, place) = (length, i);
        }

        return best;
    }

    private void Remember(int upTo)
    {
        while (_remembered < upTo)
        {
            uint hash = Hash(++_remembered);
            if (!_table.TryGetValue(hash, out var places))
                _table[hash] = places = [];
            int most = level == 1 ? 1 : 4;
            if (places.Count < most)
            {
                places.Add(_remembered);
                continue;
            }

            // The oldest of four goes.
            int oldest = 0;
            for (int i = 1; i < most; i++)
                oldest = places[i] < places[oldest] ? i : oldest;
            places[oldest] = _remembered;
        }
    }

    private uint Hash(int at)
    {
        uint value = content[at] | ((uint)content[at + 1] << 8) | ((uint)content[at + 2] << 16);
        return ((value >> 12) ^ value) & (level == 1 ? 0xFFFu : 0x7FFu);
    }

    private void BeginControl()
    {
        EndControl();
        _controlAt = _output.Count;
        _output.AddRange([0, 0, 0, 0]);
        (_control, _used) = (0, 0);
    }

    private void EndControl()
    {
        if (_controlAt < 0)
            return;
        _control |= 1u << _used;
        for (int i = 0; i < 4; i++)
            _output[_controlAt + i] = (byte)(_control >> (8 * i));
    }
}
