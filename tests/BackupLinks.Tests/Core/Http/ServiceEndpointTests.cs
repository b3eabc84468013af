using System;
using BackupLinks.Errors;
using BackupLinks.Http;

namespace BackupLinks.Tests.Core.Http;

public sealed class ServiceEndpointTests
{
    private const string Example = "https://service.example";

    [Theory]
    [InlineData("dcs.example", "https://dcs.example/")]
    [InlineData(" dcs.example:8443/prefix ", "https://dcs.example:8443/prefix")]
    [InlineData("https://dcs.example", "https://dcs.example/")]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080/")]
    [InlineData("http://localhost", "http://localhost/")]
    [InlineData("http://[::1]:5080", "http://[::1]:5080/")]
    public void The_scheme_may_be_left_out(string text, string address) =>
        Assert.Equal(address, ServiceEndpoint.Parse(text, "-Endpoint", Example).AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("https://")]
    [InlineData("ftp://dcs.example")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://dcs.example?a=1")]
    [InlineData("https://dcs.example#a")]
    [InlineData("https://user@dcs.example")]
    [InlineData("https://user:password@dcs.example")]
    public void An_address_that_is_not_a_base_address_is_refused_with_one_that_is(string text)
    {
        var error = Assert.Throws<BackupLinksException>(() => ServiceEndpoint.Parse(text, "-Endpoint", Example));

        Assert.Equal(ErrorKind.InvalidEndpoint, error.Kind);
        string shown = text.Contains('@') ? "" : $" '{text.Split('?')[0]}'";
        Assert.StartsWith($"-Endpoint{shown} is not the base address", error.Message);
        Assert.Contains(Example, error.Message);
    }

    [Theory]
    [InlineData("http://dcs.example")]
    [InlineData("http://10.0.0.1/prefix")]
    public void Plain_http_to_another_machine_is_refused(string text)
    {
        var error = Assert.Throws<BackupLinksException>(() => ServiceEndpoint.Parse(text, "-Endpoint", Example));

        Assert.Equal(ErrorKind.InsecureEndpoint, error.Kind);
    }

    [Theory]
    [InlineData("https://h.example", "v2/a?b=c", "https://h.example/v2/a?b=c")]
    [InlineData("https://h.example/p", "v2/a", "https://h.example/p/v2/a")]
    [InlineData("https://h.example/p/", "v2/a%2Fb", "https://h.example/p/v2/a%2Fb")]
    public void A_path_is_below_that_of_the_endpoint(string endpoint, string path, string address)
    {
        Assert.Equal(address, ServiceEndpoint.Combine(new Uri(endpoint), path).AbsoluteUri);
        Assert.Equal(path, ServiceEndpoint.Relative(new Uri(endpoint), address));
    }

    [Theory]
    [InlineData("https://other.example/p/v2")]
    [InlineData("https://h.example/q/v2")]
    [InlineData("https://h.example/px")]
    [InlineData("http://h.example/p/v2")]
    [InlineData("/p/v2")]
    [InlineData("")]
    [InlineData(null)]
    public void An_address_that_leads_elsewhere_is_not_below_the_endpoint(string? address) =>
        Assert.Null(ServiceEndpoint.Relative(new Uri("https://h.example/p"), address));

    [Theory]
    [InlineData("a-b_c.d", "a-b_c.d")]
    [InlineData("...", "...")]
    [InlineData("a b?c#d", "a%20b%3Fc%23d")]
    [InlineData("..", null)]
    [InlineData(".", null)]
    [InlineData("a/b", null)]
    [InlineData("a\\b", null)]
    [InlineData("/", null)]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData("a\nb", null)]
    public void An_id_stays_within_its_segment_of_the_path(string id, string? segment)
    {
        if (segment is not null)
            Assert.Equal(segment, ServiceEndpoint.PathSegment(id, "backup id"));
        else
            Assert.Equal(ErrorKind.InvalidRequest, Refused(() => ServiceEndpoint.PathSegment(id, "backup id")));
    }

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("..", "..")]
    [InlineData("a&b=c", "a%26b%3Dc")]
    [InlineData("", null)]
    [InlineData("a\0", null)]
    public void An_id_stays_within_its_parameter_of_the_query(string id, string? value)
    {
        if (value is not null)
            Assert.Equal(value, ServiceEndpoint.QueryValue(id, "backup id"));
        else
            Assert.Equal(ErrorKind.InvalidRequest, Refused(() => ServiceEndpoint.QueryValue(id, "backup id")));
    }

    [Theory]
    [InlineData("!az~", true)]
    [InlineData("", true)]
    [InlineData("a b", false)]
    [InlineData("a\u007F", false)]
    [InlineData("ü", false)]
    public void A_header_carries_ASCII_only(string id, bool isCarried)
    {
        if (isCarried)
            ServiceEndpoint.RequireAscii(id, "project id");
        else
            Assert.Equal(ErrorKind.InvalidRequest, Refused(() => ServiceEndpoint.RequireAscii(id, "project id")));
    }

    private static ErrorKind Refused(Action action) => Assert.Throws<ApiException>(action).Kind;
}
