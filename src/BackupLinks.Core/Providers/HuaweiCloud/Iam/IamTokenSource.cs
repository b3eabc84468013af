using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Iam;

/// <summary>
/// One IAM user's token for one project: requested once for all that wait for it, kept for the session until
/// shortly before it expires.
/// </summary>
internal sealed class IamTokenSource(
    IamUserCredential user, IamName project, IamClient iam, IamSessionCache cache, Uri iamEndpoint,
    ClockSkewTracker clocks, Clock clock)
{
    // Longer than any one request may take, retries included; of a short-lived token, half its life.
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(10);

    private readonly SingleFlight<IamToken> _shared = new(clock);
    private readonly (Uri, string, string) _key = (iamEndpoint, user.Fingerprint, project.Id ?? project.Name ?? "");
    private bool _wasReplaced;

    /// <summary>The token.</summary>
    /// <exception cref="ApiException">IAM refused or failed.</exception>
    public async Task<IamToken> GetAsync(CancellationToken cancellationToken)
    {
        if (!cache.Tokens.TryGetValue(_key, out var token) || !IsFresh(token))
        {
            token = await _shared.GetAsync(
                async () => Remember(
                    await iam.CreateTokenAsync(user, project, cancellationToken).ConfigureAwait(false)),
                known => cache.Tokens.TryGetValue(_key, out var current) && ReferenceEquals(known, current)
                    && IsFresh(known)).ConfigureAwait(false);
        }

        user.Scrubber.Learn(token.Value);
        return token;
    }

    /// <summary>
    /// Forgets a token that a service has just refused, unless that was done already. False when a new token was
    /// refused like the one before it: then tokens are not the trouble.
    /// </summary>
    public bool TryReplace(IamToken refused)
    {
        lock (_shared)
        {
            if (!cache.Tokens.TryGetValue(_key, out var known) || !ReferenceEquals(known, refused))
                return true;
            if (_wasReplaced)
                return false;
            _wasReplaced = true;
            cache.Tokens.TryRemove(_key, out _);
            return true;
        }
    }

    // A list names the id of the project, whatever the list was requested by.
    private IamToken Remember(IamToken token)
    {
        if (token.ProjectId is { } id)
            cache.Tokens[(iamEndpoint, user.Fingerprint, id)] = token;
        return cache.Tokens[_key] = token;
    }

    private bool IsFresh(IamToken token)
    {
        var half = TimeSpan.FromTicks((token.ExpiresAt - token.IssuedAt).Ticks / 2);
        var margin = half < LongestMargin ? half : LongestMargin;
        return token.ExpiresAt - margin > clocks.GetUtcNow(iamEndpoint);
    }
}
