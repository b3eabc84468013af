using System;
using System.Net;
using System.Net.Http;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Text;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>What the status and the code of a store's refusal lead to, and what the labels of a body mean.</summary>
public sealed class StoreCodeTests
{
    [Theory]
    [InlineData("SlowDown", ErrorKind.Throttled)]
    [InlineData("qpslimitexceeded", ErrorKind.Throttled)]
    [InlineData("InternalError", ErrorKind.ServiceUnavailable)]
    [InlineData("requesttimeout", ErrorKind.ServiceUnavailable)]
    [InlineData("AccessDenied", ErrorKind.AccessDenied)]
    [InlineData("AccessForbidden", ErrorKind.AccessDenied)]
    [InlineData("InvalidAccessKeyId", ErrorKind.AccessDenied)]
    [InlineData("SignatureDoesNotMatch", ErrorKind.AccessDenied)]
    [InlineData("RequestTimeTooSkewed", ErrorKind.AccessDenied)]
    [InlineData("InvalidObjectState", ErrorKind.AccessDenied)]
    [InlineData("NoSuchKey", ErrorKind.NotFound)]
    [InlineData("NoSuchBucket", ErrorKind.NotFound)]
    [InlineData("NoSuchVersion", ErrorKind.NotFound)]
    [InlineData("InvalidRange", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_code_of_its_own_has_its_kind(string? code, ErrorKind? kind) =>
        Assert.Equal(kind, Refusal(400, code).KindOfCode);

    [Theory]
    [InlineData(410, null, null, true)]
    [InlineData(403, "AccessDenied", "Request has Expired", true)]
    [InlineData(400, "ExpiredToken", null, true)]
    [InlineData(403, "AccessDenied", "No", false)]
    [InlineData(404, null, null, false)]
    public void An_expired_link_is_known_by_the_status_or_the_words(
        int status, string? code, string? message, bool isExpired) =>
        Assert.Equal(isExpired, Refusal(status, code, message).SaysExpired);

    [Theory]
    [InlineData(401, null, null, true)]
    [InlineData(403, null, null, true)]
    [InlineData(410, null, null, true)]
    [InlineData(400, "AccessDenied", null, false)]
    [InlineData(200, "AccessDenied", "an XML error", true)]
    [InlineData(200, "NoSuchKey", "an XML error", false)]
    [InlineData(200, null, "a web page", false)]
    [InlineData(404, null, null, false)]
    [InlineData(500, null, null, false)]
    public void Another_link_may_help_where_this_one_is_refused(
        int status, string? code, string? document, bool isAboutLink) =>
        Assert.Equal(isAboutLink, Refusal(status, code, document: document).IsAboutLink);

    [Theory]
    [InlineData(400, true)]
    [InlineData(403, true)]
    [InlineData(407, true)]
    [InlineData(408, false)]
    [InlineData(409, true)]
    [InlineData(428, true)]
    [InlineData(429, false)]
    [InlineData(430, true)]
    [InlineData(499, true)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public void The_pipeline_below_has_retried_what_the_status_tells(int status, bool isOurs) =>
        Assert.Equal(isOurs, Refusal(status).IsOurs);

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("X-GZIP", "X-GZIP")]
    [InlineData("gzip, br", "gzip,br")]
    [InlineData(" gzip ,identity, zstd", "gzip,zstd")]
    [InlineData("aws-chunked", "")]
    [InlineData("utf-8", "")]
    [InlineData("", "")]
    public void Labels_that_are_not_codings_are_left_out(string header, string codings)
    {
        using var content = new ByteArrayContent([]);
        content.Headers.TryAddWithoutValidation("Content-Encoding", header);

        Assert.Equal(codings, string.Join(',', ContentCodings.Read(content)));
    }

    [Fact]
    public void A_body_without_labels_has_no_coding()
    {
        using var content = new ByteArrayContent([]);

        Assert.Empty(ContentCodings.Read(content));
    }

    [Theory]
    [InlineData("a.gz", true)]
    [InlineData("a.TAR.XZ", true)]
    [InlineData("a.xbstream", true)]
    [InlineData("a.rdb", false)]
    [InlineData("gz", false)]
    public void A_name_may_say_that_the_file_is_compressed(string name, bool isCompressed) =>
        Assert.Equal(isCompressed, ContentCodings.IsCompressedName(name));

    private static StoreRefusal Refusal(
        int status, string? code = null, string? message = null, string? document = null)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        return new StoreRefusal(
            new Uri("https://store.example/a"), response, new ApiErrorBody(code, message, null), document,
            new SecretScrubber());
    }
}
