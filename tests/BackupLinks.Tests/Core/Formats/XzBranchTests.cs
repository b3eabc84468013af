using System;
using System.Buffers.Binary;
using BackupLinks.Formats.Compression;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>
/// The filter for programs of x86 on bytes that are all opcodes and addresses, against the filter of the other
/// direction as <c>liblzma/simple/x86.c</c> of xz 5.4 has it.
/// </summary>
public sealed class XzBranchTests
{
    private static readonly bool[] Allowed = [true, true, true, false, true, false, false, false];
    private static readonly int[] BitNumber = [0, 1, 2, 2, 3, 3, 3, 3];

    [Theory]
    [InlineData(0u)]
    [InlineData(0x00FFFFF0u)]
    [InlineData(0xFFFFFF00u)]
    public void Every_sequence_of_opcodes_and_addresses_comes_back(uint position)
    {
        var random = new Random(20261128);
        byte[] alphabet = [0xE8, 0xE9, 0, 0xFF, 0, 0xFF, 1, 0xFE, 0x90, 0xE8];
        for (int round = 0; round < 200; round++)
        {
            byte[] program = new byte[200];
            for (int i = 0; i < program.Length; i++)
                program[i] = alphabet[random.Next(2 + (round % 9))];

            Assert.Equal(program, Undo(Filter(program, position), position, pieces: 1 + (round % 50)));
        }
    }

    private static byte[] Undo(byte[] filtered, uint position, int pieces)
    {
        var filters = new XzFilters([XzBranches.Create(4, position)!]);
        byte[] content = [];
        for (int at = 0; at < filtered.Length; at += pieces)
            Take(filters.Append(filtered.AsSpan(at, Math.Min(pieces, filtered.Length - at))).Length);
        Take(filters.Complete().Length);
        return content;

        void Take(int ready)
        {
            byte[] next = new byte[ready];
            content = [.. content, .. next[..filters.Take(next, 0, ready)]];
        }
    }

    private static byte[] Filter(byte[] program, uint start)
    {
        byte[] bytes = [.. program];
        uint mask = 0, previous = start - 5;
        for (int at = 0; at <= bytes.Length - 5;)
        {
            if (bytes[at] is not (0xE8 or 0xE9))
            {
                at++;
                continue;
            }

            uint here = start + (uint)at, distance = here - previous;
            previous = here;
            for (uint i = 0; i < Math.Min(distance, 6); i++)
                mask = (mask & 0x77) << 1;
            if (distance > 5)
                mask = 0;
            if (IsHigh(bytes[at + 4]) && Allowed[(mask >> 1) & 7] && mask >> 1 < 0x10)
            {
                uint source = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 1)), target;
                while (true)
                {
                    target = source + here + 5;
                    int bits = 8 * BitNumber[(mask >> 1) & 7];
                    if (mask == 0 || !IsHigh((byte)(target >> (24 - bits))))
                        break;
                    source = target ^ ((1u << (32 - bits)) - 1);
                }

                target = (target & 0x00FFFFFF) | ((target & 0x01000000) == 0 ? 0 : 0xFF000000);
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 1), target);
                at += 5;
                mask = 0;
            }
            else
            {
                mask |= IsHigh(bytes[at + 4]) ? 0x11u : 1u;
                at++;
            }
        }

        return bytes;
    }

    private static bool IsHigh(byte value) => value is 0 or 0xFF;
}
