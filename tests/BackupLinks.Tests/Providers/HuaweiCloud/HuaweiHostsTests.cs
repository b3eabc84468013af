using BackupLinks.HuaweiCloud.Regions;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>Which hosts are a service's own.</summary>
public sealed class HuaweiHostsTests
{
    private static readonly HuaweiHosts Service = new("dcs", "cn-north-4", "eu-west-101");

    [Theory]
    [InlineData("dcs.cn-north-4.myhuaweicloud.com", true)]
    [InlineData("DCS.CN-North-4.MyHuaweiCloud.com", true)]
    [InlineData("dcs.new-region-77.myhuaweicloud.com", true)]
    [InlineData("dcs.eu-west-101.myhuaweicloud.eu", true)]
    [InlineData("rds.cn-north-4.myhuaweicloud.com", false)]
    [InlineData("dcs.cn-north-4.myhuaweicloud.com.evil.example", false)]
    [InlineData("dcs.cn-north-4.myhuaweicloud.org", false)]
    [InlineData("dcs.cn-north-4.evilcloud.com", false)]
    [InlineData("dcs.obs.myhuaweicloud.com", false)]
    [InlineData("dcs.mybucket4.myhuaweicloud.com", false)]
    [InlineData("dcs.my-bucket.myhuaweicloud.com", false)]
    [InlineData("dcs.-4.myhuaweicloud.com", false)]
    [InlineData("bucket.dcs.cn-north-4.myhuaweicloud.com", false)]
    [InlineData("myhuaweicloud.com", false)]
    public void A_host_of_the_service_in_any_region_is_its_own(string host, bool isOwn) =>
        Assert.Equal(isOwn, Service.OwnsHost(host));

    [Fact]
    public void A_region_without_the_service_is_not_one_of_its_regions()
    {
        Assert.DoesNotContain("cn-north-1", Service.Regions);
        Assert.Contains("cn-north-4", Service.Regions);
        Assert.Equal("https://dcs.cn-north-4.myhuaweicloud.com/", Service.GetEndpoint("cn-north-4").AbsoluteUri);
        Assert.Equal("https://dcs.eu-west-101.myhuaweicloud.eu/", Service.GetEndpoint("eu-west-101").AbsoluteUri);
    }
}
