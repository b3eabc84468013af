using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Http;

/// <summary>For the one request that carries its credential in the body: requesting a token.</summary>
internal sealed class AnonymousHandler : AuthenticationHandler
{
    protected override Task<object?> AuthenticateAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult<object?>(null);

    protected override Task<bool> TryRecoverAsync(
        Uri address, object? used, HttpResponseMessage response,
        CancellationToken cancellationToken) => Task.FromResult(false);
}
