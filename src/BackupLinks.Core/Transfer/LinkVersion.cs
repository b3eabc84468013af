using System;

namespace BackupLinks.Transfer;

/// <summary>One of the links that a file had.</summary>
internal sealed class LinkVersion(Uri uri, DateTimeOffset? expiresAt, DateTimeOffset obtainedAt, int number)
{
    // Renew 10 s before expiry, or after three quarters of a lifetime under 40 s.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
    private const int PartOfLifetime = 4;

    private volatile bool _hasWorked;

    /// <summary>The address.</summary>
    public Uri Uri => uri;

    /// <summary>When it expires; null when that is not known.</summary>
    public DateTimeOffset? ExpiresAt => expiresAt;

    /// <summary>When it is better to have another; null for never.</summary>
    public DateTimeOffset? RenewAt
    {
        get
        {
            if (expiresAt is not { } end)
                return null;
            var part = TimeSpan.FromTicks(Math.Max(0, (end - obtainedAt).Ticks / PartOfLifetime));
            return end - (part < Margin ? part : Margin);
        }
    }

    /// <summary>0 for the first one.</summary>
    public int Number => number;

    /// <summary>True once the store has accepted it.</summary>
    public bool HasWorked
    {
        get => _hasWorked;
        set => _hasWorked = value;
    }
}
