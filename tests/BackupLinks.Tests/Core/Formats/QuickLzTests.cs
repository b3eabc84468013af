using System;
using System.Linq;
using System.Text;
using BackupLinks.Formats.Compression;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Packets of all three levels; qpress writes level 1 by default, and 2 or 3 with -L.</summary>
public sealed class QuickLzTests
{
    // Long and short matches, more places for one hash than level 2 keeps, and stretches without any match.
    private static readonly byte[] Content =
    [
        .. FormatFixtures.Words[..3000], .. Enumerable.Repeat((byte)'x', 700), .. Noise(300),
        .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i => $"abc{i}"))),
        .. Noise(50, 2), 1, 2, 3,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_match_that_names_a_place_of_the_table_is_found(int level)
    {
        var writer = new QuickLzHashWriter(Content, level);
        byte[] packet = writer.Compress();

        Assert.Equal(Content, Decode(packet, Content.Length));
        Assert.True(writer.LongMatches > 0 && writer.ShortMatches > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_packet_begins_with_nothing_of_the_one_before(int level)
    {
        var decoder = new QuickLz();
        foreach (byte[] content in new[] { Content, Noise(400, 3), [.. Content.Reverse()] })
            Assert.Equal(content, Decode(Compress(content, level), content.Length, decoder));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_packet_that_was_cut_anywhere_is_not_valid(int level)
    {
        byte[] content = Content[..500];
        byte[] packet = Compress(content, level);

        for (int length = 9; length < packet.Length; length++)
            Assert.Null(Decode(packet[..length], content.Length));
        Assert.Equal(content, Decode(packet, content.Length));
    }

    // The four ways of level 3 to write a match, each with its longest distance or length.
    [Theory]
    [InlineData(3, 3, new byte[] { 3 << 2 })]
    [InlineData(63, 3, new byte[] { 63 << 2 })]
    [InlineData(64, 3, new byte[] { 1, 1 })]
    [InlineData(300, 3, new byte[] { 0xB1, 4 })]
    [InlineData(300, 18, new byte[] { 0x3E, 0x4B })]
    [InlineData(300, 4, new byte[] { 0x06, 0x4B })]
    [InlineData(1, 19, new byte[] { 0xC7, 0, 0 })]
    [InlineData(300, 33, new byte[] { 0x7F, 0x96, 0 })]
    [InlineData(300, 34, new byte[] { 0x83, 0x0F, 0x96, 0 })]
    [InlineData(300, 258, new byte[] { 0x83, 0x7F, 0x96, 0 })]
    public void A_match_of_level_3_states_its_distance_and_its_length(int distance, int length, byte[] match)
    {
        byte[] before = Noise(310, 7);
        byte[] after = Noise(11, 8);
        byte[] matched = new byte[length];
        for (int i = 0; i < length; i++)
            matched[i] = i < distance ? before[310 - distance + i] : matched[i - distance];
        byte[] content = [.. before, .. matched, .. after];

        Assert.Equal(content, Decode(OneMatch(before, match, after, content.Length), content.Length));
    }

    [Theory]
    // Before the first byte; of itself; beyond the end.
    [InlineData(new byte[] { 63 << 2 }, 40, 3)]
    [InlineData(new byte[] { 0 }, 310, 3)]
    [InlineData(new byte[] { 0x83, 0x7F, 0x96, 0 }, 310, 100)]
    public void A_match_outside_of_the_content_is_not_valid(byte[] match, int before, int length)
    {
        int size = before + length + 11;

        Assert.Null(Decode(OneMatch(Noise(before, 7), match, Noise(11, 8), size), size));
    }

    [Fact]
    public void A_packet_that_is_stored_has_the_length_that_it_states()
    {
        byte[] packet = [0x46, .. new ByteWriter().U32(14).U32(5).ToArray(), 1, 2, 3, 4, 5];

        Assert.Equal([1, 2, 3, 4, 5], Decode(packet, 5)!);
        Assert.Null(Decode(packet, 4));
        Assert.Null(Decode(packet, 6));
        Assert.Equal([7, 8], Decode([0x44, 5, 2, 7, 8], 2)!);
    }

    [Theory]
    [InlineData(0x43, 5)]
    [InlineData(0x47, 0)]
    public void Level_0_and_a_compressed_packet_of_nothing_do_not_exist(byte flags, int size) =>
        Assert.Null(Decode([flags, 20, 0, 0, 0, (byte)size, 0, 0, 0, 0, 0, 0, 0x80, 1, 2, 3, 4, 5, 6], size));

    [Fact]
    public void Sizes_have_one_byte_or_four()
    {
        Assert.Equal((3, 9), (QuickLz.HeaderSize(0x45), QuickLz.HeaderSize(0x47)));
        Assert.Equal((200u, 250u), QuickLz.ReadSizes([0x45, 200, 250]));
        Assert.Equal((0x01020304u, 0x05060708u), QuickLz.ReadSizes([0x47, 4, 3, 2, 1, 8, 7, 6, 5]));
    }

    // Literals, one match, and literals again.
    private static byte[] OneMatch(byte[] before, byte[] match, byte[] after, int size)
    {
        var writer = new ByteWriter();
        int items = before.Length + 1 + after.Length;
        for (int item = 0; item < items; item += 31)
        {
            uint control = 1u << Math.Min(31, items - item);
            if (before.Length >= item && before.Length < item + 31)
                control |= 1u << (before.Length - item);
            writer.U32(control);
            for (int i = item; i < Math.Min(items, item + 31); i++)
                writer.Add(Item(i - before.Length));
        }

        byte[] Item(int place) => place < 0 ? [before[before.Length + place]] : place == 0 ? match : [after[place - 1]];
        return [0x4F, .. new ByteWriter().U32((uint)writer.Length + 9).U32((uint)size).ToArray(), .. writer.ToArray()];
    }

    private static byte[] Compress(byte[] content, int level) =>
        level == 3 ? QuickLzWriter.Compress(content) : new QuickLzHashWriter(content, level).Compress();

    private static byte[]? Decode(byte[] packet, int size, QuickLz? decoder = null)
    {
        byte[] output = new byte[size];
        byte[] padded = [.. packet, 0, 0, 0, 0];
        return (decoder ?? new QuickLz()).TryDecode(padded, packet.Length, output, size) ? output : null;
    }
}
