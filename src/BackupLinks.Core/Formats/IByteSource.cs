namespace BackupLinks.Formats;

/// <summary>Bytes, from the first to the last: of a file, or of what a container has in it.</summary>
internal interface IByteSource
{
    /// <summary>Reads the next bytes.</summary>
    /// <param name="buffer">Takes them.</param>
    /// <param name="offset">Where they begin there.</param>
    /// <param name="count">The most to read; 1 or more.</param>
    /// <returns>Their number; 0 at the end, also when a container ends before its content does.</returns>
    int Read(byte[] buffer, int offset, int count);
}
