using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;

namespace BackupLinks.Transfer;

/// <summary>
/// The link of one file, as all its connections use it: renewed before it expires, or when the store refuses
/// it, once for all of them.
/// </summary>
internal sealed class LinkLease : IDisposable
{
    private readonly TransferSource _source;
    private readonly HostClocks _clocks;
    private readonly RequestLog _log;
    private readonly SemaphoreSlim _renewing = new(1);
    private volatile LeasedLink _current;

    public LinkLease(TransferSource source, HostClocks clocks, RequestLog log)
    {
        _source = source;
        _clocks = clocks;
        _log = log;
        _current = new LeasedLink(source.Uri, source.ExpiresAt, Now(), 0);
    }

    /// <summary>How often it was renewed.</summary>
    public int Renewals => _current.Number;

    /// <summary>True when somebody can be asked for another link.</summary>
    public bool CanRenew => _source.AskAgain is not null;

    /// <summary>A link that has not expired, as far as anybody knows.</summary>
    public async Task<LeasedLink> GetAsync(CancellationToken cancellationToken)
    {
        var link = _current;
        if (!CanRenew || link.RenewAt is not { } time || Now() < time || (link.Number > 0 && !link.HasWorked))
            return link;
        try
        {
            await RenewAsync(link, cancellationToken).ConfigureAwait(false);
        }
        catch (BackupLinksException e) when (!IsExpired(link))
        {
            _log.Warn($"The link to {_source.Subject} expires soon and could not be renewed yet: {e.Message}");
        }

        return _current;
    }

    /// <summary>True when the link's own time is over.</summary>
    public bool IsExpired(LeasedLink link) => link.ExpiresAt is { } end && Now() >= end;

    /// <summary>Gets another link in the place of one that was refused.</summary>
    /// <returns>False when the refusal is real: the link is as fresh as one can be, or nobody can be asked.</returns>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.LinkRenewalFailed"/>.</exception>
    public async Task<bool> TryRenewAsync(LeasedLink refused, CancellationToken cancellationToken)
    {
        if (_current.Number != refused.Number)
            return true;
        if (!CanRenew || (refused.Number > 0 && !refused.HasWorked))
            return false;
        await RenewAsync(refused, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public void Dispose() => _renewing.Dispose();

    private DateTimeOffset Now() => _clocks.GetUtcNow(_source.Service ?? _source.Uri);

    private async Task RenewAsync(LeasedLink old, CancellationToken cancellationToken)
    {
        await _renewing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_current.Number != old.Number)
                return;
            var fresh = await _source.AskAgain!(cancellationToken).ConfigureAwait(false);
            _log.Tell?.Invoke($"The link to {_source.Subject} was renewed.");
            _current = new LeasedLink(fresh.Uri, fresh.ExpiresAt, Now(), old.Number + 1);
        }
        catch (BackupLinksException e)
        {
            throw new BackupLinksException(
                ErrorKind.LinkRenewalFailed,
                $"The link to {_source.Subject} has expired, and asking for another failed: {e.Message.TrimEnd('.')}; put that right, and run the command again.");
        }
        finally
        {
            _renewing.Release();
        }
    }
}
