using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>
/// Ranges and conditions are optimisations: a store that refuses them is sent the plain request, once.
/// </summary>
public sealed class PlainFallbackTests : TransferTest
{
    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task A_store_that_refuses_the_first_range_is_sent_one_request_without(int status)
    {
        Store.Content = Bytes(100_000);
        Store.Tag = Store.Md5Tag;
        Store.Instead = (_, request) => request.Headers.Range is null ? null : FakeStore.Refuse(status);

        await SaveAsync();

        AssertWhole();
        Assert.Equal(["0-8388607", "all"], Store.Requests);
    }

    [Theory]
    [InlineData(400, ErrorKind.InvalidRequest)]
    [InlineData(403, ErrorKind.AccessDenied)]
    [InlineData(405, ErrorKind.InvalidRequest)]
    [InlineData(501, ErrorKind.ServiceUnavailable)]
    public async Task A_store_that_refuses_the_plain_request_too_is_an_error_with_its_own_words(
        int status, ErrorKind kind)
    {
        Store.Instead = (_, _) =>
            FakeStore.Refuse(status, "<Error><Code>NoLuck</Code><Message>Not you.</Message></Error>");

        var error = (ApiException)await FailAsync(kind);

        Assert.Equal("NoLuck", error.ErrorCode);
        Assert.Equal(["0-8388607", "all"], Store.Requests);
    }

    [Fact]
    public async Task A_length_beside_chunks_does_not_cut_the_body()
    {
        Store.Content = Bytes(100_000);
        Store.Tag = "\"abc-2\"";
        Store.IgnoresRanges = true;
        Store.Change = (_, response) =>
        {
            response.Headers.TransferEncodingChunked = true;
            response.Content.Headers.ContentLength = 1000;
        };

        await SaveAsync();

        AssertWhole();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_part_under_the_status_of_the_whole_is_followed_by_one_request_for_the_whole(bool isAlwaysPart)
    {
        Store.Content = Bytes(100_000);
        Store.Instead = (number, _) =>
        {
            if (number > 1 && !isAlwaysPart)
                return null;
            var response = new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(Store.Content[..60_000]),
            };
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(0, 59_999, 100_000);
            return response;
        };

        if (isAlwaysPart)
        {
            Assert.Contains(
                "HTTP 200 and a part of the file", (await FailAsync(ErrorKind.InvalidResponse)).Message);
        }
        else
        {
            await SaveAsync();
            AssertWhole();
        }

        Assert.Equal(["0-8388607", "all"], Store.Requests);
    }

    [Fact]
    public async Task A_range_that_is_named_beside_the_length_of_the_whole_means_nothing()
    {
        Store.Content = Bytes(100_000);
        Store.IgnoresRanges = true;
        Store.Change = (_, response) =>
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(0, 59_999, 100_000);

        await SaveAsync();

        AssertWhole();
        Assert.Single(Store.Requests);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(401)]
    [InlineData(409)]
    public async Task Another_refusal_is_not_about_the_range(int status)
    {
        Store.Instead = (_, _) => FakeStore.Refuse(status);

        await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Single(Store.Requests);
    }

    [Fact]
    public async Task A_refusal_for_an_expired_link_is_not_about_the_range()
    {
        Store.Instead = (_, _) =>
            FakeStore.Refuse(403, "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>");

        await FailAsync(ErrorKind.LinkExpired);

        Assert.Single(Store.Requests);
    }

    [Fact]
    public async Task A_link_that_is_refused_with_and_without_a_range_is_renewed_once()
    {
        Store.Content = Bytes(1000);
        Store.Tag = Store.Md5Tag;
        Source = Source with { Renew = _ => Task.FromResult(new RenewedLink(new Uri(Address + "&new=1"), null)) };
        Store.Instead = (_, request) =>
            request.RequestUri!.Query.Contains("new=1", StringComparison.Ordinal) ? null : FakeStore.Refuse(403);

        var saved = await SaveAsync();

        Assert.Equal(1, saved.LinkRenewals);
        Assert.Equal(["0-8388607", "all", "0-8388607"], Store.Requests);
    }

    [Fact]
    public async Task A_link_that_stays_refused_after_a_renewal_is_an_error_after_both_requests_with_either()
    {
        Source = Source with { Renew = _ => Task.FromResult(new RenewedLink(new Uri(Address + "&new=1"), null)) };
        Store.Instead = (_, _) => FakeStore.Refuse(403);

        Assert.Contains("the new link, too", (await FailAsync(ErrorKind.AccessDenied)).Message);

        Assert.Equal(["0-8388607", "all", "0-8388607", "all"], Store.Requests);
    }

    [Theory]
    [InlineData(403, "InvalidObjectState", false)]
    [InlineData(200, "AccessDenied", false)]
    [InlineData(403, "ExpiredToken", true)]
    public async Task A_link_that_was_refused_and_not_renewed_has_expired_only_when_the_store_says_so(
        int status, string code, bool isExpired)
    {
        Source = Source with
        {
            Renew = _ => Task.FromException<RenewedLink>(
                new BackupLinksException(ErrorKind.CredentialNotFound, "There is no credential.")),
        };
        Store.Instead = (_, _) =>
            FakeStore.Refuse(status, $"<Error><Code>{code}</Code><Message>No.</Message></Error>");

        var error = await FailAsync(isExpired ? ErrorKind.LinkRenewalFailed : ErrorKind.AccessDenied);

        Assert.Equal(isExpired, error.Message.Contains("has expired", StringComparison.Ordinal));
        Assert.Contains("There is no credential", error.Message);
        if (!isExpired)
        {
            Assert.Equal(code, ((ApiException)error).ErrorCode);
            Assert.Contains("a new link could not be requested", error.Message);
        }
    }

    [Fact]
    public async Task One_connection_takes_one_request_so_that_a_single_use_link_is_enough()
    {
        Store.Content = Bytes((int)Download.SegmentLength + 1000);
        Store.Tag = Store.Md5Tag;
        Settings = Settings with { SegmentCount = 1 };
        Store.Instead = (number, _) => number == 1 ? null : FakeStore.Refuse(403);

        await SaveAsync();

        AssertWhole();
        Assert.Equal(["all"], Store.Requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(412)]
    [InlineData(501)]
    public async Task A_store_that_refuses_conditions_is_continued_without_as_long_as_its_tag_stays(int status)
    {
        Store.Content = Bytes(100_000);
        Store.Tag = Store.Md5Tag;
        Store.CutAfter = 40_000;
        Store.Instead = (_, request) => request.Headers.IfMatch.Count == 0 ? null : FakeStore.Refuse(status);

        await SaveAsync();

        AssertWhole();
        Assert.Equal(["0-8388607", $"40000-99999 if {Store.Tag}", "40000-99999", "80000-99999"], Store.Requests);
        Assert.Empty(Warnings);
    }

    [Fact]
    public async Task A_condition_that_fails_because_the_object_was_replaced_begins_again_and_says_so()
    {
        byte[] old = Bytes(100_000);
        Store.Content = old;
        Store.Tag = Store.Md5Tag;
        Store.CutAfter = 40_000;
        Store.Instead = (number, _) =>
        {
            if (number == 2)
            {
                Store.Content = Bytes(100_000, seed: 2);
                Store.Tag = Store.Md5Tag;
                Store.CutAfter = null;
            }

            return null;
        };

        await SaveAsync();

        AssertWhole();
        Assert.Contains("was replaced during the download", Assert.Single(Warnings));
    }

    [Fact]
    public async Task A_store_without_ranges_that_breaks_is_not_said_to_have_replaced_the_object()
    {
        Store.Content = Bytes(100_000);
        Store.Tag = Store.Md5Tag;
        Store.IgnoresRanges = true;
        Store.Change = (number, response) =>
        {
            if (number > 1)
                Store.CutAfter = null;
        };
        Store.CutAfter = 40_000;

        await SaveAsync();

        AssertWhole();
        Assert.Contains("does not return the parts", Assert.Single(Warnings));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public async Task A_store_without_ranges_may_break_as_often_as_it_gets_further(int? connections)
    {
        Settings = Settings with { SegmentCount = connections };
        Store.Content = Bytes(100_000);
        Store.Tag = Store.Md5Tag;
        Store.IgnoresRanges = true;
        int starts = 0;
        Store.Instead = (_, request) =>
        {
            // Each start comes further than the one before.
            if (request.Headers.IfMatch.Count == 0)
                Store.CutAfter = ++starts < 9 ? starts * 10_000 : null;
            return null;
        };

        await SaveAsync();

        AssertWhole();
        Assert.Equal(9, starts);
    }

    [Theory]
    [InlineData(false, "the connection broke, and the store states no length")]
    [InlineData(true, "no byte came in time, and the store states no length")]
    public async Task A_start_over_says_what_broke_and_what_the_store_lacks(bool isSilent, string words)
    {
        Store.Content = Bytes(100_000);
        Store.Tag = Store.Md5Tag;
        Store.IgnoresRanges = Store.HasNoLength = true;
        if (isSilent)
            Store.CutWith = () => new TimeoutException();
        Store.Instead = (number, _) =>
        {
            Store.CutAfter = number == 1 ? 40_000 : null;
            return null;
        };

        await SaveAsync();

        AssertWhole();
        Assert.Contains(words, Assert.Single(Warnings));
    }

    [Fact]
    public async Task A_store_without_ranges_that_breaks_again_and_again_is_not_available()
    {
        Settings = Settings with { MaximumRetryCount = 3 };
        Store.Content = Bytes(100_000);
        Store.Tag = Store.Md5Tag;
        Store.IgnoresRanges = true;
        Store.CutAfter = 40_000;

        var error = await FailAsync(ErrorKind.ServiceUnavailable);

        Assert.Contains("in 4 attempts in a row;", error.Message);
        Assert.Equal(4, Warnings.Count + 1);
    }
}
