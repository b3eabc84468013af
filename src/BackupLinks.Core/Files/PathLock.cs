using System.Threading;

namespace BackupLinks.Files;

/// <summary>A path in a destination folder. Transfers to it take turns.</summary>
internal sealed class PathLock(string path)
{
    /// <summary>The full path.</summary>
    public string Path => path;

    /// <summary>Held by the transfer that writes to the path.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);
}
