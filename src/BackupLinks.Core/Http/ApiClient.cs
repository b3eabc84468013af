using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Text;

namespace BackupLinks.Http;

/// <summary>
/// One service as one credential sees it: sends requests through the pipeline, and makes of every response
/// either a value or a typed error.
/// </summary>
/// <param name="http">The pipeline, with the credential in it.</param>
/// <param name="endpoint">The base address of the service.</param>
/// <param name="provider">Names and codes for the errors.</param>
/// <param name="scrubber">Knows the credential's secrets.</param>
/// <param name="clocks">
/// The clocks that requests are signed by; null when they carry no time that could be wrong.
/// </param>
/// <param name="log">Told of every request.</param>
internal sealed class ApiClient(
    HttpClient http, Uri endpoint, ApiConventions provider, SecretScrubber scrubber, ClockSkewTracker? clocks,
    RequestLog log)
{
    private const int MessageLength = 240;
    private const int ExcerptLength = 120;
    private const int ShortLength = 64;
    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");

    /// <summary>The base address of the service.</summary>
    public Uri Endpoint => endpoint;

    /// <summary>Sends a request and reads the JSON of its response.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="pathAndQuery">Encoded, relative to the endpoint, without a leading slash.</param>
    /// <param name="body">The JSON to send; null for none.</param>
    /// <param name="subject">The request, as it reads in a sentence: "backup 'x' of instance 'y'".</param>
    /// <param name="type">How to read the response.</param>
    /// <param name="isComplete">False for JSON that has nothing of what the documentation promises.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The response, or null for status 204, which some lists send when there is nothing.</returns>
    /// <exception cref="ApiException">The request was refused, failed, or has another response.</exception>
    public async Task<T?> SendAsync<T>(
        HttpMethod method, string pathAndQuery, byte[]? body, string subject,
        JsonTypeInfo<T> type, Func<T, bool> isComplete, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await SendAsync(
            method, pathAndQuery, body, subject, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, subject, type, isComplete).ConfigureAwait(false);
    }

    /// <summary>Sends a request; the response is a success, with its body in memory.</summary>
    /// <inheritdoc cref="SendAsync{T}"/>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string pathAndQuery, byte[]? body, string subject, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, ServiceEndpoint.Combine(endpoint, pathAndQuery));
        request.Headers.Accept.Add(Json);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "UTF-8" };
        }
        else if (method == HttpMethod.Post)
        {
            // The vendors' gateways want the type, also where there is nothing to send.
            request.Content = new ByteArrayContent([]);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.StatusCode is null)
        {
            throw new ApiException(e.Kind, $"Could not request {subject}: {e.Message}");
        }

        log.Tell?.Invoke(
            $"{method} {PresignedUri.Redact(request.RequestUri!)}: HTTP "
                + $"{(int)response.StatusCode}{RequestIdText(RequestId(response))}.");
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await ReadErrorAsync(response, subject).ConfigureAwait(false);
    }

    /// <summary>Makes a value of a successful response.</summary>
    /// <inheritdoc cref="SendAsync{T}"/>
    public async Task<T?> ReadAsync<T>(
        HttpResponseMessage response, string subject, JsonTypeInfo<T> type, Func<T, bool> isComplete)
        where T : class
    {
        if (response.StatusCode == HttpStatusCode.NoContent)
            return null;
        byte[] body = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        if (response.Headers.Contains(BoundedBodyHandler.TruncatedHeader))
        {
            throw Unusable(
                response, body, subject, $"a response of more than {BoundedBodyHandler.MaxBytes / (1024 * 1024)} MiB");
        }

        T? value;
        try
        {
            value = JsonSerializer.Deserialize(WithoutByteOrderMark(body), type);
        }
        catch (JsonException)
        {
            throw Unusable(response, body, subject, "not the JSON of its documentation");
        }

        if (value is not null && isComplete(value))
            return value;
        var error = ApiErrorBody.Parse(Decode(body), provider);
        throw error.Code is null
            ? Unusable(response, body, subject, "JSON without the requested data")
            : FindClockSkew(response, error, subject) ?? Refusal(response, error, subject);
    }

    /// <summary>The error for a response whose status is not a success.</summary>
    public async Task<ApiException> ReadErrorAsync(HttpResponseMessage response, string subject)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        if ((int)response.StatusCode is >= 300 and < 400)
        {
            string target = response.Headers.Location is { IsAbsoluteUri: true } location
                ? $" to {location.Authority}"
                : "";
            return Unusable(response, [], subject, $"a redirect{target}, which is not followed with credentials");
        }

        var error = ApiErrorBody.Parse(Decode(body), provider);
        return error.Code is null && error.Message is null
            ? Refusal(response, error with { Message = Decode(body) }, subject)
            : FindClockSkew(response, error, subject) ?? Refusal(response, error, subject);
    }

    // The error for a refusal that rightly blames the time of the signature; null for any other.
    // Some clouds translate the message, and none the code.
    private ApiException? FindClockSkew(HttpResponseMessage response, ApiErrorBody error, string subject) =>
        clocks is null || !provider.ClockRefusal.BlamesTheClock(
            response, error.Code + " " + error.Message, clocks.GetUtcNow(endpoint))
            ? null
            : Create(
                ErrorKind.ClockSkew, response, error,
                $"{provider.Name} refused the signature by {provider.Credential} for {subject} because of its time"
                + $"{Detail(response, error)}; set this machine's clock, which says {clocks.GetLocalTime():u}.");

    /// <summary>The error for a response that carries a refusal, whatever its status.</summary>
    public ApiException Refusal(HttpResponseMessage response, ApiErrorBody error, string subject)
    {
        string? comeBack = RetryAfterTime.Get(response);
        var kind = comeBack is null && !ApiConventions.IsLimit(response)
            ? provider.Classify(response.StatusCode, error.Code) : ErrorKind.Throttled;
        string detail = Detail(response, error);
        // Whatever else a provider means by these: the next question is whose key it was.
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            && kind is not (ErrorKind.AuthenticationFailed or ErrorKind.AccessDenied))
        {
            detail += " with " + provider.Credential;
        }

        string message = kind switch
        {
            ErrorKind.InvalidProxy =>
                $"The proxy refused the request for {subject}{detail}; pass another -ProxyCredential, or another "
                    + "-Proxy.",
            ErrorKind.AuthenticationFailed =>
                $"{provider.Name} did not accept {provider.Credential} for {subject}{detail}; "
                    + $"{provider.CredentialAdvice}.",
            ErrorKind.AccessDenied =>
                $"{provider.Name} does not permit {provider.Credential} to read {subject}{detail}; check the project, "
                    + "and request the permission from the account's administrator.",
            ErrorKind.NotFound =>
                $"{provider.Name} does not know {subject}{detail}; {provider.IdAdvice}.",
            ErrorKind.Conflict =>
                $"{provider.Name} is busy with {subject}{detail}; try again when it has finished.",
            ErrorKind.Throttled when comeBack is not null =>
                $"{provider.Name} limits requests for {subject}{detail}; try again after {comeBack}.",
            ErrorKind.Throttled =>
                $"{provider.Name} still limits requests for {subject}{detail}; lower -ThrottleLimit, or try again in "
                    + "a few minutes.",
            ErrorKind.RequestTimeout or ErrorKind.ServiceUnavailable =>
                $"{provider.Name} failed on {subject}{detail}; try again later, and report the request id to its "
                    + "support if it persists.",
            ErrorKind.InvalidResponse =>
                $"{provider.Name} responded to the request for {subject} with an unknown error{detail}; check the "
                    + "endpoint.",
            _ =>
                $"{provider.Name} refused the request for {subject}{detail}; check the ids and the state of the "
                    + "backup.",
        };
        return Create(kind, response, error, message);
    }

    /// <summary>The error for a response that was a success and cannot be used.</summary>
    /// <param name="response">The response.</param>
    /// <param name="body">Its body; the beginning is shown.</param>
    /// <param name="subject">The request, as it reads in a sentence.</param>
    /// <param name="nature">The content that arrived instead: "something that is not JSON".</param>
    private ApiException Unusable(HttpResponseMessage response, byte[] body, string subject, string nature)
    {
        string excerpt = scrubber.Excerpt(Decode(body), ExcerptLength);
        string begins = excerpt.Length == 0 ? "" : $", which begins: {excerpt}";
        return Create(
            ErrorKind.InvalidResponse, response, new ApiErrorBody(null, null, null),
            $"The response to the request for {subject} was {nature} (HTTP "
                + $"{(int)response.StatusCode}{ProxyHandler.Route(response)}"
                + $"{RequestIdText(RequestId(response))}){begins}"
            + " - check the endpoint, and whether a proxy responded instead.");
    }

    /// <summary>The error for one entry of an otherwise good response.</summary>
    /// <param name="subject">The request, as it reads in a sentence.</param>
    /// <param name="entry">Which entry, and what is wrong with it.</param>
    public ApiException BadEntry(string subject, string entry) =>
        new(ErrorKind.InvalidResponse,
            $"{provider.Name} returned no usable link for {scrubber.Excerpt(entry, MessageLength)} of {subject}; "
                + "request it again, and report it to its support if it persists.")
        {
            StatusCode = HttpStatusCode.OK,
        };

    /// <summary>The error for what the provider makes on request, and failed to make.</summary>
    /// <param name="subject">The request, or a file of it, as it reads in a sentence.</param>
    /// <param name="state">The state in the provider's word.</param>
    /// <param name="reason">The provider's reason; null when it states none.</param>
    public ApiException NotMade(string subject, string state, string? reason) => NotReady(
        $"{provider.Name} could not export {subject} ({Quote(state, reason)}); request it again later.");

    /// <summary>The error for what the provider makes on request, and has not made.</summary>
    /// <inheritdoc cref="NotMade"/>
    public ApiException NotMadeYet(string subject, string state, string? reason) => NotReady(
        $"{provider.Name} has not exported {subject} ({Quote(state, reason)}); request it again later, or wait longer "
            + "with -WaitTimeoutSec.");

    /// <summary>The error for entries of a list that are not usable, because they have no id.</summary>
    /// <param name="subject">The list.</param>
    /// <param name="count">How many there are.</param>
    public ApiException Nameless(string subject, int count) =>
        new(ErrorKind.InvalidResponse,
            $"{provider.Name} returned {count} {(count == 1 ? "entry" : "entries")} without an id in {subject}, which "
                + "was skipped; report it to its support if it persists.")
        {
            StatusCode = HttpStatusCode.OK,
        };

    private static ApiException NotReady(string message) =>
        new(ErrorKind.NotReady, message) { StatusCode = HttpStatusCode.OK };

    private string Quote(string state, string? reason) =>
        $"'{Short(state)}'" + (reason is null ? "" : $": \"{scrubber.Excerpt(reason, MessageLength)}\"");

    private string? Short(string? text) => text is null ? null : scrubber.Excerpt(text, ShortLength);

    private ApiException Create(ErrorKind kind, HttpResponseMessage response, ApiErrorBody error, string message) =>
        new(kind, message)
        {
            StatusCode = response.StatusCode,
            ErrorCode = Short(error.Code),
            RequestId = Short(error.RequestId ?? RequestId(response)),
        };

    private string Detail(HttpResponseMessage response, ApiErrorBody error)
    {
        // Some services repeat the status as their code.
        string status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        string code = error.Code is null || error.Code == status ? "" : ", " + Short(error.Code);
        string text = scrubber.Excerpt(error.Message ?? "", MessageLength);
        string message = text.Length == 0 ? "" : $": \"{text}\"";
        string requestId = RequestIdText(error.RequestId ?? RequestId(response));
        return $" (HTTP {status}{ProxyHandler.Route(response)}{code}{message}{requestId})";
    }

    private string RequestIdText(string? requestId) => requestId is null ? "" : ", request id " + Short(requestId);

    private string? RequestId(HttpResponseMessage response) =>
        provider.RequestIdHeaders
            .Select(name => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null)
            .FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    private static string Decode(byte[] body) => Encoding.UTF8.GetString(body).TrimStart('\uFEFF');

    private static ReadOnlySpan<byte> WithoutByteOrderMark(byte[] body) =>
        body is [0xEF, 0xBB, 0xBF, ..] ? body.AsSpan(3) : body;
}
