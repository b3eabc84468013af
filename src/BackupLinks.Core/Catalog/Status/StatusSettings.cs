using System;

namespace BackupLinks.Catalog.Status;

/// <summary>What counts as too old, and as too small.</summary>
/// <param name="MaximumAge">The most age of the newest good backup.</param>
/// <param name="MinimumSizeRatio">The least size of a backup, as a part of the median before it; 0 for any.</param>
internal sealed record StatusSettings(TimeSpan MaximumAge, double MinimumSizeRatio)
{
    /// <summary>A night and two hours, and half.</summary>
    public static readonly StatusSettings Default = new(TimeSpan.FromHours(26), 0.5);
}
