namespace BackupLinks.Shims;

/// <summary>
/// What the halves of 16 bytes are multiplied by for a CRC, to fold them into the 16 bytes at a distance behind them.
/// </summary>
/// <param name="Farthest">Those for a distance of 256 bytes, for the low half and for the high half.</param>
/// <param name="Far">Those for 128 bytes.</param>
/// <param name="Near">Those for 16 bytes.</param>
internal readonly record struct FoldMultipliers(
    (ulong Low, ulong High) Farthest, (ulong Low, ulong High) Far, (ulong Low, ulong High) Near);
