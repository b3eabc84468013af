using System;

namespace BackupLinks.Http;

/// <summary>How long a request waits for a host that limits requests.</summary>
/// <param name="Hold">The longest time that the host may be closed for.</param>
/// <param name="Refusals">
/// The longest time that the host may refuse every request in turn. Without a limit, 500 requests that a host refuses
/// for a minute each would wait for days.
/// </param>
internal readonly record struct HostWaitLimits(TimeSpan Hold, TimeSpan Refusals)
{
    /// <summary>Waits for ever.</summary>
    public static readonly HostWaitLimits Endless = new(TimeSpan.MaxValue, TimeSpan.MaxValue);
}
