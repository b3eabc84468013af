using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Time;

namespace BackupLinks.Transfer;

/// <summary>
/// The link of one file, which all its connections share. It is renewed before it expires, or when the store refuses
/// it, once for all connections.
/// </summary>
internal sealed class RenewableLink : IDisposable
{
    // A provider that has just failed is not sent the same request for each connection.
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromSeconds(10);

    private readonly TransferSource _source;
    private readonly ClockSkewTracker _clocks;
    private readonly Clock _clock;
    private readonly RequestLog _log;
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private volatile LinkVersion _current;
    private (int Number, TimeSpan At, BackupLinksException Error)? _failure;
    private int _warnedNumber = -1;

    public RenewableLink(TransferSource source, ClockSkewTracker clocks, Clock clock, RequestLog log)
    {
        _source = source;
        _clocks = clocks;
        _clock = clock;
        _log = log;
        _current = new LinkVersion(source.Uri, source.ExpiresAt, Now(), 0);
    }

    /// <summary>The optimisations that the store behind the link accepts.</summary>
    public StoreCapabilities Store { get; } = new();

    /// <summary>How often it was renewed.</summary>
    public int Renewals => _current.Number;

    /// <summary>True when the link can be renewed.</summary>
    public bool CanRenew => _source.Renew is not null;

    /// <summary>
    /// The newest link. One that seems to expire soon, or to have expired, is renewed; where that fails, it is used all
    /// the same, because only the store knows its own time.
    /// </summary>
    public async Task<LinkVersion> GetAsync(CancellationToken cancellationToken)
    {
        var link = _current;
        bool isTimely = !CanRenew || link.RenewAt is not { } time || Now() < time;
        if (isTimely || (link.Number > 0 && !link.HasWorked) || Volatile.Read(ref _warnedNumber) == link.Number)
            return link;
        try
        {
            await RenewAsync(link, cancellationToken).ConfigureAwait(false);
        }
        catch (BackupLinksException e)
        {
            if (Interlocked.Exchange(ref _warnedNumber, link.Number) != link.Number)
            {
                string state = IsExpired(link) ? "seems to have expired" : "expires soon";
                _log.Warn(
                    $"The link to {_source.Subject} {state}, and could not be renewed; it is tried all the same. "
                    + (e.InnerException ?? e).Message);
            }
        }

        return _current;
    }

    /// <summary>True when the expiry of the link is over.</summary>
    public bool IsExpired(LinkVersion link) => link.ExpiresAt is { } end && Now() >= end;

    /// <summary>Renews a link that was refused.</summary>
    /// <returns>False when the refusal stands: the link is new, or cannot be renewed.</returns>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.LinkRenewalFailed"/>.</exception>
    public async Task<bool> TryRenewAsync(LinkVersion refused, CancellationToken cancellationToken)
    {
        if (_current.Number != refused.Number)
            return true;
        if (!CanRenew || (refused.Number > 0 && !refused.HasWorked))
            return false;
        await RenewAsync(refused, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public void Dispose() => _renewing.Dispose();

    // By the store's clock where it is known: the store decides. The service's clock made the expiry.
    private DateTimeOffset Now() => _clocks.GetUtcNow(_source.Uri, _source.Service);

    private async Task RenewAsync(LinkVersion old, CancellationToken cancellationToken)
    {
        await _renewing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_current.Number != old.Number)
                return;
            if (_failure is { } known && known.Number == old.Number && _clock.GetElapsed() - known.At < FailureLifetime)
                throw known.Error;
            var fresh = await _source.Renew!(cancellationToken).ConfigureAwait(false);
            _log.Tell?.Invoke($"The link to {_source.Subject} was renewed.");
            _current = new LinkVersion(fresh.Uri, fresh.ExpiresAt, Now(), old.Number + 1);
        }
        catch (BackupLinksException e) when (e != _failure?.Error)
        {
            var failure = new BackupLinksException(
                ErrorKind.LinkRenewalFailed,
                $"The link to {_source.Subject} has expired, and its renewal failed: {e.Message.TrimEnd('.')}; "
                    + "put that right, and run the command again.",
                e);
            _failure = (old.Number, _clock.GetElapsed(), failure);
            throw failure;
        }
        finally
        {
            _renewing.Release();
        }
    }
}
