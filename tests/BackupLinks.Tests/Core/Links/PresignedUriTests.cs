using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using BackupLinks.Links;

namespace BackupLinks.Tests.Core.Links;

public sealed class PresignedUriTests
{
    [Theory]
    [InlineData(
        "https://b.obs.x.com:443/a%7Eb/%2E%2E/c%20d/%e5%a4%87/x.rdb?Signature=a%2Bb%2fc%3D&n=%41",
        "/a%7Eb/%2E%2E/c%20d/%e5%a4%87/x.rdb?Signature=a%2Bb%2fc%3D&n=%41")]
    [InlineData("https://b.obs.x.com/a/../c//d/./x.rdb?Signature=a+b/c=", "/a/../c//d/./x.rdb?Signature=a+b/c=")]
    public void Path_and_query_stay_byte_for_byte(string link, string expected)
    {
        Assert.SkipWhen(
            typeof(PresignedUri).Assembly.GetReferencedAssemblies() is [{ Name: "netstandard" }, ..],
            "the older framework rewrites them");

        Assert.True(PresignedUri.TryParse(link, out var uri));
        Assert.Equal(expected, uri!.PathAndQuery);
    }

    [Theory]
    [InlineData("https://h/x?AWSAccessKeyId=a&Expires=1569329601&Signature=s", "2019-09-24T12:53:21Z")]
    [InlineData("https://h/x?AccessKeyId=a&expires=1569329601&Signature=s", "2019-09-24T12:53:21Z")]
    [InlineData("https://h/x?X-Amz-Date=20240115T083000Z&X-Amz-Expires=900&X-Amz-Signature=s", "2024-01-15T08:45:00Z")]
    [InlineData("https://h/x?Expires=253402300799&Signature=s", "9999-12-31T23:59:59Z")]
    [InlineData("https://h/x?Expires=0&Signature=s", "1970-01-01T00:00:00Z")]
    [InlineData(
        "https://h/x?x-oss-signature-version=OSS2&x-oss-access-key-id=a&x-oss-expires=1705309200&x-oss-signature=s",
        "2024-01-15T09:00:00Z")]
    [InlineData(
        "https://h/x?sign=q-sign-algorithm%3Dsha1%26q-sign-time%3D1705309200%253B1705310100%26q-signature%3Ds",
        "2024-01-15T09:15:00Z")]
    [InlineData(
        "https://h/x?q-sign-algorithm=sha1&q-sign-time=1705309200;1705310100&q-signature=s", "2024-01-15T09:15:00Z")]
    [InlineData(
        "https://h/x?authorization=bce-auth-v1%2Fak%2F2024-01-15T09%3A00%3A00Z%2F1800%2F%2Fs", "2024-01-15T09:30:00Z")]
    [InlineData("https://h/x?sv=2022-11-02&se=2024-01-15T09%3A00%3A00Z&sr=b&sp=r&sig=s%3D", "2024-01-15T09:00:00Z")]
    [InlineData(
        "https://h/x?X-Goog-Date=20240115T083000Z&X-Goog-Expires=900&X-Goog-Signature=s", "2024-01-15T08:45:00Z")]
    public void Expiry_is_read_from_the_query(string link, string expected)
    {
        Assert.True(PresignedUri.TryParse(link, out var uri));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), PresignedUri.GetExpiry(uri!));
    }

    [Theory]
    [InlineData("https://h/x")]
    [InlineData("https://h/x?Expires=never")]
    [InlineData("https://h/x?Expires=-5")]
    [InlineData("https://h/x?Expires=253402300800")]
    [InlineData("https://h/x?Expires=99999999999999")]
    [InlineData("https://h/x?X-Amz-Date=yesterday&X-Amz-Expires=900")]
    [InlineData("https://h/x?X-Amz-Expires=900&X-Amz-Signature=s")]
    [InlineData("https://h/x?x-oss-date=yesterday&x-oss-expires=900")]
    [InlineData("https://h/x?q-sign-time=1705309200&q-signature=s")]
    [InlineData("https://h/x?sign=MTcwNTMwOTIwMA==")]
    [InlineData("https://h/x?authorization=bce-auth-v1%2Fak%2Fnow%2F1800")]
    [InlineData("https://h/x?authorization=other%2Fak%2F2024-01-15T09%3A00%3A00Z%2F1800")]
    [InlineData("https://h/x?se=2024-01-15T09%3A00%3A00Z")]
    [InlineData("https://h/x?X-Amz-Date=99991231T235959Z&X-Amz-Expires=2147483647")]
    public void Link_that_does_not_say_has_no_expiry(string link)
    {
        Assert.True(PresignedUri.TryParse(link, out var uri));
        Assert.Null(PresignedUri.GetExpiry(uri!));
    }

    [Theory]
    [InlineData("http://b.store.example/a%7E/x?Signature=a%2B", "https://b.store.example/a%7E/x?Signature=a%2B")]
    [InlineData("http://b.store.example:80/x?time=10:80", "https://b.store.example/x?time=10:80")]
    [InlineData("http://b.store.example:80", "https://b.store.example")]
    [InlineData("http://b.store.example:/x", "https://b.store.example/x")]
    [InlineData("http://b.store.example:080?x=1", "https://b.store.example?x=1")]
    [InlineData("http://user:80@b.store.example/x", "https://user:80@b.store.example/x")]
    [InlineData("HTTP://B.Store.Example/X", "https://B.Store.Example/X")]
    [InlineData(" http://b.store.example/x\n", "https://b.store.example/x")]
    [InlineData("http://b.store.example:8080/x", "http://b.store.example:8080/x")]
    [InlineData("http://b.store.example.other/x", "http://b.store.example.other/x")]
    [InlineData("http://other/x?b.store.example", "http://other/x?b.store.example")]
    [InlineData("http://store.example/x", "http://store.example/x")]
    [InlineData("https://b.store.example:80/x", "https://b.store.example:80/x")]
    [InlineData("not an address", "not an address")]
    [InlineData(null, null)]
    public void Plain_link_to_a_host_that_serves_https_becomes_https(string? link, string? expected) =>
        Assert.Equal(expected, PresignedUri.ToHttps(link, [".store.example"]));

    [Theory]
    [InlineData("http://b.oss-xx-new-1.store.example/x", "https://b.oss-xx-new-1.store.example/x")]
    [InlineData("http://b.c.OSS-a.store.example/x", "https://b.c.OSS-a.store.example/x")]
    [InlineData("http://b.oss-xx-new-1-internal.store.example/x", "http://b.oss-xx-new-1-internal.store.example/x")]
    [InlineData("http://b.oss-xx-new-1-INTERNAL.store.example/x", "http://b.oss-xx-new-1-INTERNAL.store.example/x")]
    [InlineData("http://b.oss-.store.example/x", "http://b.oss-.store.example/x")]
    [InlineData("http://b.oss-a.b.store.example/x", "http://b.oss-a.b.store.example/x")]
    [InlineData("http://b.vpc100-oss-a.store.example/x", "http://b.vpc100-oss-a.store.example/x")]
    [InlineData("http://oss-a.store.example/x", "http://oss-a.store.example/x")]
    [InlineData("http://b.oss-a.store.example.other/x", "http://b.oss-a.store.example.other/x")]
    public void Host_of_a_region_that_is_not_known_serves_https_unless_it_is_internal(string link, string expected) =>
        Assert.Equal(expected, PresignedUri.ToHttps(link, [".oss-*.store.example"]));

    [Theory]
    [InlineData("https://h/a/x", "x")]
    [InlineData("https://h/a%20b?leaf=/c", "a b")]
    [InlineData("https://h/a/", null)]
    [InlineData("https://h", null)]
    public void The_leaf_is_behind_the_last_slash_of_the_path(string link, string? leaf) =>
        Assert.Equal(leaf, PresignedUri.GetLeafName(new Uri(link)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x.rdb")]
    [InlineData("/only/a/path")]
    [InlineData("ftp://h/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    public void What_is_no_web_address_is_no_link(string? text) => Assert.False(PresignedUri.TryParse(text, out _));

    [Fact]
    public void Redacted_address_has_no_query_fragment_or_user()
    {
        var uri = new Uri("https://user:pass@h.example:8443/a%20b/x.rdb?Signature=secret#part");

        Assert.Equal("https://h.example:8443/a%20b/x.rdb", PresignedUri.Redact(uri));
    }

    [Theory]
    [InlineData(
        "https://h.example:443/a%7Eb/../x.rdb?AWSAccessKeyId=AK&Expires=1893456000&Signature=a%2B",
        "https://h.example:443/a%7Eb/../x.rdb")]
    [InlineData(
        "https://h.example/x?X-Amz-Date=20300101T000000Z&X-Amz-Signature=s&versionId=2&x-obs-security-token=t",
        "https://h.example/x?versionId=2")]
    [InlineData("https://h.example/get?fileExpires=1&Expires=2", "https://h.example/get?fileExpires=1")]
    [InlineData("https://h.example/get?a=1?b=2&Signature=s&c==3", "https://h.example/get?a=1?b=2&c==3")]
    [InlineData("https://h.example/get?id=1&id=2", "https://h.example/get?id=1&id=2")]
    public void Identity_is_the_address_as_written_without_its_signature(string link, string identity)
    {
        Assert.True(PresignedUri.TryParse(link, out var uri));

        Assert.Equal(identity, PresignedUri.Identify(uri!));
    }

    public static TheoryData<string> PublishedLinks =>
        [.. VectorFile.Read("link-expiry.json").Select(vector => vector.GetProperty("name").GetString()!)];

    [Theory, MemberData(nameof(PublishedLinks))]
    public void Expiry_and_identity_are_known_for_every_signature_scheme(string name)
    {
        var vector = VectorFile.Read("link-expiry.json").Single(item => item.GetProperty("name").GetString() == name);
        string link = vector.GetProperty("input").GetProperty("url").GetString()!;
        Assert.True(PresignedUri.TryParse(link, out var uri));

        Assert.Equal(
            vector.GetProperty("expiresAt").ValueKind == JsonValueKind.Null
                ? null : vector.GetProperty("expiresAt").GetDateTimeOffset(),
            PresignedUri.GetExpiry(uri!));
        Assert.Equal(
            link.Split('?')[0]
                + (name == "rds-proxy"
                ? "?dbList="
                : name.EndsWith("cache-control", StringComparison.Ordinal)
                ? "?response-cache-control=no-cache%2Cno-store" : ""), PresignedUri.Identify(uri!));
    }

    [Theory]
    [InlineData(
        "https://h/x?authorization=bce-auth-v1%2Fak%2F2024-01-15T09%3A00%3A00Z%2F1800%2F%2Fs&responseContentType=a",
        "https://h/x?responseContentType=a")]
    [InlineData("https://h/x?X%2DAmz%2DSignature=s&versionId=3", "https://h/x?versionId=3")]
    [InlineData("https://h/x?x-oss-signature=s&x-oss-process=image", "https://h/x?x-oss-process=image")]
    [InlineData("https://h/x?sv=1&sr=b&sig=s&snapshot=2", "https://h/x?snapshot=2")]
    [InlineData("https://h/x?sr=b&sv=1", "https://h/x?sr=b&sv=1")]
    [InlineData("https://h/x?Policy=p&Key-Pair-Id=k&Signature=s", "https://h/x")]
    [InlineData("https://h/x?Policy=p", "https://h/x?Policy=p")]
    public void Identity_holds_no_signature_and_keeps_what_names_the_object(string link, string identity)
    {
        Assert.True(PresignedUri.TryParse(link, out var uri));

        Assert.Equal(identity, PresignedUri.Identify(uri!));
    }
}
