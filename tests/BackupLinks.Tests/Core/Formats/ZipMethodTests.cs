using System;
using BackupLinks.Checksums;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatFixtures;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Entries of a zip archive that are compressed by something other than deflate.</summary>
public sealed class ZipMethodTests
{
    [Theory]
    [InlineData(12, "words.bz2")]
    [InlineData(14, "words.lzma")]
    [InlineData(93, "words-1.zst")]
    [InlineData(95, "words-crc64.xz")]
    public void The_content_of_every_known_method_is_verified(int method, string content)
    {
        byte[] packed = Read(content);
        byte[] file = Zip(method, packed, Crc32.Compute(Words));

        var report = Test(file);
        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), (report.State, report.Checksum));
        Assert.Equal(BackupFileState.Damaged, State(Zip(method, packed, Crc32.Compute(Words) + 1)));
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, file.AsSpan().IndexOf(packed) + (packed.Length / 2))));
        Assert.NotEqual(BackupFileState.Intact, State(Zip(method, packed[..^1], Crc32.Compute(Words))));
        Assert.Equal(BackupFileState.Truncated, State(file[..200]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Deflate64_has_longer_matches_from_farther_away(bool isDynamic)
    {
        var writer = new Deflate64Writer().Begin(isDynamic, isLast: false).Literals(Noise(40_000))
            .Match(20_000, symbol: 30, distance: 39_000).Match(65_538, symbol: 31, distance: 58_000)
            .Match(3, symbol: 31, distance: 65_536).Match(65_538, symbol: 28, distance: 16_385)
            .Match(50_000, symbol: 29, distance: 32_768).End()
            .Begin(isDynamic, isLast: true).Literals(0, 200, 255).Match(65_538, symbol: 30, distance: 32_769).End();
        byte[] packed = writer.ToArray();
        uint crc = Crc32.Compute(writer.Content);
        byte[] file = Zip(9, packed, crc, size: writer.Content.Length);

        foreach (int pieces in new[] { 0, 1, 7, 1000 })
        {
            var report = Test(file, pieces);
            Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), (report.State, report.Checksum));
        }

        Assert.Equal(BackupFileState.Damaged, State(Zip(9, packed, crc + 1, size: writer.Content.Length)));
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, 20_000)));
        for (int lost = 1; lost < 40; lost++)
            Assert.Equal(BackupFileState.Truncated, State(file[..(31 + packed.Length - lost)]));
    }

    // The one that is as long as its distance and the ones that are a byte longer or shorter.
    [Theory]
    [InlineData(16_999)]
    [InlineData(17_000)]
    [InlineData(17_001)]
    public void A_match_that_overlaps_itself_repeats_its_own_bytes(int length)
    {
        var writer = new Deflate64Writer().Begin(false, isLast: true).Literals(Noise(20_000))
            .Match(length, symbol: 28, distance: 17_000).End();

        byte[] file = Zip(9, writer.ToArray(), Crc32.Compute(writer.Content), size: writer.Content.Length);

        Assert.Equal(BackupFileState.Intact, State(file));
    }

    [Fact]
    public void LZMA_without_a_mark_at_its_end_is_as_long_as_the_header_says()
    {
        // A chunk of LZMA2 has the same, behind a byte of control, two sizes and the properties.
        byte[] xz = Read("words-crc64.xz");
        int chunk = 12 + (4 * (xz[12] + 1));
        int packed = (xz[chunk + 3] << 8) + xz[chunk + 4] + 1;
        byte[] lzma = [9, 20, 5, 0, xz[chunk + 5], 0, 0, 1, 0, .. xz.AsSpan(chunk + 6, packed)];

        var report = Test(Zip(14, lzma, Crc32.Compute(Words), flags: 0));
        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), (report.State, report.Checksum));
        Assert.Equal(BackupFileState.Damaged, State(Zip(14, [.. lzma, 0], Crc32.Compute(Words), flags: 0)));
        Assert.Equal(BackupFileState.Damaged, State(Zip(14, Read("words.lzma"), Crc32.Compute(Words), flags: 0)));
    }

    [Fact]
    public void LZMA_of_nothing_has_the_first_bytes_of_its_coder() =>
        Assert.Equal(
            BackupFileState.Intact,
            State(Zip(14, [9, 20, 5, 0, 0x5D, 0, 0, 1, 0, 0, 0, 0, 0, 0], crc: 0, flags: 0, size: 0)));

    [Fact]
    public void A_size_below_zero_is_damage()
    {
        byte[] file = new ByteWriter().Text("PK\u0003\u0004").U16(45).U16(0).U16(0).U32(0).U32(0).U32(uint.MaxValue)
            .U32(uint.MaxValue).U16(1).U16(20).Text("a").U16(1).U16(16).U64(ulong.MaxValue).U64(ulong.MaxValue)
            .Text("hello").ToArray();

        Assert.Equal("damaged: the header of the entry 'a' at 0 has a size beyond any file", Test(file).Problem);
    }

    private static byte[] Zip(int method, byte[] packed, uint crc, int? flags = null, int? size = null)
    {
        var writer = new ByteWriter().Text("PK\u0003\u0004").U16(20);
        Fields(writer).Text("a").Add(packed);
        int directory = writer.Length;
        Fields(writer.Text("PK\u0001\u0002").U16(20).U16(20)).U16(0).U16(0).U16(0).U32(0).U32(0).Text("a");
        int directorySize = writer.Length - directory;
        return writer.Text("PK\u0005\u0006").U32(0).U16(1).U16(1).U32((uint)directorySize).U32((uint)directory).U16(0)
            .ToArray();

        // LZMA has a mark at its end where this flag says so.
        ByteWriter Fields(ByteWriter fields) => fields.U16(flags ?? (method == 14 ? 2 : 0)).U16(method).U32(0)
            .U32(crc).U32((uint)packed.Length).U32((uint)(size ?? Words.Length)).U16(1).U16(0);
    }
}
