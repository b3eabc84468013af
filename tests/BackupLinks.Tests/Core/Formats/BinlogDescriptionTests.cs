using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>What the first event of a binary log says of those behind it, and the least that an event has.</summary>
public sealed class BinlogDescriptionTests
{
    // MySQL 5.6.1 and MariaDB 5.3 brought the field that says whether the events have a checksum.
    [Theory]
    [InlineData("5.6.0", false)]
    [InlineData("5.5.62-log", false)]
    [InlineData("5.2.14-MariaDB", false)]
    [InlineData("5.6.1", true)]
    [InlineData("5.6.1-m5", true)]
    [InlineData("5.3.0-MariaDB", true)]
    [InlineData("10.11.6-mariadb-log", true)]
    [InlineData("8.0", true)]
    [InlineData("x", true)]
    public void The_version_says_whether_there_is_a_word_about_checksums(string version, bool hasField)
    {
        var report = Test(Log(version, hasField));

        Assert.Equal(
            (BackupFileState.Intact, hasField ? ChecksumCoverage.Verified : ChecksumCoverage.None),
            (report.State, report.Checksum));
        Assert.Equal((version.Contains("aria") ? "MariaDB " : "MySQL ") + version, report.Engine);
    }

    [Fact]
    public void A_checksum_that_does_not_exist_is_damage() =>
        Assert.Contains("names checksum algorithm 2", Test(Log("8.0.36", true, algorithm: 2)).Problem);

    [Theory]
    [InlineData(1_700_000_000u, 1_700_000_000L)]
    [InlineData(0u, null)]
    public void A_log_that_the_server_did_not_begin_with_has_no_time(uint created, long? seconds) =>
        Assert.Equal(seconds, Test(Log("8.0.36", true, created: created)).CreatedAt?.ToUnixTimeSeconds());

    // The server clears the flag of a log in use, and none of the others.
    [Fact]
    public void The_checksum_of_a_description_covers_its_other_flags() =>
        Assert.Equal(BackupFileState.Intact, State(Log("8.0.36", true, flags: 2)));

    [Theory]
    [InlineData(19, BackupFileState.Intact)]
    [InlineData(18, BackupFileState.Damaged)]
    public void An_event_has_its_header_at_least(int length, string state)
    {
        var writer = new ByteWriter().Add(Log("5.5.62", false, isClosed: false));
        uint next = (uint)writer.Length + 19;
        writer.U32(1_700_000_000).Add(3).U32(1).U32((uint)length).U32(next).U16(0);

        Assert.Equal(state, State(writer.ToArray()));
    }

    [Theory]
    [InlineData(19, BackupFileState.Intact)]
    [InlineData(18, BackupFileState.Damaged)]
    public void An_encrypted_event_has_its_header_at_least(int length, string state)
    {
        var writer = new ByteWriter().Add(Log("10.11.6-MariaDB", true, isClosed: false));
        Event(writer, 164, Noise(17), hasChecksum: true);
        writer.U32(7).Add(7).U32(7).U32((uint)length).U32(7).U16(7);

        var report = Test(writer.ToArray());

        Assert.Equal(state, report.State);
        Assert.Equal(state == BackupFileState.Intact ? ChecksumCoverage.NotChecked : report.Checksum, report.Checksum);
        Assert.Null(state == BackupFileState.Intact ? report.IsWhole : null);
    }

    private static byte[] Log(
        string version, bool hasField, byte algorithm = 1, uint created = 1_700_000_000, int flags = 0,
        bool isClosed = true)
    {
        var writer = new ByteWriter().Add(0xFE).Text("bin");
        byte[] body = new ByteWriter().U16(4).Text(version).Add(new byte[50 - version.Length]).U32(created).Add(19)
            .Add(Noise(40)).Add(hasField ? [algorithm] : []).ToArray();
        Event(writer, 15, body, hasField, flags);
        Event(writer, 2, Noise(60), hasField);
        if (isClosed)
            Event(writer, 3, [], hasField);
        return writer.ToArray();
    }

    private static void Event(ByteWriter writer, byte type, byte[] body, bool hasChecksum, int flags = 0)
    {
        int at = writer.Length;
        uint length = (uint)(19 + body.Length + (hasChecksum ? 4 : 0));
        writer.U32(1_700_000_000).Add(type).U32(1).U32(length).U32((uint)at + length).U16(flags).Add(body);
        if (hasChecksum)
            writer.Crc(at);
    }
}
