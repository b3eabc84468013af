namespace BackupLinks.Formats.Compression;

/// <summary>Undoes what a filter of xz did to the content before it was compressed.</summary>
internal abstract class XzFilter
{
    /// <summary>Undoes it in place.</summary>
    /// <param name="buffer">The array.</param>
    /// <param name="start">The first byte that this filter has not seen.</param>
    /// <param name="end">The byte after the last one that is there.</param>
    /// <returns>How many bytes are done; the others need those that follow them.</returns>
    public abstract int Undo(byte[] buffer, int start, int end);
}
