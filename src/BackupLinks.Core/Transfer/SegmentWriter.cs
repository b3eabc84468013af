using System;
using System.IO;
using BackupLinks.Errors;
using BackupLinks.Files;

namespace BackupLinks.Transfer;

/// <summary>
/// Writes the bytes of segments into the partial file, and notes them in the plan and in the journal. Safe from any
/// thread.
/// </summary>
/// <param name="context">The context that the command's transfers share.</param>
/// <param name="source">The object.</param>
/// <param name="opening">How the download began.</param>
/// <param name="file">Takes the bytes.</param>
/// <param name="progress">Takes how many there are.</param>
/// <param name="checkpoints">The journal; null for an object whose later parts cannot be proved.</param>
/// <param name="advanced">Called when there are more bytes in the plan.</param>
internal sealed class SegmentWriter(
    TransferContext context, TransferSource source, Opening opening, PartialFile file, TransferProgress progress,
    Checkpoints? checkpoints, Action advanced)
{
    private const long BytesBetweenRoomChecks = 16 * 1024 * 1024;

    private readonly SegmentPlan _plan = opening.Plan;
    private readonly ObjectIdentity? _identity = opening.Identity;
    private long _nextRoomCheck;

    /// <summary>Reserves room on the disk for the rest of a segment.</summary>
    public void Allocate(Segment segment) => file.Allocate(segment.Position, segment.End - segment.Position);

    /// <summary>Writes the next bytes of a segment.</summary>
    /// <exception cref="BackupLinksException">
    /// The disk is full or failed, or the object is longer than stated.
    /// </exception>
    /// <exception cref="RestartDownloadException">The decoded object is longer than stated.</exception>
    public void Write(Segment segment, byte[] buffer, int count)
    {
        try
        {
            file.Write(buffer, count, segment.Position);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToException(e);
        }

        _plan.Advance(segment, count, CheckedRange.Append(segment.Checksum, buffer.AsSpan(0, count)));
        progress.Add(count);
        advanced();
        SaveCheckpoint();
        if (_identity is null)
            RequireEnd(segment);
    }

    /// <summary>
    /// Refuses a size that cannot be the stated one. A body that ends early without a length may have been cut.
    /// </summary>
    /// <inheritdoc cref="Write"/>
    public void RequireSize(long size)
    {
        if (source.Fits(size))
            return;
        if (size < source.Size && opening.Response.Length is null && !opening.IsDecoded)
        {
            throw new RestartDownloadException(
                RestartCause.Short,
                $"The body of {source.Subject} ended after {size} bytes, and more were stated",
                _ => TransferErrors.WrongSize(source, size, isAtLeast: false));
        }

        throw WrongSize(size, isAtLeast: false);
    }

    private void SaveCheckpoint()
    {
        // A file of one segment is as soon downloaded again.
        if (checkpoints is null || _identity!.Size <= Download.SegmentLength)
            return;
        try
        {
            checkpoints.SaveWhenDue();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToException(e);
        }
    }

    // A body without a stated length must end somewhere: at the stated size, or before the disk is full.
    private void RequireEnd(Segment segment)
    {
        if (segment.Position >= _nextRoomCheck)
        {
            _nextRoomCheck = segment.Position + BytesBetweenRoomChecks;
            long? missing = source.Size + source.SizeUnit - segment.Position;
            context.Folder.RequireRoom(source.FileName, opening.IsDecoded ? null : missing);
        }

        if (source.Size is { } stated && segment.Position - stated >= source.SizeUnit)
            throw WrongSize(segment.Position, isAtLeast: true);
    }

    private BackupLinksException ToException(Exception error) =>
        FileErrors.ToException(error, Path.Combine(context.Folder.Path, source.FileName), isNew: false);

    // A size that only the decoded body does not have may be that of the stored one.
    private Exception WrongSize(long actual, bool isAtLeast) => opening.IsDecoded
        ? new RestartDownloadException(
            RestartCause.DecodedWrong, $"The decoded body of {source.Subject} does not have the stated size")
        : TransferErrors.WrongSize(source, actual, isAtLeast);
}
