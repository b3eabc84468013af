using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Formats;

namespace BackupLinks.Transfer;

/// <summary>
/// Notes in the catalog what became of a file, for the next run, which finds it there, and for the commands that list,
/// test and remove files. A file is saved also where the catalog cannot be written, which is an error beside it.
/// </summary>
/// <param name="context">The context that the command's transfers share.</param>
/// <param name="source">The link of the file.</param>
internal sealed class CatalogNotes(TransferContext context, TransferSource source)
{
    /// <summary>Notes a file that has got its name.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="result">The download.</param>
    /// <param name="cancellationToken">Ends the wait for another process.</param>
    public Task AddSavedAsync(string path, DownloadResult result, CancellationToken cancellationToken)
    {
        var proof = new ObjectProof(CatalogEntry.Identify(result.Address), result.ETag, result.LastModified);
        var now = context.Transport.Clock.GetUtcNow();
        return AddAsync(
            path,
            catalog => ToEntry(
                catalog, path, result.Size, result.Sha256, result.VerifiedBy, proof, now, result.Report),
            cancellationToken);
    }

    /// <summary>
    /// Notes a file that was there, unless the catalog has it with all that the link states, and what a test of it
    /// found.
    /// </summary>
    /// <param name="present">The file.</param>
    /// <param name="cancellationToken">Ends the wait for another process.</param>
    public async Task AddPresentAsync(PresentFile present, CancellationToken cancellationToken)
    {
        if (context.Catalog is not { } catalog)
            return;
        var known = await catalog.FindUnchangedFileAsync(present.Path, context.Transport.Clock, cancellationToken)
            .ConfigureAwait(false);
        var stated = ToEntry(catalog, present);
        bool isKnown = known is not null && known.Size == present.Size && known.Sha256 == present.Sha256;
        var complete = isKnown ? known!.CompleteWith(stated) : stated;
        bool isNew = complete != known;
        if (!isNew && present.Report is null)
            return;
        if (isNew && isKnown && present.Report is not null)
        {
            complete = complete with
            {
                TestState = stated.TestState, Problem = stated.Problem, TestedAt = stated.TestedAt,
            };
        }

        await AddAsync(
            present.Path, found => isNew ? complete : ToTest(found, present), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes a file of the same backup that no longer has the content that it was saved with.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="sha256">The SHA-256 that it has.</param>
    /// <param name="cancellationToken">Ends the wait for another process.</param>
    public async Task AddChangedAsync(string path, string sha256, CancellationToken cancellationToken)
    {
        if (context.Catalog is not { } catalog)
            return;
        var known = await catalog.FindUnchangedFileAsync(path, context.Transport.Clock, cancellationToken)
            .ConfigureAwait(false);
        if (known is null || known.Sha256 == sha256 || !IsOfSource(known))
            return;
        var change = new TestEvent
        {
            Path = known.Path,
            TestState = BackupFileState.Damaged,
            Problem = BackupVerdict.Changed,
            TestedAt = context.Transport.Clock.GetUtcNow(),
            IsChanged = true,
        };
        await AddAsync(path, _ => change, cancellationToken, "has changed, but not").ConfigureAwait(false);
    }

    // By the backup that a link names, else by the address.
    private bool IsOfSource(CatalogEntry known) => source.Ids.BackupId is { } id
        ? known.BackupId == id && known.InstanceId == source.Ids.InstanceId
            && (known.BackupTime ?? source.Ids.BackupTime) == (source.Ids.BackupTime ?? known.BackupTime)
        : known.BackupId is null && known.Object == source.CatalogObject;

    private async Task AddAsync(
        string path, Func<CatalogFile, CatalogEvent> toEvent, CancellationToken cancellationToken,
        string outcome = "is saved, but not")
    {
        if (context.Catalog is not { } catalog)
            return;
        try
        {
            await catalog.AddAsync(toEvent(catalog), context.Transport.Clock, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            context.Log.Tell?.Invoke($"'{path}' {outcome} in the catalog '{catalog.Path}', because it was stopped.");
        }
        catch (Exception e) when (e is BackupLinksException or IOException or UnauthorizedAccessException)
        {
            context.CatalogFailed?.Invoke(CatalogFile.ToException(e, $"'{path}' {outcome} in", catalog.Path));
        }
    }

    private TestEvent ToTest(CatalogFile catalog, PresentFile present) => new()
    {
        Path = CatalogFolder.ToRelative(catalog.Folder, present.Path),
        TestState = present.Report!.State,
        Problem = present.Report.Problem,
        TestedAt = context.Transport.Clock.GetUtcNow(),
    };

    // When it was saved is not known; the time of the file is that of the object, or later.
    private CatalogEntry ToEntry(CatalogFile catalog, PresentFile present)
    {
        var now = context.Transport.Clock.GetUtcNow();
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(present.Path));
        return ToEntry(
            catalog, present.Path, present.Size, present.Sha256, present.VerifiedBy, present.Proof,
            written < now ? written : now, present.Report);
    }

    private CatalogEntry ToEntry(
        CatalogFile catalog, string path, long size, string sha256, string? verifiedBy, ObjectProof? proof,
        DateTimeOffset savedAt, BackupFileReport? report) => new()
        {
            Path = CatalogFolder.ToRelative(catalog.Folder, path),
            Object = proof?.Identity,
            Size = size,
            Sha256 = sha256,
            VerifiedBy = verifiedBy,
            ETag = proof?.ETag,
            LastModified = proof?.LastModified,
            SavedAt = savedAt,
            Cloud = source.Details.Cloud,
            Service = source.Details.Service,
            Region = source.Details.Region,
            InstanceId = source.Ids.InstanceId,
            InstanceName = source.Ids.InstanceName,
            Engine = source.Details.Engine,
            BackupId = source.Ids.BackupId,
            LogId = source.Ids.LogId,
            Kind = source.Details.Kind,
            Type = source.Details.Type,
            Part = source.Details.Part,
            BackupTime = source.Ids.BackupTime,
            EndTime = source.Details.EndTime,
            FileCount = source.Details.FileCount,
            TestState = report?.State,
            Problem = report?.Problem,
            TestedAt = report is null ? null : context.Transport.Clock.GetUtcNow(),
        };
}
