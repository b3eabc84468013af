using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>RDB files with values of later versions, and of the relatives of Redis.</summary>
public sealed class RdbNewerTests
{
    // rdb.h of Valkey: 23 is a hash of paths, 24 and 25 are not used, and 242 is a command of a save without a fork.
    [Theory]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(200)]
    [InlineData(242)]
    public void A_type_of_Valkey_is_not_the_one_that_Redis_has_with_its_number(byte type)
    {
        RdbWriter Writer() => new RdbWriter(81, isValkey: true).Add(254, 0).Key(0, "k").String("v").Key(type, "n")
            .Add(3, 9, 200, 200, 200).Add(Noise(100));

        var report = Test(Writer().ToArray());
        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), (report.State, report.Checksum));
        Assert.Contains($"type {type} at ", report.Layers[0].Detail);
        Assert.Equal(BackupFileState.Damaged, State(Flip(Writer().ToArray(), 50)));
        Assert.Equal(BackupFileState.Unsupported, State(Writer().ToArray(hasChecksum: false)));
        Assert.Equal(BackupFileState.Truncated, State(Writer().ToArray()[..^3]));
    }

    // KeyDB has the versions of Redis, and a type more (rdb.h).
    [Fact]
    public void A_task_of_KeyDB_is_not_supported_without_a_checksum()
    {
        RdbWriter Writer() => new RdbWriter(9).Add(254, 0).Key(64, "cron").Add(Noise(50));

        Assert.Equal(BackupFileState.Intact, State(Writer().ToArray()));
        Assert.Equal(BackupFileState.Unsupported, State(Writer().ToArray(hasChecksum: false)));
    }

    [Fact]
    public void A_type_of_a_later_version_does_not_hide_a_cut()
    {
        byte[] file = new RdbWriter(14).Add(254, 0).Key(27, "k").Add(Noise(50)).ToArray();

        var report = Test(file[..^9]);

        Assert.Equal(BackupFileState.Truncated, report.State);
        Assert.Equal(
            "cut: the file does not end with the end opcode of an RDB and its footer; type 27 at 11 is of a later "
                + "version",
            report.Problem);
        Assert.StartsWith("damaged: the CRC-64 of all bytes is not the one", Test(Flip(file, 30)).Problem);
    }

    // A transfer as text adds the end of a line, redis-cli --rdb the mark of a replication, and a disk zeros.
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("0123456789abcdef0123456789abcdef01234567")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void Bytes_behind_an_RDB_of_a_later_version_do_not_make_it_cut(string behind)
    {
        byte[] file = new RdbWriter(14).Add(254, 0).Key(27, "k").Add(Noise(50)).ToArray();
        byte[] tail = System.Text.Encoding.ASCII.GetBytes(behind);

        var report = Test([.. file, .. tail]);

        Assert.Equal((BackupFileState.TrailingData, (long)file.Length), (report.State, report.Offset));
        Assert.StartsWith($"trailing data: the RDB ends at {file.Length}, and {tail.Length} byte", report.Problem);
        Assert.NotEqual(BackupFileState.TrailingData, State([.. Flip(file, 30), .. tail]));
    }

    // The commands begin where the RDB ends, which cannot be told.
    [Fact]
    public void An_AOF_of_KeyDB_with_a_task_is_not_called_cut()
    {
        byte[] preamble = new RdbWriter(9).Property("aof-preamble", "1").Add(254, 0).Key(64, "cron").Add(Noise(50))
            .ToArray();

        var report = Test([.. preamble, .. "*1\r\n$4\r\nPING\r\n"u8]);

        Assert.Equal((BackupFileState.Unsupported, null), (report.State, report.IsWhole));
        Assert.StartsWith("not supported: type 64 at 27 is a task of KeyDB, which hides", report.Problem);
    }

    // An end that is one of bytes within a value that the walk takes for others.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_checksum_of_all_bytes_has_the_last_word(byte footer)
    {
        RdbWriter Writer() => new RdbWriter(12).Add(254, 0).Key(0, "k").String("v")
            .Add(255, footer, footer, footer, footer, footer, footer, footer, footer).Add(Noise(100));

        var report = Test(Writer().ToArray());

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), (report.State, report.Checksum));
        Assert.Contains("the structure is not known", report.Layers[0].Detail);
        Assert.DoesNotContain("Keys", report.Details.Keys);
        byte[] other = Writer().ToArray(hasChecksum: false);
        Assert.Equal(footer == 0 ? BackupFileState.TrailingData : BackupFileState.Damaged, State(other));
    }

    [Fact]
    public void A_version_that_is_not_known_is_unsupported_whatever_it_has()
    {
        Assert.Equal(BackupFileState.Unsupported, State(new RdbWriter(99).Add(254, 0).Key(0, "k").String("v")
            .ToArray()));
        Assert.Equal(BackupFileState.Unsupported, State(new RdbWriter(99).Add(254, 0).Key(107, "k").Add(Noise(50))
            .ToArray()));
        Assert.Equal(BackupFileState.Damaged, State(Flip(new RdbWriter(99).Add(254, 0).Key(107, "k").Add(Noise(50))
            .ToArray(), 40)));
    }

    [Fact]
    public void Databases_are_counted_up_to_a_number_that_no_server_has()
    {
        var writer = new RdbWriter(9);
        for (int i = 0; i < 70_000; i++)
            writer.Add(254, 0x80, 0, (byte)(i >> 16), (byte)(i >> 8), (byte)i);

        var report = Test(writer.ToArray());
        Assert.Equal((BackupFileState.Intact, 65_536), (report.State, report.Details["Databases"]));
    }
}
