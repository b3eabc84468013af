using System;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Formatting;
using BackupLinks.Tests.Core;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Module;

/// <summary>The lines of a job of files, by a clock that the test moves.</summary>
public sealed class SaveProgressTests
{
    private const int Job = 100;

    private readonly ManualClock _clock = new();
    private readonly SaveProgress _progress;

    public SaveProgressTests() => _progress = new SaveProgress("Save-It", Job, 2, _clock);

    [Fact]
    public void A_job_of_less_than_a_second_shows_nothing_not_even_an_end()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(999));

        Assert.Empty(_progress.Next(0, 2));
        Assert.Empty(_progress.Complete());
    }

    [Fact]
    public void After_the_first_second_records_are_due_four_times_a_second()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(_progress.Next(0, 2));
        _clock.Advance(TimeSpan.FromMilliseconds(249));
        Assert.Empty(_progress.Next(0, 2));
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Single(_progress.Next(0, 2));
    }

    [Fact]
    public void The_job_says_files_bytes_speed_and_the_time_that_is_left()
    {
        _progress.Expect(1_000_000);
        _progress.Expect(3_000_000);
        var meter = Begin("a.rdb", 1_000_000);
        _clock.Advance(TimeSpan.FromSeconds(1));
        meter.Add(500_000);
        First(0);
        _clock.Advance(TimeSpan.FromSeconds(1));
        meter.Add(250_000);

        var job = First(0);

        Assert.Equal((Job, "Save-It"), (job.ActivityId, job.Activity));
        Assert.StartsWith("0 of 2 files, ", job.StatusDescription);
        Assert.EndsWith(
            $"{Display.Size(750_000)} of {Display.Size(4_000_000)}, {Display.Size(250_000)}/s", job.StatusDescription);
        // 3,250,000 bytes at 250,000 a second.
        Assert.Equal((18, 13), (job.PercentComplete, job.SecondsRemaining));
    }

    [Fact]
    public void What_was_there_before_counts_as_there_and_not_as_speed()
    {
        _progress.Expect(1_000);
        var meter = Begin("a.rdb", 1_000, resumed: 600);
        _clock.Advance(TimeSpan.FromSeconds(1));
        First(0);
        _clock.Advance(TimeSpan.FromSeconds(1));
        meter.Add(100);

        var job = First(0);

        Assert.Equal(70, job.PercentComplete);
        Assert.Equal(3, job.SecondsRemaining);
    }

    [Fact]
    public void Speed_is_that_of_the_last_seconds()
    {
        _progress.Expect(100_000);
        var meter = Begin("a.rdb", 100_000);
        for (int second = 1; second <= 20; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            meter.Add(second <= 10 ? 5_000 : 100);
            _progress.Next(0, 1);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        meter.Add(100);

        Assert.EndsWith($", {Display.Size(100)}/s", First(0).StatusDescription);
    }

    [Fact]
    public void A_size_that_is_not_known_leaves_percentage_by_files_and_no_end_in_sight()
    {
        _progress.Expect(null);
        _progress.Expect(1_000);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var job = First(1, total: 4);

        Assert.Equal((25, -1), (job.PercentComplete, job.SecondsRemaining));
        Assert.DoesNotContain(" of " + Display.Size(1_000), job.StatusDescription);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(-1, First(1, total: null).PercentComplete);
    }

    [Fact]
    public void Every_file_on_its_way_has_a_line_below_the_job_and_loses_it_when_it_leaves()
    {
        var first = Begin("a.rdb", 1_000);
        var second = Begin("b.rdb", null);
        first.Add(250);
        second.Add(100);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var records = _progress.Next(0, null).ToArray();

        Assert.Equal([Job, Job + 1, Job + 2], records.Select(record => record.ActivityId));
        Assert.Equal(
            [("a.rdb", Job, 25, $"{Display.Size(250)} of {Display.Size(1_000)}"),
            ("b.rdb", Job, -1, Display.Size(100))],
            records.Skip(1).Select(
                record =>
                    (record.Activity, record.ParentActivityId, record.PercentComplete, record.StatusDescription)));

        _progress.Leave(first);
        _clock.Advance(TimeSpan.FromSeconds(1));
        records = [.. _progress.Next(1, null)];
        Assert.Equal(
            [(Job + 1, ProgressRecordType.Completed), (Job + 2, ProgressRecordType.Processing)],
            records.Skip(1).Select(record => (record.ActivityId, record.RecordType)));

        // The line is free again, and completed once more at the end.
        Begin("c.rdb", 10);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("c.rdb", _progress.Next(1, null).ElementAt(1).Activity);
        records = [.. _progress.Complete()];
        Assert.Equal([Job, Job + 1, Job + 2], records.Select(record => record.ActivityId).Order());
        Assert.All(records, record => Assert.Equal(ProgressRecordType.Completed, record.RecordType));
        Assert.Empty(_progress.Complete());
    }

    [Fact]
    public void A_file_that_left_still_counts_with_what_it_brought()
    {
        _progress.Expect(1_000);
        _progress.Expect(1_000);
        var first = Begin("a.rdb", 1_000, resumed: 400);
        first.Add(600);
        _progress.Leave(first);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var job = First(1);

        Assert.Equal(50, job.PercentComplete);
        Assert.StartsWith("1 of 2 files, ", job.StatusDescription);
    }

    private ProgressRecord First(long done, long? total = 2) => _progress.Next(done, total).First();

    private TransferProgress Begin(string name, long? size, long resumed = 0)
    {
        var meter = new TransferProgress(name);
        meter.Begin(size, resumed);
        _progress.Enter(meter, size);
        return meter;
    }
}
