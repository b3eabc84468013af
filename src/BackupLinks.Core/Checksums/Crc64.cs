using System;

namespace BackupLinks.Checksums;

/// <summary>
/// A reflected CRC of 64 bits, which grows with each piece of the input. The polynomial and the initial and final
/// values
/// are its use's; <see cref="CreateXz"/> and <see cref="CreateJones"/> are the usual ones.
/// </summary>
internal sealed class Crc64
{
    private readonly ReflectedCrc _crc;
    private readonly ulong _initial;
    private readonly ulong _finalXor;
    private ulong _register;

    /// <summary>Creates one for another use.</summary>
    /// <param name="polynomial">The arithmetic: <see cref="Ecma"/> or <see cref="Jones"/>.</param>
    /// <param name="initial">The register before the first byte.</param>
    /// <param name="finalXor">The value that the register is combined with by exclusive or at the end.</param>
    public Crc64(ReflectedCrc polynomial, ulong initial, ulong finalXor)
    {
        _crc = polynomial;
        _initial = initial;
        _finalXor = finalXor;
        _register = initial;
    }

    /// <summary>The polynomial of ECMA-182, reflected: that of xz, MongoDB's archives, and Alibaba Cloud OSS.</summary>
    public static ReflectedCrc Ecma { get; } = new(0xc96c5795d7870f42, 64);

    /// <summary>The polynomial of David T. Jones, reflected: that of Redis.</summary>
    public static ReflectedCrc Jones { get; } = new(0x95ac9329ac4bc9b5, 64);

    /// <summary>The value of the input so far.</summary>
    public ulong Value => _register ^ _finalXor;

    /// <summary>CRC-64/XZ, also CRC-64/GO-ECMA: begins and ends with all bits inverted.</summary>
    public static Crc64 CreateXz() => new(Ecma, ulong.MaxValue, ulong.MaxValue);

    /// <summary>CRC-64/REDIS: begins and ends with nothing inverted.</summary>
    public static Crc64 CreateJones() => new(Jones, 0, 0);

    /// <summary>Adds a piece of the input.</summary>
    public void Append(ReadOnlySpan<byte> data) => _register = _crc.Update(_register, data);

    /// <summary>Adds a piece of the input.</summary>
    /// <param name="buffer">Where it is.</param>
    /// <param name="offset">Where it begins there.</param>
    /// <param name="count">Its length in bytes.</param>
    public void Append(byte[] buffer, int offset, int count) => Append(buffer.AsSpan(offset, count));

    /// <summary>Begins another input.</summary>
    public void Reset() => _register = _initial;

    /// <summary>The value of two inputs, one behind the other, out of their own values.</summary>
    /// <param name="first">The value of the first.</param>
    /// <param name="second">The value of the second.</param>
    /// <param name="secondLength">The length of the second in bytes.</param>
    public ulong Combine(ulong first, ulong second, long secondLength) =>
        _crc.Shift(first ^ _finalXor ^ _initial, secondLength) ^ second;
}
