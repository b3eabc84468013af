using System;
using System.Globalization;
using BackupLinks.Links;

namespace BackupLinks.Tests.Core;

public sealed class PresignedUriTests
{
    [Theory]
    [InlineData("https://b.obs.x.com:443/a%7Eb/%2E%2E/c%20d/%e5%a4%87/x.rdb?Signature=a%2Bb%2fc%3D&n=%41", "/a%7Eb/%2E%2E/c%20d/%e5%a4%87/x.rdb?Signature=a%2Bb%2fc%3D&n=%41")]
    [InlineData("https://b.obs.x.com/a/../c//d/./x.rdb?Signature=a+b/c=", "/a/../c//d/./x.rdb?Signature=a+b/c=")]
    public void Path_and_query_stay_byte_for_byte(string link, string expected)
    {
        Assert.SkipWhen(typeof(PresignedUri).Assembly.GetReferencedAssemblies() is [{ Name: "netstandard" }, ..], "the older framework rewrites them");

        Assert.True(PresignedUri.TryParse(link, out var uri));
        Assert.Equal(expected, uri!.PathAndQuery);
    }

    [Theory]
    [InlineData("https://h/x?AWSAccessKeyId=a&Expires=1569329601&Signature=s", "2019-09-24T12:53:21Z")]
    [InlineData("https://h/x?AccessKeyId=a&expires=1569329601&Signature=s", "2019-09-24T12:53:21Z")]
    [InlineData("https://h/x?X-Amz-Date=20240115T083000Z&X-Amz-Expires=900&X-Amz-Signature=s", "2024-01-15T08:45:00Z")]
    [InlineData("https://h/x?Expires=253402300799&Signature=s", "9999-12-31T23:59:59Z")]
    [InlineData("https://h/x?Expires=0&Signature=s", "1970-01-01T00:00:00Z")]
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
    [InlineData("https://h/x?X-Amz-Date=99991231T235959Z&X-Amz-Expires=2147483647")]
    public void Link_that_does_not_say_has_no_expiry(string link)
    {
        Assert.True(PresignedUri.TryParse(link, out var uri));
        Assert.Null(PresignedUri.GetExpiry(uri!));
    }

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
    [InlineData("https://h.example:443/a%7Eb/../x.rdb?AWSAccessKeyId=AK&Expires=1893456000&Signature=a%2B", "https://h.example:443/a%7Eb/../x.rdb")]
    [InlineData("https://h.example/x?X-Amz-Date=20300101T000000Z&X-Amz-Signature=s&versionId=2&x-obs-security-token=t", "https://h.example/x?versionId=2")]
    [InlineData("https://h.example/get?fileExpires=1&Expires=2", "https://h.example/get?fileExpires=1")]
    [InlineData("https://h.example/get?a=1?b=2&Signature=s&c==3", "https://h.example/get?a=1?b=2&c==3")]
    [InlineData("https://h.example/get?id=1&id=2", "https://h.example/get?id=1&id=2")]
    public void Identity_is_the_address_as_written_without_its_signature(string link, string identity)
    {
        Assert.True(PresignedUri.TryParse(link, out var uri));

        Assert.Equal(identity, PresignedUri.Identify(uri!));
    }
}
