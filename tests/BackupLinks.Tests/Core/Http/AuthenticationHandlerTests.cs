using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;

namespace BackupLinks.Tests.Core.Http;

/// <summary>Each attempt is a copy of the request with a credential, and the request stays as it is.</summary>
public sealed class AuthenticationHandlerTests
{
    private readonly List<string> _sent = [];

    [Theory]
    [InlineData(false, new[] { "application/json {\"a\":1} a 1" })]
    [InlineData(true, new[] { "application/json {\"a\":1} a 1", "application/json {\"a\":1} a 2" })]
    public async Task A_request_whose_credential_was_put_right_is_sent_once_more_as_a_whole(
        bool recovers, string[] expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.example/v1/x")
        {
            Content = new StringContent("{\"a\":1}", Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("X-Own", "a");
        using var invoker = new HttpMessageInvoker(new Numbered(recovers) { InnerHandler = new Recorder(_sent) });

        using var response = await invoker.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, _sent);
        Assert.False(request.Headers.Contains("X-Number"));
    }

    private sealed class Numbered(bool recovers) : AuthenticationHandler
    {
        private int _number;

        protected override Task<object?> AuthenticateAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Number", $"{++_number}");
            return Task.FromResult<object?>(_number);
        }

        protected override Task<bool> TryRecoverAsync(
            Uri address, object? used, HttpResponseMessage response, CancellationToken cancellationToken) =>
            Task.FromResult(recovers && (int)used! == 1);
    }

    private sealed class Recorder(List<string> sent) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            sent.Add(
                $"{request.Content?.Headers.ContentType?.MediaType} {body} "
                    + $"{string.Join(',', request.Headers.GetValues("X-Own"))} "
                    + string.Join(',', request.Headers.GetValues("X-Number")));
            return new HttpResponseMessage(HttpStatusCode.Unauthorized);
        }
    }
}
