using System;
using System.Linq;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatTest;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>The records of the write-ahead log of PostgreSQL, which go across its pages.</summary>
public sealed class PgWalTests
{
    private const int PageSize = WalWriter.PageSize;

    private static readonly WalWriter Filled = WalWriter.Fill();

    [Fact]
    public void The_checksum_of_each_record_is_verified()
    {
        byte[] file = Filled.ToArray();

        var report = Test(file);

        Assert.Equal((BackupFileState.Intact, ChecksumCoverage.Partial), (report.State, report.Checksum));
        Assert.Equal((long)Filled.Records.Count, report.Details["Records"]);
        int found = 0;
        for (int i = 0; i < 300; i++)
        {
            // In a record that ends in front of the last two pages.
            int at = Filled.Records[0] + (i * 2500);
            var bad = Test(Flip(file, at, i % 8));
            found += bad.State == BackupFileState.Damaged ? 1 : 0;
        }

        // The zeros between records, and some of the headers of pages, have no checksum.
        Assert.InRange(found, 285, 300);
    }

    [Fact]
    public void A_damaged_record_is_named_by_its_place()
    {
        int record = Filled.Records.First(at => at > 2 * PageSize);

        var report = Test(Flip(Filled.ToArray(), record + 20));

        Assert.Equal((BackupFileState.Damaged, (long)record), (report.State, report.Offset));
        Assert.StartsWith($"damaged: the record at {record:N0} does not have its CRC-32C", report.Problem);
    }

    [Fact]
    public void A_record_that_is_not_valid_on_the_last_page_is_the_end_of_the_log()
    {
        byte[] file = Filled.ToArray();
        int last = Filled.Records.Last(at => at > 13 * PageSize);

        var report = Test(Flip(file, last + 20));

        Assert.Equal(BackupFileState.Intact, report.State);
        Assert.Equal(Filled.Records.Count - 1L, report.Details["Records"]);
    }

    [Fact]
    public void A_record_that_a_crash_cut_is_given_up_by_the_next_page()
    {
        var writer = new WalWriter().Record(500).Abandon().Record(700).Record(PageSize).Record(PageSize).Record(300);

        var report = Test(writer.ToArray());

        Assert.Equal((BackupFileState.Intact, 5L), (report.State, report.Details["Records"]));
    }

    // The first page says so of a record of the segment before, of which there is nothing else to name.
    [Fact]
    public void A_rest_that_the_next_page_does_not_continue_is_damage_at_that_page()
    {
        byte[] file = Filled.ToArray();
        BitConverter.GetBytes(PageSize + 100).CopyTo(file, 16);

        var report = Test(file);

        Assert.Equal((BackupFileState.Damaged, (long)PageSize), (report.State, report.Offset));
    }

    [Fact]
    public void Nothing_counts_behind_the_record_that_switches_to_the_next_segment()
    {
        var switched = new WalWriter().Record(500).Record(24, info: 0x40, manager: 0);
        var writer = new WalWriter().Record(500).Record(24, info: 0x40, manager: 0).Record(3 * PageSize);
        byte[] file = writer.ToArray();
        Array.Clear(file, writer.Records[2], 2000);

        Assert.Equal(BackupFileState.Intact, State(switched.ToArray()));
        Assert.Equal((BackupFileState.Intact, 2L), (State(file), Test(file).Details["Records"]));
    }
}
