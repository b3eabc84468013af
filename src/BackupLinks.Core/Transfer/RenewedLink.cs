using System;

namespace BackupLinks.Transfer;

/// <summary>An address, and when it stops working; null when nobody says.</summary>
internal sealed record RenewedLink(Uri Uri, DateTimeOffset? ExpiresAt);
