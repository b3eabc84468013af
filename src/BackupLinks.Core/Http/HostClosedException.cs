using System;

namespace BackupLinks.Http;

/// <summary>A host is closed for longer than a request may wait.</summary>
/// <param name="left">How long it is closed for.</param>
internal sealed class HostClosedException(TimeSpan left) : Exception("The host is closed.")
{
    /// <summary>How long it is closed for.</summary>
    public TimeSpan Left => left;
}
