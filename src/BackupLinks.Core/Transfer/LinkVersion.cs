using System;

namespace BackupLinks.Transfer;

/// <summary>One of the links that a file had.</summary>
internal sealed class LinkVersion(Uri uri, DateTimeOffset? expiresAt, DateTimeOffset obtainedAt, int number)
{
    // A request must have reached the store before the link's last second; of a short life, a part must do.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
    private const int PartOfLife = 4;

    private volatile bool _hasWorked;

    /// <summary>The address.</summary>
    public Uri Uri => uri;

    /// <summary>When it stops working; null when nobody says.</summary>
    public DateTimeOffset? ExpiresAt => expiresAt;

    /// <summary>When it is better to have another; null for never.</summary>
    public DateTimeOffset? RenewAt => expiresAt is not { } end ? null
        : end - obtainedAt < TimeSpan.FromTicks(Margin.Ticks * PartOfLife) ? end - TimeSpan.FromTicks(Math.Max(0, (end - obtainedAt).Ticks / PartOfLife))
        : end - Margin;

    /// <summary>0 for the first one.</summary>
    public int Number => number;

    /// <summary>True once the store has accepted it.</summary>
    public bool HasWorked
    {
        get => _hasWorked;
        set => _hasWorked = value;
    }
}
