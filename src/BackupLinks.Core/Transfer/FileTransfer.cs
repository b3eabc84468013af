using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Shims;

namespace BackupLinks.Transfer;

/// <summary>Makes one link a verified file: finds out what is there, lets a <see cref="Download"/> get the rest, and checks it.</summary>
internal sealed class FileTransfer
{
    private readonly TransferContext _environment;
    private readonly TransferSource _source;
    private readonly TransferProgress _meter;
    private readonly RenewableLink _link;

    private FileTransfer(TransferContext environment, TransferSource source, TransferProgress meter, RenewableLink lease)
    {
        _environment = environment;
        _source = source;
        _meter = meter;
        _link = lease;
    }

    /// <summary>Saves a file.</summary>
    /// <param name="environment">What the command's transfers share.</param>
    /// <param name="source">What to save.</param>
    /// <param name="place">Where to.</param>
    /// <param name="meter">Told how far it is.</param>
    /// <param name="cancellationToken">Stops the transfer; what has come is kept for the next run.</param>
    /// <exception cref="BackupLinksException">The file could not be saved. A file of its name is as it was.</exception>
    public static async Task<SavedBackupFile> SaveAsync(
        TransferContext environment, TransferSource source, PathInUse place, TransferProgress meter, CancellationToken cancellationToken)
    {
        environment.Client.RequireSafe(source, source.Uri);
        environment.Folder.Create();
        using var load = environment.Load.Add();
        // The same object twice: the second time it is there already.
        await place.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var lease = new RenewableLink(source, environment.Transport.Clocks, environment.Transport.Clock, environment.Log);
            return await new FileTransfer(environment, source, meter, lease).SaveAsync(place.Path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ToException(e, place.Path, isNew: false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody has stopped this file; what it waited for was given up.
            throw new BackupLinksException(
                ErrorKind.ServiceUnavailable, $"{source.Subject} was not saved: something that it waited for was given up; run the command again.");
        }
        finally
        {
            place.Turn.Release();
        }
    }

    private async Task<SavedBackupFile> SaveAsync(string path, CancellationToken cancellationToken)
    {
        var clock = _environment.Transport.Clock;
        var started = clock.GetUtcNow();
        RequireReplaceable(path);
        var (present, opened) = await FindOrOpenAsync(path, cancellationToken).ConfigureAwait(false);
        if (present is not null)
        {
            PartialFile.CompleteFinish(present.Path, _environment.Folder.Disk);
            _meter.Begin(present.Size, present.Size);
            return Describe(present.Path, present.Size, present.Sha256, SaveStatus.AlreadyPresent, clock.GetUtcNow() - started, 0);
        }

        using var file = opened!;
        var policy = new RestartPolicy(_environment.Settings.MaximumRetryCount);
        while (true)
        {
            using var download = new Download(_environment, _source, _link, _meter, file, policy);
            try
            {
                var result = await download.RunAsync(cancellationToken).ConfigureAwait(false);
                await VerifyAsync(download, file, result, cancellationToken).ConfigureAwait(false);
                file.Finish(result.Size, _environment.Settings.Force, result.LastModified);
                await NoteAsync(path, result, cancellationToken).ConfigureAwait(false);
                return Describe(path, result.Size, result.Sha256, SaveStatus.Saved, clock.GetUtcNow() - started, result.BytesResumed);
            }
            catch (RestartDownloadException e) when (policy.MayStartOver(e.Cause, _meter.Received))
            {
                _environment.Log.Warn($"{e.Message}; {_source.Subject} is downloaded from its beginning.");
                file.Clear();
                if (e.Cause == RestartCause.Broken)
                    await clock.DelayAsync(RetryDelay.Backoff(_environment.Settings.RetryInterval, policy.Breaks - 1, SharedRandom.NextDouble()), cancellationToken).ConfigureAwait(false);
            }
            catch (RestartDownloadException e)
            {
                file.Discard();
                throw e.GiveUp?.Invoke(policy.Breaks) ?? new BackupLinksException(
                    e.Cause == RestartCause.Spoilt ? ErrorKind.HashMismatch : ErrorKind.ObjectChanged,
                    $"{e.Message}, and again after {policy.Replacements - 1} new starts, so that no whole version of {_source.Subject} could be had; try again when the store is at rest.");
            }
        }
    }

    // Either the file that is there, or the one that is to become it.
    private async Task<(PresentFile? Present, PartialFile? File)> FindOrOpenAsync(
        string path, CancellationToken cancellationToken)
    {
        bool force = _environment.Settings.Force;
        var disk = _environment.Folder.Disk;
        var check = new PresentFileCheck(_environment, _source, _link);
        while (true)
        {
            if (!force && await check.FindAsync(path, cancellationToken).ConfigureAwait(false) is { } present)
                return (present, null);
            var file = PartialFile.Open(path, force, disk, _environment.Log);
            if (force || disk.Look(path) is null)
                return (null, file);
            // Another process saved the file, and released its lock, after the look.
            file.Dispose();
        }
    }

    // Before the first byte, not after the last.
    private void RequireReplaceable(string path)
    {
        if (Directory.Exists(path) || !FileErrors.IsLink(path))
            FileErrors.RequireFile(path);
        if (_environment.Settings.Force && Platform.IsWindows && File.Exists(path))
            FileErrors.RequireClosed(path);
    }

    private async Task VerifyAsync(Download download, PartialFile file, DownloadResult result, CancellationToken cancellationToken)
    {
        if (_source.ExpectedHash is { } expected)
            VerifyHash(file, result, expected);
        else if (result.StoreMd5 is not null && result.StoreMd5 != result.Md5)
            await ResolveDoubtAsync(download, result, cancellationToken).ConfigureAwait(false);
    }

    private void VerifyHash(PartialFile file, DownloadResult result, string expected)
    {
        string actual = expected.Length == result.Md5?.Length ? result.Md5 : result.Sha256;
        if (string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase))
            return;
        string problem = $"has the hash {actual}, where {expected.ToLowerInvariant()} was expected";
        if (result.BytesResumed > 0)
            throw new RestartDownloadException(RestartCause.Spoilt, $"{_source.Subject} {problem}, and a part of it is of an earlier run");
        if (result.IsDecoded)
            throw new RestartDownloadException(RestartCause.DecodedWrong, $"The decoded body of {_source.Subject} {problem}");
        file.Discard();
        throw new BackupLinksException(
            ErrorKind.HashMismatch, $"{_source.Subject} {problem}, and was not saved; try again, and if it stays so, ask who made the backup.");
    }

    // An entity tag of 32 digits is the MD5 of most objects, and none of some. A second reading tells.
    private async Task ResolveDoubtAsync(Download download, DownloadResult result, CancellationToken cancellationToken)
    {
        download.SaveWhole(result.Identity);
        _environment.Log.Warn(
            $"{_source.Subject} has the MD5 {result.Md5}, and the store's entity tag is {result.StoreMd5}, which may not be an MD5. "
            + "The object is read once more to tell; -IgnoreEntityTag saves that.");
        using var reading = new SecondReading(_environment, _source, _link, _meter, result.Identity);
        var second = await reading.RunAsync(cancellationToken).ConfigureAwait(false);
        if (second.Sha256 == result.Sha256)
        {
            _environment.Log.Warn($"Two readings of {_source.Subject} have the same SHA-256, so the store's entity tag is not its MD5; the file is saved.");
            return;
        }

        if (second.Md5 == result.StoreMd5 || result.BytesResumed > 0)
            throw new RestartDownloadException(RestartCause.Spoilt, $"{_source.Subject} was spoilt on its way");
        throw new BackupLinksException(
            ErrorKind.HashMismatch,
            $"Two readings of {_source.Subject} differ from each other and from the store's entity tag {result.StoreMd5}, so the file was not saved; "
            + "its bytes are kept as a partial file. Check the network and the proxy, and run the command again.");
    }

    // For the next run, which finds the file there. It is saved without it all the same.
    private async Task NoteAsync(string path, DownloadResult result, CancellationToken cancellationToken)
    {
        var clock = _environment.Transport.Clock;
        var entry = new CatalogEntry
        {
            Path = Path.GetFileName(path),
            Size = result.Size,
            Sha256 = result.Sha256,
            Source = result.Address,
            ETag = result.ETag,
            LastModified = result.LastModified,
            SavedAt = clock.GetUtcNow(),
        };
        try
        {
            await _environment.Folder.Catalog.AddAsync(entry, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is BackupLinksException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            _environment.Log.Tell?.Invoke($"'{path}' is saved, but not in the catalog '{_environment.Folder.Catalog.Path}': {e.Message.TrimEnd('.')}.");
        }
    }

    private SavedBackupFile Describe(string path, long size, string sha256, string status, TimeSpan duration, long resumed) =>
        new(path, size, sha256, status, _source.Ids, PresignedUri.Redact(_source.Uri))
        {
            Duration = duration,
            BytesResumed = resumed,
            LinkRenewals = _link.Renewals,
        };
}
