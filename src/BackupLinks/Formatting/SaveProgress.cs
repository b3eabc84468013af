using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Concurrency;
using BackupLinks.Http;
using BackupLinks.Text;
using BackupLinks.Time;
using BackupLinks.Transfer;

namespace BackupLinks.Formatting;

/// <summary>
/// The progress of a job of files: one line for all, and one for each file on its way, on activity ids that are
/// used again. Nothing in the first second, then at most four updates a second.
/// </summary>
internal sealed class SaveProgress : IProgressLines
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(5);

    private readonly string _activity;
    private readonly int _activityId;
    private readonly Clock _clock;
    private readonly RequestWaits? _waits;
    private readonly object _lock = new();
    private readonly TransferProgress?[] _running;
    private readonly HashSet<int> _shown = [];
    private readonly Queue<(DateTimeOffset Time, long Received)> _samples = new();
    private DateTimeOffset _due;
    private long _finishedBytes;
    private long _finishedReceived;
    private long _waitingBytes;
    private int _waitingUnknown;
    private bool _isShown;

    /// <summary>Creates the lines.</summary>
    /// <param name="activity">The activity, for the title.</param>
    /// <param name="activityId">The id of the line for all; those above it are the files'.</param>
    /// <param name="limit">The most files at once.</param>
    /// <param name="clock">The time.</param>
    /// <param name="waits">The waits of requests; null when they are not shown.</param>
    public SaveProgress(string activity, int activityId, int limit, Clock clock, RequestWaits? waits = null)
    {
        _waits = waits;
        _activity = activity;
        _activityId = activityId;
        _clock = clock;
        _running = new TransferProgress?[limit];
        _due = clock.GetUtcNow() + Quiet;
    }

    /// <summary>Notes a file that is to come.</summary>
    /// <param name="size">Its stated size, or null.</param>
    public void Expect(long? size)
    {
        lock (_lock)
            Wait(size, 1);
    }

    /// <summary>Shows a file as running, until <see cref="Leave"/>.</summary>
    /// <param name="meter">How far it is.</param>
    /// <param name="size">The size that it was expected with.</param>
    public void Enter(TransferProgress meter, long? size)
    {
        lock (_lock)
        {
            Wait(size, -1);
            _running[Array.IndexOf(_running, null)] = meter;
        }
    }

    /// <summary>Notes that a file is done, or has failed.</summary>
    public void Leave(TransferProgress meter)
    {
        lock (_lock)
        {
            _running[Array.IndexOf(_running, meter)] = null;
            _finishedBytes += meter.Received + meter.Resumed;
            _finishedReceived += meter.Received;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ProgressRecord> Next(long done, long? total)
    {
        var now = _clock.GetUtcNow();
        if (now < _due)
            return [];
        _due = now + ProgressMeter.Interval;
        _isShown = true;
        lock (_lock)
            return Describe(now, done, total);
    }

    /// <inheritdoc/>
    public IEnumerable<ProgressRecord> Complete()
    {
        if (!_isShown)
            return [];
        _isShown = false;
        lock (_lock)
        {
            ProgressRecord[] records = [.. _shown.Append(_activityId).Select(Completed)];
            _shown.Clear();
            return records;
        }
    }

    private List<ProgressRecord> Describe(DateTimeOffset now, long done, long? total)
    {
        var running = _running.Where(meter => meter is not null).Select(meter => meter!).ToArray();
        long received = _finishedReceived + running.Sum(meter => meter.Received);
        long there = _finishedBytes + running.Sum(meter => meter.Received + meter.Resumed);
        bool isKnown = total is not null && _waitingUnknown == 0 && running.All(meter => meter.Size is not null);
        long all = _finishedBytes + _waitingBytes
            + running.Sum(meter => Math.Max(meter.Size ?? 0, meter.Received + meter.Resumed));
        double rate = Rate(now, received);

        string files = total is { } count ? $"{done} of {count} files" : $"{done} files done";
        string bytes = isKnown ? $"{Display.Size(there)} of {Display.Size(all)}" : Display.Size(there);
        var job = new ProgressRecord(
            _activityId, _activity,
            $"{files}, {bytes}, {Display.Size((long)rate)}/s{ProgressMeter.WaitText(_waits, now)}")
        {
            PercentComplete = isKnown && all > 0
                ? (int)Math.Min(100, 100.0 * there / all)
                : total is > 0 and var most ? (int)(100 * done / most) : -1,
            SecondsRemaining = isKnown && rate > 0 ? (int)Math.Min(Math.Max(0, all - there) / rate, int.MaxValue) : -1,
        };
        var records = new List<ProgressRecord> { job };
        for (int i = 0; i < _running.Length; i++)
        {
            int id = _activityId + 1 + i;
            if (_running[i] is { } meter)
            {
                _shown.Add(id);
                records.Add(Describe(id, meter));
            }
            else if (_shown.Remove(id))
            {
                records.Add(Completed(id));
            }
        }

        return records;
    }

    private ProgressRecord Describe(int id, TransferProgress meter)
    {
        long there = meter.Received + meter.Resumed;
        string status = meter.Size is { } size ? $"{Display.Size(there)} of {Display.Size(size)}" : Display.Size(there);
        return new ProgressRecord(id, ScreenText.Printable(meter.Name), status)
        {
            ParentActivityId = _activityId,
            PercentComplete = meter.Size is > 0 and var all ? (int)Math.Min(100, 100.0 * there / all) : -1,
        };
    }

    private ProgressRecord Completed(int id) =>
        new(id, _activity, "Done") { RecordType = ProgressRecordType.Completed };

    // Over the last seconds only: the speed of an hour ago predicts little.
    private double Rate(DateTimeOffset now, long received)
    {
        _samples.Enqueue((now, received));
        while (_samples.Count > 2 && now - _samples.Peek().Time > RateWindow)
            _samples.Dequeue();
        var (time, before) = _samples.Peek();
        return now > time ? Math.Max(0, received - before) / (now - time).TotalSeconds : 0;
    }

    private void Wait(long? size, int sign)
    {
        // A size that is not valid counts as unknown.
        if (size is >= 0 and < long.MaxValue / 65536 and var bytes)
            _waitingBytes += sign * bytes;
        else
            _waitingUnknown += sign;
    }
}
