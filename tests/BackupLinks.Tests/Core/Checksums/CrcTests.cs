using System;
using System.Globalization;
using System.Linq;
using System.Text;
using BackupLinks.Checksums;

namespace BackupLinks.Tests.Core.Checksums;

public sealed class CrcTests
{
    private static readonly byte[] Check = Encoding.ASCII.GetBytes("123456789");
    private static readonly byte[] Data = RandomBytes(10_000);

    public static TheoryData<string> Polynomials => ["Iso", "Castagnoli", "Ecma", "Jones"];

    // The check values of the catalogue of parametrised CRC algorithms; that of Redis stands in its crc64.c.
    [Fact]
    public void Each_has_its_published_check_value()
    {
        Assert.Equal(0xcbf43926, Crc32.Compute(Check));
        Assert.Equal(0xe3069283, Value(new Crc32(Crc32.Castagnoli), Check));
        Assert.Equal(0x995dc9bbdf1939fa, Value(Crc64.CreateXz(), Check));
        Assert.Equal(0xe9c6d914c4b8d9ca, Value(Crc64.CreateJones(), Check));
    }

    public static TheoryData<string> PublishedChecksums =>
        [.. VectorFile.Read("crc64-xz.json").Select(vector => vector.GetProperty("name").GetString()!)];

    // What OSS and COS send as x-oss-hash-crc64ecma and x-cos-hash-crc64ecma.
    [Theory, MemberData(nameof(PublishedChecksums))]
    public void Checksum_of_object_stores_is_met(string name)
    {
        var vector = VectorFile.Read("crc64-xz.json").Single(item => item.GetProperty("name").GetString() == name);
        byte[] data = Convert.FromHexString(vector.GetProperty("inputHex").GetString()!);

        Assert.Equal(vector.GetProperty("crc64Decimal").GetString(), Value(Crc64.CreateXz(), data).ToString(
            CultureInfo.InvariantCulture));
    }

    [Theory, MemberData(nameof(Polynomials))]
    public void Table_and_processor_agree_with_single_bits_whatever_the_length(string name)
    {
        var crc = Find(name, out ulong polynomial);
        var random = new Random(1);
        int[] longer = [1023, 1024, 1025, 4095, 4096, 4097, 4351, 4352, 4607, 4608, 9000];
        foreach (int length in Enumerable.Range(0, 600).Concat(longer))
        {
            var data = Data.AsSpan(random.Next(Data.Length - length), length);
            ulong register = (ulong)random.NextInt64() >> (name is "Iso" or "Castagnoli" ? 32 : 0);
            ulong expected = BitByBit(polynomial, register, data);

            Assert.Equal(expected, crc.UpdateByTable(register, data));
            Assert.Equal(expected, crc.Update(register, data));
        }
    }

    [Theory, MemberData(nameof(Polynomials))]
    public void Shifting_is_the_same_as_bytes_of_zero(string name)
    {
        var crc = Find(name, out _);
        foreach (int length in new[] { 0, 1, 2, 7, 8, 255, 256, 1000, 9999 })
            Assert.Equal(crc.UpdateByTable(0x12345678, new byte[length]), crc.Shift(0x12345678, length));
    }

    [Fact]
    public void Pieces_of_any_length_give_the_value_of_the_whole()
    {
        var random = new Random(2);
        var crc32 = new Crc32();
        var crc64 = Crc64.CreateXz();
        for (int at = 0; at < Data.Length;)
        {
            int count = Math.Min(random.Next(700), Data.Length - at);
            crc32.Append(Data, at, count);
            crc64.Append(Data, at, count);
            at += count;
        }

        Assert.Equal(Crc32.Compute(Data), crc32.Value);
        Assert.Equal(Value(Crc64.CreateXz(), Data), crc64.Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(9999)]
    [InlineData(10000)]
    public void Values_of_two_parts_combine_to_that_of_the_whole(int split)
    {
        byte[] first = Data[..split], second = Data[split..];
        foreach (var create in new Func<Crc64>[] { Crc64.CreateXz, Crc64.CreateJones, () =>
            new Crc64(Crc64.Ecma, 5, 7) })
            Assert.Equal(Value(create(), Data), create().Combine(
                Value(create(), first), Value(create(), second), second.Length));
        Assert.Equal(Crc32.Compute(Data), new Crc32().Combine(
            Crc32.Compute(first), Crc32.Compute(second), second.Length));
    }

    [Fact]
    public void A_second_part_of_many_terabytes_combines_at_once()
    {
        var crc = Crc64.CreateXz();
        const long Length = 1L << 45;

        // Twice half as far is the same way.
        Assert.Equal(crc.Combine(crc.Combine(1, 0, Length / 2), 0, Length / 2), crc.Combine(1, 0, Length));
    }

    [Fact]
    public void After_a_reset_another_input_begins()
    {
        var crc32 = new Crc32();
        var crc64 = new Crc64(Crc64.Ecma, 5, 7);
        crc32.Append(Data);
        crc64.Append(Data);
        crc32.Reset();
        crc64.Reset();

        Assert.Equal(0xcbf43926, Value(crc32, Check));
        Assert.Equal(Value(new Crc64(Crc64.Ecma, 5, 7), Check), Value(crc64, Check));
    }

    private static ReflectedCrc Find(string name, out ulong polynomial)
    {
        polynomial = name switch { "Iso" => 0xedb88320, "Castagnoli" => 0x82f63b78, "Ecma" => 0xc96c5795d7870f42, _ =>
            0x95ac9329ac4bc9b5 };
        return name switch { "Iso" => Crc32.Iso, "Castagnoli" => Crc32.Castagnoli, "Ecma" => Crc64.Ecma, _ =>
            Crc64.Jones };
    }

    private static ulong BitByBit(ulong polynomial, ulong register, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
        {
            register ^= value;
            for (int bit = 0; bit < 8; bit++)
                register = (register >> 1) ^ ((register & 1) == 0 ? 0 : polynomial);
        }

        return register;
    }

    private static uint Value(Crc32 crc, byte[] data)
    {
        crc.Append(data);
        return crc.Value;
    }

    private static ulong Value(Crc64 crc, byte[] data)
    {
        crc.Append(data);
        return crc.Value;
    }

    private static byte[] RandomBytes(int count)
    {
        byte[] data = new byte[count];
        new Random(3).NextBytes(data);
        return data;
    }
}
