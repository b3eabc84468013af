using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Http;

/// <summary>How a provider's API words its errors, and what to tell a user about them.</summary>
internal sealed record ApiConventions
{
    // The longest response of status 200 that is searched for an error.
    private const int LongestError = 4 * 1024;

    /// <summary>The name that users know.</summary>
    public required string Name { get; init; }

    /// <summary>The advice about a credential that is refused; ends the sentence.</summary>
    public required string CredentialAdvice { get; init; }

    /// <summary>The advice about an id that the provider does not know; ends the sentence.</summary>
    public required string IdAdvice { get; init; }

    /// <summary>
    /// The meaning of one of the provider's own codes, where its HTTP status does not tell; null for all others.
    /// </summary>
    public required Func<string, ErrorKind?> ClassifyCode { get; init; }

    /// <summary>The names of the members with an error's code and its message, in the order of preference.</summary>
    public IReadOnlyList<(string Code, string Message)> ErrorShapes { get; init; } = ApiErrorBody.CommonShapes;

    /// <summary>The members of a body with the id of the request, in the order of preference.</summary>
    public IReadOnlyList<string> RequestIdMembers { get; init; } = ApiErrorBody.CommonRequestIdMembers;

    /// <summary>The response headers with the id of the request, in the order of preference.</summary>
    public IReadOnlyList<string> RequestIdHeaders { get; init; } = ["X-Request-Id", "RequestId"];

    /// <summary>
    /// The response header with the milliseconds to wait before a retry; null for a cloud that has only
    /// <c>Retry-After</c>.
    /// </summary>
    public string? RetryAfterHeader { get; init; }

    /// <summary>How a refusal blames the time of a signature.</summary>
    public ClockRefusal ClockRefusal { get; init; } = new();

    /// <summary>
    /// The credential of the requests, as it reads in a sentence: "the key of secret 'Prod' in vault 'Backups'".
    /// </summary>
    public string Credential { get; init; } = "the credential";

    /// <summary>
    /// The error that may pass, where a code says so and not the status: providers send errors with status 200, and
    /// gateways send the code of a rate limit with other statuses than 429. Null for anything else.
    /// </summary>
    /// <param name="response">A response whose body is in memory.</param>
    public async Task<ErrorKind?> FindPassingErrorAsync(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentLength is null or 0 or > LongestError)
            return null;
        string body = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        var kind = ApiErrorBody.Parse(body, this).Code is { } code ? ClassifyCode(code) : null;
        return kind is ErrorKind.Throttled or ErrorKind.ServiceUnavailable ? kind : null;
    }

    /// <summary>True for a limit that has no code: 413 is one when it says when to come back.</summary>
    public static bool IsLimit(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.RequestEntityTooLarge && response.Headers.RetryAfter is not null;

    /// <summary>Finds the meaning of a refusal.</summary>
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
