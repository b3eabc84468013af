using System.Net;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>Status 200 with a part: a gateway that lost the status or the range of a response.</summary>
public sealed class LostPartTests : TransferTest
{
    private const int Length = (int)(2 * Download.SegmentLength) + 77;

    public LostPartTests()
    {
        Store.Content = Bytes(Length);
        Store.Tag = "\"version-1\"";
    }

    [Theory]
    [InlineData("bytes 0-8388607/*", false)]
    [InlineData("bytes=0-8388607/16777293", false)]
    [InlineData("bytes 0-8388607/16777293", false)]
    [InlineData(null, false)]
    [InlineData(null, true)]
    public async Task A_part_that_is_called_the_whole_is_not_saved_as_it(string? range, bool isChunked)
    {
        Store.Change = (_, response) =>
        {
            if (response.StatusCode != HttpStatusCode.PartialContent)
                return;
            response.StatusCode = HttpStatusCode.OK;
            response.Content.Headers.Remove("Content-Range");
            if (range is not null)
                response.Content.Headers.TryAddWithoutValidation("Content-Range", range);
            if (isChunked)
            {
                response.Content.Headers.ContentLength = null;
                response.Headers.TransferEncodingChunked = true;
            }
        };

        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);

        AssertWhole();
        Assert.Equal(["0-8388607", "all"], Store.Requests);
    }

    [Fact]
    public async Task A_part_that_is_all_of_the_object_is_not_requested_again()
    {
        Store.Content = Bytes((int)Download.SegmentLength);

        await SaveAsync();

        AssertWhole();
        Assert.Equal(["0-8388607"], Store.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_object_that_has_the_requested_length_is_saved(bool isChunked)
    {
        Store.Content = Bytes((int)Download.SegmentLength);
        Store.HasNoLength = isChunked;
        Store.IgnoresRanges = true;

        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);

        AssertWhole();
        Assert.Equal(["0-8388607", "all"], Store.Requests);
    }

    // The link may be one that a single request uses up.
    [Fact]
    public async Task An_object_that_has_the_requested_and_the_stated_length_is_requested_once()
    {
        Store.Content = Bytes((int)Download.SegmentLength);
        Store.IgnoresRanges = true;
        Source = Source with { Size = Download.SegmentLength };

        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);

        AssertWhole();
        Assert.Equal(["0-8388607"], Store.Requests);
    }

    [Fact]
    public async Task Lengths_that_differ_are_an_error()
    {
        Store.Change = (_, response) =>
            response.Content.Headers.TryAddWithoutValidation("Content-Length", "200000");

        var error = await FailAsync(ErrorKind.InvalidResponse);

        Assert.Contains("several lengths that differ", error.Message);
    }
}
