using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using BackupLinks.Checksums;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Writes RDB files, opcode by opcode.</summary>
internal sealed class RdbWriter
{
    private readonly List<byte> _bytes = [];
    private readonly int _version;

    public RdbWriter(int version = 9, bool isValkey = false)
    {
        _version = version;
        _bytes.AddRange(Encoding.ASCII.GetBytes(isValkey ? $"VALKEY{version:000}" : $"REDIS{version:0000}"));
    }

    /// <summary>One key of Redis 5.0.3, with a checksum.</summary>
    public static byte[] Small() => new RdbWriter().Property("redis-ver", "5.0.3").Property("ctime", "1569357787")
        .Add(254, 0).Key(0, "greeting").String("hello").ToArray();

    public RdbWriter Add(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public RdbWriter Property(string name, string value) => Add(250).String(name).String(value);

    public RdbWriter Key(byte type, string name) => Add(type).String(name);

    public RdbWriter Length(int length) => length < 64 ? Add((byte)length)
        : length < 16384 ? Add((byte)(0x40 | (length >> 8)), (byte)length)
        : Add(0x80, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length);

    public RdbWriter String(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Length(bytes.Length).Add(bytes);
    }

    /// <summary>Ends the file.</summary>
    /// <param name="hasChecksum">False for rdbchecksum no.</param>
    public byte[] ToArray(bool hasChecksum = true)
    {
        _bytes.Add(255);
        if (_version < 5)
            return [.. _bytes];
        var crc = Crc64.CreateJones();
        crc.Append(_bytes.ToArray());
        byte[] footer = new byte[8];
        if (hasChecksum)
            BinaryPrimitives.WriteUInt64LittleEndian(footer, crc.Value);
        return [.. _bytes, .. footer];
    }
}
