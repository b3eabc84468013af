using System;

namespace BackupLinks.Checksums;

/// <summary>
/// A reflected CRC of 32 bits that begins and ends with all bits inverted, and grows with each piece of the input.
/// </summary>
internal sealed class Crc32
{
    private readonly ReflectedCrc _crc;
    private uint _register = uint.MaxValue;

    /// <summary>CRC-32/ISO-HDLC: that of gzip, zip, xz, xbstream and the MySQL binary log (RFC 1952 section
    /// 8).</summary>
    public Crc32()
        : this(Iso)
    {
    }

    /// <summary>One of another polynomial.</summary>
    /// <param name="polynomial">The arithmetic: <see cref="Iso"/> or <see cref="Castagnoli"/>.</param>
    public Crc32(ReflectedCrc polynomial) => _crc = polynomial;

    /// <summary>The polynomial of ISO 3309, reflected.</summary>
    public static ReflectedCrc Iso { get; } = new(0xedb88320, 32);

    /// <summary>The polynomial of CRC-32C, reflected (RFC 3720 appendix B.4): that of PostgreSQL's backup
    /// manifest.</summary>
    public static ReflectedCrc Castagnoli { get; } = new(0x82f63b78, 32);

    /// <summary>The value of the input so far.</summary>
    public uint Value => ~_register;

    /// <summary>The CRC-32/ISO-HDLC of one whole input.</summary>
    public static uint Compute(ReadOnlySpan<byte> data) => ~(uint)Iso.Update(uint.MaxValue, data);

    /// <summary>Adds a piece of the input.</summary>
    public void Append(ReadOnlySpan<byte> data) => _register = (uint)_crc.Update(_register, data);

    /// <summary>Adds a piece of the input.</summary>
    /// <param name="buffer">Where it is.</param>
    /// <param name="offset">Where it begins there.</param>
    /// <param name="count">Its length in bytes.</param>
    public void Append(byte[] buffer, int offset, int count) => Append(buffer.AsSpan(offset, count));

    /// <summary>Begins another input.</summary>
    public void Reset() => _register = uint.MaxValue;

    /// <summary>The value of two inputs, one behind the other, out of their own values.</summary>
    /// <param name="first">The value of the first.</param>
    /// <param name="second">The value of the second.</param>
    /// <param name="secondLength">The length of the second in bytes.</param>
    public uint Combine(uint first, uint second, long secondLength) => (uint)_crc.Shift(first, secondLength) ^ second;
}
