using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>Refusals that a cache, a connection or a link for one request leads to.</summary>
public sealed class OddRefusalTests : TransferTest
{
    public OddRefusalTests()
    {
        Store.Content = Bytes(10_000_000);
        Store.Tag = Store.Md5Tag;
        Settings = Settings with { SegmentCount = 2 };
    }

    // It answers a condition that was not set; the plain request is answered with the bytes.
    [Fact]
    public async Task A_part_that_is_said_to_be_unchanged_is_requested_without_the_condition()
    {
        Store.Instead = (number, request) =>
            number > 1 && request.Headers.IfMatch.Count > 0 ? FakeStore.Refuse(304) : null;

        await SaveAsync();

        AssertWhole();
    }

    [Theory]
    [InlineData(304, 1)]
    [InlineData(421, 1)]
    [InlineData(425, 1)]
    [InlineData(421, 2)]
    [InlineData(425, 2)]
    public async Task A_refusal_of_a_cache_or_a_connection_costs_a_retry_past_the_caches(int status, int refused)
    {
        Settings = Settings with { SegmentCount = 1, MaximumRetryCount = 1 };
        Store.CutAfter = 9_000_000;
        Store.Instead = (number, _) => number == refused ? FakeStore.Refuse(status) : null;

        await SaveAsync();

        AssertWhole();
        Assert.True(Store.Messages[refused].Headers.CacheControl is { NoCache: true });
    }

    [Theory]
    [InlineData(304, ErrorKind.InvalidResponse, "as if a copy of them were here (HTTP 304); check the proxy")]
    [InlineData(421, ErrorKind.ServiceUnavailable, "on this connection (HTTP 421); check the proxy")]
    [InlineData(425, ErrorKind.ServiceUnavailable, "on this connection (HTTP 425); check the proxy")]
    public async Task One_that_stays_is_told_after_the_retries(int status, ErrorKind kind, string words)
    {
        Settings = Settings with { MaximumRetryCount = 1 };
        Store.Instead = (_, _) => FakeStore.Refuse(status);

        Assert.Contains(words, (await FailAsync(kind)).Message);

        Assert.Equal(2, Store.Requests.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_link_for_one_request_is_told_with_the_switch_that_makes_one(int status)
    {
        Settings = Settings with { SegmentCount = 1 };
        Store.CutAfter = 9_000_000;
        Store.Instead = (number, _) => number > 1 ? FakeStore.Refuse(status) : null;

        var error = await FailAsync(ErrorKind.AccessDenied);

        Assert.Contains("which worked before", error.Message);
        Assert.Contains("get a new link, and pass -SegmentCount 1", error.Message);

        // The next link goes on where the first one ended.
        Store.Instead = (_, _) => null;
        Store.CutAfter = null;
        Assert.True((await SaveAsync()).BytesResumed > 0);
        AssertWhole();
    }

    [Fact]
    public async Task A_link_that_never_worked_is_told_with_the_object()
    {
        Store.Instead = (_, _) => FakeStore.Refuse(403);

        Assert.Contains("check that the object is not archived", (await FailAsync(ErrorKind.AccessDenied)).Message);
    }

    [Fact]
    public async Task A_redirect_to_what_is_no_address_is_told_as_such()
    {
        Store.Instead = (_, _) =>
        {
            var response = FakeStore.Refuse(302);
            Assert.True(response.Headers.TryAddWithoutValidation("Location", "https://[Signature=SecretSecret"));
            return response;
        };

        Assert.Contains(
            "a redirect to an address that is not valid", (await FailAsync(ErrorKind.InvalidResponse)).Message);
    }
}
