using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Links;
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

    // What the system has taken outlives the process, and is claimed often. What is on the disk outlives the system; flushed
    // early, it leaves little to wait for at the end.
    private const long ClaimEvery = SegmentLength / 2;
    private const int RestPerFlush = 1;
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(150);

    // A connection that adds less than a twentieth is left to others.
    private const double WorthKeeping = 0.95;
    private static readonly TimeSpan TuneInterval = TimeSpan.FromMilliseconds(100);

    private readonly TransferEnvironment _environment;
    private readonly TransferSource _source;
    private readonly LinkLease _lease;
    private readonly TransferMeter _meter;
    private readonly PartialFile _file;
    private readonly bool _withRanges;
    private readonly StallWatch _watch;
    private readonly List<FileHash> _hashes = [];

    private ObjectIdentity? _identity;
    private SegmentPlan _plan = null!;
    private int _linkNumber;
    private long _claimed;
    private volatile IReadOnlyList<ByteRange> _flushed = [];
    private WorkCrew _crew = null!;
    private Task? _tuning;
    private Exception? _failure;
    private CancellationTokenSource _stop = null!;

    public Download(
        TransferEnvironment environment, TransferSource source, LinkLease lease, TransferMeter meter, PartialFile file, bool withRanges)
    {
        _environment = environment;
        _source = source;
        _lease = lease;
        _meter = meter;
        _file = file;
        _withRanges = withRanges;
        _watch = new StallWatch(environment.Settings.StallTimeout, environment.Transport.Clock);
    }

    // True when a part that comes later can be proved to be of the same object.
    private bool IsProvable => _identity is { IsProvable: true };

    /// <summary>Downloads.</summary>
    /// <exception cref="StartOverException">What has come cannot be gone on with.</exception>
    /// <exception cref="BackupLinksException">It cannot be done; what can be used by a later run is kept.</exception>
    public async Task<DownloadResult> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stop = stop;
        var (answer, segment, resumed) = await BeginAsync(cancellationToken).ConfigureAwait(false);
        using (answer)
        using (_environment.Folder.Reserve(_source.FileName, _identity is null ? 0 : _identity.Size - resumed, () => _plan.Received))
        {
            _meter.Begin(_identity?.Size, resumed);
            bool isDecoded = _identity is null && answer.Encodings.Count > 0;
            string? storeMd5 = _source.ExpectedHash is null && !answer.IsEncryptedByStore && !isDecoded ? answer.GetIdentity(0).PossibleMd5 : null;
            bool wantsMd5 = storeMd5 is not null || _source.ExpectedHash is { Length: 32 };
            var sha256 = StartHash(HashAlgorithmName.SHA256);
            var md5 = wantsMd5 ? StartHash(HashAlgorithmName.MD5) : null;
            var attendants = new List<Task> { Guard(_watch.RunAsync(stop.Token)) };
            if (IsProvable)
                attendants.Add(Task.Run(() => Guard(FlushAsync(stop.Token))));
            try
            {
                Follow(isWhole: false);
                await WorkAsync(answer, segment).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                RequireComplete(answer, storeMd5 is not null);
                Follow(isWhole: true);
                // The disk takes the last bytes while the hash is still at them.
                await Task.Run(_file.Flush, stop.Token).ConfigureAwait(false);
                long size = _plan.Frontier;
                return new DownloadResult(
                    size, await sha256.ConfigureAwait(false), md5 is null ? null : await md5.ConfigureAwait(false),
                    storeMd5, answer.LastModified, resumed);
            }
            finally
            {
                stop.Cancel();
                attendants.AddRange(md5 is null ? [Guard(sha256)] : [Guard(sha256), Guard(md5)]);
                if (_tuning is not null)
                    attendants.Add(_tuning);
                await Task.WhenAll(attendants).ConfigureAwait(false);
                KeepWhatCame();
            }
        }
    }

    public void Dispose()
    {
        foreach (var hash in _hashes)
            hash.Dispose();
    }

    // The first answer, and the segment that it is the beginning of.
    private async Task<(ObjectAnswer Answer, Segment? Segment, long Resumed)> BeginAsync(CancellationToken cancellationToken)
    {
        if (_file.Record is { } record)
        {
            if (_withRanges && await TryResumeAsync(record, cancellationToken).ConfigureAwait(false) is { } resumed)
                return resumed;
        }

        if (_file.HadData && _withRanges)
            _environment.Log.Warn($"What an earlier run left of {_source.Subject} cannot be shown to be of the same object; it is downloaded from its beginning.");

        _file.Clear();
        return await StartSegmentsAsync(cancellationToken).ConfigureAwait(false) ?? await StartWholeAsync(null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(ObjectAnswer Answer, Segment? Segment, long Resumed)?> TryResumeAsync(
        PartialRecord record, CancellationToken cancellationToken)
    {
        if (record.Identity.Address != PresignedUri.Redact(_source.Uri) || !_source.Fits(record.Identity.Size))
            return null;
        var plan = new SegmentPlan(record.Identity.Size, _file.Done, Elapsed);
        _flushed = record.Flushed;
        var segment = plan.Take(SegmentLength);
        // When all of it is there, the last byte tells whether it still is the same.
        var range = segment is null ? new ByteRange(record.Identity.Size - 1, record.Identity.Size) : new ByteRange(segment.Start, segment.End);
        var answer = await GetAsync(range, record.Identity.ETag, cancellationToken).ConfigureAwait(false);
        if (!IsPart(answer, range, record.Identity))
        {
            answer.Dispose();
            return null;
        }

        _identity = record.Identity;
        _plan = plan;
        _linkNumber = answer.Link.Number;
        return (answer, segment, _file.Done.Sum(range => range.Length));
    }

    private async Task<(ObjectAnswer Answer, Segment? Segment, long Resumed)?> StartSegmentsAsync(CancellationToken cancellationToken)
    {
        if (!_withRanges)
            return null;
        // One connection goes on where it is; several share what the first answer says there is.
        var range = new ByteRange(0, _environment.Settings.SegmentCount == 1 ? Window : SegmentLength);
        var answer = await GetAsync(range, null, cancellationToken).ConfigureAwait(false);
        if (answer.IsWhole)
            return await StartWholeAsync(answer, cancellationToken).ConfigureAwait(false);
        // Without a strong entity tag only an answer that is the whole object will do.
        if (answer.Part is { } part && part.Range.Start == 0 && part.Range.End <= range.End
            && (answer.ETag is not null || part.Range.End == part.Size)
            && !(answer.LooksLikePage && !_source.IsPage) && _source.Fits(part.Size) && (answer.Encodings.Count == 0 || (part.Size == _source.Size && answer.Length is not null)))
        {
            _identity = answer.GetIdentity(part.Size);
            _plan = new SegmentPlan(part.Size, [], Elapsed);
            _linkNumber = answer.Link.Number;
            return (answer, _plan.Take(range.End), 0);
        }

        answer.Dispose();
        return null;
    }

    private async Task<(ObjectAnswer Answer, Segment? Segment, long Resumed)> StartWholeAsync(ObjectAnswer? given, CancellationToken cancellationToken)
    {
        var answer = given ?? await GetAsync(null, null, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!answer.IsWhole)
                throw Unusable(answer, $"HTTP {(int)answer.Status}, where the whole file was asked for");
            // Nothing that a portal or a gateway puts in the file's place may become the file.
            if (answer.LooksLikePage && !_source.IsPage && _source.Size is null && _source.ExpectedHash is null)
                throw Unusable(answer, "a web page");
            bool isCoded = answer.Encodings.Count > 0 && !(_source.Size is { } stated && answer.Length == stated);
            if (isCoded && !answer.Encodings.SequenceEqual(["gzip"], StringComparer.OrdinalIgnoreCase))
                throw Unusable(answer, $"the content coding '{string.Join(", ", answer.Encodings.Take(3))}', which was not asked for");
            long? size = isCoded ? null : answer.Length;
            if (size is { } known && !_source.Fits(known))
                throw WrongSize(known);
            _identity = size is { } length ? answer.GetIdentity(length) : null;
            _plan = new SegmentPlan(size ?? long.MaxValue, [], Elapsed);
            _linkNumber = answer.Link.Number;
            return (answer, _plan.Take(long.MaxValue), 0);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    // Segments are asked for by several workers, or the whole by one.
    private async Task WorkAsync(ObjectAnswer answer, Segment? segment)
    {
        int count = answer.IsWhole || !IsProvable ? 1 : ConnectionsFor(_plan.Size - _plan.Frontier);
        _crew = new WorkCrew(count);
        _crew.Hire(() => WorkOnAsync(segment, segment is null ? null : answer));
        for (int i = 1; i < count; i++)
            _crew.Hire(() => WorkOnAsync(null, null));
        if (count > 1 && _environment.Settings.SegmentCount is null)
            _tuning = Guard(TuneAsync(count, _stop.Token));
        await _crew.FinishAsync().ConfigureAwait(false);
        if (_failure is { } failure && !(IsLoad(failure) && _plan.IsComplete))
            ExceptionDispatchInfo.Capture(failure).Throw();
    }

    private async Task WorkOnAsync(Segment? segment, ObjectAnswer? answer)
    {
        try
        {
            while (segment is not null || _plan.HasWorkLeft)
            {
                segment ??= TakeNext();
                if (segment is not null)
                    await FetchAsync(segment, answer).ConfigureAwait(false);
                else
                    await _environment.Transport.Clock.DelayAsync(TuneInterval, _stop.Token).ConfigureAwait(false);
                (segment, answer) = (null, null);
                if (_crew.TryRetire())
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
            if (IsLoad(e) && _crew.TryDismiss())
                _plan.GiveBack(segment!);
            else
                _stop.Cancel();
        }
    }

    // Segments on their way span a window at the most, and everybody gets something.
    private Segment? TakeNext()
    {
        int count = _crew.Wanted;
        long share = (_plan.Size - _plan.Frontier) / count;
        return _plan.Take(count == 1 ? Window : Math.Max(SmallestSegment, Math.Min(Math.Max(SegmentLength, Window / count), share)));
    }

    // The size says how many connections may be worth it; what half of them achieve says whether they are.
    private async Task TuneAsync(int count, CancellationToken stop)
    {
        double rate = await MeasureAsync(count, stop).ConfigureAwait(false);
        while (count > 1)
        {
            _crew.Wanted = count / 2;
            while (_crew.Count > _crew.Wanted)
                await _environment.Transport.Clock.DelayAsync(TuneInterval, stop).ConfigureAwait(false);
            double half = await MeasureAsync(count / 2, stop).ConfigureAwait(false);
            if (half < rate * WorthKeeping)
            {
                _crew.Wanted = count;
                while (_crew.Count < count && _crew.Hire(() => WorkOnAsync(null, null)))
                {
                }

                return;
            }

            count /= 2;
            rate = half;
        }
    }

    // Bytes a second, over long enough that single segments do not matter.
    private async Task<double> MeasureAsync(int connections, CancellationToken stop)
    {
        var clock = _environment.Transport.Clock;
        var began = Elapsed();
        long before = _plan.Received;
        double seconds;
        long received;
        do
        {
            await clock.DelayAsync(TuneInterval, stop).ConfigureAwait(false);
            seconds = (Elapsed() - began).TotalSeconds;
            received = _plan.Received - before;
        }
        while (seconds < 1 || received < connections * SegmentLength);
        return received / seconds;
    }

    private async Task FetchAsync(Segment segment, ObjectAnswer? answer)
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
                failures = segment.Position > before ? 1 : failures + 1;
                var delay = RetryDelay.Backoff(_environment.Settings.RetryInterval, failures - 1, SharedRandom.NextDouble());
                if (failures > _environment.Settings.MaximumRetryCount)
                    throw GiveUp(e, failures);
                _environment.Log.Tell?.Invoke(
                    $"{_source.Subject} at byte {segment.Position}: {Describe(e)}; retry {failures} of {_environment.Settings.MaximumRetryCount} in {delay.TotalSeconds:0.0} s.");
                await _environment.Transport.Clock.DelayAsync(delay, _stop.Token).ConfigureAwait(false);
                if (!IsProvable)
                    throw new StartOverException($"The connection broke, and the store gives nothing to go on by", withoutRanges: false, GiveUp(e, failures));
            }
        }
    }

    // The rest of a segment, proved to be of the same object.
    private async Task<ObjectAnswer> ContinueAsync(Segment segment)
    {
        var range = new ByteRange(segment.Position, segment.End);
        var answer = await GetAsync(range, _identity!.ETag, _stop.Token).ConfigureAwait(false);
        if (IsPart(answer, range, _identity))
        {
            // The link that this came by leads to the object; a change from now on is not the link's.
            InterlockedMax(ref _linkNumber, answer.Link.Number);
            return answer;
        }

        using (answer)
        {
            long? size = answer.Part?.Size ?? (answer.IsWhole ? answer.Length : null);
            bool isSame = answer.ETag == _identity.ETag && (size is null || size == _identity.Size) && answer.Status != System.Net.HttpStatusCode.PreconditionFailed;
            if (isSame)
                throw new StartOverException($"{answer.Host} does not give the parts of {_source.Subject} that it is asked for", withoutRanges: true);
            if (answer.Link.Number > _linkNumber)
            {
                throw new BackupLinksException(
                    ErrorKind.ObjectChanged,
                    $"The link to {_source.Subject} was renewed, and the new one leads to another object; run the command again to download that one.");
            }

            throw new StartOverException($"The object behind {_source.Subject} was replaced during the download", withoutRanges: false);
        }
    }

    private async Task CopyAsync(Segment segment, ObjectAnswer answer)
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
                if (_environment.Limiter is { } limiter)
                {
                    connection.Pause();
                    await limiter.TakeAsync(count, _stop.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException e) when (connection.IsStalled && !_stop.IsCancellationRequested)
        {
            throw new TimeoutException("no byte came in time", e);
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

    private async Task<Stream> OpenBodyAsync(ObjectAnswer answer, CancellationToken cancellationToken)
    {
        var body = await HttpBody.OpenAsync(answer.Content, cancellationToken).ConfigureAwait(false);
        return _identity is null && answer.Encodings.Count > 0 ? new GZipStream(body, CompressionMode.Decompress) : body;
    }

    private void Write(Segment segment, byte[] buffer, int count)
    {
        try
        {
            _file.Write(buffer, count, segment.Position);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Explain(e, Path.Combine(_environment.Folder.Path, _source.FileName), isNew: false);
        }

        _plan.Advance(segment, count);
        _meter.Add(count);
        Follow(isWhole: false);
        if (IsProvable && _identity!.Size > SegmentLength)
            ClaimWhenDue(ClaimEvery);
        // A body without a stated length must end somewhere.
        if (_identity is null && _source.Size is { } stated && segment.Position - stated >= _source.SizeUnit)
            throw WrongSize(segment.Position);
    }

    private void RequireComplete(ObjectAnswer answer, bool hasStoreMd5)
    {
        if (!_plan.IsComplete)
            throw new InvalidOperationException("A part of the file was given to nobody.");
        if (_identity is not null)
            return;
        long size = _plan.Frontier;
        if (!_source.Fits(size))
            throw WrongSize(size);
        // A size that is rounded is no proof of the last bytes.
        if (!answer.HasEnd && size != _source.Size && _source.ExpectedHash is null && !hasStoreMd5)
            throw Unusable(answer, "a file of which neither it nor the provider states the exact length, so that nobody can tell whether it is whole");
    }

    // Sees to it, until it is stopped, that what has come is on the disk. Small steps of a file that comes slowly are
    // claimed here, too.
    private async Task FlushAsync(CancellationToken stop)
    {
        long flushed = 0;
        while (true)
        {
            await Task.Delay(FlushInterval, stop).ConfigureAwait(false);
            if (_plan.IsComplete)
                continue;
            if (_plan.Received > flushed)
            {
                var began = Elapsed();
                long received = _plan.Received;
                var done = _plan.GetDone();
                _file.Flush();
                (flushed, _flushed) = (received, done);
                Claim();
                await Task.Delay(TimeSpan.FromTicks((Elapsed() - began).Ticks * RestPerFlush), stop).ConfigureAwait(false);
            }
        }
    }

    private void ClaimWhenDue(long bytes)
    {
        long claimed = Interlocked.Read(ref _claimed);
        if (_plan.Received - claimed < bytes || Interlocked.CompareExchange(ref _claimed, _plan.Received, claimed) != claimed)
            return;
        try
        {
            Claim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Explain(e, Path.Combine(_environment.Folder.Path, _source.FileName), isNew: false);
        }
    }

    private void Claim() => _file.Claim(_identity!, _flushed, _plan.GetDone);

    // For the next run, when this one does not come to its end.
    private void KeepWhatCame()
    {
        if (!IsProvable || (_plan.IsComplete && !_file.HasLostBytes) || _plan.Received == 0 || _failure is StartOverException)
            return;
        try
        {
            try
            {
                var done = _plan.GetDone();
                _file.Flush();
                _flushed = done;
            }
            finally
            {
                // Also when bytes were lost: what was claimed of them before must go.
                Claim();
            }
        }
        catch (IOException)
        {
            // A disk that is full, or gone.
        }
    }

    private TimeSpan Elapsed() => _environment.Transport.Clock.GetElapsed();

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
        long frontier = _plan.Frontier;
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

    private Task<ObjectAnswer> GetAsync(ByteRange? range, string? etag, CancellationToken cancellationToken) =>
        _environment.Client.GetAsync(_source, _lease, range, etag, cancellationToken);

    // A store may give less than it was asked for, never more, nor anything else.
    private static bool IsPart(ObjectAnswer answer, ByteRange range, ObjectIdentity identity) =>
        answer.Part is { } part && part.Range.Start == range.Start && part.Range.End <= range.End
        && part.Size == identity.Size && answer.ETag is not null && answer.ETag == identity.ETag;

    private int ConnectionsFor(long bytes) =>
        _environment.Settings.SegmentCount
        ?? (int)Math.Max(1, Math.Min(bytes / BytesPerConnection, Math.Min(MostConnections, MostConnectionsOfAll / _environment.Load.Files)));

    private static bool IsTransient(Exception error) => error is HttpRequestException or IOException or TimeoutException or InvalidDataException;

    private static bool IsLoad(Exception error) =>
        error is BackupLinksException { Kind: ErrorKind.ServiceUnavailable or ErrorKind.Throttled or ErrorKind.Stalled };

    private static string Describe(Exception error) => error is TimeoutException ? "no byte came in time" : "the connection broke";

    private BackupLinksException GiveUp(Exception error, int failures)
    {
        string host = _source.Uri.Authority;
        string tries = failures == 1 ? "one attempt" : $"{failures} attempts in a row";
        string kept = IsProvable ? "; what has come is kept" : "";
        return error is TimeoutException
            ? new BackupLinksException(ErrorKind.Stalled,
                $"No byte of {_source.Subject} came from {host} in time, in {tries}{kept}; run the command again, or raise -StallTimeoutSec.")
            : new BackupLinksException(ErrorKind.ServiceUnavailable,
                $"The connection to {host} broke while {_source.Subject} came, in {tries}{kept}; check the network and the proxy, and run the command again.");
    }

    private BackupLinksException WrongSize(long actual) => new(
        ErrorKind.SizeMismatch,
        string.Format(
            CultureInfo.InvariantCulture,
            "'{0}' has {1}{2} bytes in the store, where {3}{4} were stated, and was not saved; get a new link, and check that the backup is finished.",
            _source.FileName, actual, _identity is null && !_plan?.IsComplete == true ? " or more" : "", _source.SizeUnit > 1 ? "about " : "", _source.Size));

    private static ApiException Unusable(ObjectAnswer answer, string what) => new(
        ErrorKind.InvalidResponse, $"{answer.Host} answered with {what}; get a new link, or pass -ExpectedHash when the file's hash is known.")
    {
        StatusCode = answer.Status,
    };
}
