namespace BackupLinks.Transfer;

/// <summary>Bytes of an object, from the first up to, but not including, the end.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="End">The byte after the last.</param>
internal readonly record struct ByteRange(long Start, long End)
{
    /// <summary>How many bytes.</summary>
    public long Length => End - Start;
}
