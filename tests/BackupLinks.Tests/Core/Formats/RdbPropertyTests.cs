using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>The properties at the beginning of an RDB, whose values are texts of every encoding.</summary>
public sealed class RdbPropertyTests
{
    [Theory]
    [InlineData(new byte[] { 0xC0, 7 }, "Redis 7")]
    [InlineData(new byte[] { 0xC0, 0xFF }, "Redis -1")]
    [InlineData(new byte[] { 0xC1, 1, 0x80 }, "Redis -32767")]
    [InlineData(new byte[] { 0xC2, 1, 0, 0, 0x80 }, "Redis -2147483647")]
    [InlineData(new byte[] { 0xC2, 1, 2, 3, 4 }, "Redis 67305985")]
    [InlineData(new byte[] { 0x40, 2, (byte)'7', (byte)'2' }, "Redis 72")]
    public void A_number_is_a_text(byte[] value, string engine)
    {
        var report = Test(new RdbWriter().Add(250).String("redis-ver").Add(value).ToArray());

        Assert.Equal((BackupFileState.Intact, engine), (report.State, report.Engine));
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void A_text_is_kept_up_to_its_length(int length, bool isKept)
    {
        string version = new('7', length);

        var report = Test(new RdbWriter().Property("redis-ver", version).Add(254, 0).Key(0, "k").String("v").ToArray());

        Assert.Equal(BackupFileState.Intact, report.State);
        Assert.Equal(isKept, report.Engine == "Redis " + version);
    }

    [Fact]
    public void A_compressed_text_and_a_very_long_one_are_passed_over()
    {
        byte[] file = new RdbWriter().Add(250).String("a").Add(0xC3, 3, 20, 1, 2, 3).Add(250).String("b")
            .Add(0x80, 0, 0, 0, 2, 1, 2).Property("redis-ver", "7.2.0").ToArray();

        Assert.Equal((BackupFileState.Intact, "Redis 7.2.0"), (State(file), Test(file).Engine));
    }

    [Theory]
    [InlineData(new byte[] { 0xC4 }, "string encoding 4 is not known")]
    [InlineData(new byte[] { 0x82 }, "length encoding 82 is not known")]
    public void An_encoding_that_is_not_known_is_told_with_its_place(byte[] value, string problem)
    {
        var report = Test(new RdbWriter().Add(254, 0).Key(0, "k").Add(value).Add(new byte[300])
            .ToArray(hasChecksum: false));

        Assert.Equal((BackupFileState.Damaged, 14L), (report.State, report.Offset));
        Assert.Contains(problem, report.Problem);
    }

    [Fact]
    public void A_length_that_is_not_known_is_told_with_its_place()
    {
        var report = Test(new RdbWriter().Add(254, 0).Key(1, "k").Add(0x82).Add(new byte[300])
            .ToArray(hasChecksum: false));

        Assert.Equal((BackupFileState.Damaged, 14L), (report.State, report.Offset));
    }

    // The second byte has the lower bits of a length.
    [Fact]
    public void A_length_of_fourteen_bits_has_six_of_them_in_its_first_byte()
    {
        string text = new('x', 0x3FFF);

        Assert.Equal(
            BackupFileState.Intact, State(new RdbWriter().Add(254, 0).Key(0, "k").String(text).ToArray()));
        var list = new RdbWriter().Add(254, 0).Key(1, "k").Length(0x2001);
        for (int i = 0; i < 0x2001; i++)
            list.String("");
        Assert.Equal(BackupFileState.Intact, State(list.ToArray()));
    }
}
