using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;

namespace BackupLinks.HuaweiCloud.Iam;

/// <summary>Sends a user's token; requests a new one, once, when the service refuses it.</summary>
internal sealed class IamTokenHandler(IamTokenSource tokens) : AuthenticationHandler
{
    protected override async Task<object?> AuthenticateAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        FixedTokenHandler.SetToken(request, token.Value);
        return token;
    }

    protected override async Task<bool> TryRecoverAsync(
        Uri address, object? used, HttpResponseMessage response, CancellationToken cancellationToken) =>
        await IsRefusedAsync(response).ConfigureAwait(false) && tokens.TryReplace((IamToken)used!);

    // RDS says it of an invalid token with status 403.
    private static async Task<bool> IsRefusedAsync(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.Unauthorized
        || (response.StatusCode == HttpStatusCode.Forbidden
            && ApiErrorBody.Parse(
                await response.Content.ReadAsStringAsync()
                    .ConfigureAwait(false)).Code == HuaweiErrorCodes.InvalidToken);
}
