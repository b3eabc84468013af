using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Formats;
using BackupLinks.Links;
using BackupLinks.Shims;

namespace BackupLinks.Transfer;

/// <summary>
/// Turns one link into a verified file: looks for it in the folder, runs a <see cref="Download"/> for the rest, and
/// checks it.
/// </summary>
internal sealed class FileTransfer
{
    private readonly TransferContext _context;
    private readonly TransferSource _source;
    private readonly TransferProgress _progress;
    private readonly RenewableLink _link;

    private FileTransfer(
        TransferContext context, TransferSource source, TransferProgress progress, RenewableLink link)
    {
        _context = context;
        _source = source;
        _progress = progress;
        _link = link;
    }

    /// <summary>Saves a file.</summary>
    /// <param name="context">The context that the command's transfers share.</param>
    /// <param name="source">The link to save.</param>
    /// <param name="place">Its path.</param>
    /// <param name="progress">Takes how far it is.</param>
    /// <param name="cancellationToken">Stops the transfer; the bytes that came are kept for the next run.</param>
    /// <exception cref="BackupLinksException">
    /// The file could not be saved. An earlier file of its name is unchanged.
    /// </exception>
    public static async Task<SavedBackupFile> SaveAsync(
        TransferContext context, TransferSource source, PathLock place, TransferProgress progress,
        CancellationToken cancellationToken)
    {
        context.Client.RequireSafe(source, source.Uri);
        context.Catalog?.RequireHome();
        // One that the catalog may have elsewhere needs no folder here.
        if (context.Catalog is not { } catalog || catalog.Folder == context.Folder.Path)
            context.Folder.Create();
        using var active = context.Transfers.Add();
        // The same object twice: the second time it is there already.
        await place.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var transport = context.Transport;
            using var link = new RenewableLink(source, transport.Clocks, transport.Clock, context.Log);
            return await new FileTransfer(context, source, progress, link).SaveAsync(place.Path, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ToException(e, place.Path, isNew: false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // This file was not stopped; something that it waited for was.
            throw new BackupLinksException(
                ErrorKind.ServiceUnavailable,
                $"{source.Subject} was not saved, because a request that it waited for was stopped; "
                    + "run the command again.");
        }
        finally
        {
            place.Turn.Release();
        }
    }

    private async Task<SavedBackupFile> SaveAsync(string path, CancellationToken cancellationToken)
    {
        var clock = _context.Transport.Clock;
        var started = clock.GetUtcNow();
        var notes = new CatalogNotes(_context, _source);
        path = await FindOwnPathAsync(path, cancellationToken).ConfigureAwait(false);
        RequireReplaceable(path);
        var (present, opened) = await FindOrOpenAsync(path, cancellationToken).ConfigureAwait(false);
        if (present is not null)
        {
            PartialFile.CompleteFinish(present.Path, _context.Folder.Disk, Notices);
            _progress.Begin(present.Size, present.Size);
            await notes.AddPresentAsync(present, cancellationToken).ConfigureAwait(false);
            if (present.Report is { } found)
                BackupVerification.RequireGood(found);
            var spent = clock.GetUtcNow() - started;
            return Describe(
                present.Path, present.Size, present.Sha256, present.VerifiedBy, SaveStatus.AlreadyPresent, spent, 0,
                present.Report);
        }

        using var file = opened!;
        var policy = new RestartPolicy(_context.Settings.MaximumRetryCount);
        while (true)
        {
            using var download = new Download(_context, _source, _link, _progress, file, policy);
            try
            {
                var result = await download.RunAsync(cancellationToken).ConfigureAwait(false);
                if (result.Report is not null)
                    result = await AcceptAsync(file, result, cancellationToken).ConfigureAwait(false);
                await new ChecksumVerification(_context, _source, _link, _progress, policy)
                    .RunAsync(download, file, result, cancellationToken).ConfigureAwait(false);
                Finish(file, download, result);
                await notes.AddSavedAsync(path, result, cancellationToken).ConfigureAwait(false);
                var spent = clock.GetUtcNow() - started;
                return Describe(
                    path, result.Size, result.Sha256, result.VerifiedBy, SaveStatus.Saved, spent, result.BytesResumed,
                    result.Report);
            }
            catch (NotABackupException e)
            {
                file.Discard();
                throw new BackupLinksException(
                    ErrorKind.NotABackup,
                    $"{_source.Subject} was not saved, because {e.Message}; get a new link, and check the backup.");
            }
            catch (RestartDownloadException e) when (policy.MayStartOver(e.Cause, _progress.Received))
            {
                _context.Log.Warn($"{e.Message}; {_source.Subject} is downloaded from its beginning.");
                file.Clear();
                if (e.Cause is RestartCause.Broken or RestartCause.Short or RestartCause.Undecodable)
                    await _context.PauseAsync(Math.Max(policy.Breaks, 1), cancellationToken).ConfigureAwait(false);
            }
            catch (RestartDownloadException e)
            {
                file.Discard();
                throw e.GiveUp?.Invoke(policy.Breaks) ?? new BackupLinksException(
                    e.Cause == RestartCause.Spoilt ? ErrorKind.HashMismatch : ErrorKind.ObjectChanged,
                    $"{e.Message}, and again after {policy.Replacements - 1} restarts, so {_source.Subject} "
                        + (e.Cause == RestartCause.Spoilt
                            ? "was not saved; check the network and the proxy, and run the command again."
                            : "was not saved; try again when the store no longer changes it."));
            }
        }
    }

    private Task<DownloadResult> AcceptAsync(
        PartialFile file, DownloadResult result, CancellationToken cancellationToken)
    {
        var repair = new BackupRepair(_context, _source, _link, _progress, file);
        return new BackupVerification(_source, repair, _context.Log).AcceptAsync(file, result, cancellationToken);
    }

    private void Finish(PartialFile file, Download download, DownloadResult result)
    {
        try
        {
            _context.Catalog?.RequireHome();
            file.Finish(result.Size, _context.Settings.Force, result.LastModified);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            or BackupLinksException { Kind: ErrorKind.FileInUse or ErrorKind.DestinationUnavailable })
        {
            // So that the next run has to give it its name only.
            download.TrySaveWhole(result.Identity);
            throw;
        }
    }

    // Either the file that is there, or the one that is to become it.
    private async Task<(PresentFile? Present, PartialFile? File)> FindOrOpenAsync(
        string path, CancellationToken cancellationToken)
    {
        bool force = _context.Settings.Force;
        var disk = _context.Folder.Disk;
        var check = new PresentFileCheck(_context, _source, _link, _progress);
        while (true)
        {
            if (!force && await check.FindAsync(path, cancellationToken).ConfigureAwait(false) is { } present)
                return (present, null);
            _context.Catalog?.RequireHome();
            _context.Folder.Create();
            var file = PartialFile.Open(path, force, disk, Notices);
            if (force || disk.Look(path) is null)
                return (null, file);
            // Another process saved the file, and released its lock, after the look.
            file.Dispose();
        }
    }

    // With -Force, a file is replaced by another object of its name. Where the catalog knows that each of the two has a
    // file, this object's is replaced, and the only copy of the other one stays.
    private async Task<string> FindOwnPathAsync(string path, CancellationToken cancellationToken)
    {
        string folder = _context.Folder.Path;
        if (!_context.Settings.Force || _context.Catalog is not { } catalog
            || path != Path.Combine(folder, _source.FileName))
            return path;
        string own = Path.Combine(folder, _source.OtherFileName);
        bool isThere = _context.Folder.Disk.Look(own) is { Type: FileType.Regular }
            && await IsCataloguedAsync(own, isSource: true).ConfigureAwait(false)
            && await IsCataloguedAsync(path, isSource: false).ConfigureAwait(false);
        return isThere ? own : path;

        async Task<bool> IsCataloguedAsync(string file, bool isSource) =>
            await catalog.FindSavedFileAsync(file, _context.Transport.Clock, cancellationToken).ConfigureAwait(false)
                is { Object: { } known }
            && known == _source.CatalogObject == isSource;
    }

    private FileNotices Notices => new(_context.Log.Tell, _context.Log.Warn);

    // Before the first byte, not after the last.
    private void RequireReplaceable(string path)
    {
        if (Directory.Exists(path) || !FileErrors.IsLink(path))
            FileErrors.RequireFile(path);
        if (_context.Settings.Force && Platform.IsWindows && File.Exists(path))
            FileErrors.RequireClosed(path);
    }

    private SavedBackupFile Describe(
        string path, long size, string sha256, string? verifiedBy, string status, TimeSpan duration, long resumed,
        BackupFileReport? report) =>
        new(path, size, sha256, status, _source.Ids, PresignedUri.Redact(_source.Uri))
        {
            VerifiedBy = verifiedBy,
            Duration = duration,
            BytesResumed = resumed,
            LinkRenewals = _link.Renewals,
            Report = report,
        };
}
