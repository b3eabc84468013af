using System;
using BackupLinks.Catalog.Retention;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>Hours, days, weeks, months and years on the clock of a zone.</summary>
public sealed class RetentionCalendarTests : RetentionTest
{
    private static readonly TimeZoneInfo Berlin = TestZone.Find("Europe/Berlin");

    [Fact]
    public void The_newest_of_a_period_stays()
    {
        var plan = Plan("KeepDaily 2", At("2026-01-01T01:00"), At("2026-01-02T01:00"), At("2026-01-02T23:00"));

        Assert.Equal(["2026-01-01T01:00", "2026-01-02T23:00"], Kept(plan));
        Assert.Equal(["2026-01-02T01:00"], Removed(plan));
        Assert.Equal("no rule keeps it", Reasons(plan, "2026-01-02T01:00"));
    }

    [Fact]
    public void All_rules_that_keep_a_backup_are_named()
    {
        var plan = Plan("KeepLast 1, KeepDaily 1, KeepYearly 1, KeepWithin 7d", At("2026-01-01"));

        Assert.Equal(
            "last, daily, yearly, within 7d, the newest full that is not known to be bad", Reasons(plan, "2026-01-01"));
    }

    [Fact]
    public void The_oldest_stays_while_a_count_is_left()
    {
        var plan = Plan("KeepWeekly 3", At("2026-01-05"), At("2026-01-06"), At("2026-01-11"), At("2026-01-12"));

        Assert.Equal(["2026-01-05", "2026-01-11", "2026-01-12"], Kept(plan));
        Assert.Equal("oldest weekly", Reasons(plan, "2026-01-05"));
        Assert.Equal("weekly", Reasons(plan, "2026-01-11"));
    }

    [Fact]
    public void The_oldest_goes_when_no_count_is_left()
    {
        var plan = Plan("KeepWeekly 2", At("2026-01-05"), At("2026-01-06"), At("2026-01-11"), At("2026-01-12"));

        Assert.Equal(["2026-01-11", "2026-01-12"], Kept(plan));
    }

    [Fact]
    public void Weeks_are_those_of_ISO_8601_and_2026_has_53()
    {
        // Monday 28 December 2026 to Sunday 3 January 2027 is one week.
        var plan = Plan(
            "KeepWeekly Unlimited",
            At("2025-12-01"), At("2026-12-27"), At("2026-12-28"), At("2026-12-31"), At("2027-01-01"), At("2027-01-03"),
            At("2027-01-04"));

        Assert.Equal(["2025-12-01", "2026-12-27", "2027-01-03", "2027-01-04"], Kept(plan));
    }

    [Fact]
    public void Years_and_months_end_at_midnight_of_the_zone()
    {
        // 23:30 of 31 December in UTC is New Year in Berlin.
        SavedFile[] files = [At("2025-12-30T12:00Z"), At("2025-12-31T22:30Z"), At("2025-12-31T23:30Z")];

        Assert.Equal(["2025-12-31T22:30Z", "2025-12-31T23:30Z"], Kept(In(Berlin, "KeepMonthly 2", files)));
        Assert.Equal(["2025-12-30T12:00Z", "2025-12-31T23:30Z"], Kept(Plan("KeepYearly 2", files)));
    }

    [Fact]
    public void The_hour_that_comes_twice_is_one_hour()
    {
        // 02:10 and 02:50 of summer time, and 02:10 and 02:50 again.
        var plan = In(
            Berlin,
            "KeepHourly 3",
            At("2026-10-24T23:50Z"), At("2026-10-25T00:10Z"), At("2026-10-25T00:50Z"), At("2026-10-25T01:10Z"),
            At("2026-10-25T01:50Z"), At("2026-10-25T02:10Z"));

        Assert.Equal(["2026-10-24T23:50Z", "2026-10-25T01:50Z", "2026-10-25T02:10Z"], Kept(plan));
    }

    [Fact]
    public void A_day_that_comes_twice_is_one_day()
    {
        // In St. John's the clocks went back from 00:01 to 23:01: 7 November began, and 6 November went on.
        var zone = TestZone.Find("America/St_Johns");
        var plan = In(
            zone,
            "KeepDaily 2",
            At("2010-11-06T12:00Z"), At("2010-11-07T02:30:30Z"), At("2010-11-07T03:00Z"), At("2010-11-07T12:00Z"));

        Assert.Equal(["2010-11-07T03:00Z", "2010-11-07T12:00Z"], Kept(plan));
    }

    [Theory]
    [InlineData("2026-03-31T03:00Z", "1m", "2026-02-28T03:00Z")]
    [InlineData("2024-03-31T03:00Z", "1m", "2024-02-29T03:00Z")]
    [InlineData("2024-02-29T03:00Z", "1y", "2023-02-28T03:00Z")]
    [InlineData("2024-02-29T03:00Z", "4y", "2020-02-29T03:00Z")]
    [InlineData("2026-05-31T03:00Z", "1y3m", "2025-02-28T03:00Z")]
    [InlineData("2026-03-31T03:00Z", "1m1d1h", "2026-02-27T02:00Z")]
    [InlineData("2026-01-01T00:00Z", "36h", "2025-12-30T12:00Z")]
    [InlineData("2026-01-01T00:00Z", "1.12:00:00", "2025-12-30T12:00Z")]
    public void Months_are_those_of_the_calendar(string time, string duration, string expected) => Assert.Equal(
        SavedFile.Parse(expected), RetentionDuration.Parse(duration)!.Before(SavedFile.Parse(time), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("2026-03-29T03:00+02:00", "1d", "2026-03-28T03:00+01:00")] // 23 hours
    [InlineData("2026-10-25T03:00+01:00", "1d", "2026-10-24T03:00+02:00")] // 25 hours
    [InlineData("2026-10-25T03:00+01:00", "24h", "2026-10-24T04:00+02:00")]
    [InlineData("2026-10-26T02:30+01:00", "1d", "2026-10-25T02:30+02:00")] // the first of two
    [InlineData("2026-03-30T02:30+02:00", "1d", "2026-03-29T03:30+02:00")] // 02:30 did not come
    [InlineData("2026-10-25T02:30+01:00", "1h", "2026-10-25T02:30+02:00")]
    public void A_day_is_one_of_the_clock_and_an_hour_is_60_minutes(string time, string duration, string expected) =>
        Assert.Equal(
            SavedFile.Parse(expected), RetentionDuration.Parse(duration)!.Before(SavedFile.Parse(time), Berlin));

    [Fact]
    public void A_duration_before_the_calendar_is_its_beginning() => Assert.Equal(
        DateTimeOffset.MinValue, RetentionDuration.Parse("999999y")!.Before(FarLater, Berlin));

    [Fact]
    public void A_duration_leaves_out_its_own_beginning()
    {
        var plan = Plan("KeepWithin 7d", At("2026-01-01T03:00"), At("2026-01-01T03:00:01"), At("2026-01-08T03:00"));

        Assert.Equal(["2026-01-01T03:00:01", "2026-01-08T03:00"], Kept(plan));
    }

    [Fact]
    public void A_duration_goes_back_from_the_newest_so_that_nothing_goes_where_backups_have_stopped()
    {
        var plan = Plan("KeepWithinDaily 7d", At("2020-01-01"), At("2020-01-02"), At("2020-01-03"));

        Assert.Equal(3, Kept(plan).Length);
    }

    [Fact]
    public void A_backup_of_the_future_does_not_make_others_go()
    {
        var settings = new RetentionSettings(
            Rules("KeepWithin 7d"), SavedFile.Parse("2026-01-10"), TimeZoneInfo.Utc);

        var plan = Plan(settings, [At("2026-01-01"), At("2026-01-04"), At("2026-01-10"), At("2062-01-01")]);

        Assert.Equal(["2026-01-04", "2026-01-10", "2062-01-01"], Kept(plan));
        Assert.Equal(2, Kept(Plan(settings, [At("2061-01-01"), At("2062-01-01")])).Length);
    }

    [Fact]
    public void Of_two_with_one_time_the_one_saved_later_is_the_newer_then_the_greater_id()
    {
        var time = SavedFile.Parse("2026-01-01");
        SavedFile[] files =
        [
            new("c", time) { SavedAt = time.AddHours(1) }, new("a", time) { SavedAt = time.AddHours(2) },
            new("b", time) { SavedAt = time.AddHours(1) },
        ];

        Assert.Equal(["a"], Kept(Plan("KeepLast 1", files)));
        Assert.Equal(["c", "a"], Kept(Plan("KeepLast 2", files)));
    }

    private static SavedFile At(string time) => SavedFile.At(time);

    private static RetentionPlan In(TimeZoneInfo zone, string rules, params SavedFile[] files) =>
        Plan(new RetentionSettings(Rules(rules), FarLater, zone), files);
}
