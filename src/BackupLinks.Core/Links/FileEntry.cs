using System;
using BackupLinks.Errors;

namespace BackupLinks.Links;

/// <summary>One file of a provider's response.</summary>
/// <param name="Name">The provider's name of the file; null when it does not state one.</param>
/// <param name="Link">The presigned address as text; null when it is missing.</param>
/// <param name="Size">Bytes; null when the provider does not say.</param>
/// <param name="StatedExpiry">The expiry that the response states; null for none.</param>
/// <param name="AssumedExpiry">
/// The same by documentation, for a link that does not say it either; null for none.
/// </param>
internal sealed record FileEntry(
    string? Name, string? Link, long? Size = null, DateTimeOffset? StatedExpiry = null,
    DateTimeOffset? AssumedExpiry = null)
{
    /// <summary>False where the size of the backup is not that of its only file.</summary>
    public bool IsSizeOfBackup { get; init; } = true;

    /// <summary>Why the provider returns no link; null when it does not say, or returns one.</summary>
    public ApiException? Failure { get; init; }
}
