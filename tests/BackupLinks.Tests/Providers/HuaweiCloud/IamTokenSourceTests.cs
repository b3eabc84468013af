using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud;
using BackupLinks.HuaweiCloud.Iam;
using BackupLinks.Tests.Core;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

public sealed class IamTokenSourceTests : IDisposable
{
    private static readonly Uri Iam = new("https://iam.example/");

    private readonly ManualClock _clock = new();
    private readonly FakeIam _server;
    private readonly HttpClient _http;
    private readonly IamTokenSource _tokens;

    private readonly IamSessionCache _cache = new();

    public IamTokenSourceTests()
    {
        _server = new FakeIam(_clock);
        _http = new HttpClient(_server);
        _tokens = Source(new IamName("p", null));
    }

    [Fact]
    public async Task Token_of_a_day_is_used_until_ten_minutes_before_its_end()
    {
        await GetAsync();
        _clock.Advance(TimeSpan.FromHours(23.8));
        await GetAsync();
        Assert.Equal(1, _server.RequestCount);

        _clock.Advance(TimeSpan.FromMinutes(3));
        await GetAsync();
        Assert.Equal(2, _server.RequestCount);
    }

    [Fact]
    public async Task A_token_for_the_name_of_a_project_is_one_for_its_id_too()
    {
        var token = await Source(new IamName(null, "cn-north-4")).GetAsync(CancellationToken.None);

        Assert.Same(token, await GetAsync());
        Assert.Equal(1, _server.RequestCount);
    }

    [Fact]
    public async Task A_token_is_requested_by_the_id_of_a_project_or_else_by_its_name()
    {
        await Source(new IamName("p", "cn-north-4")).GetAsync(CancellationToken.None);
        Assert.Contains("\"id\":\"p\"", _server.Body);
        Assert.DoesNotContain("cn-north-4", _server.Body);

        await Source(new IamName(null, "cn-east-3")).GetAsync(CancellationToken.None);
        Assert.Contains("\"name\":\"cn-east-3\"", _server.Body);
    }

    [Fact]
    public async Task Short_lived_token_is_used_for_half_its_life()
    {
        _server.Lifetime = TimeSpan.FromMinutes(4);
        await GetAsync();
        _clock.Advance(TimeSpan.FromMinutes(1.9));
        await GetAsync();
        Assert.Equal(1, _server.RequestCount);

        _clock.Advance(TimeSpan.FromMinutes(0.2));
        await GetAsync();
        Assert.Equal(2, _server.RequestCount);
    }

    [Fact]
    public async Task All_callers_wait_for_the_same_response()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => GetAsync()));

        Assert.Equal(1, _server.RequestCount);
    }

    [Fact]
    public async Task Refusal_is_final_and_a_failure_is_forgotten_after_a_while()
    {
        _server.Status = HttpStatusCode.ServiceUnavailable;
        var first = await Assert.ThrowsAsync<ApiException>(GetAsync);
        var second = await Assert.ThrowsAsync<ApiException>(GetAsync);
        Assert.Equal(1, _server.RequestCount);
        Assert.NotSame(first, second);

        _clock.Advance(TimeSpan.FromSeconds(31));
        _server.Status = HttpStatusCode.Unauthorized;
        await Assert.ThrowsAsync<ApiException>(GetAsync);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ErrorKind.AuthenticationFailed, (await Assert.ThrowsAsync<ApiException>(GetAsync)).Kind);
        Assert.Equal(2, _server.RequestCount);
    }

    [Fact]
    public async Task Refused_token_is_replaced_once_and_not_again_and_again()
    {
        var first = await GetAsync();
        Assert.True(_tokens.TryReplace(first));
        var second = await GetAsync();

        // A request that still carried the first one is to be sent again; the second is no better, so that is that.
        Assert.True(_tokens.TryReplace(first));
        Assert.False(_tokens.TryReplace(second));
        Assert.Equal(2, _server.RequestCount);
    }

    [Theory]
    [InlineData(401, "", true)]
    [InlineData(401, """{"error_code":"APIGW.0307"}""", true)]
    [InlineData(403, """{"errCode":"DBS.280056","externalMessage":"Invalid token."}""", true)]
    [InlineData(403, """{"errCode":"DBS.200011"}""", false)]
    [InlineData(403, "", false)]
    [InlineData(500, "", false)]
    [InlineData(200, "", false)]
    public async Task Request_whose_token_was_refused_is_sent_once_more_with_a_new_one(
        int status, string body, bool isRenewed)
    {
        var service = new RefusingService((HttpStatusCode)status, body);
        using var invoker = new HttpMessageInvoker(new IamTokenHandler(_tokens) { InnerHandler = service });

        using var response = await invoker.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, "https://rds.example/v3/p/instances"), CancellationToken.None);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(isRenewed ? ["token-number-1", "token-number-2"] : ["token-number-1"], service.Tokens);
    }

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
    }

    private IamTokenSource Source(IamName project)
    {
        var user = new IamUserCredential("user", "password", "domain");
        var clocks = new ClockSkewTracker(_clock);
        var provider = HuaweiCloudProvider.Instance.Conventions with { Name = "IAM" };
        var connection = new ApiClient(
            _http, Iam, provider, user.Scrubber, null, new RequestLog(null, static _ => { }));
        return new IamTokenSource(user, project, new IamClient(connection, clocks), _cache, Iam, clocks, _clock);
    }

    private Task<IamToken> GetAsync() => _tokens.GetAsync(CancellationToken.None);

    private sealed class RefusingService(HttpStatusCode status, string body) : HttpMessageHandler
    {
        public List<string> Tokens { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Tokens.Add(string.Join(',', request.Headers.GetValues("X-Auth-Token")));
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });
        }
    }
}
