using System;
using System.Management.Automation;
using BackupLinks.Pipeline;

namespace BackupLinks.Tests.Core;

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
    public void A_record_says_how_many_how_fast_and_how_long_it_takes_yet()
    {
        _clock.Advance(TimeSpan.FromSeconds(2));

        var record = Assert.Single(_meter.Next(5, 20));

        Assert.Equal(("Get-It", 7, "5 of 20, 2.5 a second", 25, 6), (record.Activity, record.ActivityId, record.StatusDescription, record.PercentComplete, record.SecondsRemaining));
    }

    [Fact]
    public void Without_a_total_there_is_no_percentage_and_no_end_in_sight()
    {
        _clock.Advance(TimeSpan.FromSeconds(2));

        var record = Assert.Single(_meter.Next(5, null));

        Assert.Equal(("5 done, 2.5 a second", -1, -1), (record.StatusDescription, record.PercentComplete, record.SecondsRemaining));
    }

    [Fact]
    public void What_was_shown_is_completed_once()
    {
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Single(_meter.Next(1, 2));

        Assert.Equal(ProgressRecordType.Completed, Assert.Single(_meter.Complete()).RecordType);
        Assert.Empty(_meter.Complete());
    }
}
