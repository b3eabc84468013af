using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Http;

/// <summary>
/// Holds back every request to a host that has just said it gets too many, and lets fewer at a time through
/// afterwards. Without it, requests that are refused together come back together, and the same ones run out
/// of retries while the others pass.
/// </summary>
internal sealed class HostThrottle(Clock clock)
{
    private readonly ConcurrentDictionary<string, HostGate> _gates = new(StringComparer.OrdinalIgnoreCase);
    private long _lastTurn;

    /// <summary>A number for one request and all its retries, in the order of their coming.</summary>
    public long NextTurn() => Interlocked.Increment(ref _lastTurn);

    /// <summary>Waits until the host may be asked; every return is followed by one <see cref="Leave"/>.</summary>
    public Task EnterAsync(Uri address, long turn, int retry, CancellationToken cancellationToken) =>
        Gate(address).EnterAsync(turn, retry, cancellationToken);

    /// <summary>Says how the request went.</summary>
    /// <param name="address">What was asked.</param>
    /// <param name="hold">How long the host wants to be left alone; null when it did not complain.</param>
    public void Leave(Uri address, TimeSpan? hold) => Gate(address).Leave(hold);

    private HostGate Gate(Uri address) => _gates.GetOrAdd(address.Authority, _ => new HostGate(clock));
}
