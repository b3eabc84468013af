using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Http;

/// <summary>
/// Requests the key of a role from the metadata service of this machine: without a proxy, without redirects, and with
/// short time-outs, because the service is on the same machine or nowhere.
/// </summary>
/// <param name="service">The service.</param>
/// <param name="role">The role.</param>
/// <param name="transport">The way to the service.</param>
internal sealed class MachineRoleClient(MachineRoleService service, string role, ApiTransport transport)
{
    /// <summary>The longest wait for a response.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private const int MostRetries = 2;

    // As the documents have it; the token is used at once.
    private const string TokenLifetime = "21600";
    private const int LongestToken = 4096;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    // Longer than any one request may take, retries included; of a short-lived key, half its life.
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AssumedLifetime = TimeSpan.FromMinutes(30);

    // The service may return the same key until shortly before its end.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);

    private string Subject => ScreenText.Sentence($"the key of role '{role}'");

    private string Machine => $"machine of {service.Provider}";

    /// <summary>Requests the key.</summary>
    /// <exception cref="ApiException">This is not such a machine, or it does not have the role.</exception>
    public async Task<MachineRoleKey> GetAsync(CancellationToken cancellationToken)
    {
        string path = service.KeyPath + (service.NamesRole ? ServiceEndpoint.PathSegment(role, "role") : "");
        var body = new BoundedBodyHandler
        {
            InnerHandler = new ProductHandler { InnerHandler = transport.ConnectMachine() },
        };
        using var http = new HttpMessageInvoker(
            new AttemptTimeoutHandler(transport.Clock, Timeout) { InnerHandler = body });
        string? token = await GetTokenAsync(http, cancellationToken).ConfigureAwait(false);
        using var response = await SendAsync(http, HttpMethod.Get, path, token, cancellationToken)
            .ConfigureAwait(false);
        string text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.OK)
            return Read(text, response.Headers.Date);
        bool hasNoRole = response.StatusCode == HttpStatusCode.NotFound
            || (service.NoRole is { } words && text.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0);
        if (!hasNoRole)
            throw Refused(response.StatusCode);
        string? other = service.NamesRole
            ? await FindRoleAsync(http, token, cancellationToken).ConfigureAwait(false) : null;
        throw new ApiException(
            ErrorKind.CredentialNotFound,
            other is null
                ? ScreenText.Sentence($"This {Machine} has no role; give it the role '{role}', or store an access key ")
                    + "in the secret."
                : ScreenText.Sentence($"This {Machine} has the role '{other}', and not '{role}'; store the name of ")
                    + "its role in the secret.");
    }

    // An older service has no tokens, and a key without one.
    private async Task<string?> GetTokenAsync(HttpMessageInvoker http, CancellationToken cancellationToken)
    {
        if (service.Token is not { } token)
            return null;
        using var response = await SendAsync(http, HttpMethod.Put, token.Path, null, cancellationToken)
            .ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
            return null;
        string text = (await response.Content.ReadAsStringAsync().ConfigureAwait(false)).Trim();
        return text.Length is > 0 and <= LongestToken && text.All(c => c is > ' ' and <= '~')
            ? text : throw Unusable("a token that no header can carry");
    }

    private async Task<string?> FindRoleAsync(
        HttpMessageInvoker http, string? token, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(http, HttpMethod.Get, service.KeyPath, token, cancellationToken)
            .ConfigureAwait(false);
        string text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        string name = ScreenText.Excerpt(text.Trim().Split('\n')[0]);
        return response.StatusCode == HttpStatusCode.OK && name.Length > 0 && name != role ? name : null;
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMessageInvoker http, HttpMethod method, string path, string? token, CancellationToken cancellationToken)
    {
        for (int retry = 0; ; retry++)
        {
            using var request = new HttpRequestMessage(method, new Uri(service.Address, path));
            if (service.Host is { } host)
                request.Headers.Host = host;
            if (method == HttpMethod.Put)
                request.Headers.TryAddWithoutValidation(service.Token!.Value.LifetimeHeader, TokenLifetime);
            if (token is not null)
                request.Headers.TryAddWithoutValidation(service.Token!.Value.Header, token);
            var response = await SendAsync(http, request, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is < 500 and not 429)
                return response;
            response.Dispose();
            if (retry == MostRetries)
            {
                throw new ApiException(
                    ErrorKind.ServiceUnavailable,
                    $"The metadata service of this {Machine} failed with HTTP {(int)response.StatusCode} when "
                        + $"{Subject} was requested; run the command again later.");
            }

            await transport.Clock.DelayAsync(RetryDelay, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMessageInvoker http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or IOException)
        {
            throw new ApiException(
                ErrorKind.CredentialNotFound,
                $"{char.ToUpperInvariant(Subject[0])}{Subject.Substring(1)} cannot be requested: no metadata service "
                    + $"responds at {service.Address.Host}; run the command on a {Machine}, or store an access key in "
                    + "the secret.");
        }
    }

    private MachineRoleKey Read(string text, DateTimeOffset? date)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var key = json.RootElement;
            if (service.Envelope is { } envelope)
                key = key.GetProperty(envelope);
            if (Text(key, service.Members.Id) is not { } id || Text(key, service.Members.Secret) is not { } secret
                || Text(key, service.Members.Token) is not { } token)
                throw Unusable("no key");
            var now = transport.Clock.GetUtcNow();
            // By the service's own clock, where it tells the time.
            var lifetime = WireTime.Parse(Text(key, service.ExpiryMember), TimeSpan.Zero) - (date ?? now)
                ?? AssumedLifetime;
            var half = TimeSpan.FromTicks(lifetime.Ticks / 2);
            var life = lifetime - (half < LongestMargin ? half : LongestMargin);
            return new MachineRoleKey(
                new SigningKey(id, secret, token), now + (life > ShortestPause ? life : ShortestPause), now + lifetime);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw Unusable("no key");
        }
    }

    private static string? Text(JsonElement key, string name) =>
        !key.TryGetProperty(name, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String when value.GetString() is { Length: > 0 } text => text,
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    private ApiException Refused(HttpStatusCode status) => new(
        ErrorKind.AccessDenied,
        $"The metadata service of this {Machine} refused {Subject} with HTTP {(int)status}; check the settings of the "
            + "machine's metadata service, or store an access key in the secret.")
    {
        StatusCode = status,
    };

    private ApiException Unusable(string what) => new(
        ErrorKind.InvalidResponse,
        $"The metadata service of this {Machine} returned {what} where {Subject} was requested; check the role, or "
            + "store an access key in the secret.");
}
