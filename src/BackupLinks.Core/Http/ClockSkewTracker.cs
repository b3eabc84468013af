using System;
using System.Collections.Concurrent;
using System.Net.Http;
using BackupLinks.Time;

namespace BackupLinks.Http;

/// <summary>
/// The time by each host's own clock. A gateway refuses a signature that is more than 15 minutes off, and
/// this machine's clock may be wrong; the host's responses say by how much.
/// </summary>
internal sealed class ClockSkewTracker(Clock clock)
{
    // More than a slow response and a Date header of whole seconds can explain.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(4);

    // No clock that works is outside; some servers send the first or the last day that there is.
    private const int FirstYear = 2000;
    private const int LastYear = 2199;

    private readonly ConcurrentDictionary<string, TimeSpan> _offsets = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, TimeSpan> _observed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Now, as this machine's clock has it.</summary>
    public DateTimeOffset GetLocalTime() => clock.GetUtcNow();

    /// <summary>Now, as the host of the address sees it.</summary>
    public DateTimeOffset GetUtcNow(Uri address) =>
        clock.GetUtcNow() + (_offsets.TryGetValue(address.Authority, out var offset) ? offset : TimeSpan.Zero);

    /// <summary>
    /// Now, as the first of the hosts sees it whose time is known. For what only that host decides, such as whether a
    /// link has expired; signatures go by <see cref="GetUtcNow(Uri)"/>.
    /// </summary>
    /// <param name="address">The host that decides.</param>
    /// <param name="other">The next best; null for none.</param>
    public DateTimeOffset GetUtcNow(Uri address, Uri? other) =>
        clock.GetUtcNow() + (FindOffset(address) ?? FindOffset(other) ?? TimeSpan.Zero);

    /// <summary>True when a response of the host has told its time.</summary>
    public bool IsKnown(Uri? address) => FindOffset(address) is not null;

    /// <summary>Notes the host's time, if its response tells it. A response out of a cache does not.</summary>
    /// <param name="address">The address of the request.</param>
    /// <param name="response">The response.</param>
    public void Observe(Uri address, HttpResponseMessage response)
    {
        if (ReadDate(response) is not { } date)
            return;
        var offset = date - clock.GetUtcNow();
        _observed[address.Authority] = IsOff(offset) ? offset : TimeSpan.Zero;
    }

    private static DateTimeOffset? ReadDate(HttpResponseMessage response) =>
        response.Headers.Date is { Year: >= FirstYear and <= LastYear } date && !response.Headers.Contains("Age")
            ? date : null;

    private TimeSpan? FindOffset(Uri? address) =>
        address is null ? null
        : _observed.TryGetValue(address.Authority, out var seen) ? seen
        : _offsets.TryGetValue(address.Authority, out var learned) ? learned
        : null;

    /// <summary>
    /// Learns the host's time from a response. A response out of a cache (it has an <c>Age</c>) or without a
    /// <c>Date</c> teaches nothing.
    /// </summary>
    /// <param name="address">The address of the request.</param>
    /// <param name="response">The response.</param>
    /// <param name="signedAt">The time that the request claimed to be sent at.</param>
    /// <returns>
    /// How far this machine's clock is from the host's, and whether that was not known yet; null when the claim was
    /// within the tolerance.
    /// </returns>
    public (TimeSpan Offset, bool IsNew)? Learn(Uri address, HttpResponseMessage response, DateTimeOffset signedAt)
    {
        if (ReadDate(response) is not { } date || !IsOff(date - signedAt))
            return null;
        lock (_offsets)
        {
            var offset = date - clock.GetUtcNow();
            bool isNew = IsOff(date - GetUtcNow(address));
            _offsets[address.Authority] = offset;
            return (offset, isNew);
        }
    }

    /// <summary>True for a difference that slow responses and whole seconds do not explain.</summary>
    public static bool IsOff(TimeSpan difference) => difference.Duration() > Tolerance;
}
