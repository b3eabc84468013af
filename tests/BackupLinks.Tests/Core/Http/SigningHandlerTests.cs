using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;

namespace BackupLinks.Tests.Core.Http;

public sealed class SigningHandlerTests
{
    private const string AkskFails =
        """{"error_msg":"Incorrect IAM authentication information: verify aksk """
            + """signature fail","error_code":"APIGW.0301"}""";
    private const string DateExpired =
        """{"error_msg":"Incorrect IAM authentication information: x-sdk-date expired","error_code":"APIGW.0301"}""";
    private static readonly Uri Address = new("https://dcs.example/v2/x");

    private readonly ManualClock _clock = new();
    private readonly List<DateTimeOffset> _signed = [];
    private readonly List<string> _warnings = [];

    [Theory]
    [InlineData(5, AkskFails)]
    [InlineData(-5, AkskFails)]
    [InlineData(14, AkskFails)]
    [InlineData(-14, DateExpired)]
    [InlineData(16, AkskFails)]
    [InlineData(60 * 24 * 400, DateExpired)]
    public async Task Skew_that_the_gateway_refuses_is_learned_and_the_request_signed_once_more(
        int minutes, string body)
    {
        var skew = TimeSpan.FromMinutes(minutes);

        var status = await SendAsync(Refusal(401, body, skew), Good);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([_clock.GetUtcNow(), _clock.GetUtcNow() + skew], _signed);
        Assert.Contains(
            minutes > 0 ? "behind that of dcs.example" : "ahead of that of dcs.example", Assert.Single(_warnings));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-3)]
    public async Task Wrong_key_is_not_blamed_on_a_clock_that_is_right(int minutes)
    {
        Assert.Equal(
            HttpStatusCode.Unauthorized, await SendAsync(Refusal(401, AkskFails, TimeSpan.FromMinutes(minutes)), Good));

        Assert.Single(_signed);
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(500)]
    public async Task Only_a_refusal_leads_to_the_clock(int status)
    {
        await SendAsync(Refusal(status, DateExpired, TimeSpan.FromHours(1)), Good);

        Assert.Single(_signed);
    }

    [Fact]
    public async Task Refusal_of_anything_else_does_not_lead_to_the_clock()
    {
        await SendAsync(
            Refusal(403, """{"error_msg":"Policy doesn't allow it","error_code":"DCS.2003"}""", TimeSpan.FromHours(1)),
            Good);

        Assert.Single(_signed);
    }

    [Fact]
    public async Task Second_refusal_is_final()
    {
        var refusal = Refusal(401, AkskFails, TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(refusal, refusal, Good));
        Assert.Equal(2, _signed.Count);
    }

    private static HttpResponseMessage Good() => new(HttpStatusCode.OK);

    private Func<HttpResponseMessage> Refusal(int status, string body, TimeSpan skew) => () =>
        new((HttpStatusCode)status)
    {
        Content = new StringContent(body),
        Headers = { Date = _clock.GetUtcNow() + skew },
    };

    private async Task<HttpStatusCode> SendAsync(params Func<HttpResponseMessage>[] script)
    {
        using var handler = new Signer(_signed, new ClockSkewTracker(_clock), new RequestLog(null, _warnings.Add))
            { InnerHandler = new Script(script) };
        using var invoker = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        using var response = await invoker.SendAsync(request, CancellationToken.None);
        return response.StatusCode;
    }

    private sealed class Signer(List<DateTimeOffset> signed, ClockSkewTracker clocks, RequestLog log)
        : SigningHandler(new ClockRefusal("x-sdk-date") { Ambiguous = "verify aksk signature fail" }, clocks, log)
    {
        protected override Task SignAsync(HttpRequestMessage request, DateTimeOffset now)
        {
            signed.Add(now);
            return Task.CompletedTask;
        }
    }

    private sealed class Script(Func<HttpResponseMessage>[] responses) : HttpMessageHandler
    {
        private int _next;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(responses[_next++]());
    }
}
