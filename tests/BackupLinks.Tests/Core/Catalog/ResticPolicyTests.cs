using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>
/// The schedule and the policies that restic 0.16 is tested with, and what it keeps: testdata/policy_keep_snapshots_*
/// of https://github.com/restic/restic/tree/v0.16.4/internal/restic, without the policies of tags.
/// </summary>
public sealed class ResticPolicyTests : RetentionTest
{
    private static readonly Dictionary<string, string> Days = new()
    {
        ["2014-08"] = "08 10 12 13 13.1 15 18 20 21 22",
        ["2014-09"] = "01 02 05 06 08 09 10 11 20 22",
        ["2014-10"] = "01 02 05 06 08 09 10 11 20 22",
        ["2014-11"] = "08 10 12 13 13.1 15 18 20 21 22",
        ["2015-08"] = "08 10 12 13 13.1 15 18 20 21 22",
        ["2015-09"] = "01 02 05 06 08 09 10 11 20 22",
        ["2015-10"] = "01 02 05 06 08 09 10 11 20 22 22 22 22 22",
        ["2015-11"] = "08 10 12 13 13.1 15 18 20 21 22",
    };

    private static readonly string[] January2016 =
    [
        "01 01:02:03", "01 01:03:03", "01 07:08:03", "03 07:02:03", "04 10:23:03", "04 11:23:03", "04 12:23:03",
        "04 12:24:03", "04 12:28:03", "04 12:30:03", "04 16:23:03", "05 09:02:03", "06 08:02:03", "07 10:02:03",
        "08 20:02:03", "09 21:02:03", "12 21:02:03", "12 21:08:03", "18 12:02:03",
    ];

    /// <summary>A policy, and the places in the schedule, newest first, that it keeps.</summary>
    public static TheoryData<string, string> Policies => new()
    {
        { "Last 10", "0-9" },
        { "Last 15", "0-14" },
        { "Last 99", "0-98" },
        { "Last 200", "0-102" },
        { "Hourly 20", "0-1 3-9 13-17 19-24" },
        { "Daily 3", "0-1 3" },
        { "Daily 10", "0-1 3-8 15-16" },
        { "Daily 30", "0-1 3-8 15-16 19-24 26-29 34-43" },
        { "Last 5, Daily 5", "0-5" },
        { "Last 2, Daily 10", "0-1 3-8 15-16" },
        { "Weekly 2", "0-1" },
        { "Weekly 4", "0-1 3 15" },
        { "Daily 3, Weekly 4", "0-1 3 15" },
        { "Monthly 6", "0 19 29 43 53 63" },
        { "Daily 2, Weekly 2, Monthly 6", "0-1 19 29 43 53 63" },
        { "Yearly 10", "0 19 63 102" },
        { "Daily 7, Weekly 2, Monthly 3, Yearly 10", "0-1 3-7 19 29 63 102" },
        { "Within 1d", "0" },
        { "Within 2d", "0" },
        { "Within 7d", "0-2" },
        { "Within 1m", "0-18" },
        { "Within 1m14d", "0-18" },
        { "Within 1y1d1m", "0-62" },
        { "Within 13d23h", "0-8" },
        { "Within 2m2h", "0-22" },
        { "Within 1y2m3d3h", "0-67" },
        { "WithinHourly 1y2m3d3h", "0-1 3-9 13-17 19-24 26-29 34-58 60-67" },
        { "WithinDaily 1y2m3d3h", "0-1 3-8 15-16 19-24 26-29 34-58 60-67" },
        { "WithinWeekly 1y2m3d3h", "0-1 3 15 19 23 28-29 35 41 43-45 49 53 57 62-63 67" },
        { "WithinMonthly 1y2m3d3h", "0 19 29 43 53 63" },
        { "WithinYearly 1y2m3d3h", "0 19 63" },
        {
            "Within 1h, WithinHourly 1d, WithinDaily 7d, WithinWeekly 1m, WithinMonthly 1y, WithinYearly 9999y",
            "0-1 3 15 19 29 43 53 63 102"
        },
        { "Last -1", "0-102" },
        { "Last -1, Hourly -1", "0-102" },
        { "Hourly -1", "0-1 3-9 13-17 19-24 26-29 34-58 60-68 70-98 100-102" },
        { "Daily 3, Weekly 2, Monthly -1, Yearly -1", "0-1 3 19 29 43 53 63 73 83 93 102" },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_policy_keeps_what_restic_keeps(string policy, string kept)
    {
        var schedule = Schedule().OrderBy(file => file.Time).ThenBy(file => file.Id, StringComparer.Ordinal).ToArray();

        var plan = Plan(string.Join(", ", policy.Split(", ").Select(rule => $"Keep{rule}")), schedule);

        var expected = Expand(kept).Select(place => schedule[^(place + 1)].Id).Order();
        Assert.Equal(expected, Kept(plan).Order());
        Assert.Equal(schedule.Length, Kept(plan).Length + Removed(plan).Length);
    }

    [Fact]
    public void Sundays_fill_the_places_of_days()
    {
        // The first example of the document.
        var sundays = Enumerable.Range(0, 12).Select(week => SavedFile.At("2019-09-01T11:00:00") with
        {
            Id = $"{week:00}",
            Time = SavedFile.Parse("2019-09-01T11:00:00").AddDays(7 * week),
        });

        var plan = Plan("KeepDaily 4", [.. sundays]);

        Assert.Equal(["08", "09", "10", "11"], Kept(plan));
        Assert.Equal("daily", Reasons(plan, "08"));
    }

    [Fact]
    public void A_hundred_years_keep_what_the_document_counts()
    {
        var days = Enumerable.Range(0, 36525).Select(day => new SavedFile(
            day.ToString("00000", CultureInfo.InvariantCulture), SavedFile.Parse("1920-01-01").AddDays(day)));

        var plan = Plan("KeepDaily 7, KeepWeekly 5, KeepMonthly 12, KeepYearly 75", [.. days]);

        // 31 December 2019 is a Tuesday: the last seven days have one end of a week, and of the month, and of the year.
        Assert.Equal(7 + 3 + 11 + 74, Kept(plan).Length);
    }

    private static IEnumerable<SavedFile> Schedule()
    {
        int number = 0;
        foreach (var (month, days) in Days)
        {
            foreach (string day in days.Split(' '))
            {
                string[] parts = day.Split('.');
                string fraction = parts.Length > 1 ? $".{parts[1]}" : "";
                yield return SavedFile.At($"{month}-{parts[0]}T10:20:30{fraction}Z", $"{number++:000}");
            }
        }

        foreach (string time in January2016)
            yield return SavedFile.At($"2016-01-{time}Z", $"{number++:000}");
    }

    private static IEnumerable<int> Expand(string ranges) => ranges.Split(' ').Select(range => range.Split('-'))
        .Select(ends => ends.Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray())
        .SelectMany(ends => Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
}
