using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;

namespace BackupLinks.Http;

/// <summary>How long to wait before a request is sent again.</summary>
internal static class RetryDelay
{
    // A service may require a day; an operator's window is shorter. Some count by the minute.
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(60);

    /// <summary>Exponential backoff with full jitter: anything from nothing to the doubled interval.</summary>
    /// <param name="interval">The upper bound of the first delay.</param>
    /// <param name="retry">0 for the first retry.</param>
    /// <param name="random">A number from 0 to 1.</param>
    public static TimeSpan Backoff(TimeSpan interval, int retry, double random)
    {
        // A delay longer than the longest backoff is granted.
        double longest = Math.Max(interval.TotalSeconds, LongestBackoff.TotalSeconds);
        double bound = Math.Min(interval.TotalSeconds * Math.Pow(2, Math.Min(retry, 16)), longest);
        return TimeSpan.FromSeconds(bound * random);
    }

    /// <summary>The longest time that a request waits at once because its host limits requests.</summary>
    /// <param name="interval">
    /// The upper bound of the first delay; a caller who sets it higher waits that long.
    /// </param>
    public static TimeSpan LongestHold(TimeSpan interval) =>
        interval > LongestRetryAfter ? interval : LongestRetryAfter;

    /// <summary>
    /// How long a request waits for a host that limits requests: altogether, the longest hold for each retry.
    /// </summary>
    /// <param name="settings">How patient the caller is.</param>
    public static HostWaitLimits GetWaitLimits(RequestSettings settings)
    {
        var hold = LongestHold(settings.RetryInterval);
        return new HostWaitLimits(hold, TimeSpan.FromTicks(hold.Ticks * Math.Max(1, settings.MaximumRetryCount)));
    }

    /// <summary>
    /// The delay of <c>Retry-After</c>, as seconds or as a date; null when there is none that makes sense
    /// (garbage, negative, in the past). A date is of the host's clock, so its distance is that from <c>Date</c>.
    /// </summary>
    /// <param name="response">The response.</param>
    /// <param name="hostTime">The time, for a response that does not say it.</param>
    public static TimeSpan? FromHeader(HttpResponseMessage response, DateTimeOffset hostTime)
    {
        RetryConditionHeaderValue? header = response.Headers.RetryAfter;
        bool isFresh = response.Headers.Date is not null && !response.Headers.Contains("Age");
        var now = isFresh ? response.Headers.Date!.Value : hostTime;
        var requested = header?.Delta ?? (header?.Date - now);
        return requested > TimeSpan.Zero ? requested : null;
    }

    /// <summary>The delay of a header with milliseconds; null when there is none that makes sense.</summary>
    /// <param name="response">The response.</param>
    /// <param name="header">The name of the header; null for none.</param>
    public static TimeSpan? FromMilliseconds(HttpResponseMessage response, string? header) =>
        header is not null && response.Headers.TryGetValues(header, out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds)
        && milliseconds > 0
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
}
