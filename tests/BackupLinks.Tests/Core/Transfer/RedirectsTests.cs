using System;
using System.Net.Http;
using BackupLinks.Errors;
using BackupLinks.Text;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>Where a redirect leads, and where it may not.</summary>
public sealed class RedirectsTests
{
    [Theory]
    [InlineData("https://h.example/a", "https://s.example/%7Eb?x=%41&y=%2f", "https://s.example/%7Eb?x=%41&y=%2f")]
    [InlineData("https://h.example/a/b", "c?x=%41&y=%2f", "https://h.example/a/c?x=%41&y=%2f")]
    [InlineData("https://h.example/a", "/%7Eb", "https://h.example/%7Eb")]
    [InlineData("http://169.254.1.1/a", "http://169.254.1.1/b", "http://169.254.1.1/b")]
    [InlineData("http://h.example/a", "https://store.example/b", "https://store.example/b")]
    public void An_address_is_requested_byte_for_byte_as_it_came(string from, string location, string to) =>
        Assert.Equal(to, Follow(from, location).OriginalString);

    [Fact]
    public void Five_redirects_are_followed_and_no_more()
    {
        Assert.Equal("https://h.example/b", Follow("https://h.example/a", "/b", redirects: 4).OriginalString);

        var error = Assert.ThrowsAny<BackupLinksException>(() => Follow("https://h.example/a", "/b", redirects: 5));

        Assert.Contains("more than 5 redirects", error.Message);
    }

    [Theory]
    [InlineData("https://h.example/a", "https://127.0.0.1/b", "which is this machine")]
    [InlineData("https://h.example/a", "https://169.254.1.1/b", "a link-local address")]
    [InlineData("http://169.254.1.2/a", "http://169.254.1.1/b", "a link-local address")]
    [InlineData("https://h.example/a", "http://store.example/b", "from https to plain http")]
    [InlineData("https://127.0.0.1/a", "http://127.0.0.1/b", "from https to plain http")]
    public void A_redirect_that_is_less_safe_than_its_link_is_not_followed(string from, string to, string reason)
    {
        var error = Assert.Throws<BackupLinksException>(() => Follow(from, to));

        Assert.Equal(ErrorKind.InsecureUri, error.Kind);
        Assert.Contains(reason, error.Message);
    }

    [Theory]
    [InlineData("//")]
    [InlineData("https://")]
    [InlineData("http://[::1/b")]
    [InlineData("ftp://store.example/b")]
    public void An_address_that_is_none_is_told_as_such(string location)
    {
        using var response = new HttpResponseMessage { RequestMessage = new(HttpMethod.Get, "https://h.example/a") };
        Assert.True(response.Headers.TryAddWithoutValidation("Location", location));

        Assert.True(Redirects.HasTarget(response));
        var error = Assert.ThrowsAny<BackupLinksException>(() => Redirects.GetTarget(
            new TransferSource { Uri = new Uri("https://h.example/a"), FileName = "a.rdb" },
            new Uri("https://h.example/a"), response, 0));

        Assert.Contains("a redirect to an address that is not valid", error.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_redirect_may_have_no_address(string? location)
    {
        using var response = new HttpResponseMessage();
        if (location is not null)
            Assert.True(response.Headers.TryAddWithoutValidation("Location", location));

        Assert.False(Redirects.HasTarget(response));
    }

    [Theory]
    [InlineData("/t/opaque-value-1/dump.rdb", "/t/***/dump.rdb")]
    [InlineData("/t/eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.sig/dump.rdb", "/t/***/dump.rdb")]
    [InlineData("/t/Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MDEyMzQ1Njc4/dump.rdb", "/t/***/dump.rdb")]
    [InlineData("/1768446000/0b8a5c1e2d3f40516273849506a7b8c9/dump.rdb", "/1768446000/***/dump.rdb")]
    [InlineData("/0b8a5c1e2d3f40516273849506a7b8c/dump.rdb", null)]
    [InlineData("/Backup_of_MyProductionDatabase01_20260115.tar.gz", null)]
    public void The_path_of_a_redirect_is_shown_without_what_may_be_a_secret(string path, string? shown)
    {
        var link = new Uri("https://h.example/a?token=opaque-value-1");

        Assert.Equal(
            "https://s.example" + (shown ?? path),
            Redirects.Redact([link, new Uri("https://s.example" + path + "?x=1")], new SecretScrubber()));
        Assert.Equal("https://h.example/a", Redirects.Redact([link], new SecretScrubber()));
    }

    private static Uri Follow(string from, string location, int redirects = 0)
    {
        var uri = new Uri(from);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        using var response = new HttpResponseMessage { RequestMessage = request };
        response.Headers.Location = new Uri(location, UriKind.RelativeOrAbsolute);
        return Redirects.GetTarget(new TransferSource { Uri = uri, FileName = "a.rdb" }, uri, response, redirects);
    }
}
