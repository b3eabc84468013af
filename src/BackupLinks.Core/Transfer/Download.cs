using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Checksums;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Formats;

namespace BackupLinks.Transfer;

/// <summary>
/// Downloads one version of one object into a partial file: in segments over several connections where every response
/// proves that it is of the same object, else in one piece.
/// </summary>
internal sealed class Download : IDisposable
{
    /// <summary>
    /// The length of a segment when several connections share a file, and the most that a killed process loses.
    /// </summary>
    public const long SegmentLength = 8 * 1024 * 1024;

    private readonly TransferContext _context;
    private readonly TransferSource _source;
    private readonly RenewableLink _link;
    private readonly TransferProgress _progress;
    private readonly PartialFile _file;
    private readonly RestartPolicy _policy;
    private readonly List<FileHash> _hashes = [];
    private readonly BackupFileCheck? _check;
    private SegmentPlan _plan = null!;

    public Download(
        TransferContext context, TransferSource source, RenewableLink link, TransferProgress progress, PartialFile file,
        RestartPolicy policy)
    {
        _context = context;
        _source = source;
        _link = link;
        _progress = progress;
        _file = file;
        _policy = policy;
        _check = context.Settings.Test ? new BackupFileCheck() : null;
    }

    /// <summary>Downloads.</summary>
    /// <exception cref="RestartDownloadException">The bytes that came cannot be continued.</exception>
    /// <exception cref="NotABackupException">The file is evidently not a backup, and is tested.</exception>
    /// <exception cref="BackupLinksException">
    /// The store refused or failed, or the disk did. Bytes that a later run can use are kept.
    /// </exception>
    public async Task<DownloadResult> RunAsync(CancellationToken cancellationToken)
    {
        var opening = await new ObjectOpener(_context, _source, _link, _file, _policy).BeginAsync(cancellationToken)
            .ConfigureAwait(false);
        _plan = opening.Plan;
        long missing = opening.Identity is null ? 0 : opening.Identity.Size - opening.Resumed;
        using (opening.Response)
        // What is set aside is no longer free, although its bytes have not come.
        using (_context.Folder.Reserve(
            _source.FileName, missing, () => Math.Max(_plan.Received, _file.Allocated)))
        using (var tasks = new TaskGroup(cancellationToken))
        {
            _progress.Begin(opening.Identity?.Size, opening.Resumed);
            return await RunAsync(opening, tasks, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Notes in the journal that the file is whole, for a run that has to give it its name.</summary>
    /// <param name="identity">The version that it is of.</param>
    public void SaveWhole(ObjectIdentity identity)
    {
        if (identity.IsProvable)
            _file.SaveCheckpoint(identity, _plan.GetCompletedRanges(), _plan.GetCompletedRanges);
    }

    /// <summary>Notes it as <see cref="SaveWhole"/> does, as far as the disk lets it.</summary>
    /// <inheritdoc cref="SaveWhole"/>
    public void TrySaveWhole(ObjectIdentity identity)
    {
        try
        {
            SaveWhole(identity);
        }
        catch (IOException)
        {
            // A disk that is full, or gone.
        }
    }

    public void Dispose()
    {
        foreach (var hash in _hashes)
            hash.Dispose();
        _check?.Dispose();
    }

    private async Task<DownloadResult> RunAsync(Opening opening, TaskGroup tasks, CancellationToken cancellationToken)
    {
        var response = opening.Response;
        var stated = StatedChecksums.Of(
            _source, response, opening.IsDecoded, _context.Settings.IgnoreEntityTag);
        var (sha256, sha256Task) = StartHash(
            HashAlgorithmName.SHA256, tasks, _check, withCrc: IsStated(ChecksumAlgorithm.Crc64));
        var md5Task = IsStated(ChecksumAlgorithm.Md5)
            ? StartHash(HashAlgorithmName.MD5, tasks, null, withCrc: false).Task : null;
        var watch = new StallWatch(_context.Settings, _context.Transport.Clock);
        tasks.Add(watch.RunAsync(tasks.Token));
        var checkpoints = StartCheckpoints(opening, tasks);
        var writer = new SegmentWriter(
            _context, _source, opening, _file, _progress, checkpoints, () => AdvanceHashes(isWhole: false));
        var fetcher = new SegmentFetcher(_context, _source, _link, opening, writer, watch);
        try
        {
            AdvanceHashes(isWhole: false);
            await new DownloadWorkers(_context, opening, fetcher, tasks).RunAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            RequireComplete(opening, writer, isProved: stated.Count > 0 || fetcher.HasProvedEnd);
            AdvanceHashes(isWhole: true);
            // The disk takes the last bytes while the hash, in another thread, is still at them.
            _file.Flush();
            long size = _plan.ContiguousLength;
            string hash = await sha256Task.ConfigureAwait(false);
            string? md5 = md5Task is null ? null : await md5Task.ConfigureAwait(false);
            var identity = opening.Identity ?? response.GetIdentity(size);
            var report = _check is null
                ? null
                : await Task.Run(() => _check.Complete(_file.Path, hash), CancellationToken.None).ConfigureAwait(false);
            return new DownloadResult(
                size, new FileChecksums(hash, md5, sha256.Crc), stated, response.LastModified, opening.Resumed,
                identity, opening.IsDecoded)
            {
                Address = response.GetIdentity(size).Address,
                HasEnd = response.HasEnd,
                HasLength = opening.Identity is not null || _source.HasSize(size),
                ETag = response.ETag,
                Report = report,
            };
        }
        catch (OperationCanceledException)
            when (tasks.Failure is not null && !cancellationToken.IsCancellationRequested)
        {
            // What stopped the tasks is the error, and not that one of them was stopped.
            ExceptionDispatchInfo.Capture(tasks.Failure).Throw();
            throw;
        }
        finally
        {
            await tasks.FinishAsync().ConfigureAwait(false);
            // For the next run, when this one does not come to its end.
            if (tasks.Failure is not RestartDownloadException)
                checkpoints?.SaveLast();
        }

        bool IsStated(string algorithm) => stated.Any(checksum => checksum.Algorithm == algorithm);
    }

    private Checkpoints? StartCheckpoints(Opening opening, TaskGroup tasks)
    {
        if (opening.Identity is not { IsProvable: true } identity)
            return null;
        var flushed = Checkpoints.Within(_file.Record?.Flushed ?? [], _file.CompletedRanges);
        var checkpoints = new Checkpoints(_file, _plan, identity, _context.Transport.Clock, flushed);
        tasks.Add(checkpoints.RunAsync(tasks.Token));
        return checkpoints;
    }

    private void RequireComplete(Opening opening, SegmentWriter writer, bool isProved)
    {
        if (!_plan.IsComplete)
            throw new InvalidOperationException("A part of the file was assigned to no connection.");
        if (opening.Identity is not null)
            return;
        long size = _plan.ContiguousLength;
        if (opening.Response.Requested is { Start: 0 } requested && size == requested.End
            && _source.ExpectedHash is null)
        {
            throw new RestartDownloadException(
                RestartCause.PartsRefused,
                $"{opening.Response.Sender} returned as many bytes of {_source.Subject} as were requested, and does "
                    + "not say whether they are all");
        }

        writer.RequireSize(size);
        if (!opening.Response.HasEnd && !_source.HasSize(size) && !isProved)
        {
            throw TransferErrors.Unusable(
                opening.Response,
                "a body whose exact length neither the store nor the provider states, so it may be cut",
                isHashMissing: true);
        }
    }

    private (FileHash Hash, Task<string> Task) StartHash(
        HashAlgorithmName algorithm, TaskGroup tasks, BackupFileCheck? check, bool withCrc)
    {
        var hash = new FileHash(algorithm, _file, check, withCrc);
        _hashes.Add(hash);
        var task = hash.RunAsync(tasks.Token);
        tasks.Add(task);
        return (hash, task);
    }

    private void AdvanceHashes(bool isWhole)
    {
        long length = _plan.ContiguousLength;
        foreach (var hash in _hashes)
            hash.Advance(length, isWhole);
    }
}
