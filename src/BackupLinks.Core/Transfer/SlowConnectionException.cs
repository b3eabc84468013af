using System;

namespace BackupLinks.Transfer;

/// <summary>The bytes of a file came more slowly than the minimum speed.</summary>
/// <param name="floor">The minimum, in bytes a second.</param>
internal sealed class SlowConnectionException(long floor)
    : TimeoutException("the bytes came more slowly than the minimum speed")
{
    /// <summary>The minimum, in bytes a second.</summary>
    public long Floor => floor;
}
