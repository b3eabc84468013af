using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Checksums;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Formats;
using BackupLinks.Shims;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>
/// Decides whether the file of a link is there already. The first of these that is known decides.
/// <list type="number">
/// <item>The expected hash, or the checksum that the provider states.</item>
/// <item>The MD5 that the entity tag is, or the CRC-64 that the store states.</item>
/// <item>The SHA-256 that the catalog has of the same object.</item>
/// <item>The samples and the time of the object, with a warning.</item>
/// </list>
/// </summary>
internal sealed class PresentFileCheck(
    TransferContext context, TransferSource source, RenewableLink link, TransferProgress progress)
{
    private const int SampleLength = 64 * 1024;

    // Each of them is read to its end.
    private const int MostCandidates = 3;

    // FAT and many shares keep times in steps of two seconds.
    private static readonly TimeSpan TimeGrain = TimeSpan.FromSeconds(2);

    /// <summary>Looks for the file.</summary>
    /// <param name="path">Where it is to be saved.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null when no file is there.</returns>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.FileExists"/> for another file, among others.
    /// </exception>
    public async Task<PresentFile?> FindAsync(string path, CancellationToken cancellationToken)
    {
        BackupLinksException? difference = null;
        if (context.Folder.Disk.Look(path) is not null)
        {
            try
            {
                return await RecogniseAsync(path, onlyByProof: false, cancellationToken).ConfigureAwait(false);
            }
            catch (BackupLinksException e) when (e.Kind == ErrorKind.FileExists)
            {
                difference = e;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw FileErrors.ToReadException(e, path);
            }
        }

        // Which of several objects has the plain name depends on what else was saved with it: the file may be there
        // under the other name that it can have.
        string plain = Path.Combine(context.Folder.Path, source.FileName);
        string other = path == plain
            ? Path.Combine(context.Folder.Path, source.OtherFileName) : plain;
        // A file whose name another object of this run has is this object's only where the catalog says so.
        bool isOthers = context.Folder.IsAssigned(Path.GetFileName(other));
        if (!isOthers && context.Folder.Disk.Look(other) is { Type: FileType.Regular }
            && await TryRecogniseAsync(other, cancellationToken).ConfigureAwait(false) is { } renamed)
        {
            return renamed;
        }

        if (await FindElsewhereAsync(path, other, isOthers, cancellationToken).ConfigureAwait(false) is { } elsewhere)
            return elsewhere;
        return difference is null ? null : throw difference;
    }

    // Another folder of the catalog may have it, such as that of another day. Another name is the caller's choice.
    private async Task<PresentFile?> FindElsewhereAsync(
        string path, string other, bool isOthers, CancellationToken cancellationToken)
    {
        if (context.Catalog is not { } catalog)
            return null;
        var entries = await catalog.FindAsync(source.CatalogObject, context.Transport.Clock, cancellationToken)
            .ConfigureAwait(false);
        var candidates = entries.Where(IsSameBackup)
            .Select(entry => (entry.Size, Path: CatalogFolder.ToFull(catalog.Folder, entry.Path)))
            .Where(entry => entry.Path is { } found && found != path && (isOthers || found != other)
                && (HasName(found, path) || HasName(found, other)) && IsThere(found, entry.Size))
            .Select(entry => entry.Path!).Distinct().Take(MostCandidates);
        foreach (string candidate in candidates)
        {
            if (await TryRecogniseAsync(candidate, cancellationToken).ConfigureAwait(false) is { } found)
                return found;
        }

        return null;
    }

    private static bool HasName(string path, string other) => Path.GetFileName(path) == Path.GetFileName(other);

    // Without a tag, two objects that one page returns for two queries are told apart by their backup only.
    private bool IsSameBackup(CatalogEntry entry) =>
        entry.ETag is not null
        || ((source.Ids.BackupId ?? source.Ids.LogId) is not null && entry.BackupId == source.Ids.BackupId
            && entry.LogId == source.Ids.LogId && entry.InstanceId == source.Ids.InstanceId);

    private bool IsThere(string path, long size) =>
        context.Folder.Disk.Look(path) is { Type: FileType.Regular } && new FileInfo(path).Length == size
        && source.Fits(size);

    private async Task<PresentFile?> TryRecogniseAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await RecogniseAsync(path, onlyByProof: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is BackupLinksException { Kind: ErrorKind.FileExists } or IOException
            or UnauthorizedAccessException)
        {
            // Another file, or another file's trouble.
            return null;
        }
    }

    // The file is there. It is kept, and is as good as downloaded when it is the same object.
    private async Task<PresentFile> RecogniseAsync(string path, bool onlyByProof, CancellationToken cancellationToken)
    {
        if (FileErrors.IsLink(path))
            throw Exists(path, "is a link");
        FileErrors.RequireFile(path);
        // A part of it: enough to compare, when nothing better tells; and not one that may be all of it.
        var present = new FileInfo(path);
        long length = present.Length;
        long sample = length == SampleLength ? SampleLength + 1 : SampleLength;
        // Of an object without a byte there is no part.
        using var response = await context.Client
            .GetAsync(source, link, length == 0 ? null : new ByteRange(0, sample), null, cancellationToken)
            .ConfigureAwait(false);
        long? size = response.Part?.Size ?? (response.SaysEmpty ? 0 : response.IsWhole ? response.Length : null);
        bool isSameSize = size == length;
        // The size of a whole body with a coding is not that of the file which was decoded from it; nor is that of the
        // object, when the provider states another, which the file has.
        bool mayBeDecoded = response.Codings.Count > 0
            && (response.IsWhole || (source.Size is not null && source.Fits(length) && !source.Fits(size ?? length)));
        string inStore = size?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number";
        string difference = FormattableString.Invariant($"has {length} bytes, and the backup {inStore}");
        if (!isSameSize && ((size is not null && !mayBeDecoded) || !source.Fits(length)))
            throw Exists(path, difference);
        difference = isSameSize ? "has the same size, but" : difference + ", and";

        var identity = response.GetIdentity(length);
        var stated = StatedChecksums.Of(
            source, response, isDecoded: mayBeDecoded && !isSameSize, context.Settings.IgnoreEntityTag);
        // A store without tags can have another object of the same size and second.
        bool beginsTheSame = response.ETag is not null || context.Catalog is null
            || await BeginsTheSameAsync(path, response, length, cancellationToken).ConfigureAwait(false);
        var (checksums, report) = await HashAsync(path, stated, cancellationToken).ConfigureAwait(false);
        string sha256 = checksums.Sha256;
        bool isCatalogued = beginsTheSame
            && await IsCataloguedAsync(response, identity, sha256, cancellationToken).ConfigureAwait(false);
        ObjectProof? proof = new(CatalogEntry.Identify(identity.Address), response.ETag, response.LastModified);
        if (stated.FirstOrDefault(checksum => checksum.IsRequired && !checksums.Match(checksum)) is { } required)
        {
            throw await DiffersAsync(
                required.Origin == ChecksumOrigin.Caller
                    ? "does not have the expected hash"
                    : $"{difference} not the {required.Algorithm} that the provider states")
                .ConfigureAwait(false);
        }

        if (stated.Count > 0)
        {
            // An earlier run may have found that the store states a wrong one.
            if (!stated.Any(checksums.Match) && !isCatalogued)
            {
                if (stated.All(checksum => checksum.Origin == ChecksumOrigin.EntityTag))
                {
                    throw await DiffersAsync(
                        $"{difference} not the MD5 that the store's entity tag may be (-IgnoreEntityTag compares "
                            + "without it)")
                        .ConfigureAwait(false);
                }

                string names = string.Join(" or the ", stated.Select(checksum => checksum.Algorithm));
                bool isStores = stated.Any(checksum => checksum.Origin != ChecksumOrigin.ProviderPerhaps);
                throw await DiffersAsync(
                    $"{difference} not the {names} that the {(isStores ? "store" : "provider")} states")
                    .ConfigureAwait(false);
            }
        }
        else if (!isCatalogued && (onlyByProof || !isSameSize || !response.IsWhole || mayBeDecoded
            || !await IsSameThroughoutAsync(path, identity, cancellationToken).ConfigureAwait(false)))
        {
            // The catalog has what the object was; that it looks the same says less.
            if (await WasChangedAsync(path, response, identity, sha256, cancellationToken).ConfigureAwait(false))
            {
                await NoteChangeAsync().ConfigureAwait(false);
                throw new BackupLinksException(
                    ErrorKind.FileExists,
                    $"'{path}' has changed since it was saved from the same object; pass -Force to download it again.");
            }

            if (onlyByProof || !isSameSize || !IsSameTime(present.LastWriteTimeUtc, response.LastModified)
                || !await LooksSameAsync(path, response, length, cancellationToken).ConfigureAwait(false))
            {
                throw await DiffersAsync($"{difference} is not known to be the same backup")
                    .ConfigureAwait(false);
            }

            context.Log.Warn(
                $"'{path}' looks the same as {source.Subject}, by its size, time, beginning, middle and end; "
                + "pass -ExpectedHash to be sure, or -Force to download it again.");
            proof = null;
        }

        return new PresentFile(path, length, sha256, report, proof) { VerifiedBy = checksums.Describe(stated) };

        async Task<BackupLinksException> DiffersAsync(string difference)
        {
            await NoteChangeAsync().ConfigureAwait(false);
            return Exists(path, difference);
        }

        // A copy elsewhere is looked at only by the way, and what it lacks is downloaded.
        Task NoteChangeAsync() => onlyByProof ? Task.CompletedTask
            : new CatalogNotes(context, source).AddChangedAsync(path, sha256, cancellationToken);
    }

    // Saved from the same object, and unchanged since.
    private async Task<bool> IsCataloguedAsync(
        ObjectResponse response, ObjectIdentity identity, string sha256, CancellationToken cancellationToken)
    {
        if (context.Catalog is not { } catalog)
            return false;
        var entries = await catalog.FindAsync(
            CatalogEntry.Identify(identity.Address), context.Transport.Clock, cancellationToken).ConfigureAwait(false);
        return entries.Any(entry => entry.Sha256 == sha256 && IsOf(entry, response, identity));
    }

    // Saved from the same object, with other bytes.
    private async Task<bool> WasChangedAsync(
        string path, ObjectResponse response, ObjectIdentity identity, string sha256,
        CancellationToken cancellationToken) =>
        context.Catalog is { } catalog
        && await catalog.FindSavedFileAsync(path, context.Transport.Clock, cancellationToken).ConfigureAwait(false)
            is { } saved
        && saved.Sha256 != sha256 && IsOf(saved, response, identity);

    // Without a tag, an address and a size are not enough.
    private static bool IsOf(CatalogEntry entry, ObjectResponse response, ObjectIdentity identity) =>
        entry.Object == CatalogEntry.Identify(identity.Address) && entry.Size == identity.Size
        && entry.ETag == response.ETag
        && (response.ETag is not null || (response.LastModified is { } modified && modified == entry.LastModified));

    private async Task<bool> BeginsTheSameAsync(
        string path, ObjectResponse response, long length, CancellationToken cancellationToken)
    {
        // One that is coded on its way begins as it is coded.
        if (!response.IsBeginning || response.Codings.Count > 0)
            return true;
        byte[]? theirs = await Inspection.ReadBeginningAsync(
            response, (int)Math.Min(SampleLength, length), context.Settings.StallTimeout, context.Transport.Clock,
            cancellationToken).ConfigureAwait(false);
        using var file = Open(path);
        return theirs is null || Has(file, 0, theirs);
    }

    private static bool IsSameTime(DateTime present, DateTimeOffset? stated) =>
        stated is not { } time || (present - time.UtcDateTime).Duration() <= TimeGrain;

    // A store that sends no parts sends all bytes, which prove more than samples of them.
    private async Task<bool> IsSameThroughoutAsync(
        string path, ObjectIdentity identity, CancellationToken cancellationToken)
    {
        bool isSame = true;
        using var file = Open(path);
        using var difference = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await new RepeatedReading(
                context, source, link, progress, identity, new ByteRange(0, identity.Size)).RunAsync(
                () => isSame = true,
                (bytes, position) =>
                {
                    isSame = isSame && Has(file, position, bytes.AsSpan());
                    // The rest cannot change that.
                    if (!isSame)
                        difference.Cancel();
                },
                difference.Token).ConfigureAwait(false);
            return isSame;
        }
        catch (OperationCanceledException) when (!isSame && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (e is RestartDownloadException
            or BackupLinksException { Kind: ErrorKind.HashMismatch })
        {
            // The next response is of something else, or does not tell.
            return false;
        }
    }

    // The beginning, the end, where formats have their checksums, and a place between are the same as in the store.
    private async Task<bool> LooksSameAsync(
        string path, ObjectResponse beginning, long length, CancellationToken cancellationToken)
    {
        if (length == 0)
            return true;
        long[] starts = length > 2 * SampleLength ? [0, length - SampleLength, length / 2]
            : length > SampleLength ? [0, length - SampleLength] : [0];
        var reading = new SampleReading(context, source, link);
        using var file = Open(path);
        foreach (long start in starts)
        {
            var range = new ByteRange(start, Math.Min(start + SampleLength, length));
            byte[]? theirs = await reading.TryReadAsync(
                range, start == 0 ? beginning : null, beginning.Validator, cancellationToken).ConfigureAwait(false);
            if (theirs is null || !Has(file, start, theirs))
                return false;
        }

        return true;
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read);

    private static bool Has(FileStream file, long start, ReadOnlySpan<byte> theirs)
    {
        byte[] ours = new byte[theirs.Length];
        file.Position = start;
        int count = 0;
        for (int read; count < ours.Length && (read = file.Read(ours, count, ours.Length - count)) > 0;)
            count += read;
        return count == ours.Length && ours.AsSpan().SequenceEqual(theirs);
    }

    private static BackupLinksException Exists(string path, string what) => new(
        ErrorKind.FileExists,
        $"'{path}' already exists and {what}; it may belong to another backup, "
        + "so choose another -Destination, or pass -Force to replace it.");

    private Task<(FileChecksums Checksums, BackupFileReport? Report)> HashAsync(
        string path, IReadOnlyList<StatedChecksum> stated, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var check = context.Settings.Test ? new BackupFileCheck() : null;
            using var sha256 = SHA256.Create();
            using var md5 = IsStated(ChecksumAlgorithm.Md5) ? MD5.Create() : null;
            var crc = IsStated(ChecksumAlgorithm.Crc64) ? Crc64.CreateXz() : null;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1024 * 1024);
            byte[] block = new byte[256 * 1024];
            for (int count; (count = file.Read(block, 0, block.Length)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                sha256.TransformBlock(block, 0, count, null, 0);
                md5?.TransformBlock(block, 0, count, null, 0);
                crc?.Append(block, 0, count);
                check?.Append(block, 0, count);
            }

            sha256.TransformFinalBlock([], 0, 0);
            md5?.TransformFinalBlock([], 0, 0);
            string hash = Hex.Encode(sha256.Hash!);
            var checksums = new FileChecksums(
                hash, md5 is null ? null : Hex.Encode(md5.Hash!),
                crc is null ? null : ChecksumAlgorithm.ToText(crc.Value));
            return (checksums, check?.Complete(path, hash));

            bool IsStated(string algorithm) => stated.Any(checksum => checksum.Algorithm == algorithm);
        },
        cancellationToken);
}
