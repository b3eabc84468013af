using System;
using System.Buffers.Binary;

namespace BackupLinks.Formats.Compression;

/// <summary>The filter of xz for programs of x86 (<c>liblzma/simple/x86.c</c> of xz 5.4), whose instructions have any
/// length, so that opcodes near the one at hand count.</summary>
/// <param name="position">The position of the first byte, as the header says.</param>
internal sealed class XzBranchesX86(uint position) : XzFilter
{
    private static readonly bool[] IsAllowed = [true, true, true, false, true, false, false, false];
    private static readonly byte[] NearestByte = [0, 1, 2, 2, 3, 3, 3, 3];

    private uint _position = position;
    private int _near;

    /// <inheritdoc/>
    public override int Undo(byte[] buffer, int start, int end)
    {
        int last = end - 4;
        int previous = start - 1;
        int at = start;
        for (; at < last; at++)
        {
            if ((buffer[at] & 0xFE) != 0xE8)
                continue;
            int distance = at - previous;
            previous = at;
            _near = distance > 3 ? 0 : (_near << (distance - 1)) & 7;
            if (_near != 0 && (!IsAllowed[_near] || IsHigh(buffer[at + 4 - NearestByte[_near]])))
            {
                _near = (_near << 1) | 1;
                continue;
            }

            if (!IsHigh(buffer[at + 4]))
            {
                _near = (_near << 1) | 1;
                continue;
            }

            var target = buffer.AsSpan(at + 1, 4);
            BinaryPrimitives.WriteUInt32LittleEndian(target, ToRelative(
                BinaryPrimitives.ReadUInt32LittleEndian(target), _position + (uint)(at - start) + 5));
            at += 4;
        }

        if (end - start <= 4)
            return 0;
        int behind = at - previous;
        _near = behind > 3 ? 0 : _near << (behind - 1);
        _position += (uint)(at - start);
        return at - start;
    }

    private uint ToRelative(uint source, uint next)
    {
        uint target;
        while (true)
        {
            target = source - next;
            if (_near == 0)
                break;
            int shift = 8 * NearestByte[_near];
            if (!IsHigh((byte)(target >> (24 - shift))))
                break;
            source = target ^ ((1u << (32 - shift)) - 1);
        }

        target &= 0x01FFFFFF;
        return target | (0 - (target & 0x01000000));
    }

    private static bool IsHigh(byte value) => value is 0 or 0xFF;
}
