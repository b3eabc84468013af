using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using BackupLinks.Checksums;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Writes archives that no library writes.</summary>
internal static class ArchiveWriter
{
    /// <summary>A zip archive.</summary>
    /// <param name="entries">Its entries.</param>
    /// <param name="mark">The bytes in front of the first one.</param>
    public static byte[] Zip(IEnumerable<ZipEntry> entries, string mark = "")
    {
        var writer = new ByteWriter().Text(mark);
        var places = new List<(ZipEntry Entry, int At)>();
        foreach (var entry in entries)
        {
            places.Add((entry, writer.Length));
            bool isStreamed = (entry.Flags & 8) != 0;
            Fields(writer.Text("PK\u0003\u0004").U16(20), entry, hasSizes: !isStreamed).Text(entry.Name)
                .Add(entry.Packed);
            if (isStreamed)
            {
                writer.Text("PK\u0007\u0008").U32(entry.Crc ?? Crc32.Compute(entry.Content))
                    .U32((uint)entry.Packed.Length).U32((uint)entry.Content.Length);
            }
        }

        int directory = writer.Length;
        foreach (var (entry, at) in places)
        {
            Fields(writer.Text("PK\u0001\u0002").U16(20).U16(20), entry, hasSizes: true).U16(0).U16(0).U16(0).U32(0)
                .U32((uint)at).Text(entry.Name);
        }

        int size = writer.Length - directory;
        return writer.Text("PK\u0005\u0006").U32(0).U16(places.Count).U16(places.Count).U32((uint)size)
            .U32((uint)directory).U16(0).ToArray();
    }

    /// <summary>A tar archive of headers and contents, with its two end blocks.</summary>
    public static byte[] Tar(params (char Type, string Name, byte[] Content)[] members) =>
        [.. members.SelectMany(member => TarMember(member.Type, member.Name, member.Content, member.Content.Length)),
            .. new byte[1024]];

    /// <summary>One header of ustar and its content.</summary>
    /// <param name="type">The type.</param>
    /// <param name="name">The name.</param>
    /// <param name="content">The content.</param>
    /// <param name="size">The size that the header says.</param>
    public static byte[] TarMember(char type, string name, byte[] content, int size)
    {
        byte[] header = new byte[512];
        Encoding.ASCII.GetBytes(name).CopyTo(header, 0);
        Encoding.ASCII.GetBytes("0000644\00000000\00000000\0").CopyTo(header, 100);
        Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0')).CopyTo(header, 124);
        Encoding.ASCII.GetBytes("00000000000\0        ").CopyTo(header, 136);
        header[156] = (byte)type;
        Encoding.ASCII.GetBytes("ustar\000").CopyTo(header, 257);
        string sum = Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0') + "\0 ";
        Encoding.ASCII.GetBytes(sum).CopyTo(header, 148);
        return [.. header, .. content, .. new byte[(512 - (content.Length % 512)) % 512]];
    }

    /// <summary>A record of an extended header, such as "30 size=8589934592\n".</summary>
    public static byte[] PaxRecord(string name, string value)
    {
        int length = name.Length + value.Length + 3;
        while (length != name.Length + value.Length + 3 + $"{length}".Length)
            length = name.Length + value.Length + 3 + $"{length}".Length;
        return Encoding.ASCII.GetBytes($"{length} {name}={value}\n");
    }

    private static ByteWriter Fields(ByteWriter writer, ZipEntry entry, bool hasSizes) => writer.U16(entry.Flags)
        .U16(entry.Method).U32(0).U32(hasSizes ? entry.Crc ?? Crc32.Compute(entry.Content) : 0)
        .U32(hasSizes ? (uint)entry.Packed.Length : 0).U32(hasSizes ? (uint)entry.Content.Length : 0)
        .U16(entry.Name.Length).U16(0);

    /// <summary>One entry of a zip archive.</summary>
    internal sealed record ZipEntry(string Name, byte[] Content, int Method = 0, int Flags = 0)
    {
        public byte[] Packed { get; init; } = Content;

        public uint? Crc { get; init; }
    }
}
