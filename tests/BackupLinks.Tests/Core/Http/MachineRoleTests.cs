using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Tests.Isolation;
using BackupLinks.Text;

namespace BackupLinks.Tests.Core.Http;

/// <summary>The keys of the role of this machine: when they are requested, kept, and requested again.</summary>
public sealed class MachineRoleTests : IDisposable
{
    private static readonly MachineRoleService Service = new()
    {
        Provider = "Cloud",
        Address = new Uri("http://169.254.0.1/"),
        Host = "metadata.cloud.example",
        Token = ("api/token", "X-Token-Lifetime", "X-Token"),
        KeyPath = "roles/",
        Members = ("Id", "Secret", "Session"),
        ExpiryMember = "End",
    };

    private readonly ManualClock _clock = new();
    private readonly FakeMachine _machine = new();
    private readonly List<string> _told = [];
    private readonly SecretScrubber _scrubber = new();
    private readonly ApiTransport _transport;
    private readonly ApiTransport _direct = new();
    private int _number;

    public MachineRoleTests()
    {
        _transport = new ApiTransport(_clock, static () => 0.5, null, () => _machine);
        _machine.Respond = (method, address) => method == "PUT" ? FakeMachine.Response("token-1")
            : address.AbsolutePath == "/roles/backup" ? FakeMachine.Response(Key(TimeSpan.FromHours(6)))
            : FakeMachine.Response("", 404);
    }

    public void Dispose()
    {
        _transport.Dispose();
        _direct.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public async Task Key_is_requested_with_a_token_and_is_known_to_the_scrubber()
    {
        var keys = Open();
        await keys.PrepareAsync(Stop);

        Assert.Equal(
            ("id-1", "secret-number-1", "session-1"), (keys.Current.Id, keys.Current.Secret, keys.Current.Token));
        Assert.Equal(
            [
                "PUT http://169.254.0.1/api/token for metadata.cloud.example X-Token-Lifetime: 21600",
                "GET http://169.254.0.1/roles/backup for metadata.cloud.example X-Token: token-1",
            ],
            _machine.Requests);
        Assert.Equal("*** and ***", _scrubber.Scrub("secret-number-1 and session-1"));
        Assert.Single(_told);
        Assert.DoesNotContain("-1", _told[0]);
    }

    [Fact]
    public async Task Key_is_requested_again_before_it_expires_and_not_earlier()
    {
        var keys = Open();
        await keys.PrepareAsync(Stop);
        _clock.Advance(TimeSpan.FromHours(5.8));
        await keys.PrepareAsync(Stop);
        Assert.Equal("id-1", keys.Current.Id);

        _clock.Advance(TimeSpan.FromMinutes(3));
        await keys.PrepareAsync(Stop);

        Assert.Equal("id-2", keys.Current.Id);
        Assert.Equal("***", _scrubber.Scrub("secret-number-2"));
    }

    [Fact]
    public async Task Short_lived_key_is_used_for_half_its_life()
    {
        _machine.Respond = (method, _) => FakeMachine.Response(
            method == "PUT" ? "t" : Key(TimeSpan.FromMinutes(4)));
        var keys = Open();
        await keys.PrepareAsync(Stop);
        _clock.Advance(TimeSpan.FromMinutes(1.9));
        await keys.PrepareAsync(Stop);
        Assert.Equal("id-1", keys.Current.Id);

        _clock.Advance(TimeSpan.FromMinutes(0.2));
        await keys.PrepareAsync(Stop);
        Assert.Equal("id-2", keys.Current.Id);
    }

    [Fact]
    public async Task Life_of_a_key_is_by_the_clock_of_the_service()
    {
        var ahead = TimeSpan.FromDays(2);
        _machine.Respond = (method, _) =>
        {
            var response = FakeMachine.Response(method == "PUT" ? "t" : Key(ahead + TimeSpan.FromHours(1)));
            response.Headers.Date = _clock.GetUtcNow() + ahead;
            return response;
        };
        var keys = Open();
        await keys.PrepareAsync(Stop);
        _clock.Advance(TimeSpan.FromMinutes(51));
        await keys.PrepareAsync(Stop);

        Assert.Equal("id-2", keys.Current.Id);
    }

    [Fact]
    public async Task Service_that_still_has_the_old_key_is_asked_once_a_minute()
    {
        string key = Key(TimeSpan.FromMinutes(30));
        _machine.Respond = (method, _) => FakeMachine.Response(method == "PUT" ? "t" : key);
        var keys = Open();
        await keys.PrepareAsync(Stop);
        _clock.Advance(TimeSpan.FromMinutes(29));
        for (int i = 0; i < 10; i++)
            await keys.PrepareAsync(Stop);

        Assert.Equal(4, _machine.Requests.Count);
    }

    [Fact]
    public async Task Failure_changes_nothing_while_the_last_key_is_valid()
    {
        var keys = Open();
        await keys.PrepareAsync(Stop);
        _machine.Respond = (_, _) => throw new HttpRequestException("no route");
        _clock.Advance(TimeSpan.FromMinutes(355));
        await keys.PrepareAsync(Stop);
        Assert.Equal("id-1", keys.Current.Id);
        Assert.Contains("The last key of the role is used", _told[^1]);

        _clock.Advance(TimeSpan.FromMinutes(6));
        await Assert.ThrowsAsync<ApiException>(() => keys.PrepareAsync(Stop));
    }

    [Fact]
    public async Task Refusal_is_not_for_ever()
    {
        var keys = Open();
        _machine.Respond = (_, _) => FakeMachine.Response("no", 403);
        Assert.Equal(
            ErrorKind.AccessDenied, (await Assert.ThrowsAsync<ApiException>(() => keys.PrepareAsync(Stop))).Kind);

        _machine.Respond = (method, _) => FakeMachine.Response(
            method == "PUT" ? "t" : Key(TimeSpan.FromHours(1)));
        await Assert.ThrowsAsync<ApiException>(() => keys.PrepareAsync(Stop));
        _clock.Advance(TimeSpan.FromSeconds(31));
        await keys.PrepareAsync(Stop);

        Assert.NotNull(keys.Current);
    }

    [Fact]
    public async Task All_that_wait_for_a_key_wait_for_the_same_request()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Open().PrepareAsync(Stop)));

        Assert.Equal(2, _machine.Requests.Count);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    public async Task Service_without_tokens_has_the_key_without_one(int status)
    {
        _machine.Respond = (method, _) => method == "PUT"
            ? FakeMachine.Response("", status) : FakeMachine.Response(Key(TimeSpan.FromHours(1)));

        await Open().PrepareAsync(Stop);

        Assert.EndsWith("/roles/backup for metadata.cloud.example", _machine.Requests[1]);
    }

    [Fact]
    public async Task Service_that_fails_is_tried_again()
    {
        int failures = 2;
        var respond = _machine.Respond;
        _machine.Respond = (method, address) =>
            method == "GET" && failures-- > 0 ? FakeMachine.Response("", 503) : respond(method, address);
        var prepared = Open().PrepareAsync(Stop);
        for (int i = 0; i < 2; i++)
        {
            int waits = i;
            Assert.True(
                SpinWait.SpinUntil(() => _clock.CountDelays(TimeSpan.FromSeconds(1)) > waits, TestTimeout.Hang));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await prepared;
        Assert.Equal(4, _machine.Requests.Count);
    }

    [Fact]
    public async Task Machine_of_another_cloud_is_told_with_the_address_that_does_not_respond()
    {
        _machine.Respond = (_, _) => throw new HttpRequestException("no route");

        var error = await FailAsync(ErrorKind.CredentialNotFound);

        Assert.Equal(
            "The key of role 'backup' cannot be requested: no metadata service responds at 169.254.0.1; run the "
                + "command on a machine of Cloud, or store an access key in the secret.",
            error.Message);
    }

    [Fact]
    public async Task Service_that_does_not_respond_is_not_waited_for_longer_than_three_seconds()
    {
        var never = new TaskCompletionSource();
        using var hung = new HungMachine(never.Task);
        using var transport = new ApiTransport(_clock, static () => 0.5, null, () => hung);
        var prepared = Open(transport).PrepareAsync(Stop);
        Assert.True(SpinWait.SpinUntil(() => _clock.CountBounds() > 0, TestTimeout.Hang));

        _clock.Advance(TimeSpan.FromSeconds(3));

        var error = await Assert.ThrowsAsync<ApiException>(() => prepared);
        Assert.Contains("no metadata service responds", error.Message);
    }

    [Fact]
    public async Task Machine_without_a_role_is_told_in_one_sentence()
    {
        _machine.Respond = (method, _) => method == "PUT" ? FakeMachine.Response("t") : FakeMachine.Response("", 404);

        Assert.Equal(
            "This machine of Cloud has no role; give it the role 'backup', or store an access key in the secret.",
            (await FailAsync(ErrorKind.CredentialNotFound)).Message);
    }

    [Fact]
    public async Task Machine_with_another_role_tells_its_name()
    {
        _machine.Respond = (method, address) => method == "PUT" ? FakeMachine.Response("t")
            : address.AbsolutePath == "/roles/" ? FakeMachine.Response("web\u001b[31m\nsecond")
            : FakeMachine.Response("", 404);

        Assert.Equal(
            "This machine of Cloud has the role 'web[31m', and not 'backup'; store the name of its role in the secret.",
            (await FailAsync(ErrorKind.CredentialNotFound)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>secret-in-a-page</html>")]
    [InlineData("[]")]
    [InlineData("{\"Id\":\"id\",\"Secret\":\"secret-number-9\"}")]
    [InlineData("{\"Id\":\"id\",\"Secret\":{},\"Session\":\"session-9\"}")]
    [InlineData("{\"Code\":\"Failed\",\"Secret\":\"secret-number-9\",\"Session\":\"session-9\",\"Id\":null}")]
    public async Task Response_without_a_key_is_an_error_that_shows_nothing_of_it(string body)
    {
        _machine.Respond = (method, _) => FakeMachine.Response(method == "PUT" ? "t" : body);

        var error = await FailAsync(ErrorKind.InvalidResponse);

        Assert.StartsWith("The metadata service of this machine of Cloud returned no key", error.Message);
        Assert.DoesNotContain("-9", error.ToString());
        Assert.DoesNotContain("secret-in", error.ToString());
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData(" ")]
    public async Task Role_that_would_lead_to_another_path_is_not_requested(string role)
    {
        var keys = Open(role: role);

        var error = await Assert.ThrowsAsync<ApiException>(() => keys.PrepareAsync(Stop));

        Assert.Equal(ErrorKind.InvalidRequest, error.Kind);
        Assert.Empty(_machine.Requests);
    }

    [Fact]
    public async Task Redirect_of_the_service_is_not_followed_and_no_proxy_is_used()
    {
        await using var server = new LoopbackListener(
            _ => "HTTP/1.1 302 Found\r\nLocation: /roles/backup\r\nContent-Length: 0\r\n\r\n");
        using var direct = new Redirected(server.Port) { InnerHandler = _direct.ConnectMachine() };
        using var transport = new ApiTransport(_clock, static () => 0.5, null, () => direct);

        var error = await Assert.ThrowsAsync<ApiException>(() => Open(transport).PrepareAsync(Stop));

        Assert.Equal(ErrorKind.AccessDenied, error.Kind);
        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, head => Assert.Contains("Host: metadata.cloud.example", head));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private MachineRoleKeys Open(ApiTransport? transport = null, string role = "backup")
    {
        var used = transport ?? _transport;
        return new MachineRoleKeys(
            used.Remember<MachineRoles>().Get(Service, role, used), _scrubber,
            new RequestLog(_told.Add, static _ => { }));
    }

    private async Task<ApiException> FailAsync(ErrorKind kind)
    {
        var error = await Assert.ThrowsAsync<ApiException>(() => Open().PrepareAsync(Stop));
        Assert.Equal(kind, error.Kind);
        return error;
    }

    private string Key(TimeSpan lifetime)
    {
        int number = Interlocked.Increment(ref _number);
        long end = (_clock.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"Id":"id-{{number}}","Secret":"secret-number-{{number}}","Session":"session-{{number}}","End":{{end}}}
            """);
    }

    private sealed class HungMachine(Task never) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await never.WaitAsync(cancellationToken);
            throw new InvalidOperationException();
        }
    }

    // Leads to loopback, so that nothing leaves this machine.
    private sealed class Redirected(int port) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Host = "127.0.0.1", Port = port }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
