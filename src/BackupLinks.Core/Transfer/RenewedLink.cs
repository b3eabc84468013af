using System;

namespace BackupLinks.Transfer;

/// <summary>An address, and when it expires; null when that is not known.</summary>
internal sealed record RenewedLink(Uri Uri, DateTimeOffset? ExpiresAt);
