using System;

namespace BackupLinks.Links;

/// <summary>One file as a provider's answer lists it.</summary>
/// <param name="Name">What the provider calls it; null when it does not say.</param>
/// <param name="Link">The presigned address as text; null when it is missing.</param>
/// <param name="Size">Bytes; null when the provider does not say.</param>
/// <param name="StatedExpiry">When the link stops working, by the answer; null when it does not say.</param>
/// <param name="AssumedExpiry">The same by documentation, for a link that does not say it either; null for none.</param>
internal sealed record FileEntry(
    string? Name, string? Link, long? Size = null, DateTimeOffset? StatedExpiry = null, DateTimeOffset? AssumedExpiry = null);
