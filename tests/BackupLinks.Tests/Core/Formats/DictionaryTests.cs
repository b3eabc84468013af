using System;
using BackupLinks.Checksums;
using BackupLinks.Formats;
using BackupLinks.Formats.Compression;
using static BackupLinks.Tests.Core.Formats.FormatFixtures;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>The dictionaries of LZMA, which may be longer than what is kept of the content.</summary>
public sealed class DictionaryTests
{
    private const int Kept = 64 * 1024;

    // xz and 7-Zip write the length that was requested, however little content there is.
    [Fact]
    public void A_long_dictionary_needs_no_more_than_the_content()
    {
        byte[] file = Read("words-crc64.xz");
        int header = 4 * (file[12] + 1);
        int dictionary = 12 + file.AsSpan(12, header).IndexOf(new byte[] { 0x21, 1 }) + 2;
        file[dictionary] = 40;
        BitConverter.GetBytes(Crc32.Compute(file.AsSpan(12, header - 4))).CopyTo(file, 12 + header - 4);

        var report = Test(file);

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified, null), (
            report.State, report.Checksum, report.Problem));
    }

    // Behind 5 MB of content that is stored, a chunk that refers to nothing that is there.
    [Theory]
    [InlineData(Kept, BackupFileState.Unsupported)]
    [InlineData(OutputWindow.LongestHistory, BackupFileState.Damaged)]
    public void Content_that_is_no_longer_kept_may_be_what_a_chunk_needs(int kept, string expected)
    {
        var writer = new ByteWriter().Add(XzSource.Magic.ToArray()).Add(0, 0).Crc(6);
        int header = writer.Length;
        writer.Add(2, 0, 0x21, 1, 40, 0, 0, 0).Crc(header);
        byte[] chunk = Noise(Kept);
        for (int i = 0; i < 80; i++)
            writer.Add(i == 0 ? (byte)1 : (byte)2, 0xFF, 0xFF).Add(chunk);
        byte[] file = writer.Add(0xC0, 0, 99, 0, 19, 0x5D, 0).Add(Noise(19)).ToArray();
        var layer = new BackupLayer(BackupFormat.Xz, "xz");

        using var input = new ByteReader(new MemorySource(file));
        using var source = new XzSource(input, layer, kept);
        using var reader = new ByteReader(source);
        Assert.Equal(80 * Kept, reader.SkipToEnd());

        Assert.Equal(expected, layer.State);
    }

    [Fact]
    public void A_window_grows_with_its_content_and_keeps_all_of_it_up_to_its_length()
    {
        const int History = 3_000_000;
        using var window = new OutputWindow();
        window.Begin(History, Kept);
        byte[] content = Noise(8_000_000);
        for (int at = 0; at + Kept <= content.Length; at += Kept)
        {
            window.MakeRoom();
            window.Put(content.AsSpan(at, Kept));
            int end = at + Kept;
            int reach = Math.Min(History, end);
            Assert.True(window.Reach >= reach);
            Assert.Equal((content[end - 1], content[end - reach]), (window.Back(1), window.Back(reach)));
            window.TakeAll();
        }
    }
}
