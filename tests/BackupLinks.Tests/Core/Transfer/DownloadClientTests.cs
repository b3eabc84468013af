using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Text;
using BackupLinks.Time;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

public sealed class DownloadClientTests
{
    private readonly SecretScrubber _scrubber = new();
    private readonly List<Uri> _requests = [];

    [Fact]
    public async Task A_refusal_costs_the_secrets_of_its_own_request_and_no_others()
    {
        var client = Create(request => Refuse(request.RequestUri!.Query));

        for (int i = 0; i < 100; i++)
        {
            string signature = $"SIGNATURE-OF-THE-LINK-{i}";
            var error = await Assert.ThrowsAsync<ApiException>(
                () => GetAsync(client, $"https://store.example/{i}?Expires=1&Signature={signature}"));
            Assert.DoesNotContain(signature, error.Message);
        }

        Assert.Equal(0, _scrubber.KnownCount);
    }

    [Fact]
    public void A_scrubber_for_requests_knows_the_values_of_their_queries_and_what_it_was_made_of()
    {
        var own = new SecretScrubber("a-key-of-mine").ForRequests(
            [new Uri("https://h.example/a?token=QUERYVALUE%2F0001&short=1")]);

        Assert.Equal("*** *** *** 1", own.Scrub("a-key-of-mine QUERYVALUE%2F0001 QUERYVALUE/0001 1"));
        Assert.Equal(3, own.KnownCount);
    }

    [Fact]
    public async Task Nothing_of_any_address_on_the_way_comes_back_in_an_error()
    {
        var client = Create(request => request.RequestUri!.Host == "first.example"
            ? Redirect("https://second.example/b?key=KEYOFTHESECOND1")
            : Refuse("KEYOFTHEFIRST01 KEYOFTHESECOND1"));

        var error = await Assert.ThrowsAsync<ApiException>(
            () => GetAsync(client, "https://first.example/a?key=KEYOFTHEFIRST01"));

        Assert.DoesNotContain("KEYOFTHE", error.Message);
        Assert.Equal(2, _requests.Count);
    }

    [Fact]
    public async Task A_transfer_coding_that_repeats_a_value_of_the_link_is_not_shown()
    {
        var client = Create(_ =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("REDIS0009") };
            response.Headers.TryAddWithoutValidation("Transfer-Encoding", "SIGNATURE-OF-MINE");
            return response;
        });

        var error = await Assert.ThrowsAsync<ApiException>(
            () => GetAsync(client, "https://store.example/a?Signature=SIGNATURE-OF-MINE"));

        Assert.Contains("transfer coding '***'", error.Message);
    }

    [Theory]
    [InlineData("https://store.example/a", "https://169.254.169.254/latest")]
    [InlineData("https://store.example/a", "http://169.254.169.254/latest")]
    [InlineData("http://store.example/a", "http://169.254.169.254/latest")]
    [InlineData("http://127.0.0.1/a", "http://169.254.169.254/latest")]
    [InlineData("https://store.example/a", "https://[fe80::1]/")]
    [InlineData("https://store.example/a", "https://127.0.0.1:8443/")]
    [InlineData("http://10.0.0.1/a", "http://127.0.0.1:8080/")]
    [InlineData("https://store.example/a", "https://localhost/")]
    [InlineData("https://store.example/a", "https://[::ffff:127.0.0.1]/")]
    [InlineData("https://store.example/a", "https://0.0.0.0/")]
    public async Task A_redirect_to_this_machine_or_to_a_link_local_address_is_refused_whatever_is_allowed(
        string from, string to)
    {
        var client = Create(_ => Redirect(to), allowAll: true);

        var error = await Assert.ThrowsAsync<BackupLinksException>(() => GetAsync(client, from));

        Assert.Equal(ErrorKind.InsecureUri, error.Kind);
        Assert.Equal(new Uri(from), Assert.Single(_requests));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/a", "http://127.0.0.1:2/b")]
    [InlineData("http://localhost/a", "http://[::1]/b")]
    [InlineData("https://store.example/a", "https://10.0.0.1/b")]
    [InlineData("http://127.0.0.1/a", "https://store.example/b")]
    public async Task Other_redirects_are_followed(string from, string to)
    {
        var client = Create(
            request =>
                request.RequestUri!.AbsolutePath == "/a"
                    ? Redirect(to)
                    : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("REDIS0009") });

        using var response = await GetAsync(client, from);

        Assert.Equal([from, to], _requests.Select(request => request.OriginalString));
    }

    [Fact]
    public async Task A_redirect_that_stays_within_private_addresses_is_followed_only_where_they_are_accepted()
    {
        const string From = "http://10.0.0.1/a";
        HttpResponseMessage Respond(HttpRequestMessage request) =>
            request.RequestUri!.AbsolutePath == "/a"
                ? Redirect("http://192.168.0.1/b")
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("REDIS0009") };

        await Assert.ThrowsAsync<BackupLinksException>(() => GetAsync(Create(Respond), From));
        using var response = await GetAsync(Create(Respond, allowIntranetHttp: true), From);
        var error = await Assert.ThrowsAsync<BackupLinksException>(
            () => GetAsync(Create(_ => Redirect("http://198.51.100.7/b"), allowIntranetHttp: true), From));

        Assert.Equal(ErrorKind.InsecureUri, error.Kind);
    }

    private static async Task<ObjectResponse> GetAsync(DownloadClient client, string address)
    {
        var source = new TransferSource { Uri = new Uri(address), FileName = "a.rdb" };
        using var lease = new RenewableLink(
            source, new ClockSkewTracker(Clock.System), Clock.System, new RequestLog(null, _ => { }));
        return await client.GetAsync(source, lease, null, null, TestContext.Current.CancellationToken);
    }

    private DownloadClient Create(
        Func<HttpRequestMessage, HttpResponseMessage> respond, bool allowAll = false, bool allowIntranetHttp = false) =>
        new(
        new HttpMessageInvoker(new Store(request =>
        {
            _requests.Add(request.RequestUri!);
            return respond(request);
        })),
        _scrubber, new TransferSettings { AllowInsecure = allowAll, AllowIntranetHttp = allowAll || allowIntranetHttp },
        Clock.System,
        new RequestLog(null, _ => { }));

    private static HttpResponseMessage Redirect(string to)
    {
        var response = new HttpResponseMessage(HttpStatusCode.Found);
        response.Headers.Location = new Uri(to);
        return response;
    }

    private static HttpResponseMessage Refuse(string echo) => new(HttpStatusCode.Forbidden)
    {
        Content = new StringContent(
            $"<Error><Code>AccessDenied</Code><Message>{WebUtility.HtmlEncode(echo)}</Message></Error>"),
    };

    private sealed class Store(Func<HttpRequestMessage, HttpResponseMessage> respond) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = respond(request);
            response.RequestMessage = request;
            return Task.FromResult(response);
        }
    }
}
