using System.Linq;
using System.Text;
using BackupLinks.Files;

namespace BackupLinks.Tests.Core.Files;

public sealed class PartialRecordTests
{
    private static readonly PartialRecord Record = new(
        new ObjectIdentity("https://h/b/k.rdb", "\"abc\"", 1000), [new(0, 300, 7)],
        [new(0, 300, 7), new(500, 600, ulong.MaxValue)], "boot 1");

    [Fact]
    public void The_newer_of_two_good_lines_counts()
    {
        var newer = Record with { Written = [new(0, 600, 1)] };

        var parsed = PartialRecord.Parse([.. newer.ToLine(8), .. Record.ToLine(7)]);

        Assert.Equal(8, parsed!.Value.Sequence);
        Assert.Equal(newer.Written, parsed.Value.Record.GetCompletedRanges("boot 1"));
        Assert.Equal(Record.Flushed, parsed.Value.Record.GetCompletedRanges("boot 2"));
        Assert.Equal(Record.Flushed, parsed.Value.Record.GetCompletedRanges(null));
        Assert.Equal(Record.Identity, parsed.Value.Record.Identity);
    }

    [Fact]
    public void Wherever_a_write_was_cut_off_the_other_line_counts()
    {
        byte[] old = Record.ToLine(6);
        byte[] fresh = (Record with { Written = [new(0, 900, 1)] }).ToLine(8);
        byte[] other = (Record with { Written = [new(0, 800, 1)] }).ToLine(7);
        // Behind the shorter line there are blanks, which make a difference only where the longer one had something.
        int written = Encoding.ASCII.GetString(old).TrimEnd().Length;
        for (int cut = 0; cut <= written; cut++)
        {
            byte[] content = [.. fresh.Take(cut), .. old.Skip(cut), .. other];

            var parsed = PartialRecord.Parse(content)!.Value;

            Assert.Equal(cut == written ? 8 : 7, parsed.Sequence);
            Assert.Equal(cut == written ? 900 : 800, parsed.Record.Written[0].Length);
        }
    }

    [Fact]
    public void A_checkpoint_that_was_changed_does_not_count()
    {
        string line = Encoding.UTF8.GetString(Record.ToLine(1)).Replace("[500,600,", "[300,900,");

        Assert.Null(PartialRecord.Parse(Encoding.UTF8.GetBytes(line)));
        Assert.True(PartialRecord.IsOurs(Encoding.UTF8.GetBytes(line)));
        Assert.True(
            PartialRecord.IsOurs([.. new byte[PartialRecord.LineLength - 1], (byte)'\n', .. PartialRecord.Mark]));
    }

    [Fact]
    public void A_checksum_that_was_changed_does_not_count()
    {
        string line = Encoding.UTF8.GetString(Record.ToLine(1)).Replace("\"0000000000000007\"", "\"0000000000000008\"");

        Assert.Null(PartialRecord.Parse(Encoding.UTF8.GetBytes(line)));
    }

    [Fact]
    public void A_sidecar_is_ours_with_our_mark_or_where_the_disk_did_not_take_it()
    {
        Assert.True(PartialRecord.IsOurs(PartialRecord.Mark));
        Assert.True(PartialRecord.IsOurs(new byte[PartialRecord.LineLength]));
        Assert.True(PartialRecord.IsOurs("{\"format\":\"BackupLinks partial file, version 77\"}"u8.ToArray()));
        Assert.False(PartialRecord.IsOurs([]));
        Assert.False(PartialRecord.IsOurs("{\"my\":\"notes\"}"u8.ToArray()));
    }

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(10, 10)]
    [InlineData(10, 1001)]
    [InlineData(200, 400)]
    public void Ranges_that_cannot_be_do_not_count(long start, long end)
    {
        var record = Record with { Written = [new(0, 300, 7), new(start, end, 0)] };

        Assert.Null(PartialRecord.Parse(record.ToLine(1)));
    }

    [Fact]
    public void More_ranges_than_a_line_holds_are_claimed_as_far_as_they_go()
    {
        CheckedRange[] done = [.. Enumerable.Range(0, 5000).Select(
            i => new CheckedRange(i * 1_000_000_000L, (i * 1_000_000_000L) + 7, ulong.MaxValue))];
        var large = Record.Identity with { Size = long.MaxValue };

        var parsed = PartialRecord.Parse(
            (Record with { Identity = large, Flushed = done, Written = done }).ToLine(1))!.Value.Record;

        Assert.InRange(parsed.Written.Count, 50, 1000);
        Assert.Equal(done.Take(parsed.Written.Count), parsed.Written);
    }

    [Fact]
    public void An_address_longer_than_a_line_is_not_claimed()
    {
        var record =
            Record with { Identity = Record.Identity with { Address = "https://h/"
                + new string('a', 2 * PartialRecord.LineLength) } };

        Assert.Empty(record.ToLine(1));
    }

    // Ranges that have no room are left out, the last first; the line has always its length.
    [Theory]
    [InlineData(0, 124, 124)]
    [InlineData(0, 125, 124)]
    [InlineData(0, 10_000, 124)]
    [InlineData(3000, 1000, 77)]
    [InlineData(7000, 1000, 15)]
    [InlineData(9000, 1000, 0)]
    [InlineData(17_000, 1000, null)]
    public void A_line_takes_as_many_ranges_as_it_has_room_for(int addressLength, int ranges, int? kept)
    {
        CheckedRange[] all = [.. Enumerable.Range(0, ranges).Select(
            i => new CheckedRange(9_000_000_000_000L + (i * 1000), 9_000_000_000_500L + (i * 1000), ulong.MaxValue))];
        var record = new PartialRecord(
            new ObjectIdentity("https://h/" + new string('a', addressLength), "\"t\"", long.MaxValue), all, all, "b");

        byte[] line = record.ToLine(1);
        var parsed = PartialRecord.Parse(line);

        Assert.Equal(kept is null ? 0 : PartialRecord.LineLength, line.Length);
        Assert.Equal(kept, parsed?.Record.Flushed.Count);
        Assert.Equal(kept, parsed?.Record.Written.Count);
        Assert.Equal(all.Take(kept ?? 0), parsed?.Record.Flushed ?? []);
    }
}
