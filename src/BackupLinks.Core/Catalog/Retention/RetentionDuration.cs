using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BackupLinks.Catalog.Retention;

/// <summary>A length of time in the units of the calendar: <c>1y6m10d12h</c>, or a TimeSpan.</summary>
/// <param name="Months">Years and months, in months.</param>
/// <param name="Days">Days of the calendar, which may have 23 or 25 hours.</param>
/// <param name="Time">Hours, or the whole TimeSpan.</param>
/// <param name="Text">The duration as the caller wrote it.</param>
internal sealed record RetentionDuration(int Months, int Days, TimeSpan Time, string Text)
{
    /// <summary>The forms that are read, for messages.</summary>
    public const string Forms = "7d, 1y6m10d12h or 1.12:00:00";

    // Seven digits are 10,000 years in days, and 1,000 in hours.
    private static readonly Regex Part = new(
        @"\G(?<number>[0-9]{1,7})(?<unit>[ymdh])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>True for a duration that no backup is within.</summary>
    public bool IsZero => Months == 0 && Days == 0 && Time == TimeSpan.Zero;

    /// <summary>Reads a duration; units come in any order, each at most once.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Null for a text that is not a duration, or that is negative.</returns>
    public static RetentionDuration? Parse(string text)
    {
        text = text.Trim();
        // Only the one form that a TimeSpan has as text: to the framework, 7 and 30:00:00 are days, too.
        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time))
            return time >= TimeSpan.Zero && text.IndexOf(':') >= 0 ? new RetentionDuration(0, 0, time, text) : null;

        int[] numbers = new int["ymdh".Length];
        string units = "";
        int end = 0;
        for (var match = Part.Match(text); match.Success; match = match.NextMatch())
        {
            string unit = match.Groups["unit"].Value.ToLowerInvariant();
            if (units.Contains(unit))
                return null;
            units += unit;
            numbers["ymdh".IndexOf(unit, StringComparison.Ordinal)] =
                int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
            end = match.Index + match.Length;
        }

        return units.Length > 0 && end == text.Length
            ? new RetentionDuration(numbers[0] * 12 + numbers[1], numbers[2], TimeSpan.FromHours(numbers[3]), text)
            : null;
    }

    /// <summary>
    /// The moment so long before another. Months and days are those of the clock on the wall: a day before 03:00 is
    /// 03:00, also when the clocks were changed between.
    /// </summary>
    /// <param name="time">The other moment.</param>
    /// <param name="zone">The zone of the clock.</param>
    /// <returns>The first moment of all for one that no calendar has.</returns>
    public DateTimeOffset Before(DateTimeOffset time, TimeZoneInfo zone)
    {
        try
        {
            var local = TimeZoneInfo.ConvertTime(time, zone).DateTime;
            var calendar = Months == 0 && Days == 0 ? time : ToMoment(local.AddMonths(-Months).AddDays(-Days), zone);
            return calendar - Time;
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTimeOffset.MinValue;
        }
    }

    // A time that comes twice is the first of the two, so that nothing goes too early. One that does not come, because
    // the clocks skip it, is as long after the change as it is behind the clocks' jump.
    private static DateTimeOffset ToMoment(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsAmbiguousTime(local))
        {
            var offsets = zone.GetAmbiguousTimeOffsets(local);
            return new DateTimeOffset(local, offsets[0] > offsets[1] ? offsets[0] : offsets[1]);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
