using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;

namespace BackupLinks.HuaweiCloud.Iam;

/// <summary>Sends a token that cannot be renewed here.</summary>
internal sealed class FixedTokenHandler(string token) : AuthenticationHandler
{
    /// <summary>Puts a token on a request.</summary>
    public static void SetToken(HttpRequestMessage request, string token) =>
        request.Headers.TryAddWithoutValidation("X-Auth-Token", token);

    protected override Task<object?> AuthenticateAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        SetToken(request, token);
        return Task.FromResult<object?>(null);
    }

    protected override Task<bool> TryRecoverAsync(
        Uri address, object? used, HttpResponseMessage response,
        CancellationToken cancellationToken) => Task.FromResult(false);
}
