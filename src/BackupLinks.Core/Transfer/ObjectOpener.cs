using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Links;

namespace BackupLinks.Transfer;

/// <summary>Begins a download: resumes what an earlier run left, else requests a first segment, else the whole.</summary>
/// <param name="environment">What the command's transfers share.</param>
/// <param name="source">The object.</param>
/// <param name="lease">Its link.</param>
/// <param name="file">Where it goes.</param>
/// <param name="policy">How plainly to begin.</param>
internal sealed class ObjectOpener(
    TransferContext environment, TransferSource source, RenewableLink lease, PartialFile file, RestartPolicy policy)
{
    /// <summary>Begins.</summary>
    /// <exception cref="BackupLinksException">The store refused or failed, or its answer cannot be the file.</exception>
    public async Task<Opening> BeginAsync(CancellationToken cancellationToken)
    {
        if (file.Record is { } record)
        {
            if (policy.WithRanges && await TryResumeAsync(record, cancellationToken).ConfigureAwait(false) is { } resumed)
                return resumed;
        }

        if (file.HadData && policy.WithRanges)
            environment.Log.Warn($"What an earlier run left of {source.Subject} cannot be shown to be of the same object; it is downloaded from its beginning.");

        file.Clear();
        // A single request may use up the link; with one connection it is enough for the whole.
        bool inSegments = policy.WithRanges && environment.Settings.SegmentCount != 1;
        return (inSegments ? await StartSegmentsAsync(cancellationToken).ConfigureAwait(false) : null)
            ?? await StartWholeAsync(null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Opening?> TryResumeAsync(PartialRecord record, CancellationToken cancellationToken)
    {
        if (record.Identity.Address != PresignedUri.Redact(source.Uri) || !source.Fits(record.Identity.Size))
            return null;
        // Before the first request, which is for what is not there.
        long lost = await Task.Run(() => file.Verify(cancellationToken), cancellationToken).ConfigureAwait(false);
        if (lost > 0)
            environment.Log.Warn(FormattableString.Invariant(
                $"{lost} bytes that an earlier run left of {source.Subject} are not what it wrote, and are downloaded again; check the disk."));
        var plan = new SegmentPlan(record.Identity.Size, file.Done, Elapsed);
        var segment = plan.Take(Download.SegmentLength);
        // When all of it is there, the last byte tells whether it still is the same.
        var range = segment is null ? new ByteRange(record.Identity.Size - 1, record.Identity.Size) : new ByteRange(segment.Start, segment.End);
        var answer = await GetAsync(range, record.Identity.Validator, cancellationToken).ConfigureAwait(false);
        if (PartProof.Judge(answer, range, record.Identity) == PartVerdict.Same)
            return new Opening(answer, segment, plan, record.Identity, IsDecoded: false, file.Done.Sum(range => range.Length));
        answer.Dispose();
        return null;
    }

    private async Task<Opening?> StartSegmentsAsync(CancellationToken cancellationToken)
    {
        var range = new ByteRange(0, Download.SegmentLength);
        var answer = await GetAsync(range, null, cancellationToken).ConfigureAwait(false);
        if (answer.IsWhole)
            return await StartWholeAsync(answer, cancellationToken).ConfigureAwait(false);
        // Without a validator only an answer that is the whole object will do. A part that was coded on its way has no place.
        if (answer.Part is { } part && part.Range.Start == 0 && part.Range.End <= range.End && source.Fits(part.Size)
            && (answer.Validator is not null || part.Range.End == part.Size) && (answer.Codings.Count == 0 || answer.Length is not null))
        {
            TellOfCoding(answer);
            var plan = new SegmentPlan(part.Size, [], Elapsed);
            return new Opening(answer, plan.Take(range.End), plan, answer.GetIdentity(part.Size), IsDecoded: false, 0);
        }

        answer.Dispose();
        return null;
    }

    private async Task<Opening> StartWholeAsync(ObjectResponse? given, CancellationToken cancellationToken)
    {
        var answer = given ?? await GetAsync(null, null, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!answer.IsWhole)
                throw TransferErrors.Unusable(answer, $"HTTP {(int)answer.Status}, where the whole file was asked for");
            bool isDecoded = policy.MayDecode && ContentCodings.ShouldDecode(answer, source)
                && await Inspection.IsGzipAsync(answer, environment.Settings.StallTimeout, cancellationToken).ConfigureAwait(false);
            long? size = isDecoded ? null : answer.Length;
            if (size is { } known && !source.Fits(known))
                throw TransferErrors.WrongSize(source, known, isAtLeast: false);
            if (!isDecoded)
                TellOfCoding(answer);
            var plan = new SegmentPlan(size ?? long.MaxValue, [], Elapsed);
            return new Opening(
                answer, plan.Take(long.MaxValue), plan, size is { } length ? answer.GetIdentity(length) : null, isDecoded, 0);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private void TellOfCoding(ObjectResponse answer)
    {
        if (answer.Codings.Count == 0)
            return;
        string codings = string.Join(", ", answer.Codings.Take(3));
        string line = $"{source.Subject} is stored with the label Content-Encoding: {codings}; its bytes are saved as they are stored.";
        if (ContentCodings.IsCompressedName(source.FileName))
            environment.Log.Tell?.Invoke(line);
        else
            environment.Log.Warn(line);
    }

    private TimeSpan Elapsed() => environment.Transport.Clock.GetElapsed();

    private Task<ObjectResponse> GetAsync(ByteRange? range, string? validator, CancellationToken cancellationToken) =>
        environment.Client.GetAsync(source, lease, range, validator, cancellationToken);
}
