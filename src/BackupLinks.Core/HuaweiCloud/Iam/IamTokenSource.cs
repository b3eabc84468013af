using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;

namespace BackupLinks.HuaweiCloud.Iam;

/// <summary>
/// One IAM user's token for one project: asked for once, whoever waits for it, kept for the session until
/// shortly before it expires.
/// </summary>
internal sealed class IamTokenSource(
    IamUserCredential user, IamName project, IamClient iam, IamSessionCache cache, Uri iamEndpoint, HostClocks clocks) : IDisposable
{
    // Longer than any one request may take, retries included.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly (Uri, string, string) _key = (iamEndpoint, user.Fingerprint, project.Id ?? project.Name ?? "");

    // IAM locks a user after a few wrong passwords; 500 backups must not be 500 attempts.
    private ApiException? _refusal;

    /// <summary>The token.</summary>
    /// <exception cref="ApiException">IAM refused or failed; a refusal is given again without asking.</exception>
    public async Task<IamToken> GetAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_refusal is not null)
                throw _refusal;
            if (cache.Tokens.TryGetValue(_key, out var known) && known.ExpiresAt - Margin > clocks.GetUtcNow(iamEndpoint))
                return known;
            return cache.Tokens[_key] = await iam.CreateTokenAsync(user, project, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Kind is ErrorKind.AuthenticationFailed or ErrorKind.AccessDenied or ErrorKind.NotFound or ErrorKind.InvalidRequest)
        {
            _refusal = e;
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Forgets a token that a service has just refused, unless it was replaced meanwhile.</summary>
    public void Forget(IamToken token)
    {
        if (cache.Tokens.TryGetValue(_key, out var known) && ReferenceEquals(known, token))
            cache.Tokens.TryRemove(_key, out _);
    }

    public void Dispose() => _gate.Dispose();
}
