using System;

namespace BackupLinks.Catalog.Retention;

/// <summary>One rule: the newest backups of so many periods, or of all periods within a duration.</summary>
/// <param name="Name">What the rule calls a backup that it keeps: <c>daily</c>, <c>daily within 7d</c>.</param>
/// <param name="Period">The period of which it keeps the newest backup.</param>
/// <param name="Count">The number of places; null for a rule with a duration, or without a limit.</param>
/// <param name="Within">The duration, back from the newest backup; null for a rule with places.</param>
internal sealed record RetentionRule(string Name, RetentionPeriod Period, int? Count, RetentionDuration? Within)
{
    private const int DaysOfWeek = 7;

    /// <summary>A number for the period that a time is in: the same for all times of that period.</summary>
    /// <param name="local">The time on the clock of the zone. The hour that comes twice in autumn is one hour.</param>
    public long GetPeriod(DateTime local) => Period switch
    {
        RetentionPeriod.Hour => local.Ticks / TimeSpan.TicksPerHour,
        RetentionPeriod.Day => local.Ticks / TimeSpan.TicksPerDay,
        RetentionPeriod.Week => GetWeek(local),
        RetentionPeriod.Month => (local.Year * 12) + local.Month,
        RetentionPeriod.Year => local.Year,
        _ => throw new InvalidOperationException("Each backup is a period of its own."),
    };

    // Weeks of the calendar have no end at New Year: the one of 31 December 2024 has four days of 2025. The first
    // day of year 1 was a Monday.
    private static long GetWeek(DateTime local) => local.Ticks / TimeSpan.TicksPerDay / DaysOfWeek;
}
