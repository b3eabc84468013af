using System;
using System.Management.Automation;
using BackupLinks.Concurrency;
using BackupLinks.Formatting;
using BackupLinks.Http;
using BackupLinks.Tests.Core;

namespace BackupLinks.Tests.Module;

public sealed class ProgressMeterTests
{
    private readonly ManualClock _clock = new();
    private readonly ProgressMeter _meter;

    public ProgressMeterTests() => _meter = new ProgressMeter("Get-It", 7, _clock);

    [Fact]
    public void A_command_of_less_than_a_second_shows_nothing_not_even_an_end()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(999));

        Assert.Empty(_meter.Next(5, 10));
        Assert.Empty(_meter.Complete());
    }

    [Fact]
    public void After_the_first_second_a_record_is_due_four_times_a_second()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(_meter.Next(5, 10));
        _clock.Advance(TimeSpan.FromMilliseconds(249));
        Assert.Empty(_meter.Next(6, 10));
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Single(_meter.Next(7, 10));
    }

    [Fact]
    public void A_record_that_came_late_is_followed_by_the_next_one_a_quarter_of_a_second_later()
    {
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Single(_meter.Next(5, 10));
        _clock.Advance(TimeSpan.FromMilliseconds(249));

        Assert.Empty(_meter.Next(6, 10));
    }

    [Theory]
    [InlineData(2, 3L, 66)]
    [InlineData(3, 3L, 100)]
    [InlineData(0, 0L, -1)]
    public void A_percentage_is_not_rounded_up_and_nothing_has_none(int done, long total, int percent)
    {
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(percent, Assert.Single(_meter.Next(done, total)).PercentComplete);
    }

    [Fact]
    public void More_seconds_than_fit_are_as_many_as_fit()
    {
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(int.MaxValue, Assert.Single(_meter.Next(1, long.MaxValue / 200)).SecondsRemaining);
    }

    [Fact]
    public void A_record_says_how_many_how_fast_and_how_long_it_takes_yet()
    {
        _clock.Advance(TimeSpan.FromSeconds(2));

        var record = Assert.Single(_meter.Next(5, 20));

        Assert.Equal(
            ("Get-It", 7, "5 of 20, 2.5 a second", 25, 6),
            (record.Activity, record.ActivityId, record.StatusDescription, record.PercentComplete,
                record.SecondsRemaining));
    }

    [Fact]
    public void Without_a_total_there_is_no_percentage_and_no_end_in_sight()
    {
        _clock.Advance(TimeSpan.FromSeconds(2));

        var record = Assert.Single(_meter.Next(5, null));

        Assert.Equal(
            ("5 done, 2.5 a second", -1, -1),
            (record.StatusDescription, record.PercentComplete, record.SecondsRemaining));
    }

    [Fact]
    public void Before_the_first_is_done_no_end_is_in_sight()
    {
        _clock.Advance(TimeSpan.FromSeconds(2));

        var record = Assert.Single(_meter.Next(0, 20));

        Assert.Equal(
            ("0 of 20, 0.0 a second", 0, -1),
            (record.StatusDescription, record.PercentComplete, record.SecondsRemaining));
    }

    [Fact]
    public void What_was_shown_is_completed_once()
    {
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Single(_meter.Next(1, 2));

        Assert.Equal(ProgressRecordType.Completed, Assert.Single(_meter.Complete()).RecordType);
        Assert.Empty(_meter.Complete());
    }

    [Fact]
    public void A_record_says_what_is_waited_for_while_it_is()
    {
        var waits = new RequestWaits();
        var meter = new ProgressMeter("Get-It", 7, _clock, waits);
        _clock.Advance(TimeSpan.FromSeconds(2));
        using (waits.Add(_clock.GetUtcNow().AddSeconds(2.5), "retry 2 of 4", "HTTP 503"))
            Assert.Equal(
                "5 of 20, 2.5 a second; retry 2 of 4 in 3 s: HTTP 503",
                Assert.Single(meter.Next(5, 20)).StatusDescription);
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("5 of 20, 1.0 a second", Assert.Single(meter.Next(5, 20)).StatusDescription);
    }

    [Fact]
    public void The_line_of_all_files_says_what_is_waited_for()
    {
        var waits = new RequestWaits();
        var progress = new SaveProgress("Save-It", 7, 2, _clock, waits);
        _clock.Advance(TimeSpan.FromSeconds(2));
        using var wait = waits.Add(
            _clock.GetUtcNow().AddSeconds(9), "next request to store.example", "it limits requests");

        var record = Assert.Single(progress.Next(1, 3));

        Assert.EndsWith(
            "/s; next request to store.example in 9 s: it limits requests", record.StatusDescription,
            StringComparison.Ordinal);
    }
}
