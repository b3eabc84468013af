using System;

namespace BackupLinks.Transfer;

/// <summary>The object that a file is proved to be of, as the catalog notes it.</summary>
/// <param name="Identity">The SHA-256 of its address, without the query.</param>
/// <param name="ETag">The strong entity tag, in quotes; null for none.</param>
/// <param name="LastModified">When the object was stored; null when the store does not say.</param>
internal sealed record ObjectProof(string Identity, string? ETag, DateTimeOffset? LastModified);
