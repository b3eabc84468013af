using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.HuaweiCloud;

namespace BackupLinks.Tests.Sandboxes;

/// <summary>A sandbox of one test's own, and requests made by hand, without the module.</summary>
public abstract class SandboxHttpTest : IAsyncLifetime
{
    private protected SandboxServer Server { get; private set; } = null!;

    private protected HttpClient Http { get; } = new(
        new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    private protected string Endpoint => Server.Address.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync() => Server = await SandboxServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<(int Status, string Body, HttpResponseMessage Response)> SendAsync(
        string method, string address, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), address);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, body, response);
    }

    /// <summary>A token from IAM for the scope that is given as JSON; null for no scope.</summary>
    private protected async Task<string> GetTokenAsync(string? scope)
    {
        string user = $$"""
            { "name": "{{HuaweiSamples.UserName}}", "password": "{{HuaweiSamples.Password}}",
              "domain": { "name": "{{HuaweiSamples.DomainName}}" } }
            """;
        string body = $$"""
            { "auth": { "identity": { "methods": ["password"], "password": { "user": {{user}} } },
              "scope": {{scope ?? "null"}} } }
            """;
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var response = await Http.PostAsync(
            Endpoint + "/v3/auth/tokens", content, TestContext.Current.CancellationToken);
        Assert.Equal(201, (int)response.StatusCode);
        return response.Headers.GetValues("X-Subject-Token").Single();
    }

    /// <summary>A GET that is signed by the steps of Huawei's signing guide.</summary>
    /// <param name="path">The path.</param>
    /// <param name="query">The query as it goes over the wire.</param>
    /// <param name="canonicalQuery">The query as the client reads and signs it.</param>
    private protected Task<(int Status, string Body, HttpResponseMessage Response)> SendSignedAsync(
        string path, string query, string canonicalQuery)
    {
        string date = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'");
        string canonical =
            $"GET\n{path}/\n{canonicalQuery}\nhost:{Server.Address.Authority}\nx-sdk-date:{date}\n\nhost;x-sdk-date\n"
            + Convert.ToHexStringLower(SHA256.HashData([]));
        string toSign =
            $"SDK-HMAC-SHA256\n{date}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = HuaweiSamples.OperatorKey;
        string signature = Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.SecretKey), Encoding.UTF8.GetBytes(toSign)));
        return SendAsync(
            "GET", $"{Endpoint}{path}?{query}", ("X-Sdk-Date", date),
            ("Authorization", $"SDK-HMAC-SHA256 Access={key.AccessKey}, SignedHeaders=host;x-sdk-date, "
                + $"Signature={signature}"));
    }

    private protected static JsonElement Json(string body) => JsonDocument.Parse(body).RootElement;

    private protected static string Xml(string body, string element) =>
        XDocument.Parse(body).Root!.Element(element)!.Value;

    private protected static IEnumerable<string> Names(JsonElement list, string property) =>
        list.EnumerateArray().Select(entry => entry.GetProperty(property).GetString()!);
}
