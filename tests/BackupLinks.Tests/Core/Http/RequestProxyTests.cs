using System;
using System.Collections.Generic;
using System.Net;
using BackupLinks.Http;

namespace BackupLinks.Tests.Core.Http;

public sealed class RequestProxyTests
{
    private static readonly ProxySettings NotGiven = new(null, null, null);
    private static readonly Uri Address = new("https://host.example/x");

    private readonly Dictionary<string, string> _environment = [];

    [Theory]
    [InlineData("http://localhost:5000/x")]
    [InlineData("http://127.0.0.1:5000/x")]
    [InlineData("http://127.255.3.4/x")]
    [InlineData("http://[::1]:5000/x")]
    public void Plain_http_to_this_machine_takes_no_proxy_whoever_names_one(string address)
    {
        _environment["http_proxy"] = "http://environment.example:1";
        var system = new WebProxy("http://system.example:2");

        Assert.Null(Create(NotGiven, system).Find(new Uri(address)));
        Assert.Null(Create(Given("http://given.example:3"), system).Find(new Uri(address)));
    }

    [Theory]
    [InlineData("http://127.0.0.1.example/x")]
    [InlineData("http://localhost.example/x")]
    [InlineData("https://host.example/x")]
    public void Given_proxy_takes_everything_else(string address)
    {
        _environment["no_proxy"] = "*";

        Assert.Equal(new Uri("http://given.example:3"), Create(Given("http://given.example:3")).Find(new Uri(address)));
    }

    [Fact]
    public void Environment_names_a_proxy_for_each_scheme_and_one_for_all()
    {
        _environment["HTTPS_PROXY"] = "http://secure.example:8080";
        _environment["all_proxy"] = "socks5h://all.example";
        var proxy = Create(NotGiven);

        Assert.Equal(new Uri("http://secure.example:8080"), proxy.Find(Address));
        Assert.Equal(new Uri("socks5://all.example:1080"), proxy.Find(new Uri("http://host.example/x")));
    }

    [Theory]
    [InlineData("proxy.example:8080", "http://proxy.example:8080")]
    [InlineData("http://user:pass@proxy.example:8080/", "http://proxy.example:8080")]
    [InlineData("https://proxy.example", "https://proxy.example")]
    [InlineData("ftp://proxy.example", null)]
    [InlineData(":", null)]
    [InlineData("  ", null)]
    public void Variable_may_leave_out_the_scheme(string value, string? expected)
    {
        _environment["https_proxy"] = value;

        Assert.Equal(expected, Create(NotGiven).Describe(Address));
    }

    [Fact]
    public void Lower_case_wins()
    {
        _environment["HTTPS_PROXY"] = "http://upper.example:1";
        _environment["https_proxy"] = "http://lower.example:1";
        _environment["NO_PROXY"] = "host.example";
        _environment["no_proxy"] = "other.example";

        Assert.Equal(new Uri("http://lower.example:1"), Create(NotGiven).Find(Address));
    }

    [Fact]
    public void Header_of_a_web_request_is_not_a_proxy()
    {
        _environment["HTTP_PROXY"] = "http://evil.example:1";
        _environment["GATEWAY_INTERFACE"] = "CGI/1.1";

        Assert.Null(Create(NotGiven).Find(new Uri("http://host.example/x")));
    }

    [Fact]
    public void What_the_environment_excepts_takes_neither_its_proxy_nor_the_systems()
    {
        _environment["https_proxy"] = "http://environment.example:1";
        _environment["NO_PROXY"] = "10.0.0.0/8";
        var proxy = Create(NotGiven, new WebProxy("http://system.example:2"));

        Assert.Null(proxy.Find(new Uri("https://10.1.2.3/x")));
        Assert.NotNull(proxy.Find(Address));
    }

    [Fact]
    public void Session_may_change_its_environment()
    {
        var proxy = Create(NotGiven);
        Assert.Null(proxy.Find(Address));
        _environment["https_proxy"] = "http://environment.example:1";
        Assert.NotNull(proxy.Find(Address));
        _environment["no_proxy"] = "host.example";
        Assert.Null(proxy.Find(Address));
    }

    [Fact]
    public void Proxy_that_the_caller_set_for_the_process_wins_over_the_environments()
    {
        _environment["https_proxy"] = "http://environment.example:1";

        Assert.Equal(
            new Uri("http://process.example:2"),
            Create(NotGiven, new WebProxy("http://process.example:2")).Find(Address));
    }

    [Fact]
    public void Systems_proxy_is_the_last()
    {
        var system = new SystemProxy(new Uri("http://system.example:2"));
        Assert.Equal(new Uri("http://system.example:2"), Create(NotGiven, system).Find(Address));
        _environment["https_proxy"] = "http://environment.example:1";
        Assert.Equal(new Uri("http://environment.example:1"), Create(NotGiven, system).Find(Address));
    }

    [Fact]
    public void Credential_is_the_given_one_or_else_that_of_the_proxys_own_address()
    {
        _environment["https_proxy"] = "http://user:p%40ss@environment.example:1";
        var proxy = new Uri("http://environment.example:1");

        Assert.Equal(("user", "p@ss"), Split(Create(NotGiven).GetCredential(proxy, "Basic")));
        Assert.Equal(("corp", "x"), Split(Create(new ProxySettings(null, "corp", "x")).GetCredential(proxy, "Basic")));
        // A password is for the proxy that it was written with.
        Assert.Null(Create(NotGiven).GetCredential(new Uri("http://other.example:1"), "Basic"));
        Assert.Null(Create(Given("http://given.example:3")).GetCredential(proxy, "Basic"));
    }

    [Fact]
    public void Description_shows_no_password()
    {
        var settings = ProxySettings.From(new Uri("http://user:secret@given.example:3"), null, null);

        Assert.Equal("http://given.example:3", Create(settings).Describe(Address));
        Assert.Equal(
            "http://system.example:2",
            Create(NotGiven, new WebProxy("http://user:secret@system.example:2")).Describe(Address));
    }

    private static (string, string) Split(NetworkCredential? credential) => (credential!.UserName, credential.Password);

    private static ProxySettings Given(string address) => ProxySettings.From(new Uri(address), null, null);

    private RequestProxy Create(ProxySettings settings, IWebProxy? system = null) =>
        new(settings, _environment.GetValueOrDefault, () => system);

    private sealed class SystemProxy(Uri address) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => address;

        public bool IsBypassed(Uri host) => false;
    }
}
