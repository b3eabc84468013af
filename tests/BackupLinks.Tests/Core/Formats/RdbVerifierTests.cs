using System;
using System.Text;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

public sealed class RdbVerifierTests
{
    private static readonly byte[] Small = RdbWriter.Small();

    [Fact]
    public void Every_type_and_opcode_is_walked_to_the_end()
    {
        byte[] file = EveryType(new RdbWriter(11)).ToArray();

        var report = Test(file);

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified, null), (
            report.State, report.Checksum, report.Problem));
        Assert.Equal(27L, report.Details["Keys"]);
        Assert.Equal(1, report.Details["Databases"]);
    }

    [Fact]
    public void Valkey_has_its_own_magic_and_its_own_meaning_of_a_type_and_an_opcode()
    {
        byte[] file = new RdbWriter(80, isValkey: true).Property("valkey-ver", "9.0.0").Add(254, 0)
            .Add(243).String("job").Length(1).Length(0).Length(100)
            .Key(22, "h").Length(1).String("f").String("v").Add(1, 2, 3, 4, 5, 6, 7, 8).ToArray();

        var report = Test(file);

        Assert.Equal((BackupFileState.Intact, "80", "Valkey 9.0.0"), (
            report.State, report.FormatVersion, report.Engine));
    }

    [Theory]
    [InlineData(4, true, ChecksumCoverage.None)]
    [InlineData(9, false, ChecksumCoverage.Disabled)]
    [InlineData(9, true, ChecksumCoverage.Verified)]
    public void Coverage_is_what_the_version_and_the_writer_give(int version, bool hasChecksum, string expected)
    {
        var report = Test(new RdbWriter(version).Add(254, 0).Key(0, "k").String("v").ToArray(hasChecksum));

        Assert.Equal((BackupFileState.Intact, expected), (report.State, report.Checksum));
    }

    // The CRC-64 of an RDB with its footer is 0, and so it is of two of them, and with zeros behind.
    [Fact]
    public void What_follows_the_end_is_trailing_data_whatever_it_is()
    {
        foreach (byte[] tail in new[] { Small, new byte[4096], "\n"u8.ToArray(), Noise(100),
            Encoding.ASCII.GetBytes(new string('a', 40)) })
        {
            var report = Test([.. Small, .. tail]);

            Assert.Equal((BackupFileState.TrailingData, (long)Small.Length), (report.State, report.Offset));
            Assert.True(report.IsWhole);
        }
    }

    // A value that is a number: of one, two or four bytes; and lengths of every size.
    [Fact]
    public void Every_encoding_of_a_string_is_passed_over()
    {
        byte[] file = new RdbWriter().Add(254, 0)
            .Key(0, "a").Add(0xC0, 255).Key(0, "b").Add(0xC1, 255, 255).Key(0, "c").Add(0xC2, 255, 255, 255, 255)
            .Key(0, "d").Add(0xC3, 3, 9, 255, 255, 255)
            .Key(0, "e").String(new string('x', 63)).Key(0, "f").String(new string('x', 64))
            .Key(0, "g").String(new string('x', 16384)).Key(0, "h").Add(0x81, 0, 0, 0, 0, 0, 0, 0, 1, 255)
            .ToArray();

        var report = Test(file);

        Assert.Equal((BackupFileState.Intact, 8L), (report.State, report.Details["Keys"]));
    }

    [Fact]
    public void The_mark_of_a_diskless_replication_may_stand_in_front() =>
        Assert.Equal(BackupFileState.Intact, State(
            [.. Encoding.ASCII.GetBytes($"$EOF:{new string('a', 40)}\r\n"), .. Small]));

    [Fact]
    public void A_changed_bit_is_damage_at_the_footer_with_both_checksums()
    {
        var report = Test(Flip(Small, Small.Length - 12));

        Assert.Equal((BackupFileState.Damaged, Small.Length - 8L, ChecksumCoverage.NotChecked), (
            report.State, report.Offset, report.Checksum));
        Assert.Matches(
            "^damaged: the CRC-64 of the [0-9]+ bytes before the footer is [0-9a-f]{16}, and the footer "
                + "says [0-9a-f]{16}$",
            report.Problem);
    }

    [Fact]
    public void A_cut_says_what_is_missing()
    {
        byte[] file = new RdbWriter().Add(254, 0).Key(0, "k").String(new string('v', 10_000)).ToArray();

        var report = Test(file[..5000]);

        Assert.Equal((BackupFileState.Truncated, 16L), (report.State, report.Offset));
        Assert.Equal("cut: a string of 10,000 bytes begins at 16 and 4,984 bytes are there", report.Problem);
    }

    [Fact]
    public void A_length_that_leads_past_an_end_that_is_there_is_damage_and_no_cut()
    {
        int at = Small.AsSpan().LastIndexOf("hello"u8) - 1;
        byte[] file = [.. Small];
        file[at] = 0x3F;

        var report = Test(file);

        Assert.Equal((BackupFileState.Damaged, at + 1L), (report.State, report.Offset));
    }

    [Fact]
    public void An_unknown_type_is_covered_by_the_checksum_all_the_same()
    {
        byte[] file = new RdbWriter(12).Add(254, 0).Key(107, "k").Add(Noise(50)).ToArray();

        var report = Test(file);

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), (report.State, report.Checksum));
        Assert.Contains("the structure is not known", report.Layers[0].Detail);
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, 40)));
    }

    // The CRC-64 over both is 0 again, and the second one's end is that of an RDB.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void What_follows_an_RDB_of_unknown_structure_is_trailing_data(int pieces)
    {
        byte[] file = new RdbWriter(12).Add(254, 0).Key(107, "k").Add(Noise(5000)).String("not REDIS0012").ToArray();
        byte[] valkey = new RdbWriter(80, isValkey: true).Add(254, 0).Key(0, "k").String("v").ToArray();

        Assert.Equal(BackupFileState.Intact, Test(file, pieces).State);
        foreach (byte[] other in new[] { file, Small, valkey })
        {
            var report = Test([.. file, .. other], pieces);

            Assert.Equal((BackupFileState.TrailingData, file.Length), (report.State, report.Offset));
        }

        Assert.Equal(BackupFileState.Damaged, Test([.. Flip(file, 40), .. Small], pieces).State);
    }

    [Fact]
    public void A_type_of_a_later_version_without_a_checksum_is_not_supported()
    {
        byte[] file = new RdbWriter(13).Add(254, 0).Key(26, "k").Add(Noise(50)).ToArray(hasChecksum: false);

        var report = Test(file);

        Assert.Equal((BackupFileState.Unsupported, 11L), (report.State, report.Offset));
        Assert.Equal("not supported: type 26 at 11 is of a later version, and the file has no checksum",
            report.Problem);
        Assert.Equal(BackupFileState.Truncated, State(file[..^1]));
        Assert.Equal(BackupFileState.Damaged,
            State(new RdbWriter(12).Add(254, 0).Key(26, "k").Add(Noise(50)).ToArray(hasChecksum: false)));
        Assert.Equal(BackupFileState.Damaged,
            State(Flip(new RdbWriter(13).Add(254, 0).Key(26, "k").Add(Noise(50)).ToArray(), 40)));
    }

    [Theory]
    [InlineData((byte)'/')]
    [InlineData((byte)':')]
    public void A_version_has_digits(byte digit)
    {
        byte[] file = [.. Small];
        file[8] = digit;

        Assert.NotEqual("RDB", Test(file).Format);
    }

    [Fact]
    public void A_version_that_is_not_known_is_unsupported() =>
        Assert.Equal(BackupFileState.Unsupported, State(new RdbWriter(99).ToArray()));

    [Fact]
    public void An_RDB_with_commands_behind_it_is_an_AOF()
    {
        byte[] rdb = new RdbWriter().Add(250).String("aof-preamble").Add(0xC0, 1).Add(254, 0).Key(0, "k").String("v")
            .ToArray();

        var report = Test([.. rdb, .. "*1\r\n$4\r\nPING\r\n"u8]);

        Assert.Equal((BackupFileState.Intact, "AOF", ChecksumCoverage.Partial, 1L), (
            report.State, report.Format, report.Checksum, report.Details["Commands"]));
        Assert.Null(report.IsWhole);
    }

    internal static RdbWriter EveryType(RdbWriter writer)
    {
        byte[] eight = [1, 2, 3, 4, 5, 6, 7, 8];
        byte[] sixteen = [.. eight, .. eight];
        writer.Property("redis-ver", "7.2.0").Property("ctime", "1700000000").Add(250).String("number")
            .Add(0xC2, 1, 2, 3, 4)
            .Add(247).Length(5).Length(2).Length(1).Add(1).Length(3).Add(2).Length(4).Add(3, 1, 2, 3, 4).Add(4)
                .Add(eight).Add(5).String("x").Add(0)
            .Add(245).String("#!lua name=x").Add(254, 0).Add(251).Length(300).Length(70_000).Add(244, 0, 1, 0)
            .Add(253, 1, 2, 3, 4).Add(249, 7).Key(0, "expires").String("v")
            .Add(252).Add(eight).Add(248).Length(99).Key(0, "long").Add(0x81, 0, 0, 0, 0, 0, 0, 0, 2).Add(1, 2)
            .Key(0, "int8").Add(0xC0, 1).Key(0, "int16").Add(0xC1, 1, 2).Key(0, "int32").Add(0xC2, 1, 2, 3, 4)
            .Key(0, "lzf").Add(0xC3, 3, 20, 1, 2, 3);
        foreach (byte type in new byte[] { 9, 10, 11, 12, 13, 16, 17, 20 })
            writer.Key(type, $"packed{type}").String("packed");
        foreach (byte type in new byte[] { 1, 2, 14 })
            writer.Key(type, $"list{type}").Length(2).String("a").String("b");
        writer.Key(4, "hash").Length(1).String("f").String("v");
        writer.Key(3, "zset").Length(2).String("a").Add(1, (byte)'1').String("b").Add(255);
        writer.Key(5, "zset2").Length(1).String("a").Add(eight);
        writer.Key(7, "module").Length(9).Add(2).Length(4).Add(0);
        writer.Key(18, "quicklist").Length(1).Length(2).String("a");
        writer.Key(24, "hash with expiry").Add(eight).Length(1).Length(5).String("f").String("v");
        writer.Key(25, "packed hash with expiry").Add(eight).String("x");
        foreach (byte type in new byte[] { 15, 19, 21 })
        {
            writer.Key(type, $"stream{type}").Length(1).String(new string('k', 16)).String("entries");
            for (int i = 0; i < (type == 15 ? 3 : 8); i++)
                writer.Length(i);
            writer.Length(1).String("group").Length(1).Length(2);
            if (type > 15)
                writer.Length(3);
            writer.Length(1).Add(sixteen).Add(eight).Length(1);
            writer.Length(1).String("consumer").Add(eight);
            if (type == 21)
                writer.Add(eight);
            writer.Length(1).Add(sixteen);
        }

        return writer;
    }
}
