using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Http;
using BackupLinks.Shims;

namespace BackupLinks.Transfer;

/// <summary>
/// Gets one version of one object into a partial file: in segments over several connections where every answer
/// proves that it is of the same object, else in one piece. Nothing that a store says is believed twice.
/// </summary>
internal sealed class Download : IDisposable
{
    /// <summary>What one request asks for when several connections share a file, and the most that a killed process loses.</summary>
    public const long SegmentLength = 8 * 1024 * 1024;

    // Segments on their way span this much at the most, so that the hash has little left to do at the end.
    private const long Window = 128 * 1024 * 1024;
    private const long BytesPerConnection = 16 * 1024 * 1024;
    private const int MostConnections = 16;
    private const int MostConnectionsOfAll = 32;
    private const long SmallestSegment = 1024 * 1024;
    private const int BufferLength = 64 * 1024;
    private const long LookEvery = 16 * 1024 * 1024;

    private static readonly TimeSpan IdleInterval = TimeSpan.FromMilliseconds(100);

    private readonly TransferContext _environment;
    private readonly TransferSource _source;
    private readonly RenewableLink _link;
    private readonly TransferProgress _meter;
    private readonly PartialFile _file;
    private readonly RestartPolicy _policy;
    private readonly StallWatch _watch;
    private readonly List<FileHash> _hashes = [];

    private ObjectIdentity? _identity;
    private SegmentPlan _plan = null!;
    private int _linkNumber;
    private bool _isDecoded;
    private Checkpoints? _checkpoints;
    private long _nextLook;
    private WorkerPool _workers = null!;
    private Task? _tuning;
    private Exception? _failure;
    private CancellationTokenSource _stop = null!;

    public Download(
        TransferContext environment, TransferSource source, RenewableLink lease, TransferProgress meter, PartialFile file,
        RestartPolicy policy)
    {
        _environment = environment;
        _source = source;
        _link = lease;
        _meter = meter;
        _file = file;
        _policy = policy;
        _watch = new StallWatch(environment.Settings, environment.Transport.Clock);
    }

    // True when a part that comes later can be proved to be of the same object.
    private bool IsProvable => _identity is { IsProvable: true };

    /// <summary>Downloads.</summary>
    /// <exception cref="RestartDownloadException">What has come cannot be gone on with.</exception>
    /// <exception cref="BackupLinksException">It cannot be done; what can be used by a later run is kept.</exception>
    public async Task<DownloadResult> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stop = stop;
        var opening = await new ObjectOpener(_environment, _source, _link, _file, _policy).BeginAsync(cancellationToken).ConfigureAwait(false);
        var (answer, segment, plan, identity, isDecoded, resumed) = opening;
        (_plan, _identity, _isDecoded, _linkNumber) = (plan, identity, isDecoded, answer.Link.Number);
        using (answer)
        using (_environment.Folder.Reserve(_source.FileName, _identity is null ? 0 : _identity.Size - resumed, () => _plan.Received))
        {
            _meter.Begin(_identity?.Size, resumed);
            bool hasMd5 = _source.ExpectedHash is null && !answer.IsEncryptedByStore && !isDecoded && !_environment.Settings.IgnoreEntityTag;
            string? storeMd5 = hasMd5 ? answer.GetIdentity(0).PossibleMd5 : null;
            bool wantsMd5 = storeMd5 is not null || _source.ExpectedHash is { Length: 32 };
            var sha256 = StartHash(HashAlgorithmName.SHA256);
            var md5 = wantsMd5 ? StartHash(HashAlgorithmName.MD5) : null;
            var attendants = new List<Task> { Guard(_watch.RunAsync(stop.Token)) };
            if (IsProvable)
            {
                _checkpoints = new Checkpoints(
                    _file, _plan, _identity!, _environment.Transport.Clock, Checkpoints.Within(_file.Record?.Flushed ?? [], _file.Done));
            }

            if (_checkpoints is not null)
                attendants.Add(Task.Run(() => Guard(_checkpoints.RunAsync(stop.Token))));
            try
            {
                Follow(isWhole: false);
                await WorkAsync(answer, segment).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                RequireComplete(answer, storeMd5 is not null);
                Follow(isWhole: true);
                // The disk takes the last bytes while the hash is still at them.
                await Task.Run(_file.Flush, stop.Token).ConfigureAwait(false);
                long size = _plan.ContiguousLength;
                return new DownloadResult(
                    size, await sha256.ConfigureAwait(false), md5 is null ? null : await md5.ConfigureAwait(false),
                    storeMd5, answer.LastModified, resumed, _identity ?? answer.GetIdentity(size), _isDecoded)
                {
                    Address = answer.GetIdentity(size).Address,
                    ETag = answer.ETag,
                };
            }
            finally
            {
                stop.Cancel();
                attendants.AddRange(md5 is null ? [Guard(sha256)] : [Guard(sha256), Guard(md5)]);
                if (_tuning is not null)
                    attendants.Add(_tuning);
                await Task.WhenAll(attendants).ConfigureAwait(false);
                SaveCheckpoint();
            }
        }
    }

    public void Dispose()
    {
        foreach (var hash in _hashes)
            hash.Dispose();
    }

    // Segments are asked for by several workers, or the whole by one.
    private async Task WorkAsync(ObjectResponse answer, Segment? segment)
    {
        bool isShared = !answer.IsWhole && _identity is { IsShareable: true };
        int count = isShared ? ConnectionsFor(_plan.Size - _plan.ContiguousLength) : 1;
        _workers = new WorkerPool(count);
        _workers.Start(() => WorkOnAsync(segment, segment is null ? null : answer));
        for (int i = 1; i < count; i++)
            _workers.Start(() => WorkOnAsync(null, null));
        if (count > 1 && _environment.Settings.SegmentCount is null)
        {
            var tuner = new ConnectionTuner(
                _environment.Transport.Clock, () => _plan.Received, _workers, () => _workers.Start(() => WorkOnAsync(null, null)));
            _tuning = Guard(tuner.RunAsync(count, _stop.Token));
        }

        await _workers.FinishAsync().ConfigureAwait(false);
        if (_failure is { } failure && !(IsLoad(failure) && _plan.IsComplete))
            ExceptionDispatchInfo.Capture(failure).Throw();
    }

    private async Task WorkOnAsync(Segment? segment, ObjectResponse? answer)
    {
        try
        {
            while (segment is not null || _plan.HasWorkLeft)
            {
                segment ??= TakeNext();
                if (segment is not null)
                    await FetchAsync(segment, answer).ConfigureAwait(false);
                else
                    await _environment.Transport.Clock.DelayAsync(IdleInterval, _stop.Token).ConfigureAwait(false);
                (segment, answer) = (null, null);
                if (_workers.TryScaleDown())
                    return;
                segment = TakeNext();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Whoever cancelled says why.
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
            // A store that bears fewer connections than there are is served by those that it bears.
            if (IsLoad(e) && _workers.TryRemove())
                _plan.Release(segment!);
            else
                _stop.Cancel();
        }
    }

    // Segments on their way span a window at the most, and everybody gets something.
    private Segment? TakeNext()
    {
        int count = _workers.FilterParameters;
        long share = (_plan.Size - _plan.ContiguousLength) / count;
        return _plan.Take(count == 1 ? Window : Math.Max(SmallestSegment, Math.Min(Math.Max(SegmentLength, Window / count), share)));
    }

    private async Task FetchAsync(Segment segment, ObjectResponse? answer)
    {
        // Not for a whole file of any size: what is killed would leave the room taken.
        if (segment.End - segment.Position is <= Window and var length)
            _file.Allocate(segment.Position, length);
        for (int failures = 0; _plan.Reserve(segment, 1) > 0;)
        {
            long before = segment.Position;
            try
            {
                answer ??= await ContinueAsync(segment).ConfigureAwait(false);
                using (answer)
                    await CopyAsync(segment, answer).ConfigureAwait(false);
                answer = null;
            }
            catch (Exception e) when (IsTransient(e) && !_stop.IsCancellationRequested)
            {
                answer = null;
                if (!IsProvable)
                    throw new RestartDownloadException(RestartCause.Broken, "The connection broke, and the store sends nothing to resume by", attempts => GiveUp(e, attempts));
                // A connection that is slow makes no progress, however many bytes it brings.
                failures = segment.Position > before && e is not SlowConnectionException ? 1 : failures + 1;
                var delay = RetryDelay.Backoff(_environment.Settings.RetryInterval, failures - 1, SharedRandom.NextDouble());
                if (failures > _environment.Settings.MaximumRetryCount)
                    throw GiveUp(e, failures);
                _environment.Log.Tell?.Invoke(
                    $"{_source.Subject} at byte {segment.Position}: {Describe(e)}; retry {failures} of {_environment.Settings.MaximumRetryCount} in {delay.TotalSeconds:0.0} s.");
                var clock = _environment.Transport.Clock;
                using (_environment.Log.Waits.Add(clock.GetUtcNow() + delay, $"retry {failures} of {_environment.Settings.MaximumRetryCount}", Describe(e)))
                    await clock.DelayAsync(delay, _stop.Token).ConfigureAwait(false);
            }
        }
    }

    // The rest of a segment, proved to be of the same object.
    private async Task<ObjectResponse> ContinueAsync(Segment segment)
    {
        var range = new ByteRange(segment.Position, segment.End);
        var answer = await GetAsync(range, _identity!.Validator, _stop.Token).ConfigureAwait(false);
        var verdict = PartProof.Judge(answer, range, _identity);
        if (verdict == PartVerdict.Same)
        {
            // The link that this came by leads to the object; a change from now on is not the link's.
            InterlockedMax(ref _linkNumber, answer.Link.Number);
            return answer;
        }

        using (answer)
        {
            if (verdict == PartVerdict.Unproved)
                throw new RestartDownloadException(RestartCause.PartsRefused, $"{answer.Host} does not return the parts of {_source.Subject} that are requested");
            if (answer.Link.Number > _linkNumber)
            {
                throw new BackupLinksException(
                    ErrorKind.ObjectChanged,
                    $"The link to {_source.Subject} was renewed, and the new one leads to another object; run the command again to download that one.");
            }

            throw new RestartDownloadException(RestartCause.Replaced, $"The object behind {_source.Subject} was replaced during the download");
        }
    }

    private async Task CopyAsync(Segment segment, ObjectResponse answer)
    {
        using var connection = _watch.Add(_stop.Token);
        long end = answer.Part?.Range.End ?? long.MaxValue;
        int most = Math.Min(BufferLength, _environment.Limiter?.LargestRead ?? int.MaxValue);
        try
        {
            using var body = await OpenBodyAsync(answer, connection.Token).ConfigureAwait(false);
            while (_plan.Reserve(segment, (int)Math.Min(most, end - segment.Position)) is > 0 and var room)
            {
                connection.Touch();
                // Hundreds of connections wait at a time, and a few have something: only those need a buffer.
                await HttpBody.WaitAsync(body, connection.Token).ConfigureAwait(false);
                int count = await CopyBlockAsync(segment, body, room, connection.Token).ConfigureAwait(false);
                if (count == 0)
                    return;
                connection.NoteBytes(count);
                if (_environment.Limiter is { } limiter)
                {
                    connection.Pause();
                    await limiter.TakeAsync(count, _stop.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException e) when (connection.IsStalled && !_stop.IsCancellationRequested)
        {
            throw connection.ToException(e);
        }
    }

    // Returns the bytes that came; 0 at an end that nobody announced.
    private async Task<int> CopyBlockAsync(Segment segment, Stream body, int room, CancellationToken stop)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            int count = await HttpBody.ReadAsync(body, buffer, room, stop).ConfigureAwait(false);
            if (count > 0)
                Write(segment, buffer, count);
            else if (_identity is null)
                _plan.EndAt(segment);
            else
                throw new IOException("the answer ended early");
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<Stream> OpenBodyAsync(ObjectResponse answer, CancellationToken cancellationToken)
    {
        var body = await answer.OpenAsync(cancellationToken).ConfigureAwait(false);
        return _isDecoded ? new GzipBody(body, isBounded: _source.Size is null) : body;
    }

    private void Write(Segment segment, byte[] buffer, int count)
    {
        try
        {
            _file.Write(buffer, count, segment.Position);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ToException(e, Path.Combine(_environment.Folder.Path, _source.FileName), isNew: false);
        }

        _plan.Advance(segment, count, CheckedRange.Append(segment.Checksum, buffer.AsSpan(0, count)));
        _meter.Add(count);
        Follow(isWhole: false);
        if (IsProvable && _identity!.Size > SegmentLength)
            SaveWhenDue();
        // A body without a stated length must end somewhere: at the stated size, or before the disk is full.
        if (_identity is null && segment.Position >= _nextLook)
        {
            _nextLook = segment.Position + LookEvery;
            _environment.Folder.RequireRoom(_source.FileName);
        }

        if (_identity is null && _source.Size is { } stated && segment.Position - stated >= _source.SizeUnit)
            throw WrongSize(segment.Position, isAtLeast: true);
    }

    private void RequireComplete(ObjectResponse answer, bool hasStoreMd5)
    {
        if (!_plan.IsComplete)
            throw new InvalidOperationException("A part of the file was given to nobody.");
        if (_identity is not null)
            return;
        long size = _plan.ContiguousLength;
        if (!_source.Fits(size))
            throw WrongSize(size, isAtLeast: false);
        // A size that is rounded is no proof of the last bytes.
        if (!answer.HasEnd && size != _source.Size && _source.ExpectedHash is null && !hasStoreMd5)
            throw TransferErrors.Unusable(answer, "a file of which neither it nor the provider states the exact length, so that nobody can tell whether it is whole");
    }

    private void SaveWhenDue()
    {
        try
        {
            _checkpoints?.SaveWhenDue();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ToException(e, Path.Combine(_environment.Folder.Path, _source.FileName), isNew: false);
        }
    }

    // For the next run, when this one does not come to its end.
    private void SaveCheckpoint()
    {
        if (_failure is not RestartDownloadException)
            _checkpoints?.Keep();
    }

    /// <summary>Keeps a whole file, which may not have its name yet, for a later run.</summary>
    /// <param name="identity">The version that it is of.</param>
    public void SaveWhole(ObjectIdentity identity)
    {
        if (identity.IsProvable)
            _file.Claim(identity, _plan.GetCompletedRanges(), _plan.GetCompletedRanges);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int known = Volatile.Read(ref target); value > known;)
            known = Interlocked.CompareExchange(ref target, value, known) is var seen && seen == known ? value : seen;
    }

    private Task<string> StartHash(HashAlgorithmName algorithm)
    {
        var hash = new FileHash(algorithm, _file);
        _hashes.Add(hash);
        return Task.Run(() => hash.RunAsync(_stop.Token));
    }

    private void Follow(bool isWhole)
    {
        long frontier = _plan.ContiguousLength;
        foreach (var hash in _hashes)
            hash.Follow(frontier, isWhole);
    }

    // A task that is not waited for yet must not lose its error: it stops the others.
    private async Task Guard(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
            _stop.Cancel();
        }
    }

    private Task<ObjectResponse> GetAsync(ByteRange? range, string? validator, CancellationToken cancellationToken) =>
        _environment.Client.GetAsync(_source, _link, range, validator, cancellationToken);

    private int ConnectionsFor(long bytes) =>
        _environment.Settings.SegmentCount
        ?? (int)Math.Max(1, Math.Min(bytes / BytesPerConnection, Math.Min(MostConnections, MostConnectionsOfAll / _environment.Load.Files)));

    private static bool IsTransient(Exception error) => error is HttpRequestException or IOException or TimeoutException or InvalidDataException;

    private static bool IsLoad(Exception error) =>
        error is BackupLinksException { Kind: ErrorKind.ServiceUnavailable or ErrorKind.Throttled or ErrorKind.Stalled };

    private static string Describe(Exception error) => error switch
    {
        SlowConnectionException => error.Message,
        TimeoutException => "no byte came in time",
        _ => "the connection broke",
    };

    private BackupLinksException GiveUp(Exception error, int attempts) => TransferErrors.GiveUp(_source, error, attempts, isKept: IsProvable);

    // A size that only the decoded body does not have may be that of the stored one.
    private Exception WrongSize(long actual, bool isAtLeast) => _isDecoded
        ? new RestartDownloadException(RestartCause.DecodedWrong, $"The decoded body of {_source.Subject} does not have the stated size")
        : TransferErrors.WrongSize(_source, actual, isAtLeast);
}
