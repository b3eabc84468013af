using System;
using System.Linq;
using System.Text;
using BackupLinks.Checksums;

namespace BackupLinks.Tests.Core.Checksums;

public sealed class HashTests
{
    private static readonly byte[] Data = [.. Enumerable.Range(0, 20_000).Select(i => (byte)((i * 7) ^ (i >> 5)))];

    // The values of xxhsum.
    [Theory]
    [InlineData("", 0x02CC5D05, 0xEF46DB3751D8E999)]
    [InlineData("abc", 0x32D153FF, 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0xE2293B2F, 0xFBCEA83C8A378BF1)]
    public void XxHash_has_its_published_values(string text, uint expected32, ulong expected64)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);

        Assert.Equal(expected32, XxHash32.Compute(bytes));
        Assert.Equal(expected64, XxHash64.Compute(bytes));
    }

    [Fact]
    public void Adler32_has_its_published_value_and_that_of_the_definition()
    {
        Assert.Equal(0x11E60398u, Adler("Wikipedia"u8.ToArray()));
        foreach (int length in new[] { 0, 1, 31, 32, 33, 5551, 5552, 5553, 20_000 })
            Assert.Equal(Definition(Data.AsSpan(0, length)), Adler(Data[..length]));
        Assert.Equal(Definition(Enumerable.Repeat((byte)255, 12_000).ToArray()), Adler(
            [.. Enumerable.Repeat((byte)255, 12_000)]));
    }

    [Fact]
    public void Pieces_of_any_length_give_the_value_of_the_whole()
    {
        var random = new Random(3);
        var xx32 = new XxHash32();
        var xx64 = new XxHash64();
        var adler = new Adler32();
        for (int at = 0; at < Data.Length;)
        {
            var piece = Data.AsSpan(at, Math.Min(random.Next(90), Data.Length - at));
            xx32.Append(piece);
            xx64.Append(piece);
            adler.Append(piece);
            at += piece.Length;
        }

        Assert.Equal((XxHash32.Compute(Data), XxHash64.Compute(Data), Adler(Data)), (
            xx32.Value, xx64.Value, adler.Value));
    }

    private static uint Adler(byte[] data)
    {
        var adler = new Adler32();
        adler.Append(data);
        return adler.Value;
    }

    private static uint Definition(ReadOnlySpan<byte> data)
    {
        uint a = 1, b = 0;
        foreach (byte value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        return (b << 16) | a;
    }
}
