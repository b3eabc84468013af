using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;

namespace BackupLinks.Transfer;

/// <summary>
/// Downloads the segments of one file with several workers, a connection each, or the whole with one.
/// </summary>
/// <param name="context">The context that the command's transfers share.</param>
/// <param name="opening">How the download began.</param>
/// <param name="fetcher">Fetches segments.</param>
/// <param name="tasks">The tasks of the download.</param>
internal sealed class DownloadWorkers(
    TransferContext context, Opening opening, SegmentFetcher fetcher, TaskGroup tasks)
{
    // Segments in progress span this much at the most, so that the hash has little left to do at the end.
    private const long Window = 128 * 1024 * 1024;
    private const long BytesPerConnection = 16 * 1024 * 1024;
    private const int MostConnections = 16;
    private const int MostConnectionsOfAll = 32;
    private const long SmallestSegment = 1024 * 1024;

    private static readonly TimeSpan IdleInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TuningInterval = TimeSpan.FromMilliseconds(100);

    private readonly SegmentPlan _plan = opening.Plan;
    private readonly WorkerPool _pool = new(CountConnections(context, opening));

    /// <summary>Returns when every byte is there.</summary>
    /// <exception cref="Exception">The first failure of a task of the download.</exception>
    public async Task RunAsync()
    {
        int count = _pool.TargetCount;
        var segment = opening.Segment;
        _pool.Start(() => WorkAsync(segment, segment is null ? null : opening.Response));
        for (int i = 1; i < count; i++)
            Start();
        if (count > 1 && context.Settings.SegmentCount is null)
        {
            tasks.Add(TuneAsync(
                new ConnectionTuner(count), _pool, () => _plan.Received, Start, context.Transport.Clock, tasks.Token));
        }

        await _pool.FinishAsync().ConfigureAwait(false);
        if (tasks.Failure is { } failure && !(TransferErrors.IsOverload(failure) && _plan.IsComplete))
            ExceptionDispatchInfo.Capture(failure).Throw();
    }

    private static int CountConnections(TransferContext context, Opening opening)
    {
        if (opening.IsWhole || opening.Identity is not { IsShareable: true })
            return 1;
        long bytes = opening.Plan.Size - opening.Plan.ContiguousLength;
        long most = Math.Min(MostConnections, MostConnectionsOfAll / context.Transfers.Files);
        return context.Settings.SegmentCount ?? (int)Math.Max(1, Math.Min(bytes / BytesPerConnection, most));
    }

    private bool Start() => _pool.Start(() => WorkAsync(null, null));

    private async Task WorkAsync(Segment? segment, ObjectResponse? response)
    {
        try
        {
            while (segment is not null || _plan.HasWorkLeft)
            {
                segment ??= TakeNext();
                if (segment is not null)
                    await fetcher.FetchAsync(segment, response, tasks.Token).ConfigureAwait(false);
                else
                    await context.Transport.Clock.DelayAsync(IdleInterval, tasks.Token).ConfigureAwait(false);
                (segment, response) = (null, null);
                if (_pool.TryScaleDown())
                    return;
                segment = TakeNext();
            }
        }
        catch (OperationCanceledException) when (tasks.IsStopping)
        {
            // The cause of the stop is reported.
        }
        catch (Exception e)
        {
            tasks.Note(e);
            // A store that allows fewer connections than there are serves those that it allows.
            if (TransferErrors.IsOverload(e) && _pool.TryRemove())
                _plan.Release(segment!);
            else
                tasks.Stop();
        }
    }

    private Segment? TakeNext() =>
        _plan.Take(GetLength(_plan.Size - _plan.ContiguousLength, _pool.TargetCount));

    /// <summary>
    /// The length of the next segment, in bytes. The segments in progress span the window at the most, and every
    /// connection gets a share.
    /// </summary>
    /// <param name="rest">The bytes that are not there yet.</param>
    /// <param name="count">How many connections there are.</param>
    internal static long GetLength(long rest, int count) => count == 1
        ? Window
        : Math.Max(SmallestSegment, Math.Min(Math.Max(Download.SegmentLength, Window / count), rest / count));

    /// <summary>Observes the connections, and has as many of them as they are worth.</summary>
    /// <param name="tuner">Decides how many.</param>
    /// <param name="pool">The workers, one for each connection.</param>
    /// <param name="received">All bytes that came until now.</param>
    /// <param name="start">Starts a worker; false when all the work is done.</param>
    /// <param name="clock">The transfer's clock.</param>
    /// <param name="stop">Ends the observation.</param>
    internal static async Task TuneAsync(
        ConnectionTuner tuner, WorkerPool pool, Func<long> received, Func<bool> start, Clock clock,
        CancellationToken stop)
    {
        while (!tuner.IsFinished)
        {
            int before = tuner.TargetCount;
            tuner.Observe(clock.GetElapsed(), received(), pool.Count);
            if (tuner.TargetCount != before)
                pool.TargetCount = tuner.TargetCount;
            if (!tuner.IsFinished)
                await clock.DelayAsync(TuningInterval, stop).ConfigureAwait(false);
        }

        while (pool.Count < pool.TargetCount && start())
        {
        }
    }
}
