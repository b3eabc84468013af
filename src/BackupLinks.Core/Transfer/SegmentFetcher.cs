using System;
using System.Buffers;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Http;
using BackupLinks.Shims;

namespace BackupLinks.Transfer;

/// <summary>
/// Fetches segments: requests the bytes, proves that they are of the same object, copies them, and resumes after a
/// connection that broke. Safe from any thread.
/// </summary>
/// <param name="context">The context that the command's transfers share.</param>
/// <param name="source">The object.</param>
/// <param name="link">Its link.</param>
/// <param name="opening">How the download began.</param>
/// <param name="writer">Takes the bytes.</param>
/// <param name="watch">Breaks connections that are silent or slow.</param>
internal sealed class SegmentFetcher(
    TransferContext context, TransferSource source, RenewableLink link, Opening opening, SegmentWriter writer,
    StallWatch watch)
{
    // A process that is killed leaves reserved room taken, so a file of any size is not reserved whole.
    private const long LongestAllocation = 128 * 1024 * 1024;

    // Less is written at once, and needs no room beforehand.
    private const long ShortestAllocation = 1024 * 1024;
    private const int BufferLength = 64 * 1024;

    private readonly SegmentPlan _plan = opening.Plan;
    private readonly ObjectIdentity? _identity = opening.Identity;
    private int _linkNumber = opening.Response.Link.Number;

    /// <summary>True when a body without a stated length proved its end by its own trailer.</summary>
    public bool HasProvedEnd { get; private set; }

    // True when a later part can be proved to be of the same object.
    private bool IsProvable => _identity is { IsProvable: true };

    /// <summary>Fetches a segment to its end.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="response">A response that begins with it; null to request one.</param>
    /// <param name="stop">Stops the fetch.</param>
    /// <exception cref="RestartDownloadException">The bytes that came cannot be continued.</exception>
    /// <exception cref="BackupLinksException">The store refused or failed.</exception>
    public async Task FetchAsync(Segment segment, ObjectResponse? response, CancellationToken stop)
    {
        if (segment.End - segment.Position is >= ShortestAllocation and <= LongestAllocation)
            writer.Allocate(segment);
        Exception? failure = null;
        var sender = opening.Response.Sender;
        for (int failures = 0; _plan.Reserve(segment, 1) > 0;)
        {
            long before = segment.Position;
            try
            {
                response ??= await ContinueAsync(segment, failure, stop).ConfigureAwait(false);
                sender = response.Sender;
                using (response)
                    await CopyAsync(segment, response, stop).ConfigureAwait(false);
                response = null;
            }
            catch (Exception e) when (TransferErrors.IsTransient(e) && !stop.IsCancellationRequested)
            {
                response = null;
                if (e is InvalidDataException)
                    throw Undecodable(sender, e);
                if (TryEnd(segment, e))
                    return;
                if (!IsProvable)
                    throw Broken(sender, e, Lack);
                failure = e;
                // A connection that is slow makes no progress, however many bytes it brings.
                failures = segment.Position > before && e is not SlowConnectionException ? 1 : failures + 1;
                if (failures > context.Settings.MaximumRetryCount)
                    throw TransferErrors.GiveUp(source, sender, e, failures, isKept: _plan.Received > 0);
                await PauseAsync(segment, e, failures, stop).ConfigureAwait(false);
            }
        }
    }

    // All bytes that the provider states came, and no more. A store that keeps the connection open, or breaks it there,
    // left out its end alone. What is decoded holds its last bytes back until its own end was checked.
    private bool TryEnd(Segment segment, Exception error)
    {
        if (_identity is not null || !source.HasSize(segment.Position))
            return false;
        context.Log.Tell?.Invoke(
            $"{source.Subject}: {TransferErrors.Describe(error)} behind the last of {segment.Position} bytes, which is "
                + "the stated size.");
        _plan.EndAt(segment);
        return true;
    }

    private async Task PauseAsync(Segment segment, Exception error, int failures, CancellationToken stop)
    {
        var settings = context.Settings;
        var clock = context.Transport.Clock;
        string reason = TransferErrors.Describe(error);
        string retry = $"retry {failures} of {settings.MaximumRetryCount}";
        var delay = RetryDelay.Backoff(settings.RetryInterval, failures - 1, SharedRandom.NextDouble());
        context.Log.Tell?.Invoke(
            $"{source.Subject} at byte {segment.Position}: {reason}; {retry} in {delay.TotalSeconds:0.0} s.");
        using (context.Log.Waits.Add(clock.GetUtcNow() + delay, retry, reason))
            await clock.DelayAsync(delay, stop).ConfigureAwait(false);
    }

    // The rest of a segment, proved to be of the same object; after a failure, or as another part.
    private async Task<ObjectResponse> ContinueAsync(Segment segment, Exception? failure, CancellationToken stop)
    {
        var range = new ByteRange(segment.Position, segment.End);
        var response = await context.Client.GetAsync(source, link, range, _identity!.Validator, stop)
            .ConfigureAwait(false);
        var verdict = PartProof.Judge(response, range, _identity);
        if (verdict == PartVerdict.Same)
        {
            // This link leads to the object; a change from now on is a change of the object.
            NoteLink(response.Link.Number);
            return response;
        }

        using (response)
        {
            // It sent the whole at first, so there is no plainer way to go on than from the beginning.
            if (verdict == PartVerdict.Unproved && failure is not null && opening.IsWhole)
                throw Broken(response.Sender, failure, "does not return the parts that are requested");
            if (verdict == PartVerdict.Unproved)
            {
                throw new RestartDownloadException(
                    RestartCause.PartsRefused,
                    $"{response.Sender} does not return the parts of {source.Subject} that are requested");
            }

            if (response.Link.Number > Volatile.Read(ref _linkNumber))
            {
                throw new BackupLinksException(
                    ErrorKind.ObjectChanged,
                    $"The link to {source.Subject} was renewed, and the new one leads to another object; "
                        + "run the command again to download that one.");
            }

            throw new RestartDownloadException(
                RestartCause.Replaced, $"The object behind {source.Subject} was replaced during the download");
        }
    }

    private async Task CopyAsync(Segment segment, ObjectResponse response, CancellationToken stop)
    {
        using var connection = watch.Add(stop);
        long end = response.Part?.Range.End ?? long.MaxValue;
        int most = Math.Min(BufferLength, context.Limiter?.LargestRead ?? int.MaxValue);
        try
        {
            using var body = await OpenBodyAsync(response, connection.Token).ConfigureAwait(false);
            while (_plan.Reserve(segment, (int)Math.Min(most, end - segment.Position)) is > 0 and var room)
            {
                connection.Touch();
                // Few of hundreds of connections have bytes at the same time: only those need a buffer.
                await HttpBody.WaitAsync(body, connection.Token).ConfigureAwait(false);
                int count = await CopyBlockAsync(segment, body, room, connection.Token).ConfigureAwait(false);
                if (count == 0)
                    return;
                connection.NoteBytes(count);
                if (context.Limiter is { } limiter)
                {
                    connection.Pause();
                    await limiter.TakeAsync(count, stop).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException e) when (connection.IsStalled && !stop.IsCancellationRequested)
        {
            throw connection.ToException(e);
        }
    }

    // Returns the bytes that came; 0 at the end of a body without a stated length.
    private async Task<int> CopyBlockAsync(Segment segment, Stream body, int room, CancellationToken stop)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            int count = await HttpBody.ReadAsync(body, buffer, room, stop).ConfigureAwait(false);
            if (count > 0)
                writer.Write(segment, buffer, count);
            else if (_identity is null)
                End(segment, body);
            else
                throw new IOException("the response ended early");
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void End(Segment segment, Stream body)
    {
        HasProvedEnd = body is GzipBody { HasProvedEnd: true };
        _plan.EndAt(segment);
    }

    private async Task<Stream> OpenBodyAsync(ObjectResponse response, CancellationToken cancellationToken)
    {
        var body = await response.OpenAsync(cancellationToken).ConfigureAwait(false);
        return opening.IsDecoded ? new GzipBody(body, isBounded: source.Size is null) : body;
    }

    private void NoteLink(int number)
    {
        for (int known = Volatile.Read(ref _linkNumber); number > known;)
        {
            int seen = Interlocked.CompareExchange(ref _linkNumber, number, known);
            known = seen == known ? number : seen;
        }
    }

    private string Lack => opening.IsDecoded ? "compresses the body"
        : opening.Response.Validator is not null ? "states no length" : "sends no strong ETag";

    private RestartDownloadException Broken(Responder sender, Exception error, string lack) => new(
        RestartCause.Broken,
        $"At byte {_plan.Received}, {TransferErrors.Describe(error)}, and the store {lack}, so the download "
            + "cannot resume",
        attempts => TransferErrors.GiveUp(source, sender, error, attempts, isKept: false));

    private RestartDownloadException Undecodable(Responder sender, Exception error) => new(
        RestartCause.Undecodable,
        $"The compressed body cannot be decoded: {error.Message}",
        attempts => TransferErrors.GiveUp(source, sender, error, attempts, isKept: false));
}
