using System;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Shims;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>Makes one link a verified file: finds out what is there, lets a <see cref="Download"/> get the rest, and checks it.</summary>
internal sealed class FileTransfer
{
    private const int SampleLength = 64 * 1024;

    private readonly TransferEnvironment _environment;
    private readonly TransferSource _source;
    private readonly TransferMeter _meter;
    private readonly LinkLease _lease;

    private FileTransfer(TransferEnvironment environment, TransferSource source, TransferMeter meter, LinkLease lease)
    {
        _environment = environment;
        _source = source;
        _meter = meter;
        _lease = lease;
    }

    /// <summary>Saves a file.</summary>
    /// <param name="environment">What the command's transfers share.</param>
    /// <param name="source">What to save.</param>
    /// <param name="place">Where to.</param>
    /// <param name="meter">Told how far it is.</param>
    /// <param name="cancellationToken">Stops the transfer; what has come is kept for the next run.</param>
    /// <exception cref="BackupLinksException">The file could not be saved. A file of its name is as it was.</exception>
    public static async Task<SavedBackupFile> SaveAsync(
        TransferEnvironment environment, TransferSource source, PathInUse place, TransferMeter meter, CancellationToken cancellationToken)
    {
        environment.Client.RequireSafe(source, source.Uri);
        environment.Folder.Create();
        using var load = environment.Load.Add();
        // The same object twice: the second time it is there already.
        await place.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var lease = new LinkLease(source, environment.Transport.Clocks, environment.Transport.Clock, environment.Log);
            return await new FileTransfer(environment, source, meter, lease).SaveAsync(place.Path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Explain(e, place.Path, isNew: false);
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
        if (Directory.Exists(path))
            DiskErrors.RefuseLink(path);
        if (!_environment.Settings.Force && await FindAsync(path, cancellationToken).ConfigureAwait(false) is { } present)
            return Describe(present.Path, present.Size, present.Sha256, SaveStatus.AlreadyPresent, clock.GetUtcNow() - started, 0);

        using var file = PartialFile.Open(path, _environment.Settings.Force);
        var policy = new StartOverPolicy(_environment.Settings.MaximumRetryCount);
        while (true)
        {
            using var download = new Download(_environment, _source, _lease, _meter, file, policy);
            try
            {
                var result = await download.RunAsync(cancellationToken).ConfigureAwait(false);
                Verify(file, result);
                file.Finish(result.Size, _environment.Settings.Force, result.LastModified);
                return Describe(path, result.Size, result.Sha256, SaveStatus.Saved, clock.GetUtcNow() - started, result.BytesResumed);
            }
            catch (StartOverException e) when (policy.MayStartOver(e.Cause, _meter.Received))
            {
                _environment.Log.Warn($"{e.Message}; {_source.Subject} is downloaded from its beginning.");
                file.Clear();
                if (e.Cause == StartOverCause.Broken)
                    await clock.DelayAsync(RetryDelay.Backoff(_environment.Settings.RetryInterval, policy.Breaks - 1, SharedRandom.NextDouble()), cancellationToken).ConfigureAwait(false);
            }
            catch (StartOverException e)
            {
                file.Discard();
                throw e.GiveUp?.Invoke(policy.Breaks) ?? new BackupLinksException(
                    ErrorKind.ObjectChanged, $"{e.Message}, and again after {policy.Replacements - 1} new starts, so that no whole version of {_source.Subject} could be had; try again when the store is at rest.");
            }
        }
    }

    private void Verify(PartialFile file, DownloadResult result)
    {
        string? problem = null;
        if (_source.ExpectedHash is { } expected)
        {
            string actual = expected.Length == result.Md5?.Length ? result.Md5 : result.Sha256;
            if (!string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase))
                problem = $"has the hash {actual}, where {expected.ToLowerInvariant()} was expected";
        }
        else if (result.StoreMd5 is { } stated && stated != result.Md5)
        {
            problem = $"has the MD5 {result.Md5}, where the store's entity tag says {stated}";
        }

        if (problem is null)
            return;
        if (result.BytesResumed > 0)
            throw new StartOverException(StartOverCause.Replaced, $"{_source.Subject} {problem}, and a part of it is of an earlier run");
        if (result.IsDecoded)
            throw new StartOverException(StartOverCause.DecodedWrong, $"The decoded body of {_source.Subject} {problem}");
        file.Discard();
        throw new BackupLinksException(
            ErrorKind.HashMismatch, $"{_source.Subject} {problem}, and was not saved; try again, and if it stays so, ask who made the backup.");
    }

    // Which of several objects has the plain name depends on what else was saved with it: the file may be there under the
    // other name that it can have.
    private async Task<(string Path, long Size, string Sha256)?> FindAsync(string path, CancellationToken cancellationToken)
    {
        BackupLinksException? difference = null;
        if (File.Exists(path) || DiskErrors.IsLink(path))
        {
            try
            {
                return await RecogniseAsync(path, onlyByProof: false, cancellationToken).ConfigureAwait(false);
            }
            catch (BackupLinksException e) when (e.Kind == ErrorKind.FileExists)
            {
                difference = e;
            }
        }

        string plain = Path.Combine(_environment.Folder.Path, _source.FileName);
        string other = path == plain ? Path.Combine(_environment.Folder.Path, DistinctNames.Apart(_source.FileName, _source.Uri)) : plain;
        // What another object of this run has the name of is not looked at.
        if (File.Exists(other) && !_environment.Folder.IsClaimed(Path.GetFileName(other)))
        {
            try
            {
                return await RecogniseAsync(other, onlyByProof: true, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is BackupLinksException { Kind: ErrorKind.FileExists } or IOException or UnauthorizedAccessException)
            {
                // Another file, or another file's trouble.
            }
        }

        return difference is null ? null : throw difference;
    }

    // The file is there. It is kept, and is as good as downloaded when it is the same object without doubt.
    private async Task<(string Path, long Size, string Sha256)> RecogniseAsync(string path, bool onlyByProof, CancellationToken cancellationToken)
    {
        if (DiskErrors.IsLink(path))
            throw Exists(path, "is a link");
        // A part of it: enough to see whose the file is, when nothing better tells.
        using var answer = await _environment.Client.GetAsync(_source, _lease, new ByteRange(0, SampleLength), null, cancellationToken).ConfigureAwait(false);
        long? size = answer.Part?.Size ?? (answer.SaysEmpty ? 0 : answer.IsWhole ? answer.Length : null);
        var present = new FileInfo(path);
        long length = present.Length;
        if (size != length)
            throw Exists(path, $"has {length.ToString(CultureInfo.InvariantCulture)} bytes, and the backup {size?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number"}");
        var identity = answer.GetIdentity(length);
        var (sha256, md5) = await HashExistingAsync(path, cancellationToken).ConfigureAwait(false);
        if (_source.ExpectedHash is { } expected)
        {
            if (!string.Equals(expected.Length == md5.Length ? md5 : sha256, expected, StringComparison.OrdinalIgnoreCase))
                throw Exists(path, "does not have the expected hash");
        }
        else if (identity.PossibleMd5 is { } stated && !answer.IsEncryptedByStore)
        {
            if (stated != md5)
                throw Exists(path, "has the same size, but not the MD5 that the store states");
        }
        else if (onlyByProof || answer.LastModified is not { } modified || Math.Abs((present.LastWriteTimeUtc - modified.UtcDateTime).TotalSeconds) >= 1
            || !await LooksSameAsync(path, answer, length, cancellationToken).ConfigureAwait(false))
        {
            throw Exists(path, "has the same size, but is not known to be the same backup");
        }

        _meter.Begin(length, length);
        return (path, length, sha256);
    }

    // The beginning, the end, where formats have their checksums, and a place between are the same as in the store.
    private async Task<bool> LooksSameAsync(string path, ObjectAnswer beginning, long length, CancellationToken cancellationToken)
    {
        if (length == 0)
            return true;
        if (!await IsSameAsync(path, beginning, 0, cancellationToken).ConfigureAwait(false))
            return false;
        foreach (long start in new[] { length - SampleLength, length / 2 })
        {
            if (start <= SampleLength)
                continue;
            using var answer = await _environment.Client.GetAsync(
                _source, _lease, new ByteRange(start, start + SampleLength), null, cancellationToken).ConfigureAwait(false);
            if (answer.Validator != beginning.Validator || !await IsSameAsync(path, answer, start, cancellationToken).ConfigureAwait(false))
                return false;
        }

        return true;
    }

    private static async Task<bool> IsSameAsync(string path, ObjectAnswer answer, long start, CancellationToken cancellationToken)
    {
        if (answer.Part is not { } part || part.Range.Start != start)
            return false;
        byte[] theirs = await answer.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        byte[] ours = new byte[theirs.Length];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        file.Position = start;
        int count = 0;
        for (int read; count < ours.Length && (read = file.Read(ours, count, ours.Length - count)) > 0;)
            count += read;
        cancellationToken.ThrowIfCancellationRequested();
        return count == ours.Length && ours.AsSpan().SequenceEqual(theirs);
    }

    private static BackupLinksException Exists(string path, string what) => new(
        ErrorKind.FileExists, $"'{path}' is there already and {what}; it may be of another backup, so choose another -Destination, or pass -Force to replace it.");

    private static Task<(string Sha256, string Md5)> HashExistingAsync(string path, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var sha256 = System.Security.Cryptography.SHA256.Create();
            using var md5 = System.Security.Cryptography.MD5.Create();
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1024 * 1024);
            byte[] block = new byte[256 * 1024];
            for (int count; (count = file.Read(block, 0, block.Length)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                sha256.TransformBlock(block, 0, count, null, 0);
                md5.TransformBlock(block, 0, count, null, 0);
            }

            sha256.TransformFinalBlock([], 0, 0);
            md5.TransformFinalBlock([], 0, 0);
            return (Hex.Encode(sha256.Hash!), Hex.Encode(md5.Hash!));
        },
        cancellationToken);

    private SavedBackupFile Describe(string path, long size, string sha256, SaveStatus status, TimeSpan duration, long resumed) =>
        new(path, size, sha256, status, _source.Ids, PresignedUri.Redact(_source.Uri))
        {
            Duration = duration,
            BytesResumed = resumed,
            LinkRenewals = _lease.Renewals,
        };
}
