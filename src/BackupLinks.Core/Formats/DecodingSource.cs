using System;

namespace BackupLinks.Formats;

/// <summary>
/// The content of a container. A problem of the container is noted on its layer and ends the content, so that the
/// format
/// inside sees an early end and nothing else.
/// </summary>
internal abstract class DecodingSource(BackupLayer layer) : IByteSource
{
    // A decoder finds a wrong code a few bytes behind the place that it tells.
    private const int ReadAhead = 16;

    // A block whose length, or mark of the last one, is damaged leads past the end; none is longer.
    private const int LongestBlock = 16 * 1024 * 1024;

    private bool _isOver;

    /// <summary>
    /// The bytes of the container that damage found now must be in, because checksums are right for all in front of
    /// them; null where the container cannot tell.
    /// </summary>
    protected virtual (long Start, long End)? Unverified => null;

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (_isOver)
            return 0;
        try
        {
            int read = Decode(buffer, offset, count);
            _isOver = read == 0;
            return read;
        }
        catch (BackupFormatException e)
        {
            if (e is { State: BackupFileState.Damaged, End: null } && Unverified is { } part)
                layer.Fail(e.State, e.Offset, e.Message, Math.Max(part.End, e.Offset + ReadAhead), part.Start);
            else if (e is { State: BackupFileState.Truncated, Start: null } && Unverified is { } rest)
                layer.Fail(e.State, e.Offset, e.Message, e.End, Math.Max(rest.Start, e.Offset - LongestBlock));
            else
                layer.Fail(e.State, e.Offset, e.Message, e.End, e.Start);
            _isOver = true;
            return 0;
        }
    }

    /// <summary>
    /// Says that no reader needs the rest of the content. A container whose checksums cover its compressed bytes
    /// verifies
    /// those from now on, and has no more content.
    /// </summary>
    public virtual void StopDecoding()
    {
    }

    /// <summary>Decodes the next bytes.</summary>
    /// <returns>Their number; 0 at the end.</returns>
    /// <exception cref="BackupFormatException">The container is not right.</exception>
    protected abstract int Decode(byte[] buffer, int offset, int count);
}
