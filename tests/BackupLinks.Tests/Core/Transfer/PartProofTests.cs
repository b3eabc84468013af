using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using BackupLinks.Files;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>Only what is proved to be a part of the same version is joined.</summary>
public sealed class PartProofTests
{
    private static readonly Uri Address = new("https://store.example/dump.rdb");
    private static readonly ObjectIdentity Identity = new("https://store.example/dump.rdb", "\"tag\"", 1000);
    private static readonly ByteRange FilterParameters = new(100, 200);

    [Theory]
    [InlineData("\"tag\"", 100, 199, 1000, 100, "Same")]
    [InlineData("\"tag\"", 100, 150, 1000, 51, "Same")]
    [InlineData("\"tag\"", 100, 199, 1000, null, "Same")]
    [InlineData("tag", 100, 199, 1000, 100, "Same")]
    [InlineData("\"tag\"", 101, 199, 1000, 99, "Unproved")]
    [InlineData("\"tag\"", 99, 199, 1000, 101, "Unproved")]
    [InlineData("\"tag\"", 100, 200, 1000, 101, "Unproved")]
    [InlineData("\"tag\"", 100, 199, 1000, 99, "Unproved")]
    [InlineData("\"tag\"", 100, 199, 1000, 101, "Unproved")]
    [InlineData("\"tag\"", 100, 199, 1001, 100, "Replaced")]
    [InlineData("\"other\"", 100, 199, 1000, 100, "Replaced")]
    [InlineData("W/\"tag\"", 100, 199, 1000, 100, "Unproved")]
    [InlineData(null, 100, 199, 1000, 100, "Unproved")]
    [InlineData("\"tag\"", 100, 1000, 1000, null, "Unproved")]
    public void A_response_is_judged_by_its_tag_its_place_and_the_total(
        string? tag, int from, int to, int size, int? length, string verdict)
    {
        using var response = Create(
            HttpStatusCode.PartialContent, tag, length,
            from <= to && to < size ? new ContentRangeHeaderValue(from, to, size) : null);

        Assert.Equal(verdict, PartProof.Judge(response, FilterParameters, Identity).ToString());
    }

    [Theory]
    [InlineData("gzip", null, "Unproved")]
    [InlineData("gzip", 100, "Same")]
    [InlineData("identity", null, "Same")]
    public void A_part_that_was_coded_on_its_way_is_not_joined(string coding, int? length, string verdict)
    {
        using var response = Create(
            HttpStatusCode.PartialContent, "\"tag\"", length, new ContentRangeHeaderValue(100, 199, 1000), coding);

        Assert.Equal(verdict, PartProof.Judge(response, FilterParameters, Identity).ToString());
    }

    [Theory]
    [InlineData("\"tag\"", 1000, "Unproved")]
    [InlineData("\"tag\"", 999, "Replaced")]
    [InlineData("\"other\"", 1000, "Replaced")]
    [InlineData(null, 1000, "Unproved")]
    [InlineData(null, 1001, "Replaced")]
    public void A_whole_response_continues_nothing(string? tag, int length, string verdict)
    {
        using var response = Create(HttpStatusCode.OK, tag, length);

        Assert.Equal(verdict, PartProof.Judge(response, FilterParameters, Identity).ToString());
    }

    [Fact]
    public void A_tag_in_the_place_of_a_time_proves_nothing_and_disproves_nothing()
    {
        using var response = Create(
            HttpStatusCode.PartialContent, "\"tag\"", 100, new ContentRangeHeaderValue(100, 199, 1000));

        Assert.Equal(
            PartVerdict.Unproved,
            PartProof.Judge(response, FilterParameters, Identity with { Validator = "Thu, 15 Jan 2026 03:00:00 GMT" }));
    }

    [Theory]
    [InlineData(1000, 1, 1000, true)]
    [InlineData(1000, 1, 999, false)]
    [InlineData(1000, 1, 1001, false)]
    [InlineData(2048, 1024, 1025, true)]
    [InlineData(2048, 1024, 3071, true)]
    [InlineData(2048, 1024, 1024, false)]
    [InlineData(2048, 1024, 3072, false)]
    public void A_size_is_the_stated_one_to_the_byte_or_to_its_unit(long stated, long unit, long size, bool fits) =>
        Assert.Equal(
            fits, new TransferSource { Uri = Address, FileName = "x", Size = stated, SizeUnit = unit }.Fits(size));

    private static ObjectResponse Create(
        HttpStatusCode status, string? tag, long? length, ContentRangeHeaderValue? range = null, string? coding = null)
    {
        var response = new HttpResponseMessage(status) { Content = new Unsized() };
        if (tag is not null)
            response.Headers.TryAddWithoutValidation("ETag", tag);
        response.Content.Headers.ContentLength = length;
        response.Content.Headers.ContentRange = range;
        if (coding is not null)
            response.Content.Headers.ContentEncoding.Add(coding);
        return new ObjectResponse(new LinkVersion(Address, null, DateTimeOffset.UnixEpoch, 0), response, null);
    }

    private sealed class Unsized : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
