namespace BackupLinks.Formats.Compression;

/// <summary>The filter of xz that has the differences to earlier bytes in the place of bytes.</summary>
/// <param name="distance">How far back the earlier byte is; 1 to 256.</param>
internal sealed class XzDelta(int distance) : XzFilter
{
    /// <summary>Its number in a header.</summary>
    public const ulong Id = 3;

    private readonly byte[] _history = new byte[256];
    private byte _at;

    /// <inheritdoc/>
    public override int Undo(byte[] buffer, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            buffer[i] += _history[(byte)(_at - distance)];
            _history[_at++] = buffer[i];
        }

        return end - start;
    }
}
