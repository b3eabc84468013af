using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Http;

/// <summary>
/// Adds a credential to each attempt, so that the clients never see one. The request that comes in stays as
/// it is; what goes out is a copy, signed at the moment it is sent.
/// </summary>
internal abstract class AuthenticationHandler : DelegatingHandler
{
    /// <summary>Puts the credential on a request that is about to be sent.</summary>
    /// <returns>
    /// The credential that was used, for <see cref="TryRecoverAsync"/> to compare with: a token, a time.
    /// </returns>
    protected abstract Task<object?> AuthenticateAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>
    /// Looks at a response. True when something about the credential was just put right (the clock, the token)
    /// and the same request deserves one more attempt.
    /// </summary>
    protected abstract Task<bool> TryRecoverAsync(
        Uri address, object? used, HttpResponseMessage response, CancellationToken cancellationToken);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (used, response) = await SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
        if (!await TryRecoverAsync(request.RequestUri!, used, response, cancellationToken).ConfigureAwait(false))
            return response;
        response.Dispose();
        return (await SendOnceAsync(request, cancellationToken).ConfigureAwait(false)).Response;
    }

    private async Task<(object? Used, HttpResponseMessage Response)> SendOnceAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var copy = await CopyAsync(request).ConfigureAwait(false);
        object? used = await AuthenticateAsync(copy, cancellationToken).ConfigureAwait(false);
        return (used, await base.SendAsync(copy, cancellationToken).ConfigureAwait(false));
    }

    // On .NET Framework a request's content is gone once it was sent.
    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Version = request.Version };
        foreach (var header in request.Headers)
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        if (request.Content is not null)
        {
            copy.Content = new ByteArrayContent(await request.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
            copy.Content.Headers.ContentType = request.Content.Headers.ContentType;
        }

        return copy;
    }
}
