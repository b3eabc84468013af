using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;

namespace BackupLinks.Http;

/// <summary>
/// Marks a response whose <c>Retry-After</c> is longer than a command waits, with the time to come back. The mark is
/// a header that exists only inside this process.
/// </summary>
internal static class RetryAfterTime
{
    private const string Header = "X-BackupLinks-Come-Back";

    /// <summary>Sets the mark, or takes away what a server sent in its place.</summary>
    /// <param name="response">The response.</param>
    /// <param name="time">The time, as <see cref="Format"/> has it; null for none.</param>
    public static void Mark(HttpResponseMessage response, string? time)
    {
        response.Headers.Remove(Header);
        if (time is not null)
            response.Headers.Add(Header, time);
    }

    /// <summary>The time to come back: "14:05 UTC"; null for a response that is not marked.</summary>
    public static string? Get(HttpResponseMessage response) =>
        response.Headers.TryGetValues(Header, out var values) ? values.First() : null;

    /// <summary>The end of a wait, to the minute, rounded up; with the day unless it is today.</summary>
    /// <param name="now">The time.</param>
    /// <param name="wait">How long to wait.</param>
    public static string Format(DateTimeOffset now, TimeSpan wait)
    {
        var longest = DateTimeOffset.MaxValue - now - TimeSpan.FromDays(1);
        var end = now.ToUniversalTime() + (wait < longest ? wait : longest);
        long minutes = (end.Ticks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute;
        var minute = new DateTimeOffset(minutes * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        string format = minute.Date == now.UtcDateTime.Date ? "HH:mm" : "yyyy-MM-dd HH:mm";
        return minute.ToString(format, CultureInfo.InvariantCulture) + " UTC";
    }
}
