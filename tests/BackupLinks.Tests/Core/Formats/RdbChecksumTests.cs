using System;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Formats;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Where one RDB ends and another one begins, in whatever pieces they pass.</summary>
public sealed class RdbChecksumTests
{
    private const int Marks = 1_000_000;
    private const int RestLength = 26_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void The_mark_of_a_second_RDB_is_found_wherever_pieces_part_it(int length)
    {
        foreach (bool isValkey in new[] { false, true })
        {
            byte[] second = new RdbWriter(isValkey ? 80 : 12, isValkey).ToArray();
            for (int shift = 0; shift < 12; shift++)
            {
                byte[] first = new RdbWriter().Key(0, new string('k', shift)).String("REDIS0").ToArray();
                var checksum = new RdbChecksum { IsSearching = true };

                foreach (byte[] piece in first.Concat(second).Chunk(length))
                    checksum.Append(piece);

                Assert.Equal(0UL, checksum.Value);
                Assert.Equal(first.Length, checksum.FirstLength);
            }
        }
    }

    [Fact]
    public void The_mark_of_a_second_RDB_is_found_across_five_bytes_and_one()
    {
        byte[] first = RdbWriter.Small();
        var checksum = new RdbChecksum { IsSearching = true };

        checksum.Append([.. first, .. "REDI"u8]);
        checksum.Append("S"u8);
        checksum.Append("0012"u8);

        Assert.Equal(first.Length, checksum.FirstLength);
    }

    // Searched for the other mark from each of them, it would take hours.
    [Fact]
    public async Task A_mark_that_is_there_a_million_times_does_not_have_all_behind_it_searched_each_time()
    {
        var stop = TestContext.Current.CancellationToken;
        byte[] bytes = new byte[(6 * Marks) + RestLength];
        for (int i = 0; i < Marks; i++)
            "VALKEY"u8.CopyTo(bytes.AsSpan(6 * i));
        var checksum = new RdbChecksum { IsSearching = true };

        await Task.Run(() => checksum.Append(bytes), stop).WaitAsync(TestTimeout.Hang, stop);

        Assert.Null(checksum.FirstLength);
    }
}
