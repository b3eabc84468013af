using System;
using System.Collections.Generic;
using BackupLinks.Checksums;
using BackupLinks.Formats;
using BackupLinks.Formats.Compression;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>
/// The records of a stream of xz (the .xz file format 1.1.0): its header, blocks, index and footer; and LZMA with
/// properties of every kind.
/// </summary>
public sealed class XzStreamTests
{
    private const int Check = 4;

    // Records that differ in single bytes: xz writes them as repeated matches of every kind, with every combination of
    // properties that matters, a stream each.
    [Fact]
    public void Repeated_matches_of_every_kind_are_decoded()
    {
        byte[] file = FormatFixtures.Read("records.xz");

        var report = Test(file);

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), (report.State, report.Checksum));
    }

    [Fact]
    public void Streams_with_all_their_records_are_verified_to_the_end()
    {
        byte[] file = [.. new Stream().ToArray(), .. new Stream().ToArray()];

        var report = Test(file);

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified, null),
            (report.State, report.Checksum, report.Problem));
        Assert.Equal(ChecksumCoverage.None, Test(new Stream { Flags = 0 }.ToArray()).Checksum);
    }

    [Theory]
    [InlineData("packed size", "does not have the sizes that its header says")]
    [InlineData("size", "does not have the sizes that its header says")]
    [InlineData("block padding", "the padding of the block at ")]
    [InlineData("check", "the checksum of the block at ")]
    [InlineData("index count", "and there are 2")]
    [InlineData("index unpadded", "has other sizes than the blocks")]
    [InlineData("index size", "has other sizes than the blocks")]
    [InlineData("index padding", "the padding of the index at ")]
    [InlineData("index checksum", "the checksum of the index at ")]
    [InlineData("footer checksum", "the checksum of the footer at ")]
    [InlineData("footer flags", "does not belong to the stream at 0")]
    [InlineData("backward size", "does not belong to the stream at 0")]
    [InlineData("footer magic", "does not belong to the stream at 0")]
    [InlineData("header checksum", "the checksum of the header of the block at 12 is wrong")]
    public void A_record_that_says_another_thing_than_the_stream_is_damage(string fault, string problem)
    {
        byte[] file = new Stream { Fault = fault }.ToArray();

        var report = Test(file);

        Assert.Equal(BackupFileState.Damaged, report.State);
        Assert.Contains(problem, report.Problem);
    }

    [Theory]
    [InlineData(0xC0)]
    [InlineData(0x80)]
    [InlineData(0x40)]
    [InlineData(0)]
    public void A_block_may_have_either_of_its_sizes(byte sizes)
    {
        Assert.Equal(BackupFileState.Intact, State(new Stream { Sizes = sizes }.ToArray()));
        foreach (var (fault, isThere) in new[] { ("packed size", (sizes & 0x40) != 0), ("size", (sizes & 0x80) != 0) })
        {
            Assert.Equal(
                isThere ? BackupFileState.Damaged : BackupFileState.Intact,
                State(new Stream { Sizes = sizes, Fault = fault }.ToArray()));
        }
    }

    [Fact]
    public void A_problem_is_behind_what_was_verified_in_front_of_it()
    {
        byte[] whole = new Stream().ToArray();
        var second = new Stream { Fault = "check", FaultyBlock = 1 };
        byte[] file = [.. whole, .. second.ToArray()];

        Assert.Equal(whole.Length + Stream.SecondBlockAt, Test(file).ProblemRange?.Start);
        // What the blocks have may belong to other streams, when the index says otherwise.
        Assert.Equal(whole.Length,
            Test([.. whole, .. new Stream { Fault = "index size" }.ToArray()]).ProblemRange?.Start);
        // Without checksums, nothing was verified.
        Assert.Equal(0, Test(
            [.. new Stream { Flags = 0 }.ToArray(), .. new Stream { Fault = "index size", Flags = 0 }.ToArray()])
            .ProblemRange?.Start);
        Assert.Contains(
            $"the stream at {whole.Length}",
            Test([.. whole, .. new Stream { Fault = "footer flags" }.ToArray()]).Problem);
    }

    [Theory]
    [InlineData(0x0100, BackupFileState.Intact)]
    [InlineData(0x0101, BackupFileState.Unsupported)]
    [InlineData(0x1100, BackupFileState.Unsupported)]
    public void Flags_of_a_later_version_are_unsupported(int flags, string state) =>
        Assert.Equal(state, State(new Stream { Flags = flags }.ToArray()));

    [Theory]
    [InlineData(8, "blocks, and there are 2")]
    [InlineData(9, "has a number without an end")]
    public void A_number_of_the_index_has_nine_bytes_at_the_most(int continued, string problem) =>
        Assert.Contains(problem, Test(new Stream { LongCount = continued }.ToArray()).Problem);

    // A first chunk that resets no dictionary; a control that there is not; and LZMA without properties.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(0x7F)]
    [InlineData(0x80)]
    [InlineData(0xC0)]
    [InlineData(0xDF)]
    public void A_first_chunk_resets_the_dictionary(byte control) =>
        Assert.Equal(BackupFileState.Damaged, State(new Stream { Controls = [control, 2] }.ToArray()));

    [Theory]
    [InlineData(1, BackupFileState.Intact)]
    [InlineData(2, BackupFileState.Intact)]
    [InlineData(3, BackupFileState.Damaged)]
    [InlineData(0x80, BackupFileState.Damaged)]
    [InlineData(0xA0, BackupFileState.Damaged)]
    public void A_further_chunk_is_stored_or_has_the_properties_of_one_before(byte control, string state) =>
        Assert.Equal(state, State(new Stream { Controls = [1, control] }.ToArray()));

    // Two blocks of two stored chunks, each with its sizes; one field may be wrong.
    private sealed record Stream
    {
        private static readonly byte[] Content = Noise(10);

        public string Fault { get; init; } = "";

        public int FaultyBlock { get; init; }

        public byte Sizes { get; init; } = 0xC0;

        public int Flags { get; init; } = 0x0100;

        public byte[] Controls { get; init; } = [1, 2];

        public int? LongCount { get; init; }

        // The header of the stream, that of the block, the data with its padding, and the check.
        public static int SecondBlockAt => 12 + 12 + 28 + Check;

        public byte[] ToArray()
        {
            byte[] flags = [(byte)Flags, (byte)(Flags >> 8)];
            int check = Flags == 0 ? 0 : Check;
            var writer = new ByteWriter().Add(XzSource.Magic.ToArray()).Add(flags).U32(Crc32.Compute(flags));
            for (int block = 0; block < 2; block++)
                AddBlock(writer, block, check);
            int index = writer.Length;
            writer.Add(0);
            for (int i = 0; i < LongCount; i++)
                writer.Add(0x80);
            writer.Add(Of("index count", LongCount is null ? 2 : 1));
            writer.Add(Of("index unpadded", 12 + 27 + check), Of("index size", 20), (byte)(12 + 27 + check), 20);
            while ((writer.Length - index) % 4 != 0)
                writer.Add(Of("index padding", 0));
            writer.U32(Crc32.Compute(writer.ToArray().AsSpan(index)) + Of("index checksum", 0));
            int size = writer.Length - index;
            byte[] footer =
            [
                .. BitConverter.GetBytes((uint)(size / 4) - 1 + Of("backward size", 0)), flags[0],
                Of("footer flags", flags[1]),
            ];
            return writer.U32(Crc32.Compute(footer) + Of("footer checksum", 0)).Add(footer)
                .Add((byte)'Y', Of("footer magic", (byte)'Z')).ToArray();
        }

        private void AddBlock(ByteWriter writer, int number, int check)
        {
            var chunks = new List<byte>();
            foreach (byte control in Controls)
                chunks.AddRange([control, 0, 9, .. Content]);
            chunks.Add(0);
            string fault = number == FaultyBlock ? Fault : "";
            int at = writer.Length;
            byte[] packed = (Sizes & 0x40) != 0 ? [Of("packed size", chunks.Count)] : [];
            byte[] size = (Sizes & 0x80) != 0 ? [Of("size", 20)] : [];
            writer.Add([2, Sizes, .. packed, .. size, 0x21, 1, 8, .. new byte[3 - packed.Length - size.Length]])
                .U32(Crc32.Compute(writer.ToArray().AsSpan(at)) + Of("header checksum", 0)).Add([.. chunks]);
            while ((writer.Length - at) % 4 != 0)
                writer.Add(Of("block padding", 0));
            if (check > 0)
                writer.U32(Crc32.Compute([.. Content, .. Content]) + Of("check", 0));

            byte Of(string field, int value) => (byte)(value + (fault == field ? 1 : 0));
        }

        private byte Of(string field, int value) => (byte)(value + (Fault == field ? 1 : 0));
    }
}
