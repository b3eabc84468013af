using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Writes backups as SQL Server does, block by block.</summary>
internal sealed class MtfWriter
{
    private readonly List<byte> _bytes = [];

    /// <summary>The first of two stripes of a full backup with four pages.</summary>
    public static byte[] Backup() => new MtfWriter().Tape(stripes: 2, stripe: 1).Filemark().Set(kind: 4).Block("VOLB")
        .Pad()
        .Block("MSDA").Stream("APAD", new byte[100]).Stream("MQDA",
            [0, 0, .. Page(1), .. Page(2), .. Page(3), .. Page(4)]).Stream("MQDA", []).Pad()
        .Block("MSTL").Stream("MQTL", new byte[1000]).Pad().End().ToArray();

    public static byte[] Page(int number)
    {
        byte[] page = new byte[8192];
        FormatTest.Noise(8192 - 96, number).CopyTo(page, 96);
        page[0] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(4), 0x200);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(32), (uint)number);
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(36), 1);
        uint sum = 0;
        for (int sector = 0; sector < 16; sector++)
        {
            uint word = 0;
            for (int i = 0; i < 128; i++)
                word ^= BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan((512 * sector) + (4 * i)));
            sum ^= BitConverter.IsLittleEndian ? uint.RotateLeft(word, 15 - sector) : throw new NotSupportedException();
        }

        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(60), sum);
        return page;
    }

    public MtfWriter Tape(int stripes, int stripe)
    {
        byte[] media = new byte[32];
        media[20] = (byte)stripes;
        media[24] = (byte)stripe;
        byte[] name = Encoding.Unicode.GetBytes("Microsoft SQL Server");
        byte[] block = Header("TAPE", 140);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(80), (ushort)name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(82), 96);
        name.CopyTo(block, 96);
        return Add(block).Stream("RAID", media).Pad();
    }

    public MtfWriter Filemark() => Add(Header("SFMB", 512, descriptor: 512));

    public MtfWriter Set(int kind)
    {
        byte[] block = Header("SSET", 152);
        block[52] = (byte)kind;
        // 2026-01-15 03:00:00
        ulong date = (2026UL << 26) | (1UL << 22) | (15UL << 17) | (3UL << 12);
        for (int i = 0; i < 5; i++)
            block[88 + i] = (byte)(date >> (8 * (4 - i)));
        return Add(block).Pad();
    }

    public MtfWriter Block(string type) => Add(Header(type, 108));

    public MtfWriter Stream(string id, byte[] content)
    {
        byte[] header = new byte[22];
        Encoding.ASCII.GetBytes(id).CopyTo(header, 0);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(20), Sum(header, 10));
        Add(header).Add(content);
        while (_bytes.Count % 4 != 0)
            _bytes.Add(0);
        return this;
    }

    public MtfWriter Pad() => Stream("SPAD", new byte[(1024 - ((_bytes.Count + 22) % 512)) % 512]);

    public MtfWriter End() => Filemark().Block("ESET").Pad().Block("ESET").Pad().Filemark();

    public byte[] ToArray() => [.. _bytes];

    private MtfWriter Add(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    private static byte[] Header(string type, int size, int descriptor = 0)
    {
        byte[] block = new byte[size];
        Encoding.ASCII.GetBytes(type).CopyTo(block, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(8), (ushort)(descriptor > 0 ? descriptor : size));
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(50), Sum(block, 25));
        return block;
    }

    private static ushort Sum(byte[] bytes, int words)
    {
        ushort sum = 0;
        for (int i = 0; i < words; i++)
            sum ^= BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2 * i));
        return sum;
    }
}
