using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Time;

namespace BackupLinks.Http;

/// <summary>
/// Holds back every request to a host that has just said it gets too many, and lets fewer at a time through
/// afterwards. Without it, requests that are refused together come back together, and the same ones run out
/// of retries while the others pass.
/// </summary>
internal sealed class HostLimiters(Clock clock)
{
    private readonly ConcurrentDictionary<string, HostLimiter> _gates = new(StringComparer.OrdinalIgnoreCase);
    private long _lastTurn;

    /// <summary>A number for one request and all its retries, in the order of their coming.</summary>
    public long NextTurn() => Interlocked.Increment(ref _lastTurn);

    /// <summary>Begins a command: a host that closed for long during an earlier one gets requests again.</summary>
    public void Begin()
    {
        foreach (var gate in _gates.Values)
            gate.Begin();
    }

    /// <summary>Waits until the host may get a request; every return is followed by one <see cref="Leave"/>.</summary>
    /// <param name="address">The request's address.</param>
    /// <param name="turn">The request's number.</param>
    /// <param name="retry">How often it was refused.</param>
    /// <param name="limits">How long the host may be closed.</param>
    /// <param name="waits">Shows the wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>True for a probe of a host that is closed for longer than the request waits.</returns>
    /// <exception cref="ApiException"><see cref="ErrorKind.Throttled"/>: the host is closed for longer.</exception>
    public async Task<bool> EnterAsync(
        Uri address, long turn, int retry, HostWaitLimits limits, RequestWaits waits,
        CancellationToken cancellationToken)
    {
        var gate = Gate(address);
        try
        {
            var entering = gate.EnterAsync(turn, retry, limits, cancellationToken);
            if (entering.IsCompleted)
                return await entering.ConfigureAwait(false);

            string subject = $"next request to {address.Authority}";
            using (waits.Add(() => gate.GetOpening(limits.Hold), subject, "it limits requests"))
                return await entering.ConfigureAwait(false);
        }
        catch (HostClosedException e)
        {
            throw new ApiException(
                ErrorKind.Throttled,
                $"{address.Authority} limits requests, and refused earlier requests too; "
                + $"try again after {RetryAfterTime.Format(clock.GetUtcNow(), e.Left)}.");
        }
    }

    /// <summary>
    /// True when the host has refused every request for longer than the caller waits, and still does.
    /// </summary>
    /// <param name="address">The request's address.</param>
    /// <param name="limits">How long the caller waits.</param>
    public bool IsOver(Uri address, HostWaitLimits limits) => Gate(address).IsOver(limits);

    /// <summary>Says how the request went.</summary>
    /// <param name="address">The request's address.</param>
    /// <param name="hold">How long the host wants to be left alone; null when it did not complain.</param>
    /// <param name="isProbe">The value that <see cref="EnterAsync"/> returned.</param>
    public void Leave(Uri address, TimeSpan? hold, bool isProbe = false) => Gate(address).Leave(hold, isProbe);

    private HostLimiter Gate(Uri address) => _gates.GetOrAdd(address.Authority, _ => new HostLimiter(clock));
}
