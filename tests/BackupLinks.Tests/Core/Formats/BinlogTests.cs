using System;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>
/// The end of a log; and relay logs: the events of a source behind a description of the replica's own.
/// </summary>
public sealed class BinlogTests
{
    private const uint PlaceInSource = 157;

    [Theory]
    [InlineData(true, true, ChecksumCoverage.Verified)]
    [InlineData(true, false, ChecksumCoverage.Partial)]
    [InlineData(false, true, ChecksumCoverage.Partial)]
    [InlineData(false, false, ChecksumCoverage.None)]
    public void The_events_of_a_relay_log_are_as_their_source_wrote_them(bool own, bool source, string checksum)
    {
        byte[] file = RelayLog(own, source);

        var report = Test(file);

        Assert.Equal((BackupFileState.Unverifiable, checksum, null), (report.State, report.Checksum, report.IsWhole));
        Assert.Equal((true, false, 5L),
            (report.Details["IsRelayLog"], report.Details["IsClosed"], report.Details["Events"]));
        int description = file.AsSpan().LastIndexOf("8.0.30"u8);
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, description)));
        Assert.Equal(source ? BackupFileState.Damaged : BackupFileState.Unverifiable,
            State(Flip(file, file.Length - 30)));
        Assert.Equal(BackupFileState.Truncated, State(file[..(description + 10)]));
    }

    [Fact]
    public void A_relay_log_is_closed_by_an_event_of_its_own_and_not_by_one_of_its_source()
    {
        byte[] file = RelayLog(own: true, source: true);
        var writer = new ByteWriter().Add(file);
        Event(writer, 3, [], (uint)file.Length + 23, flags: 0, hasChecksum: true);

        Assert.True(Test(writer.ToArray()).IsWhole);
        Assert.Equal(true, Test(writer.ToArray()).Details["IsClosed"]);
    }

    [Fact]
    public void The_place_of_an_event_counts_in_a_log_that_is_no_relay_log()
    {
        var writer = new ByteWriter().Add(FormatFixtures.Binlog(hasChecksum: true));
        Event(writer, 2, Noise(20), PlaceInSource, flags: 0, hasChecksum: true);

        Assert.Equal(BackupFileState.Damaged, State(writer.ToArray()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_part_of_a_closed_log_is_never_intact(bool hasChecksum)
    {
        byte[] file = FormatFixtures.Binlog(hasChecksum);
        Assert.Equal((BackupFileState.Intact, true), (State(file), Test(file).IsWhole));
        int atEvents = 0;
        for (int length = 5; length < file.Length; length++)
        {
            var report = Test(file[..length]);

            Assert.Contains(report.State, new[] { BackupFileState.Truncated, BackupFileState.Unverifiable });
            if (report.State != BackupFileState.Unverifiable)
                continue;
            Assert.Null(report.IsWhole);
            Assert.StartsWith("the log is not in use, and no event closes it", report.Problem);
            atEvents++;
        }

        Assert.Equal(5, atEvents);
    }

    // The container was made of what there was of the log.
    [Fact]
    public void A_log_without_its_closing_event_is_not_whole_in_a_container_either()
    {
        const string problem = "the log is not in use";
        byte[] log = FormatFixtures.Binlog(hasChecksum: true, isClosed: false);
        byte[] closed = FormatFixtures.Binlog(hasChecksum: true);

        var report = Test(Compressed.Gzip(log));

        Assert.Equal((BackupFileState.Unverifiable, null, ChecksumCoverage.Verified, null),
            (report.State, report.IsWhole, report.Checksum, report.ProblemRange));
        Assert.StartsWith("inside the gzip, " + problem, report.Problem);
        Assert.Equal(BackupFileState.Intact, State(Compressed.Gzip(closed)));
        var member = Test(
            ArchiveWriter.Tar(('0', "a.gz", Compressed.Gzip(closed)), ('0', "b.gz", Compressed.Gzip(log))));
        Assert.Equal((BackupFileState.Unverifiable, null), (member.State, member.IsWhole));
        Assert.StartsWith("the member 'b.gz' (binlog) cannot be verified; " + problem, member.Problem);
        Assert.Equal(BackupFileState.Damaged, State(Flip(Compressed.Gzip(log), 100)));
    }

    // Text cannot be more than it is.
    [Fact]
    public void Text_in_a_container_is_as_good_as_the_container()
    {
        byte[] text = Compressed.Gzip(FormatFixtures.Words);

        Assert.Equal(BackupFileState.Intact, State(text));
        Assert.Equal(BackupFileState.Intact, State(ArchiveWriter.Tar(('0', "a.gz", text), ('0', "b.gz", text))));
    }

    [Fact]
    public void A_closed_log_that_says_it_is_in_use_is_not_verified_as_a_whole()
    {
        var report = Test(FormatFixtures.Binlog(hasChecksum: true, isClosed: true, flags: 1));

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Partial), (report.State, report.Checksum));
        Assert.Contains("its last event closes it", report.Layers[0].Detail);
    }

    private static byte[] RelayLog(bool own, bool source)
    {
        var writer = new ByteWriter().Add(0xFE).Text("bin");
        Event(writer, 15, Description("8.0.36", own), next: 4 + 19 + 103, flags: 0x40, hasChecksum: true);
        Event(writer, 4, Noise(20), next: 0, flags: 0x20, own);
        Event(writer, 15, Description("8.0.30", source), next: 0, flags: 0, hasChecksum: true);
        Event(writer, 2, Noise(40), PlaceInSource, flags: 0, source);
        Event(writer, 4, Noise(40, 2), PlaceInSource + 100, flags: 0, source);
        return writer.ToArray();
    }

    // A description has a checksum of its own whatever it says of the others.
    private static byte[] Description(string version, bool hasChecksum) =>
        new ByteWriter().U16(4).Text(version).Add(new byte[50 - version.Length]).U32(1_700_000_000).Add(19)
            .Add(new byte[41]).Add((byte)(hasChecksum ? 1 : 0)).ToArray();

    private static void Event(ByteWriter writer, byte type, byte[] body, uint next, int flags, bool hasChecksum)
    {
        int at = writer.Length;
        int length = 19 + body.Length + (hasChecksum ? 4 : 0);
        writer.U32(1_700_000_000).Add(type).U32(1).U32((uint)length).U32(next).U16(flags).Add(body);
        if (hasChecksum)
            writer.Crc(at);
    }
}
