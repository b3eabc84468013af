using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BackupLinks.Time;

/// <summary>Ages as people write them: <c>26h</c>, <c>1d12h</c>, <c>90m</c>.</summary>
internal static class AgeText
{
    /// <summary>The forms that are read, for messages.</summary>
    public const string Forms = "26h, 1d12h, 90m or 1.02:00:00";

    private static readonly Regex Parts = new(
        @"^(?:\s*(?<w>[0-9]+(?:\.[0-9]+)?)\s*(?:w|weeks?))?(?:\s*(?<d>[0-9]+(?:\.[0-9]+)?)\s*(?:d|days?))?"
        + @"(?:\s*(?<h>[0-9]+(?:\.[0-9]+)?)\s*(?:h|hours?))?"
        + @"(?:\s*(?<m>[0-9]+(?:\.[0-9]+)?)\s*(?:m|min|minutes?))?"
        + @"(?:\s*(?<s>[0-9]+(?:\.[0-9]+)?)\s*(?:s|sec|seconds?))?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("w", TimeSpan.FromDays(7)), ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)),
    ];

    /// <summary>A point in time as messages have it: <c>2026-01-15 03:00Z</c>.</summary>
    public static string FormatMoment(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads an age; a bare number is not one, because it could be hours or days.</summary>
    /// <param name="text">The text.</param>
    /// <param name="age">The age, which may be zero.</param>
    public static bool TryParse(string text, out TimeSpan age)
    {
        age = TimeSpan.Zero;
        // With a colon it is the framework's own form; without one, that form is a number of days.
        if (text.IndexOf(':') >= 0)
            return TimeSpan.TryParse(text.Trim(), CultureInfo.InvariantCulture, out age);
        var match = Parts.Match(text);
        double seconds = 0;
        bool isGiven = false;
        foreach (var (unit, length) in Units)
        {
            if (!match.Groups[unit].Success)
                continue;
            isGiven = true;
            seconds += double.Parse(match.Groups[unit].Value, CultureInfo.InvariantCulture) * length.TotalSeconds;
        }

        if (!isGiven || seconds >= TimeSpan.MaxValue.TotalSeconds)
            return false;
        age = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>
    /// An age for people, in its two largest units: <c>26 h 5 min</c>, <c>12 d 3 h</c>, <c>90 min</c>.
    /// </summary>
    public static string Format(TimeSpan age)
    {
        var (large, small, count, rest) = age.TotalDays >= 3 ? ("d", "h", Math.Floor(age.TotalDays), age.Hours)
            : age.TotalHours >= 2 ? ("h", "min", Math.Floor(age.TotalHours), age.Minutes)
            : ("min", "", Math.Floor(age.TotalMinutes), 0);
        return string.Format(
            CultureInfo.InvariantCulture, rest == 0 ? "{0:0} {1}" : "{0:0} {1} {2} {3}", count, large, rest, small);
    }
}
