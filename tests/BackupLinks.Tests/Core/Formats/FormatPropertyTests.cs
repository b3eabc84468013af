using System;
using System.Linq;
using BackupLinks.Formats;
using BackupLinks.Formats.Compression;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>What is true of every format.</summary>
public sealed class FormatPropertyTests
{
    private const int MutationsEach = 3000;

    private static readonly long[] Limits = [-1, long.MinValue, long.MaxValue, int.MinValue, int.MaxValue,
        uint.MaxValue, 1L << 62];

    public static TheoryData<string> Fixtures => FormatFixtures.Names;

    [Theory, MemberData(nameof(Fixtures))]
    public void A_whole_file_is_good_in_pieces_of_any_size(string name)
    {
        byte[] file = FormatFixtures.Get(name);
        var report = Test(file);

        Assert.True(report.State == (name == "text" ? BackupFileState.Unverifiable : BackupFileState.Intact),
            $"{report.State}: {report.Problem}");
        foreach (int pieces in new[] { 1, 7, 1000 })
        {
            var other = Test(file, pieces);
            Assert.Equal((report.State, report.Format, report.Checksum, report.Problem, report.Engine), (
                other.State, other.Format, other.Checksum, other.Problem, other.Engine));
            Assert.Equal(report.Details, other.Details);
        }
    }

    [Theory, MemberData(nameof(Fixtures))]
    public void A_part_of_a_whole_file_is_never_called_whole(string name)
    {
        byte[] file = FormatFixtures.Get(name);
        // Several members, streams, frames or documents: the first of them may be a whole file.
        bool isJoined = name.Contains("two") || name is "zstd fast" or "bson" or "aof manifest";
        // A cut between two events leaves an open log, as of a server that is still writing.
        bool hasEnd = Test(file).IsWhole == true && !isJoined && !name.StartsWith("binlog", StringComparison.Ordinal);
        // White space at the end, or zeros that fill up a block, are no loss.
        int slack = name switch { "pg_dump plain" => 2, "mysqldump" => 1, "backup_manifest" => 1, _ => 0 };
        for (int length = 0; length < file.Length - slack; length += Math.Max(1, file.Length / 700))
        {
            var report = Test(file[..length]);

            // The mark of a dump without a time is shorter.
            if (name == "mysqldump" && length == file.Length - " on 2026-01-15 03:00:00\n".Length)
                Assert.Null(report.IsWhole);
            else if (hasEnd)
                Assert.True(report.State is not (BackupFileState.Intact or BackupFileState.Unverifiable)
                    || !LooksLikeThat(report, file), $"{length} of {file.Length}: {report.State}");
            else if (!isJoined)
                Assert.True(report.IsWhole != true, $"{length} of {file.Length}: {report.State} {report.IsWhole}");
        }
    }

    // Each bit of the content; headers have fields that nothing covers.
    [Theory]
    [InlineData("rdb", 0, 0)]
    [InlineData("gzip", 10, 0)]
    [InlineData("gzip stored", 10, 0)]
    [InlineData("zstd", 6, 0)]
    [InlineData("lz4", 4, 0)]
    [InlineData("lz4 of blocks", 4, 0)]
    [InlineData("xz", 0, 0)]
    [InlineData("bzip2", 4, 1)]
    [InlineData("zip", 60, -1190)]
    [InlineData("zip with descriptors", 60, -1190)]
    [InlineData("binlog", 0, 0)]
    [InlineData("backup_manifest", 40, 1)]
    public void A_changed_bit_is_found_where_the_checksum_covers_it(string name, int head, int tail)
    {
        byte[] file = FormatFixtures.Get(name);
        Assert.Equal(ChecksumCoverage.Verified, Test(file).Checksum);
        int step = Math.Max(1, file.Length / 1500);
        int end = tail < 0 ? -tail : file.Length - tail;
        for (int at = head; at < end; at += step)
        {
            byte[] flipped = Flip(file, at, at % 8);
            var report = Test(flipped);

            // A match may be found in two places: then the content is the same.
            bool isFound = report.State is not (BackupFileState.Intact or BackupFileState.Unverifiable)
                || IsSameContent(name, flipped);
            Assert.True(isFound, $"bit {at % 8} of byte {at}: {report.State}");
        }
    }

    // Of a partial checksum: content that it covers, as the fixture has it.
    [Theory]
    [InlineData("xbstream", 44, 2500)]
    [InlineData("qpress", 51, 4096)]
    [InlineData("qpress compressed", 51, 1500)]
    [InlineData("tar", 0, 148)]
    [InlineData("tar of v7", 0, 148)]
    [InlineData("mongodump archive", 176, 40)]
    [InlineData("pg_dump custom compressed", 700, 140)]
    public void A_changed_bit_is_found_in_what_a_partial_checksum_covers(string name, int from, int length)
    {
        byte[] file = FormatFixtures.Get(name);
        for (int at = from; at < from + length; at += Math.Max(1, length / 500))
        {
            var report = Test(Flip(file, at, at % 8));

            Assert.True(report.State is not (BackupFileState.Intact or BackupFileState.Unverifiable), $"byte {at}");
        }
    }

    [Theory, MemberData(nameof(Fixtures))]
    public void Mutated_input_is_judged_without_an_exception(string name)
    {
        byte[] file = FormatFixtures.Get(name);
        if (file.Length > 10_000)
            file = file[..10_000];
        var random = new Random(11);
        for (int i = 0; i < MutationsEach; i++)
        {
            byte[] mutated = Mutate(file, random);

            var report = Test(mutated, pieces: 0, depth: (BackupTestDepth)(i % 2));

            Assert.Equal(mutated.Length, report.Size);
        }
    }

    [Fact]
    public void Random_bytes_behind_the_first_bytes_of_any_format_are_judged_without_an_exception()
    {
        var random = new Random(12);
        foreach (string name in Fixtures.Select(row => row.Data))
        {
            byte[] file = FormatFixtures.Get(name);
            for (int i = 0; i < 300; i++)
            {
                byte[] content = Noise(random.Next(3000), random.Next());
                int head = Math.Min(random.Next(1, 80), Math.Min(file.Length, content.Length));
                file.AsSpan(0, head).CopyTo(content);

                Assert.Equal(content.Length, Test(content).Size);
            }
        }
    }

    private static bool IsSameContent(string name, byte[] file)
    {
        using var reader = new ByteReader(new MemorySource(file));
        var layer = new BackupLayer(BackupFormat.Text, "");
        IByteSource? source = name == "zstd" ? new ZstdSource(reader, layer)
            : name.StartsWith("lz4", StringComparison.Ordinal) ? new Lz4Source(reader, layer) : null;
        byte[] content = new byte[FormatFixtures.Words.Length + 1];
        int length = 0;
        for (int read; source is not null && (read = source.Read(content, length, content.Length - length)) > 0;)
            length += read;
        (source as IDisposable)?.Dispose();
        return content.AsSpan(0, length).SequenceEqual(FormatFixtures.Words);
    }

    private static bool LooksLikeThat(BackupFileReport report, byte[] file) => report.Format == Test(file).Format;

    private static byte[] Mutate(byte[] file, Random random)
    {
        byte[] mutated = [.. file];
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            int at = random.Next(mutated.Length);
            switch (random.Next(7))
            {
                case 0:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 2:
                    mutated.AsSpan(at, Math.Min(random.Next(1, 16), mutated.Length - at))
                        .Fill(random.Next(2) == 0 ? (byte)0 : (byte)255);
                    break;
                case 3:
                    mutated = mutated[..Math.Max(1, at)];
                    break;
                case 4:
                    mutated = [.. mutated[..at], .. Noise(random.Next(1, 20), random.Next()), .. mutated[at..]];
                    break;
                case 5:
                    // Lengths and counts at the limits of their types.
                    byte[] limit = BitConverter.GetBytes(Limits[random.Next(Limits.Length)]);
                    if (random.Next(2) == 0)
                        Array.Reverse(limit);
                    limit.AsSpan(0, Math.Min(limit.Length, mutated.Length - at)).CopyTo(mutated.AsSpan(at));
                    break;
                default:
                    int from = random.Next(mutated.Length);
                    mutated.AsSpan(from, Math.Min(
                        random.Next(1, 64), Math.Min(mutated.Length - from, mutated.Length - at))).ToArray().CopyTo(
                        mutated, at);
                    break;
            }
        }

        return mutated;
    }
}
