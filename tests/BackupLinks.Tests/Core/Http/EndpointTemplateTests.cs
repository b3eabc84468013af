using BackupLinks.Errors;
using BackupLinks.Http;

namespace BackupLinks.Tests.Core.Http;

public sealed class EndpointTemplateTests
{
    [Theory]
    [InlineData("https://{service}.{region}.otc.t-systems.com", "https://dcs.eu-de.otc.t-systems.com")]
    [InlineData("{Service}.{REGION}.example.com", "dcs.eu-de.example.com")]
    [InlineData("http://127.0.0.1:5000/{service}/{region}", "http://127.0.0.1:5000/dcs/eu-de")]
    [InlineData("https://dcs.eu-de.otc.t-systems.com", "https://dcs.eu-de.otc.t-systems.com")]
    public void Placeholders_stand_for_the_service_and_the_region(string address, string expanded) =>
        Assert.Equal(expanded, EndpointTemplate.Expand(address, "dcs", "eu-de"));

    [Theory]
    [InlineData("https://{service}.example.com", true)]
    [InlineData("https://dcs.{region}.example.com", false)]
    public void An_address_with_a_place_for_the_service_is_that_of_all_services(string address, bool names) =>
        Assert.Equal(names, EndpointTemplate.NamesService(address));

    [Theory]
    [InlineData("evil.example/")]
    [InlineData("x.evil.example#")]
    [InlineData("a@evil.example")]
    [InlineData("{service}")]
    [InlineData("a b")]
    public void A_region_cannot_lead_to_another_host(string region)
    {
        var error = Assert.Throws<BackupLinksException>(
            () => EndpointTemplate.Expand("https://{service}.{region}.example.com", "dcs", region));

        Assert.Equal(ErrorKind.UnknownRegion, error.Kind);
    }

    [Fact]
    public void A_place_for_the_region_needs_a_region()
    {
        var error = Assert.Throws<BackupLinksException>(
            () => EndpointTemplate.Expand("https://{service}.{region}.example.com", "dcs", null));

        Assert.Equal(ErrorKind.UnknownRegion, error.Kind);
        Assert.Contains("-Region", error.Message);
        Assert.Equal("https://dcs.example.com", EndpointTemplate.Expand("https://{service}.example.com", "dcs", null));
    }
}
