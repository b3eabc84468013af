using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using BackupLinks.Http;
using BackupLinks.Time;

namespace BackupLinks.Concurrency;

/// <summary>
/// Decides when a progress record is due, and what it says: nothing in the first second, then at most four a
/// second, and a last one that completes it if there was any.
/// </summary>
/// <param name="activity">The activity, for the title.</param>
/// <param name="activityId">The id of the line.</param>
/// <param name="clock">The time.</param>
/// <param name="waits">The waits of requests; null when they are not shown.</param>
internal sealed class ProgressMeter(string activity, int activityId, Clock clock, RequestWaits? waits = null)
    : IProgressLines
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly DateTimeOffset _started = clock.GetUtcNow();
    private DateTimeOffset _due = clock.GetUtcNow() + Quiet;
    private bool _isShown;

    /// <summary>The time between two records.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public IEnumerable<ProgressRecord> Next(long done, long? total)
    {
        var now = clock.GetUtcNow();
        if (now < _due)
            return [];
        _due = now + Interval;
        _isShown = true;
        double rate = done / (now - _started).TotalSeconds;
        string count = total is { } all ? $"{done} of {all}" : $"{done} done";
        var record = new ProgressRecord(
            activityId, activity, string.Format(CultureInfo.InvariantCulture, "{0}, {1:0.0} a second", count, rate)
                + WaitText(waits, now))
        {
            PercentComplete = total is > 0 ? (int)(100 * done / total.Value) : -1,
        };
        if (total is { } end && rate > 0)
            record.SecondsRemaining = (int)Math.Min((end - done) / rate, int.MaxValue);
        return [record];
    }

    /// <summary>The reason of a wait, as the end of a status; or nothing.</summary>
    public static string WaitText(RequestWaits? waits, DateTimeOffset now) =>
        waits?.Describe(now) is { } wait ? "; " + wait : "";

    /// <inheritdoc/>
    public IEnumerable<ProgressRecord> Complete()
    {
        if (!_isShown)
            return [];
        _isShown = false;
        return [new ProgressRecord(activityId, activity, "Done") { RecordType = ProgressRecordType.Completed }];
    }
}
