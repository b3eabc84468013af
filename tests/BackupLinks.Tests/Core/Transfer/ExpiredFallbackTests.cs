using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>
/// The plain request is tried whatever the clock says of the link; and its response is the whole file, under either
/// status.
/// </summary>
public sealed class ExpiredFallbackTests : TransferTest
{
    private static readonly DateTimeOffset LongAgo = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public ExpiredFallbackTests()
    {
        Store.Content = Bytes(100_000);
        Store.Tag = Store.Md5Tag;
        Source = Source with { ExpiresAt = LongAgo };
        Store.Instead = (_, request) => request.Headers.Range is null ? null : FakeStore.Refuse(403);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task A_store_without_ranges_sends_the_whole_also_where_the_link_seems_to_have_expired(int status)
    {
        Store.Instead = (_, request) => request.Headers.Range is null ? null : FakeStore.Refuse(status);

        await SaveAsync();

        AssertWhole();
        Assert.Equal(["0-8388607", "all"], Store.Requests);
    }

    [Fact]
    public async Task A_link_that_has_expired_by_the_stores_word_costs_no_plain_request()
    {
        Store.Instead = (_, _) => FakeStore.Refuse(
            403, "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>");

        await FailAsync(ErrorKind.LinkExpired);

        Assert.Single(Store.Requests);
    }

    [Fact]
    public async Task A_renewal_that_fails_leaves_the_plain_request()
    {
        int renewals = 0;
        Source = Source with
        {
            Renew = _ =>
            {
                renewals++;
                return Task.FromException<RenewedLink>(
                    new BackupLinksException(ErrorKind.CredentialNotFound, "No credential."));
            },
        };

        await SaveAsync();

        AssertWhole();
        Assert.Equal(["0-8388607", "all"], Store.Requests);
        Assert.Equal(1, renewals);
    }

    [Fact]
    public async Task A_renewal_that_fails_is_the_error_where_the_plain_request_is_refused_too()
    {
        Source = Source with
        {
            Renew = _ => Task.FromException<RenewedLink>(
                new BackupLinksException(ErrorKind.CredentialNotFound, "No credential.")),
        };
        Store.Instead = (_, _) => FakeStore.Refuse(403);

        Assert.Contains("No credential", (await FailAsync(ErrorKind.LinkRenewalFailed)).Message);

        Assert.Equal(["0-8388607", "all"], Store.Requests);
    }

    [Fact]
    public async Task A_new_link_that_seems_to_have_expired_gets_the_plain_request_too()
    {
        Source = Source with { Renew = _ => Task.FromResult(new RenewedLink(new Uri(Address + "&new=1"), LongAgo)) };

        Assert.Equal(1, (await SaveAsync()).LinkRenewals);

        AssertWhole();
        Assert.Equal(["0-8388607", "all"], Store.Requests);
    }

    [Fact]
    public async Task A_new_link_gets_the_plain_request_also_where_the_old_one_was_refused_both()
    {
        Source = Source with
        {
            ExpiresAt = null,
            Renew = _ => Task.FromResult(new RenewedLink(new Uri(Address + "&new=1"), null)),
        };
        Store.Instead = (_, request) =>
            request.Headers.Range is null && request.RequestUri!.Query.EndsWith("new=1", StringComparison.Ordinal)
                ? null : FakeStore.Refuse(403);

        Assert.Equal(1, (await SaveAsync()).LinkRenewals);

        AssertWhole();
        Assert.Equal(["0-8388607", "all", "0-8388607", "all"], Store.Requests);
    }

    // Caches that fetch in slices respond so.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Status_206_with_all_of_the_object_is_the_whole_object(bool hasLength)
    {
        Settings = Settings with { SegmentCount = 1 };
        Store.Instead = (_, _) => null;
        Store.HasNoLength = !hasLength;
        Store.Change = (_, response) => MakePart(response, 0, 99_999, 100_000);

        await SaveAsync();

        AssertWhole();
        Assert.Equal(["all"], Store.Requests);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(null)]
    public async Task Large_object_that_comes_whole_with_status_206_has_one_connection(int? segments)
    {
        Store.Content = Bytes(9_000_000);
        Store.Tag = Store.Md5Tag;
        Settings = Settings with { SegmentCount = segments };
        Store.Instead = (_, request) => request.Headers.Range is null ? null : FakeStore.Refuse(403);
        Store.Change = (_, response) => MakePart(response, 0, 8_999_999, 9_000_000);

        await SaveAsync();

        AssertWhole();
        Assert.Equal(["0-8388607", "all"], Store.Requests);
    }

    [Fact]
    public async Task Status_206_without_a_range_does_not_say_that_the_store_takes_ranges()
    {
        Settings = Settings with { SegmentCount = 1 };
        Store.Instead = (_, request) => request.Headers.Range is null ? null : FakeStore.Refuse(403);
        Store.CutAfter = 30_000;
        Store.Change = (number, response) =>
        {
            MakePart(response, 0, 99_999, 100_000);
            Store.CutAfter = null;
        };

        await SaveAsync();

        AssertWhole();
        Assert.Equal(("all", "all"), (Store.Requests[0], Store.Requests[^1]));
    }

    [Theory]
    [InlineData(0, 99_998, 100_000)]
    [InlineData(0, 99_999, 100_001)]
    [InlineData(1, 100_000, 100_001)]
    public async Task Status_206_with_less_or_with_another_length_is_no_whole_object(int from, int to, int size)
    {
        Settings = Settings with { SegmentCount = 1 };
        Store.Instead = (_, _) => null;
        Store.Change = (_, response) => MakePart(response, from, to, size);

        Assert.Contains("HTTP 206", (await FailAsync(ErrorKind.InvalidResponse)).Message);
    }

    [Fact]
    public async Task Status_206_with_all_of_a_body_that_was_coded_on_its_way_is_no_whole_object()
    {
        Settings = Settings with { SegmentCount = 1 };
        Store.Instead = (_, _) => null;
        Store.HasNoLength = true;
        Store.Codings = ["gzip"];
        Store.Change = (_, response) => MakePart(response, 0, 99_999, 100_000);

        Assert.Contains("HTTP 206", (await FailAsync(ErrorKind.InvalidResponse)).Message);
    }

    private static void MakePart(HttpResponseMessage response, long from, long to, long size)
    {
        response.StatusCode = HttpStatusCode.PartialContent;
        response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, to, size);
    }

    [Fact]
    public async Task A_link_that_is_not_safe_is_refused_before_anything_is_made()
    {
        Source = Source with { Uri = new Uri("http://store.example/a.rdb") };

        await FailAsync(ErrorKind.InsecureUri);

        Assert.False(System.IO.Directory.Exists(Folder));
        Assert.Empty(Store.Requests);
    }
}
