using System;
using System.Net;
using BackupLinks.Errors;
using BackupLinks.Http;

namespace BackupLinks.Tests.Core.Http;

/// <summary>The proxy of a parameter or a variable; see also <see cref="RequestProxyTests"/>.</summary>
public sealed class ProxySettingsTests
{
    [Theory]
    [InlineData("http://proxy.example:8080", "http://proxy.example:8080/", null, null)]
    [InlineData("http://me@proxy.example:8080", "http://proxy.example:8080/", "me", "")]
    [InlineData("http://me:pw@proxy.example:8080", "http://proxy.example:8080/", "me", "pw")]
    [InlineData("http://me:p%3Aw:x@proxy.example", "http://proxy.example/", "me", "p:w:x")]
    [InlineData("http://m%40e:@proxy.example", "http://proxy.example/", "m@e", "")]
    [InlineData("socks5://proxy.example", "socks5://proxy.example:1080/", null, null)]
    [InlineData("socks4a://proxy.example:1081", "socks4a://proxy.example:1081/", null, null)]
    [InlineData("https://proxy.example", "https://proxy.example/", null, null)]
    public void A_user_and_a_password_are_taken_out_of_the_address(
        string text, string address, string? user, string? password)
    {
        var settings = ProxySettings.From(new Uri(text), null, null);

        Assert.Equal((new Uri(address), user, password), (settings.Address, settings.UserName, settings.Password));
        Assert.Equal(settings, ProxySettings.FromVariable(text));
        var credential = (NetworkCredential?)settings.Credentials;
        Assert.Equal((user, password), (credential?.UserName, credential?.Password));
    }

    [Fact]
    public void The_user_of_a_parameter_replaces_the_one_of_the_address()
    {
        var settings = ProxySettings.From(new Uri("http://me:pw@proxy.example"), "other", "secret");

        Assert.Equal(("other", "secret"), (settings.UserName, settings.Password));
        Assert.Equal("http://proxy.example/", settings.ToString());
    }

    [Fact]
    public void A_user_without_an_address_is_for_the_proxy_of_the_environment()
    {
        var settings = ProxySettings.From(null, "me", "pw");

        Assert.Equal((null, "me", "pw"), (settings.Address, settings.UserName, settings.Password));
        Assert.Equal("environment", settings.ToString());
    }

    [Theory]
    [InlineData("proxy.example:8080", "http://proxy.example:8080/")]
    [InlineData("SOCKS5H://proxy.example", "socks5://proxy.example:1080/")]
    [InlineData("ftp://proxy.example", null)]
    [InlineData("http://", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_variable_may_leave_out_the_scheme(string? text, string? address) =>
        Assert.Equal(address, ProxySettings.FromVariable(text)?.Address?.AbsoluteUri);

    [Theory]
    [InlineData("ftp://proxy.example")]
    [InlineData("socks6://proxy.example")]
    [InlineData("file:///proxy")]
    public void An_address_that_is_not_a_proxy_is_an_error(string text) => Assert.Equal(
        ErrorKind.InvalidProxy,
        Assert.Throws<BackupLinksException>(() => ProxySettings.From(new Uri(text), null, null)).Kind);

    [Fact]
    public void A_relative_address_is_an_error() => Assert.Throws<BackupLinksException>(
        () => ProxySettings.From(new Uri("proxy.example", UriKind.Relative), null, null));
}
