using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Sandboxes;

/// <summary>The sandbox's object store: what a link covers, and the conditions of requests.</summary>
public sealed class SandboxStoreTests : SandboxHttpTest
{
    private readonly SandboxObject _object = new("bucket", "a/b.rdb", 1000);

    [Theory]
    [InlineData("Content-Type", "application/x-rdb")]
    [InlineData("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")]
    [InlineData("x-obs-storage-class", "STANDARD")]
    [InlineData("x-amz-request-payer", "requester")]
    public async Task Link_that_is_signed_with_a_header_works_with_that_header_only(string name, string value)
    {
        Server.Cloud.Put(_object);
        string link = Server.Presign(
            _object, headers: new Dictionary<string, string> { [name] = value }).OriginalString;

        var without = await SendAsync("GET", link);
        var other = await SendAsync("GET", link, (name, value + "x"));
        var with = await SendAsync("GET", link, (name, value));

        Assert.Equal((403, "SignatureDoesNotMatch"), (without.Status, Xml(without.Body, "Code")));
        Assert.Equal((403, "SignatureDoesNotMatch"), (other.Status, Xml(other.Body, "Code")));
        Assert.Equal(200, with.Status);
    }

    [Theory]
    [InlineData("Content-Type", "application/json")]
    [InlineData("x-obs-anything", "1")]
    [InlineData("X-Amz-Meta-Note", "1")]
    public async Task Header_that_a_link_was_not_signed_with_is_refused(string name, string value)
    {
        Server.Cloud.Put(_object);
        string link = Server.Presign(_object).OriginalString;

        var result = await SendAsync("GET", link, (name, value));

        Assert.Equal((403, "SignatureDoesNotMatch"), (result.Status, Xml(result.Body, "Code")));
        Assert.Contains(
            name.StartsWith('C') ? value : name.ToLowerInvariant() + ":1", Xml(result.Body, "StringToSign"));
        Assert.Equal(200, (await SendAsync("GET", link, ("User-Agent", "x"), ("Accept", "*/*"))).Status);
    }

    [Fact]
    public async Task Second_authentication_is_refused()
    {
        Server.Cloud.Put(_object);

        var result = await SendAsync("GET", Server.Presign(_object).OriginalString, ("Authorization", "Bearer x"));

        Assert.Equal((400, "InvalidArgument"), (result.Status, Xml(result.Body, "Code")));
        Assert.StartsWith("Only one auth mechanism allowed", Xml(result.Body, "Message"));
    }

    [Theory]
    [InlineData("HEAD", 403)]
    [InlineData("PUT", 403)]
    [InlineData("DELETE", 403)]
    [InlineData("GET", 200)]
    public async Task Link_is_for_one_method(string method, int status)
    {
        Server.Cloud.Put(_object);

        Assert.Equal(status, (await SendAsync(method, Server.Presign(_object).OriginalString)).Status);
    }

    [Fact]
    public async Task Link_that_expired_and_an_object_that_is_gone_say_so()
    {
        Server.Cloud.Put(_object);
        var expired = await SendAsync("GET", Server.Presign(_object, TimeSpan.FromSeconds(-5)).OriginalString);
        var gone = await SendAsync("GET", Server.Presign(new SandboxObject("bucket", "gone", 1)).OriginalString);
        var bucket = await SendAsync("GET", Server.Presign(new SandboxObject("no-bucket", "gone", 1)).OriginalString);

        Assert.Equal("Request has expired", Xml(expired.Body, "Message"));
        Assert.EndsWith("Z", Xml(expired.Body, "ServerTime"));
        Assert.Equal((404, "NoSuchKey", "gone"), (gone.Status, Xml(gone.Body, "Code"), Xml(gone.Body, "Key")));
        Assert.Equal((404, "NoSuchBucket"), (bucket.Status, Xml(bucket.Body, "Code")));
        Assert.Equal(Xml(gone.Body, "RequestId"), gone.Response.Headers.GetValues("x-obs-request-id").Single());
    }

    [Theory]
    [InlineData(200, "If-Match: {etag}")]
    [InlineData(200, "If-Match: \"other\", {etag}")]
    [InlineData(200, "If-Match: *")]
    [InlineData(412, "If-Match: \"other\"")]
    [InlineData(412, "If-Match: W/{etag}")]
    [InlineData(200, "If-Unmodified-Since: {time}")]
    [InlineData(200, "If-Unmodified-Since: {later}")]
    [InlineData(412, "If-Unmodified-Since: {earlier}")]
    [InlineData(200, "If-Unmodified-Since: yesterday")]
    [InlineData(200, "If-Match: {etag} | If-Unmodified-Since: {earlier}")]
    [InlineData(412, "If-Match: \"other\" | If-Unmodified-Since: {later}")]
    [InlineData(304, "If-None-Match: {etag}")]
    [InlineData(304, "If-None-Match: W/{etag}")]
    [InlineData(304, "If-None-Match: *")]
    [InlineData(200, "If-None-Match: \"other\"")]
    [InlineData(200, "If-None-Match: \"other\" | If-Modified-Since: {later}")]
    [InlineData(304, "If-Modified-Since: {time}")]
    [InlineData(200, "If-Modified-Since: {earlier}")]
    [InlineData(412, "If-Match: \"other\" | If-None-Match: {etag}")]
    [InlineData(206, "Range: bytes=0-9")]
    [InlineData(206, "Range: bytes=0-9 | If-Range: {etag}")]
    [InlineData(200, "Range: bytes=0-9 | If-Range: \"other\"")]
    [InlineData(200, "Range: bytes=0-9 | If-Range: W/{etag}")]
    [InlineData(206, "Range: bytes=0-9 | If-Range: {time}")]
    [InlineData(200, "Range: bytes=0-9 | If-Range: {later}")]
    [InlineData(206, "Range: bytes=0-9 | If-Match: {etag}")]
    [InlineData(412, "Range: bytes=0-9 | If-Match: \"other\"")]
    [InlineData(412, "Range: bytes=0-9 | If-Unmodified-Since: {earlier}")]
    [InlineData(304, "Range: bytes=0-9 | If-None-Match: {etag}")]
    public async Task Conditions_are_kept_to_as_RFC_9110_says(int status, string headers)
    {
        Server.Cloud.Put(_object);
        var sent = headers
            .Replace("{etag}", _object.ETag).Replace("{time}", _object.LastModified.ToString("R"))
            .Replace("{later}", _object.LastModified.AddSeconds(1).ToString("R"))
            .Replace("{earlier}", _object.LastModified.AddSeconds(-1).ToString("R"))
            .Split(" | ").Select(header => header.Split(": ", 2)).Select(header => (header[0], header[1]));

        var result = await SendAsync("GET", Server.Presign(_object).OriginalString, [.. sent]);

        Assert.Equal(status, result.Status);
        Assert.Equal(
            status switch { 200 => 1000, 206 => 10, 304 => 0, _ => result.Response.Content.Headers.ContentLength },
            result.Response.Content.Headers.ContentLength ?? 0);
        if (status == 412)
            Assert.Equal("PreconditionFailed", Xml(result.Body, "Code"));
        if (status == 304)
            Assert.Equal(_object.ETag, result.Response.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task Conditions_and_If_Range_can_be_ignored_on_request()
    {
        Server.Cloud.Put(_object);
        Server.Faults.Add(new SandboxFault { Path = "/obs/", Object = new ObjectFault { IgnorePreconditions = true } });

        var match = await SendAsync("GET", Server.Presign(_object).OriginalString, ("If-Match", "\"other\""));
        var range = await SendAsync(
            "GET", Server.Presign(_object).OriginalString, ("Range", "bytes=0-9"), ("If-Range", "\"other\""));

        Assert.Equal((200, 206), (match.Status, range.Status));
    }
}
