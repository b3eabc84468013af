using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Tests.Isolation;
using BackupLinks.Text;

namespace BackupLinks.Tests.Core.Http;

public sealed class ProxyTests
{
    private const string Wants =
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"corp\"\r\n"
            + "Content-Length: 0\r\n\r\n";
    private const string Refuses = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    private const string Good = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Theory]
    [InlineData("https://host.example/x")]
    [InlineData("http://host.example/x")]
    public async Task Wrong_password_is_offered_once_and_then_never_again(string address)
    {
        await using var listener = new LoopbackListener(_ => Wants);
        using var transport = CreateTransport();
        var proxy = ProxySettings.From(new Uri($"http://127.0.0.1:{listener.Port}"), "corp", "wrong");
        using var client = CreateClient(transport, proxy);

        var errors = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Assert.ThrowsAsync<ApiException>(() => GetAsync(client, address))));

        Assert.All(errors, error => Assert.Equal(ErrorKind.InvalidProxy, error.Kind));
        Assert.Contains(
            $"proxy http://127.0.0.1:{listener.Port} did not accept the credential (HTTP 407)", errors[0].Message);
        Assert.DoesNotContain("wrong", errors[0].Message);
        Assert.Single(listener.Requests, head => head.Contains("Proxy-Authorization"));
    }

    [Fact]
    public async Task Next_command_may_offer_the_password_again()
    {
        string response = Wants;
        await using var listener = new LoopbackListener(
            head => head.Contains("Proxy-Authorization") ? response : Wants);
        using var transport = CreateTransport();
        var proxy = ProxySettings.From(new Uri($"http://127.0.0.1:{listener.Port}"), "corp", "good");
        using var client = CreateClient(transport, proxy);
        await Assert.ThrowsAsync<ApiException>(() => GetAsync(client, "http://host.example/x"));

        response = Good;
        transport.Begin(proxy);

        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "http://host.example/x"));
    }

    [Fact]
    public async Task Accepted_password_lets_all_requests_through_at_once()
    {
        int inside = 0;
        var everybody = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listener = new LoopbackListener(async head =>
        {
            if (!head.Contains("Proxy-Authorization"))
                return Wants;
            // The first goes alone; the next four are given a response only when all of them are there.
            int order = Interlocked.Increment(ref inside);
            if (order == 5)
                everybody.SetResult();
            if (order > 1)
                await everybody.Task;
            return Good;
        });
        using var transport = CreateTransport();
        using var client = CreateClient(
            transport, ProxySettings.From(new Uri($"http://127.0.0.1:{listener.Port}"), "corp", "good"));
        await GetAsync(client, "http://host.example/x");

        await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => GetAsync(client, "http://host.example/x"))));
    }

    [Fact]
    public async Task Proxy_that_requires_a_credential_when_none_is_given_is_an_error_at_once()
    {
        await using var listener = new LoopbackListener(_ => Wants);
        using var transport = CreateTransport();
        using var client = CreateClient(
            transport, ProxySettings.From(new Uri($"http://127.0.0.1:{listener.Port}"), null, null));

        var error = await Assert.ThrowsAsync<ApiException>(() => GetAsync(client, "https://host.example/x"));

        Assert.Equal(ErrorKind.InvalidProxy, error.Kind);
        Assert.Contains("requires a credential (HTTP 407); pass -ProxyCredential", error.Message);
        Assert.Single(listener.Requests);
    }

    [Theory]
    [InlineData("403 Forbidden")]
    [InlineData("501 Not Implemented")]
    public async Task Proxy_that_refuses_the_host_is_an_error_at_once(string status)
    {
        await using var listener = new LoopbackListener(_ => $"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
        using var transport = CreateTransport();
        using var client = CreateClient(
            transport, ProxySettings.From(new Uri($"http://127.0.0.1:{listener.Port}"), null, null));

        var error = await Assert.ThrowsAsync<ApiException>(() => GetAsync(client, "https://host.example/x"));

        Assert.Equal(ErrorKind.InvalidProxy, error.Kind);
        Assert.Contains(
            $"proxy http://127.0.0.1:{listener.Port} refuses requests to host.example (HTTP {status[..3]})",
            error.Message);
        Assert.Single(listener.Requests);
    }

    [Theory]
    [InlineData(true, "pass another -Proxy, or omit -Proxy if the host needs no proxy.")]
    [InlineData(false, "pass another -Proxy, or list the host in NO_PROXY if the host needs no proxy.")]
    public async Task Advice_of_a_refused_host_is_about_the_proxy_that_was_used(bool isGiven, string advice)
    {
        var address = new Uri("http://proxy.example:3128");
        var settings = new ProxySettings(isGiven ? address : null, null, null);
        var proxy = new RequestProxy(settings, name => name == "https_proxy" ? address.AbsoluteUri : null, () => null);
        var clock = new ManualClock(advanceByItself: true);
        using var retry = new RetryHandler(
            new RequestSettings(), clock, new ClockSkewTracker(clock), new HostLimiters(clock), () => 0.5,
            new SecretScrubber(), new RequestLog(null, _ => { }), proxy)
        {
            InnerHandler = new Failure(new ProxyRefusedException(HttpStatusCode.Forbidden, hadCredential: false)),
        };
        using var client = new HttpMessageInvoker(retry);

        var error = await Assert.ThrowsAsync<ApiException>(() => GetAsync(client, "https://host.example/x"));

        Assert.StartsWith(
            "proxy http://proxy.example:3128 refuses requests to host.example (HTTP 403);", error.Message,
            StringComparison.Ordinal);
        Assert.EndsWith(advice, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kind_of_proxy_that_the_framework_does_not_have_is_an_error_that_says_so()
    {
        var proxy = new RequestProxy(
            ProxySettings.From(new Uri("socks5://me:pw@proxy.example"), null, null), _ => null, () => null);
        using var handler = new ProxyHandler(proxy, new ProxyAdmission())
        {
            InnerHandler = new Failure(
                new NotSupportedException("The ServicePointManager does not support proxies with the socks5 scheme.")),
        };
        using var client = new HttpMessageInvoker(handler);

        var error = await Assert.ThrowsAsync<ApiException>(() => GetAsync(client, "https://host.example/x"));

        Assert.Equal(ErrorKind.InvalidProxy, error.Kind);
        Assert.StartsWith(
            "this PowerShell does not support proxy socks5://proxy.example:1080; pass one", error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("408 Request Timeout")]
    [InlineData("429 Too Many Requests")]
    [InlineData("502 Bad Gateway")]
    [InlineData("503 Service Unavailable")]
    public async Task Proxy_that_cannot_reach_the_host_is_tried_again_and_named(string status)
    {
        await using var listener = new LoopbackListener(_ => $"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
        using var transport = CreateTransport();
        using var client = CreateClient(
            transport, ProxySettings.From(new Uri($"http://127.0.0.1:{listener.Port}"), null, null));

        var error = await Assert.ThrowsAsync<ApiException>(() => GetAsync(client, "https://host.example/x"));

        Assert.Equal(ErrorKind.ServiceUnavailable, error.Kind);
        Assert.Contains(
            $"host.example could not be reached through proxy http://127.0.0.1:{listener.Port}, in 3 attempts: the "
                + $"proxy returned HTTP {status[..3]}; check",
            error.Message);
        Assert.Equal(3, listener.Requests.Count);
    }

    [Fact]
    public async Task Response_says_which_proxy_it_came_through_and_no_server_can_pretend_it()
    {
        await using var listener = new LoopbackListener(
            _ => Good.Replace("\r\n\r\n", "\r\nX-BackupLinks-Proxy: http://evil.example\r\n\r\n"));
        using var transport = CreateTransport();
        using var client = CreateClient(
            transport, ProxySettings.From(new Uri($"http://127.0.0.1:{listener.Port}"), null, null));

        using var proxied = await SendAsync(client, "http://host.example/x");
        using var direct = await SendAsync(client, $"http://127.0.0.1:{listener.Port}/x");

        Assert.Equal($" through proxy http://127.0.0.1:{listener.Port}", ProxyHandler.Route(proxied));
        Assert.Equal("", ProxyHandler.Route(direct));
        Assert.Contains(listener.Requests, head => head.StartsWith("GET /x ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_request_and_tunnel_says_who_sends_it()
    {
        await using var listener = new LoopbackListener(
            head => head.StartsWith("CONNECT", StringComparison.Ordinal) ? Refuses : Good);
        using var transport = CreateTransport();
        using var client = CreateClient(
            transport, ProxySettings.From(new Uri($"http://127.0.0.1:{listener.Port}"), null, null));

        await GetAsync(client, "http://host.example/x");
        await Assert.ThrowsAsync<ApiException>(() => GetAsync(client, "https://host.example/x"));

        Assert.Equal(2, listener.Requests.Count);
        Assert.All(
            listener.Requests,
            head => Assert.Contains($"\r\nUser-Agent: BackupLinks/{ProductHandler.Version}\r\n", head));
        Assert.Contains("\r\nAccept: */*\r\n", listener.Requests.First());
        Assert.Matches(@"^\d+\.\d+\.\d+$", ProductHandler.Version);
    }

    // No test waits for a retry here.
    private static ApiTransport CreateTransport() => new(new ManualClock(advanceByItself: true), () => 0.5);

    private static HttpMessageInvoker CreateClient(ApiTransport transport, ProxySettings proxy) =>
        transport.CreateDownloadClient(
        new RequestSettings { MaximumRetryCount = 2, AttemptTimeout = TestTimeout.Hang }, proxy,
        new SecretScrubber(), new RequestLog(null, _ => { }));

    private static async Task<HttpStatusCode> GetAsync(HttpMessageInvoker client, string address)
    {
        using var response = await SendAsync(client, address);
        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await client.SendAsync(request, CancellationToken.None);
    }

    private sealed class Failure(Exception failure) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(failure);
    }
}
