using System;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Http;

/// <summary>What the pipeline must know of a provider to word its errors.</summary>
/// <param name="Name">The name that users know: "Huawei Cloud".</param>
/// <param name="CredentialAdvice">What to do when a credential is refused; ends the sentence.</param>
/// <param name="IdAdvice">What to do when it knows no such thing; ends the sentence.</param>
/// <param name="ClassifyCode">
/// What one of the provider's own codes means where its HTTP status does not tell; null for all others.
/// </param>
internal sealed record ApiProvider(string Name, string CredentialAdvice, string IdAdvice, Func<string, ErrorKind?> ClassifyCode)
{
    // The longest answer of status 200 that is looked at for an error.
    private const int LongestError = 4 * 1024;

    /// <summary>Whose credential requests carry, as it reads in a sentence: "the key of secret 'HuaweiCloud' in vault 'Backups'".</summary>
    public string Credential { get; init; } = "the credential";

    /// <summary>
    /// What is wrong that may pass, where the provider says so by a code and not by the status: Capital Online sends errors
    /// with status 200, and gateways send the code of a rate limit with other statuses than 429. Null for anything else.
    /// </summary>
    /// <param name="response">An answer whose body is in memory.</param>
    public async Task<ErrorKind?> FindPassingErrorAsync(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentLength is null or 0 or > LongestError)
            return null;
        string body = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        var kind = ApiErrorBody.Parse(body).Code is { } code ? ClassifyCode(code) : null;
        return kind is ErrorKind.Throttled or ErrorKind.ServiceUnavailable ? kind : null;
    }

    /// <summary>What a refusal means.</summary>
    public ErrorKind Classify(HttpStatusCode status, string? code)
    {
        if (code is not null && ClassifyCode(code) is { } kind)
            return kind;
        return (int)status switch
        {
            401 => ErrorKind.AuthenticationFailed,
            403 => ErrorKind.AccessDenied,
            404 or 410 => ErrorKind.NotFound,
            407 => ErrorKind.InvalidProxy,
            408 => ErrorKind.RequestTimeout,
            409 => ErrorKind.Conflict,
            429 => ErrorKind.Throttled,
            >= 500 => ErrorKind.ServiceUnavailable,
            >= 400 => ErrorKind.InvalidRequest,
            _ => ErrorKind.InvalidResponse,
        };
    }
}
