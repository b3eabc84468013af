using System;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Links;

namespace BackupLinks.Transfer;

/// <summary>
/// Begins a download: resumes what an earlier run left, else requests a first segment, else the whole.
/// </summary>
/// <param name="context">The context that the command's transfers share.</param>
/// <param name="source">The object.</param>
/// <param name="link">Its link.</param>
/// <param name="file">Takes its bytes.</param>
/// <param name="policy">How plainly to begin.</param>
internal sealed class ObjectOpener(
    TransferContext context, TransferSource source, RenewableLink link, PartialFile file, RestartPolicy policy)
{
    /// <summary>Begins.</summary>
    /// <exception cref="BackupLinksException">
    /// The store refused or failed, or its response cannot be the file.
    /// </exception>
    public async Task<Opening> BeginAsync(CancellationToken cancellationToken)
    {
        if (file.Record is { } record)
        {
            if (policy.WithRanges
                && await TryResumeAsync(record, cancellationToken).ConfigureAwait(false) is { } resumed)
            {
                return resumed;
            }
        }

        if (file.HadData && policy.WithRanges)
        {
            context.Log.Warn(
                $"The bytes that an earlier run left of {source.Subject} may not be of the same object; "
                + "it is downloaded from its beginning.");
        }

        file.Clear();
        // A single request may use up the link; with one connection it is enough for the whole.
        bool inSegments = policy.WithRanges && context.Settings.SegmentCount != 1;
        return (inSegments ? await StartSegmentsAsync(cancellationToken).ConfigureAwait(false) : null)
            ?? await StartWholeAsync(null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Opening?> TryResumeAsync(PartialRecord record, CancellationToken cancellationToken)
    {
        if (record.Identity.Address != PresignedUri.Redact(source.Uri) || !source.Fits(record.Identity.Size))
            return null;
        // Before the first request, which is for bytes that are not there.
        long lost = await Task.Run(() => file.Verify(cancellationToken), cancellationToken).ConfigureAwait(false);
        if (lost > 0)
            context.Log.Warn(FormattableString.Invariant(
                $"{lost} bytes that an earlier run left of {source.Subject} have changed since; ")
                + "they are downloaded again. Check the disk.");
        var plan = new SegmentPlan(record.Identity.Size, file.CompletedRanges, Elapsed);
        var segment = plan.Take(Download.SegmentLength);
        // When all bytes are there, the last one tells whether the object is unchanged.
        long size = record.Identity.Size;
        var range = segment is null ? new ByteRange(size - 1, size) : new ByteRange(segment.Start, segment.End);
        var response = await GetAsync(range, record.Identity.Validator, cancellationToken).ConfigureAwait(false);
        if (PartProof.Judge(response, range, record.Identity) == PartVerdict.Same)
        {
            long resumed = file.CompletedRanges.Sum(completed => completed.Length);
            return new Opening(response, segment, plan, record.Identity, IsDecoded: false, resumed);
        }

        response.Dispose();
        return null;
    }

    private async Task<Opening?> StartSegmentsAsync(CancellationToken cancellationToken)
    {
        var range = new ByteRange(0, Download.SegmentLength);
        var response = await GetAsync(range, null, cancellationToken).ConfigureAwait(false);
        // More than the part comes where the request had to go without a range.
        if (response.IsWhole || (response.IsWholeAsPart && response.TotalSize > range.End))
            return await StartWholeAsync(response, cancellationToken).ConfigureAwait(false);
        // Without a validator only the whole object will do. A part that was coded on its way has no place in the file.
        if (response.Part is { } part && part.Range.Start == 0 && part.Range.End <= range.End && source.Fits(part.Size)
            && (response.Validator is not null || part.Range.End == part.Size)
            && (response.Codings.Count == 0 || response.Length is not null))
        {
            TellOfCoding(response);
            var plan = new SegmentPlan(part.Size, [], Elapsed);
            var identity = response.GetIdentity(part.Size);
            return new Opening(response, plan.Take(range.End), plan, identity, IsDecoded: false, 0);
        }

        response.Dispose();
        return null;
    }

    private async Task<Opening> StartWholeAsync(ObjectResponse? given, CancellationToken cancellationToken)
    {
        var response = given ?? await GetAsync(null, null, cancellationToken).ConfigureAwait(false);
        try
        {
            // Without a range, status 206 says the same as 200 when the part is all of the object (RFC 9110, 15.3.7).
            if (!response.IsWhole && !response.IsWholeAsPart)
            {
                string part = response.Status == HttpStatusCode.OK ? " and a part of the file" : "";
                throw TransferErrors.Unusable(
                    response, $"HTTP {(int)response.Status}{part}, where the whole file was requested",
                    isHashMissing: false);
            }

            bool isDecoded = policy.MayDecode && ContentCodings.ShouldDecode(response, source)
                && await IsGzipAsync(response, cancellationToken).ConfigureAwait(false);
            long? size = isDecoded ? null : response.TotalSize;
            if (size is { } known && !source.Fits(known))
                throw TransferErrors.WrongSize(source, known, isAtLeast: false);
            if (isDecoded)
                context.Log.Tell?.Invoke($"The body of {source.Subject} is compressed, and is saved decoded.");
            else
                TellOfCoding(response);
            var plan = new SegmentPlan(size ?? long.MaxValue, [], Elapsed);
            var identity = size is { } length ? response.GetIdentity(length) : null;
            return new Opening(response, plan.Take(long.MaxValue), plan, identity, isDecoded, 0, IsWhole: true);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private void TellOfCoding(ObjectResponse response)
    {
        if (response.Codings.Count == 0)
            return;
        string codings = string.Join(", ", response.Codings.Take(3));
        string line = $"{source.Subject} is stored with the label Content-Encoding: {codings}; "
            + "its bytes are saved as they are stored.";
        if (ContentCodings.IsCompressedName(source.FileName))
            context.Log.Tell?.Invoke(line);
        else
            context.Log.Warn(line);
    }

    private Task<bool> IsGzipAsync(ObjectResponse response, CancellationToken cancellationToken) =>
        Inspection.IsGzipAsync(response, context.Settings.StallTimeout, context.Transport.Clock, cancellationToken);

    private TimeSpan Elapsed() => context.Transport.Clock.GetElapsed();

    private Task<ObjectResponse> GetAsync(ByteRange? range, string? validator, CancellationToken cancellationToken) =>
        context.Client.GetAsync(source, link, range, validator, cancellationToken);
}
