using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Http;

/// <summary>
/// The keys of one role of this machine: requested once for all that wait for one, kept for the session, and requested
/// again before the last one expires. Until then, a failure changes nothing.
/// </summary>
/// <param name="role">The role.</param>
/// <param name="client">Requests a key.</param>
/// <param name="clock">The time.</param>
internal sealed class MachineRoleSource(string role, MachineRoleClient client, Clock clock)
{
    private readonly SingleFlight<MachineRoleKey> _flight = new(clock, hasFinalRefusals: false);
    private volatile MachineRoleKey? _kept;

    /// <summary>The key.</summary>
    /// <param name="log">Told of a new key, and of a failure that changes nothing yet.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ApiException">There is none.</exception>
    public async Task<MachineRoleKey> GetAsync(RequestLog log, CancellationToken cancellationToken)
    {
        if (_kept is { } kept && IsFresh(kept))
            return kept;
        try
        {
            return await _flight.GetAsync(
                async () =>
                {
                    var key = await client.GetAsync(cancellationToken).ConfigureAwait(false);
                    log.Tell?.Invoke(ScreenText.Sentence($"The key of role '{role}' was requested from this machine."));
                    return _kept = key;
                },
                known => ReferenceEquals(known, _kept) && IsFresh(known)).ConfigureAwait(false);
        }
        catch (ApiException e) when (_kept is not null && clock.GetUtcNow() < _kept.ExpiresAt)
        {
            log.Tell?.Invoke($"The last key of the role is used: {e.Message}");
            return _kept;
        }
    }

    private bool IsFresh(MachineRoleKey key) => clock.GetUtcNow() < key.RefreshAt;
}
