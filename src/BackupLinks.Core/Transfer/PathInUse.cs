using System.Threading;

namespace BackupLinks.Transfer;

/// <summary>A path in a destination, and what is saved there.</summary>
internal sealed class PathInUse(string path)
{
    /// <summary>The full path.</summary>
    public string Path => path;

    /// <summary>Whose turn it is to write.</summary>
    public SemaphoreSlim Turn { get; } = new(1);
}
