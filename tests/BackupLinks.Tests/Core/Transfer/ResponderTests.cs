using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>An error names the host that responded, and the proxy that its response came through.</summary>
public sealed class ResponderTests : TransferTest
{
    private const string Second = "mirror.example:8443";
    private const string Sender = Second + " through proxy http://proxy.example:8080";

    public ResponderTests()
    {
        Store.Content = Bytes(100_000);
        Store.Tag = Store.Md5Tag;
        Settings = Settings with { MaximumRetryCount = 0 };
        Store.Instead = (_, request) => Redirect(request);
        Store.Change = (_, response) => AddProxy(response);
    }

    [Fact]
    public async Task A_refusal_is_told_as_that_of_the_host_that_refused()
    {
        Store.Instead = (_, request) => Redirect(request) ?? AddProxy(FakeStore.Refuse(404));

        var error = await FailAsync(ErrorKind.NotFound);

        Assert.StartsWith($"{Second} has no object", error.Message);
        Assert.Contains("through proxy http://proxy.example:8080", error.Message);
        Assert.DoesNotContain("store.example", error.Message);
    }

    [Theory]
    [InlineData("<html>Sign in</html>")]
    [InlineData("")]
    public async Task A_page_in_the_place_of_the_file_is_told_with_its_host_and_its_proxy(string page)
    {
        Store.Content = System.Text.Encoding.UTF8.GetBytes(page);
        Store.Tag = null;

        Assert.StartsWith($"{Sender} responded", (await FailAsync(ErrorKind.InvalidResponse)).Message);
    }

    [Fact]
    public async Task A_document_with_a_code_is_told_with_its_host_and_its_proxy()
    {
        Store.Content = "<Error><Code>NoSuchKey</Code></Error>"u8.ToArray();
        Store.Tag = null;

        var error = await FailAsync(ErrorKind.NotFound);

        Assert.StartsWith($"{Second} returned an XML error", error.Message);
        Assert.Contains("through proxy http://proxy.example:8080", error.Message);
    }

    [Fact]
    public async Task A_part_that_was_not_requested_is_told_with_its_host_and_its_proxy()
    {
        Settings = Settings with { SegmentCount = 1 };
        Store.Change = (_, response) =>
        {
            AddProxy(response).StatusCode = HttpStatusCode.PartialContent;
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(0, 99_999, 200_000);
        };

        Assert.StartsWith(
            $"{Sender} responded with HTTP 206", (await FailAsync(ErrorKind.InvalidResponse)).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_breaks_is_that_to_the_host_that_responded(bool isProvable)
    {
        Store.CutAfter = 0;
        Store.Tag = isProvable ? Store.Tag : null;
        Store.IgnoresRanges = !isProvable;

        var error = await FailAsync(ErrorKind.ServiceUnavailable);

        Assert.StartsWith($"The connection to {Sender} broke", error.Message);
        // None came.
        Assert.DoesNotContain("kept", error.Message);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_some_bytes_keeps_them()
    {
        Store.CutAfter = 1000;

        Assert.Contains("; the bytes that came are kept;", (await FailAsync(ErrorKind.ServiceUnavailable)).Message);
    }

    [Fact]
    public async Task A_second_reading_that_breaks_names_the_host_that_responded()
    {
        Store.Tag = "\"5b3c1a2e053d763e1b002cc607c5a0fe\"";
        Store.Change = (number, response) =>
        {
            AddProxy(response);
            // The first two requests are those of the download.
            Store.CutAfter = number >= 2 ? 0 : null;
        };

        Assert.StartsWith(
            $"The connection to {Sender} broke", (await FailAsync(ErrorKind.ServiceUnavailable)).Message);
    }

    [Fact]
    public async Task A_redirect_that_is_not_followed_is_told_with_the_proxy_of_its_response()
    {
        Store.Instead = (_, _) => AddProxy(Redirect("http://mirror.example/b"));

        Assert.StartsWith(
            "store.example through proxy http://proxy.example:8080 redirects 'dump.rdb' from https to plain http",
            (await FailAsync(ErrorKind.InsecureUri)).Message);
    }

    private static HttpResponseMessage? Redirect(HttpRequestMessage request) =>
        request.RequestUri!.Host == "store.example"
            ? Redirect($"https://{Second}/b?Signature=SecretSecretSecond") : null;

    private static HttpResponseMessage Redirect(string to)
    {
        var response = new HttpResponseMessage(HttpStatusCode.Found);
        response.Headers.Location = new Uri(to);
        return response;
    }

    private static HttpResponseMessage AddProxy(HttpResponseMessage response)
    {
        response.Headers.TryAddWithoutValidation("X-BackupLinks-Proxy", "http://proxy.example:8080");
        return response;
    }
}
