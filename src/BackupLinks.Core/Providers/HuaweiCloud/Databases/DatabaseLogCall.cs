using System;

namespace BackupLinks.HuaweiCloud.Databases;

/// <summary>The request for the links of a log.</summary>
/// <param name="Path">What follows the instance, encoded.</param>
/// <param name="Body">The JSON; null for none.</param>
/// <param name="LinkLifetime">The lifetime of the links as the page states it.</param>
internal sealed record DatabaseLogCall(string Path, string? Body, TimeSpan LinkLifetime)
{
    /// <summary>What a kilobyte has of the unit of the stated size: 1 for KB.</summary>
    public double KilobytesPerUnit { get; init; } = 1;
}
