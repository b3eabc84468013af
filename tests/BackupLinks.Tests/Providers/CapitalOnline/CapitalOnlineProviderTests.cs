using BackupLinks.CapitalOnline;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Credentials;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Providers.CapitalOnline;

/// <summary>The hosts, regions and codes of Capital Online.</summary>
public sealed class CapitalOnlineProviderTests
{
    [Theory]
    [InlineData("ResourceNotFound", ErrorKind.NotFound)]
    [InlineData("ArgMissing", ErrorKind.InvalidRequest)]
    [InlineData("InvalidParameter", ErrorKind.InvalidRequest)]
    [InlineData("BadArgs", ErrorKind.InvalidRequest)]
    [InlineData("UnsupportedOperation", ErrorKind.InvalidRequest)]
    [InlineData("ResourceInUse", ErrorKind.Conflict)]
    [InlineData("InternalError", ErrorKind.ServiceUnavailable)]
    [InlineData("CreateOrderExcept", ErrorKind.ServiceUnavailable)]
    [InlineData("InvalidSignature", ErrorKind.AuthenticationFailed)]
    [InlineData("AccessKeyNotFound", ErrorKind.AuthenticationFailed)]
    [InlineData("AuthenticationError", ErrorKind.AuthenticationFailed)]
    [InlineData("Unauthorized", ErrorKind.AuthenticationFailed)]
    [InlineData("ForbiddenUser", ErrorKind.AccessDenied)]
    [InlineData("NoPermission", ErrorKind.AccessDenied)]
    [InlineData("OperationDenied", ErrorKind.AccessDenied)]
    [InlineData("Throttling", ErrorKind.Throttled)]
    [InlineData("TooManyRequests", ErrorKind.Throttled)]
    [InlineData("InstanceNotFound", ErrorKind.NotFound)]
    [InlineData("toomanyrequests", ErrorKind.Throttled)]
    [InlineData("Success", null)]
    public void A_code_of_the_vendor_s_pages_or_its_words_have_their_kind(string code, ErrorKind? kind) =>
        Assert.Equal(kind, CapitalOnlineProvider.Instance.Conventions.ClassifyCode(code));

    [Theory]
    [InlineData("cdsapi.capitalonline.net", true)]
    [InlineData("cdsapi-asia.capitalonline.net", true)]
    [InlineData("CDSAPI-US.CapitalOnline.Net", true)]
    [InlineData("www.capitalonline.net", false)]
    [InlineData("cdsapi.example.net", false)]
    [InlineData("cdsapi.evil.capitalonline.net", false)]
    [InlineData("cdsapi.capitalonline.net.example", false)]
    public void Its_hosts_are_those_of_its_API(string host, bool isOwn) =>
        Assert.Equal(
            isOwn,
            CapitalOnlineProvider.Instance.OwnsHost(CdsRedisService.Instance, CredentialFields.Endpoint, host));

    [Theory]
    [InlineData("CN_Beijing_A", true)]
    [InlineData("cn-north-4", false)]
    public void Its_regions_have_an_underline(string region, bool isOwn) =>
        Assert.Equal(isOwn, CapitalOnlineProvider.Instance.HasRegion(region));
}
