using System;

namespace BackupLinks.Providers;

/// <summary>The lifetimes that a caller may choose for links.</summary>
/// <param name="Least">The shortest.</param>
/// <param name="Most">The longest.</param>
internal sealed record LifetimeRange(TimeSpan Least, TimeSpan Most)
{
    /// <summary>True for a lifetime within the range.</summary>
    public bool Contains(TimeSpan lifetime) => lifetime >= Least && lifetime <= Most;
}
