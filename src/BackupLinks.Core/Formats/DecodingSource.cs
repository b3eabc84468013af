namespace BackupLinks.Formats;

/// <summary>
/// The content of a container. A problem of the container is noted on its layer and ends the content, so that the
/// format
/// inside sees an early end and nothing else.
/// </summary>
internal abstract class DecodingSource(BackupLayer layer) : IByteSource
{
    private bool _isOver;

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
            layer.Fail(e.State, e.Offset, e.Message, e.End);
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
