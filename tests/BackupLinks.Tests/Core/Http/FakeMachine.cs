using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Tests.Core.Http;

/// <summary>Stands in memory for the metadata service of a machine. Nothing is sent anywhere.</summary>
internal sealed class FakeMachine : HttpMessageHandler
{
    private readonly Lock _lock = new();

    /// <summary>The requests: method, address and host, and the headers for tokens.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Makes the response to a method and an address.</summary>
    public Func<string, Uri, HttpResponseMessage> Respond { get; set; } = (_, _) => Response("", 404);

    public static HttpResponseMessage Response(string body, int status = 200) =>
        new((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string tokens = string.Concat(request.Headers
            .Where(header => header.Key.Contains("token", StringComparison.OrdinalIgnoreCase))
            .Select(header => $" {header.Key}: {string.Join(",", header.Value)}"));
        string host = request.Headers.Host is { } name ? $" for {name}" : "";
        lock (_lock)
            Requests.Add($"{request.Method} {request.RequestUri}{host}{tokens}");
        await Task.Yield();
        return Respond(request.Method.Method, request.RequestUri!);
    }
}
