namespace BackupLinks.Formats;

/// <summary>Where a member of a container is.</summary>
/// <param name="At">Where its content begins in the container.</param>
/// <param name="End">The byte after its content.</param>
/// <param name="Start">Where the bytes begin that say how long it is; null where a checksum covers them.</param>
/// <param name="IsProven">True when a checksum is right for its content.</param>
internal readonly record struct MemberPlace(long At, long End, long? Start = null, bool IsProven = false);
