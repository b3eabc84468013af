using System;
using System.IO;
using System.Text;
using BackupLinks.Checksums;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatFixtures;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Values that no writer writes: the report says so, and no exception leaves the test.</summary>
public sealed class UnexpectedValueTests
{
    [Theory]
    [InlineData(typeof(ArgumentException))]
    [InlineData(typeof(ArgumentOutOfRangeException))]
    [InlineData(typeof(IndexOutOfRangeException))]
    [InlineData(typeof(OverflowException))]
    [InlineData(typeof(NullReferenceException))]
    public void An_exception_of_a_verifier_is_none_of_the_file_and_tells_nothing_of_it(Type type)
    {
        var test = new BackupTest(BackupTestDepth.Contents);
        using var reader = new ByteReader(new MemorySource(new byte[10]));

        test.Run(reader, new ThrowingVerifier((Exception)Activator.CreateInstance(type)!));

        var report = BackupVerdict.ToReport("file", 10, test, sha256: null, TimeSpan.Zero);
        Assert.Equal((BackupFileState.Unsupported,
            "could not be tested: the module did not expect a value of the text, before 3",
            ChecksumCoverage.NotChecked, null), (report.State, report.Problem, report.Checksum, report.IsWhole));
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(OperationCanceledException))]
    public void An_exception_of_the_source_is_none_of_the_file(Type type)
    {
        var test = new BackupTest(BackupTestDepth.Contents);
        using var reader = new ByteReader(new MemorySource(new byte[10]));

        Assert.Throws(type, () => test.Run(
            reader, new ThrowingVerifier((Exception)Activator.CreateInstance(type)!)));
    }

    [Theory]
    [InlineData("0001-01-01 00:00:00")]
    [InlineData("9999-12-31 23:59:59")]
    public void A_time_beyond_the_calendar_is_no_time(string time)
    {
        byte[] file = XbstreamWith(("xtrabackup_info", Encoding.ASCII.GetBytes($"end_time = {time}\n")));

        Assert.Equal((BackupFileState.Intact, null), (State(file), Test(file).CreatedAt));
    }

    [Fact]
    public void A_manifest_may_have_a_path_that_is_null()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["backup_manifest"], PgManifest("{ \"Path\": null, \"Size\": 3 }"));

        Assert.Equal(BackupFileState.Intact, Test(Get("tar"), folder: folder.Path).State);
    }

    // The length of the first value is greater than all of the record, and the sum of all is less than zero.
    [Fact]
    public void A_record_of_SQLite_has_no_value_longer_than_itself()
    {
        byte[] file = SqliteWriter.Database();
        int record = file.AsSpan().LastIndexOf("value 1"u8) - 2;
        byte[] length = [0xC0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00];
        foreach (int at in new[] { record + 1, file.AsSpan().IndexOf("value 0"u8) - 2 })
        {
            byte[] changed = [.. file];
            length.CopyTo(changed, at);

            Assert.Equal(BackupFileState.Damaged, State(changed));
        }
    }

    [Fact]
    public void A_chunk_of_xbstream_that_can_be_ignored_is_passed_over_and_covered()
    {
        byte[] ignorable = Chunk(flags: 1);
        byte[] file = [.. XbstreamWith(("a.log", Words)), .. ignorable];

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Verified), (State(file), Test(file).Checksum));
        var range = Test(Flip(file, file.Length - 3)).ProblemRange;
        Assert.Equal((file.Length - ignorable.Length, file.Length), range);
        Assert.Equal(BackupFileState.Intact, State([.. ignorable, .. Xbstream()]));
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, file.Length - 3)));
        Assert.Equal(BackupFileState.Truncated, State(file[..^1]));
        Assert.Equal(BackupFileState.Damaged, State([.. Xbstream(), .. Chunk(flags: 0)]));

        static byte[] Chunk(byte flags) => new ByteWriter().Text("XBSTCK01").Add(flags, (byte)'Z').U32(4).Text("meta")
            .U64(6).U64(0).U32(Crc32.Compute("future"u8)).Text("future").ToArray();
    }

    [Fact]
    public void A_chunk_of_qpress_has_up_to_32_MiB()
    {
        byte[] file = Qpress(Words, isCompressed: true);
        BitConverter.GetBytes(32L << 20).CopyTo(file, 8);

        Assert.Equal(BackupFileState.Intact, State(file));
        BitConverter.GetBytes((32L << 20) + 1).CopyTo(file, 8);
        Assert.Equal(BackupFileState.Damaged, State(file));
    }

    [Fact]
    public void A_manifest_of_an_AOF_may_name_a_file_of_its_history_that_is_gone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["b"], "");
        byte[] history = "file a seq 1 type h\nfile b seq 2 type b\n"u8.ToArray();
        byte[] missing = "file a seq 1 type i\nfile b seq 2 type b\n"u8.ToArray();

        Assert.Equal(BackupFileState.Intact, Test(history, folder: folder.Path).State);
        Assert.Equal(BackupFileState.Damaged, Test(missing, folder: folder.Path).State);
    }

    private sealed class ThrowingVerifier(Exception exception) : FormatVerifier
    {
        public override BackupFormat Format => BackupFormat.Text;

        public override string Name => "text";

        public override bool Recognises(ReadOnlySpan<byte> head) => true;

        public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
        {
            input.Skip(3, "bytes");
            throw exception;
        }
    }
}
