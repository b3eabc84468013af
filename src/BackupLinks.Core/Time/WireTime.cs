using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BackupLinks.Time;

/// <summary>
/// Reads every spelling of a time that the vendors' documents show. The zone may be <c>Z</c>, <c>+0800</c>,
/// <c>+08:00</c>, <c>UTC</c> (GaussDB), or <c>_0800</c> (<c>2018-08-20T02:33:49_0800</c>, the page of TaurusDB). There
/// may be a space for the T, stray spaces, fractions, and epoch seconds or milliseconds. The RDS page has a day of
/// three digits (<c>2018-08-016T10:15:14+0800</c>). Alibaba Cloud omits seconds (<c>2024-01-15T08:30Z</c>).
/// </summary>
internal static class WireTime
{
    private const int SecondsDigits = 10;
    private const int MillisecondsDigits = 13;

    // The format that the services send, as far as is known; a list has thousands.
    private static readonly string[] UsualUtc = ["yyyy-MM-dd'T'HH:mm:ss.fff'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"];
    private const string UsualZoned = "yyyy-MM-dd'T'HH:mm:sszzz";
    private const string UsualUnzoned = "yyyy-MM-dd HH:mm:ss";

    private static readonly Regex Pattern = new(
        """
        ^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,3})
        T?(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(?<fraction>\.[0-9]+)?)?
        (?<zone>Z|UTC|(?<sign>[+_-])(?<zoneHour>[0-9]{2}):?(?<zoneMinute>[0-9]{2}))?$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text of the provider; null and blank are not a time.</param>
    /// <param name="assumedZone">The zone of a time that names none; null when such a time is of no use.</param>
    /// <returns>The time, or null when the text is none that can be relied on.</returns>
    public static DateTimeOffset? Parse(string? text, TimeSpan? assumedZone = null)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (TryParseUsual(text!, assumedZone, out var usual))
            return usual;
        // "2020-08-21 15:59:02" needs its date and time told apart before the stray spaces go.
        string trimmed = Regex.Replace(text!.Trim(), @"(?<=[0-9]{2})\s+(?=[0-9]{1,2}\s*:)", "T");
        string compact = Regex.Replace(trimmed, @"\s+", "");
        if (compact.Length is SecondsDigits or MillisecondsDigits
            && long.TryParse(compact, NumberStyles.None, CultureInfo.InvariantCulture, out long epoch))
        {
            return compact.Length == SecondsDigits
                ? DateTimeOffset.FromUnixTimeSeconds(epoch)
                : DateTimeOffset.FromUnixTimeMilliseconds(epoch);
        }

        var match = Pattern.Match(compact);
        if (!match.Success || GetZone(match, assumedZone) is not { } zone)
            return null;
        try
        {
            var local = new DateTime(
                Part(match, "year"), Part(match, "month"), Part(match, "day"),
                Part(match, "hour"), Part(match, "minute"), match.Groups["second"].Success ? Part(match, "second") : 0,
                DateTimeKind.Unspecified);
            decimal fraction = match.Groups["fraction"].Success
                ? decimal.Parse("0" + match.Groups["fraction"].Value, CultureInfo.InvariantCulture)
                : 0;
            return new DateTimeOffset(local, zone).AddTicks((long)(fraction * TimeSpan.TicksPerSecond));
        }
        catch (ArgumentException)
        {
            return null; // the 31st of February, or an offset of 99 hours
        }
    }

    private static bool TryParseUsual(string text, TimeSpan? assumedZone, out DateTimeOffset time)
    {
        if (text[text.Length - 1] == 'Z')
            return DateTimeOffset.TryParseExact(
                text, UsualUtc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
        if (DateTimeOffset.TryParseExact(text, UsualZoned, CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
            return true;
        bool isUsual = DateTime.TryParseExact(
            text, UsualUnzoned, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && assumedZone is not null && local.Year > 1;
        if (isUsual)
            time = new DateTimeOffset(local, assumedZone!.Value);
        return isUsual;
    }

    /// <summary>The time in whole seconds.</summary>
    /// <param name="time">The time.</param>
    /// <param name="up">True for the second that is not before it, false for the one that is not after it.</param>
    public static DateTimeOffset ToSecond(DateTimeOffset time, bool up)
    {
        long rest = time.UtcTicks % TimeSpan.TicksPerSecond;
        return up && rest > 0 && time.UtcTicks < DateTimeOffset.MaxValue.UtcTicks - TimeSpan.TicksPerSecond
            ? time.AddTicks(TimeSpan.TicksPerSecond - rest)
            : time.AddTicks(-rest);
    }

    private static TimeSpan? GetZone(Match match, TimeSpan? assumedZone)
    {
        if (!match.Groups["zone"].Success)
            return assumedZone;
        if (!match.Groups["sign"].Success)
            return TimeSpan.Zero;
        var offset = new TimeSpan(Part(match, "zoneHour"), Part(match, "zoneMinute"), 0);
        return match.Groups["sign"].Value == "-" ? -offset : offset;
    }

    private static int Part(Match match, string name) =>
        int.Parse(match.Groups[name].Value, NumberStyles.None, CultureInfo.InvariantCulture);
}
