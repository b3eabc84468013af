using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Tests.Conformance;

/// <summary>
/// The network of a test: it leads to the sandbox, until the test puts a response in the sandbox's place.
/// </summary>
internal sealed class TestNetwork : HttpMessageHandler
{
    // One for all tests: connections are used again.
    private static readonly HttpMessageInvoker Sandbox =
        new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    /// <summary>The requests: method, address, body.</summary>
    public List<(string Method, Uri Address, string Body)> Requests { get; } = [];

    /// <summary>The bodies of the responses.</summary>
    public List<string> Bodies { get; } = [];

    /// <summary>Makes the response to a request, which is given with its position; null for the sandbox's.</summary>
    public Func<Uri, int, HttpResponseMessage?>? Respond { get; set; }

    /// <summary>A response.</summary>
    public static HttpResponseMessage Response(
        int status, string body, string type = "application/json", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(status == 204 ? "" : body)),
        };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    /// <summary>Responds to every request with this body.</summary>
    public void RespondWith(string body, int status = 200, string type = "application/json",
        params (string Name, string Value)[] headers) =>
        Respond = (_, _) => Response(status, body, type, headers);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add((request.Method.Method, request.RequestUri!, body));
        var response = Respond?.Invoke(request.RequestUri!, Requests.Count - 1)
            ?? await Sandbox.SendAsync(request, cancellationToken);
        response.RequestMessage = request;
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        Bodies.Add(await response.Content.ReadAsStringAsync(cancellationToken));
        return response;
    }
}
