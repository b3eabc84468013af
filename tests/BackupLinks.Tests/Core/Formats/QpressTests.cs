using System;
using System.Linq;
using BackupLinks.Checksums;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>The files and folders of a qpress archive, and the limits of their names and packets.</summary>
public sealed class QpressTests
{
    private const int Chunk = 4096;

    private static readonly byte[] Content = Noise(300);

    [Fact]
    public void Files_in_folders_are_counted_and_the_first_one_has_its_name_told()
    {
        byte[] file = new Archive().Folder("d").Folder("e").File("first.log").File("second.log").Up().Up()
            .File("third.log").ToArray();

        var report = Test(file);

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Partial), (report.State, report.Checksum));
        Assert.Equal((3L, "first.log"), (report.Details["Files"], report.Details["OriginalName"]));
    }

    [Fact]
    public void An_archive_that_ends_within_a_folder_or_before_its_first_file_is_cut()
    {
        Assert.Equal(BackupFileState.Truncated, State(new Archive().Folder("d").File("a").ToArray()));
        Assert.Equal(BackupFileState.Truncated, State(new Archive().Folder("d").Up().ToArray()));
        Assert.Equal(BackupFileState.Truncated, State(new Archive().ToArray()));
        Assert.Equal(BackupFileState.Intact, State(new Archive().File("a").ToArray()));
    }

    [Fact]
    public void A_folder_that_ends_has_begun()
    {
        Assert.Equal(BackupFileState.Damaged, State(new Archive().File("a").Up().ToArray()));
        Assert.Equal(
            BackupFileState.Damaged, State(new Archive().Folder("d").File("a").Up().Up().ToArray()));
        Assert.Equal(BackupFileState.Intact, State(new Archive().Folder("d").File("a").Up().ToArray()));
    }

    [Fact]
    public void Other_bytes_follow_the_end_or_are_damage_where_there_is_none()
    {
        Assert.Equal(BackupFileState.TrailingData, State([.. new Archive().File("a").ToArray(), 1]));
        Assert.Equal(BackupFileState.Damaged, State([.. new Archive().Folder("d").File("a").ToArray(), 1]));
        Assert.Equal(BackupFileState.Damaged, State([.. new Archive().Folder("d").Up().ToArray(), 1]));
    }

    [Theory]
    [InlineData(0, BackupFileState.Damaged)]
    [InlineData(1, BackupFileState.Intact)]
    [InlineData(65535, BackupFileState.Intact)]
    [InlineData(65536, BackupFileState.Damaged)]
    public void A_name_has_one_byte_to_64_KiB(int length, string state) =>
        Assert.Equal(state, State(new Archive().File(new string('n', length)).ToArray()));

    [Fact]
    public void A_name_ends_where_its_length_says()
    {
        byte[] file = new Archive().File("name").ToArray();

        Assert.Contains("the name at 16 does not end where its length says",
            Test(Flip(file, 16 + 1 + 4 + 4)).Problem);
    }

    [Fact]
    public void A_block_of_a_later_file_is_told_by_the_name_of_the_first_one()
    {
        byte[] file = new Archive().File("first").File("second").ToArray();

        Assert.Contains("a block of 'first' begins at ",
            Test(Flip(file, file.AsSpan().LastIndexOf("NEWBNEWB"u8))).Problem);
    }

    // A packet of a chunk that cannot be compressed is longer than the chunk.
    [Theory]
    [InlineData(Chunk, 0, BackupFileState.Intact)]
    [InlineData(Chunk + 1, 0, BackupFileState.Damaged)]
    [InlineData(Chunk, 391, BackupFileState.Damaged)]
    [InlineData(Chunk, 392, BackupFileState.Damaged)]
    public void A_packet_has_a_chunk_at_the_most_and_is_not_much_longer(int content, int more, string state) =>
        Assert.Equal(state, State(new Archive().File("a", Packet(content, content + more)).ToArray()));

    [Fact]
    public void A_packet_that_is_too_long_is_told_as_such()
    {
        // Nine bytes of its header are in it.
        Assert.DoesNotContain("more than a chunk",
            Test(new Archive().File("a", Packet(Chunk, Chunk + 391)).ToArray()).Problem);
        Assert.Contains("more than a chunk",
            Test(new Archive().File("a", Packet(Chunk, Chunk + 392)).ToArray()).Problem);
        Assert.Contains("more than a chunk",
            Test(new Archive().File("a", [0x46, 8, 0, 0, 0, 0, 0, 0, 0]).ToArray()).Problem);
    }

    [Fact]
    public void A_packet_with_a_short_header_has_three_bytes_of_it()
    {
        byte[] packet = [0x44, 5, 2, 7, 8];

        Assert.Equal(BackupFileState.Intact, State(new Archive().File("a", packet).ToArray()));
        byte[] file = new Archive().File("a", packet).ToArray();
        int at = file.AsSpan().IndexOf(packet);
        Assert.All(
            Enumerable.Range(0, packet.Length),
            length => Assert.Equal(BackupFileState.Truncated, State(file[..(at + length)])));
    }

    // Stored, as levels of any number can be.
    private static byte[] Packet(int size, int length) =>
        [0x46, .. BitConverter.GetBytes(length + 9), .. BitConverter.GetBytes(size), .. Noise(length)];

    private sealed class Archive
    {
        private readonly ByteWriter _writer = new ByteWriter().Text("qpress10").U64(Chunk);

        public Archive Folder(string name)
        {
            _writer.Text("D").U32((uint)name.Length).Text(name).Add(0);
            return this;
        }

        public Archive Up()
        {
            _writer.Text("U");
            return this;
        }

        public Archive File(string name, byte[]? packet = null)
        {
            packet ??= Packet(Content.Length, Content.Length);
            var adler = new Adler32();
            adler.Append(packet);
            _writer.Text("F").U32((uint)name.Length).Text(name).Add(0)
                .Text("NEWBNEWB").U64(0).U32(adler.Value).Add(packet).Text("ENDSENDS").U64(0);
            return this;
        }

        public byte[] ToArray() => _writer.ToArray();
    }
}
