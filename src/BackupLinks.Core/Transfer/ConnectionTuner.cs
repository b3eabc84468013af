using System;

namespace BackupLinks.Transfer;

/// <summary>
/// Decides how many connections a file is worth: halves them as long as half of them achieve nearly as much. It waits
/// for nothing and starts nothing; the caller observes, and does what <see cref="TargetCount"/> says.
/// </summary>
/// <param name="count">How many connections there are at first.</param>
internal sealed class ConnectionTuner(int count)
{
    // A connection that adds less than a twentieth is left to other files.
    private const double WorthKeeping = 0.95;

    // Long enough that single segments do not matter.
    private static readonly TimeSpan ShortestMeasurement = TimeSpan.FromSeconds(1);
    private const long BytesPerConnection = Download.SegmentLength;

    private (TimeSpan Time, long Bytes)? _start;
    private (double Rate, int Count)? _larger;

    /// <summary>How many connections there should be.</summary>
    public int TargetCount { get; private set; } = count;

    /// <summary>True when the number is found.</summary>
    public bool IsFinished { get; private set; } = count <= 1;

    /// <summary>Takes an observation, and decides.</summary>
    /// <param name="time">A time that only grows.</param>
    /// <param name="received">All bytes that came until then.</param>
    /// <param name="running">How many connections there are then.</param>
    public void Observe(TimeSpan time, long received, int running)
    {
        // Connections that are to go finish their segments first.
        if (IsFinished || (_start is null && running > TargetCount))
            return;
        var (began, before) = _start ??= (time, received);
        var elapsed = time - began;
        long bytes = received - before;
        if (elapsed < ShortestMeasurement || bytes < TargetCount * BytesPerConnection)
            return;
        Decide(bytes / elapsed.TotalSeconds);
    }

    private void Decide(double rate)
    {
        if (_larger is { } larger && rate < larger.Rate * WorthKeeping)
        {
            TargetCount = larger.Count;
            IsFinished = true;
        }
        else if (TargetCount == 1)
        {
            IsFinished = true;
        }
        else
        {
            (_larger, _start) = ((rate, TargetCount), null);
            TargetCount /= 2;
        }
    }
}
