using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Shims;

namespace BackupLinks.Http;

/// <summary>Holds back every request to a host that has just said it gets too many.</summary>
internal sealed class HostThrottle(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _closedUntil = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sends nothing more to the host for this long, whoever asks.</summary>
    public void Hold(Uri address, TimeSpan delay)
    {
        var until = time.GetUtcNow() + delay;
        _closedUntil.AddOrUpdate(address.Authority, until, (_, known) => known > until ? known : until);
    }

    /// <summary>Waits until the host may be asked again.</summary>
    public async Task WaitAsync(Uri address, CancellationToken cancellationToken)
    {
        while (_closedUntil.TryGetValue(address.Authority, out var until))
        {
            var remaining = until - time.GetUtcNow();
            if (remaining <= TimeSpan.Zero)
                return;
            await time.DelayAsync(remaining, cancellationToken).ConfigureAwait(false);
        }
    }
}
