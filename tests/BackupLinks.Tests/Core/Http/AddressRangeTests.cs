using System;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Http;

public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("http://10.0.0.1/", true)]
    [InlineData("http://172.16.0.1/", true)]
    [InlineData("http://172.31.255.255/", true)]
    [InlineData("http://172.32.0.1/", false)]
    [InlineData("http://172.15.0.1/", false)]
    [InlineData("http://192.168.1.1/", true)]
    [InlineData("http://192.169.1.1/", false)]
    [InlineData("http://100.64.0.1/", true)]
    [InlineData("http://100.127.255.255/", true)]
    [InlineData("http://100.128.0.1/", false)]
    [InlineData("http://100.63.0.1/", false)]
    [InlineData("http://[fd00::1]/", true)]
    [InlineData("http://[fc00::1]/", true)]
    [InlineData("http://[fe00::1]/", false)]
    [InlineData("http://[::ffff:10.0.0.1]/", true)]
    [InlineData("http://[fe80::1]/", false)]
    [InlineData("http://169.254.169.254/", false)]
    [InlineData("http://127.0.0.1/", false)]
    [InlineData("http://11.0.0.1/", false)]
    [InlineData("http://10.evil.example/", false)]
    [InlineData("http://store.example/", false)]
    public void Private_are_the_ranges_of_the_RFCs_and_no_host_name(string address, bool isPrivate) =>
        Assert.Equal(isPrivate, AddressRange.IsPrivate(new Uri(address)));

    [Theory]
    [InlineData("https://169.254.169.254/latest/meta-data", true)]
    [InlineData("https://169.254.169.254./", true)]
    [InlineData("http://2852039166/", true)]
    [InlineData("http://0xA9FEA9FE/", true)]
    [InlineData("http://[fe80::1]/", true)]
    [InlineData("http://[febf::1]/", true)]
    [InlineData("http://[fec0::1]/", false)]
    [InlineData("http://[::ffff:169.254.169.254]/", true)]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/", true)]
    [InlineData("http://169.253.0.1/", false)]
    [InlineData("http://169.255.0.1/", false)]
    [InlineData("http://[64:ff9b:0:0:0:1:a9fe:a9fe]/", false)]
    [InlineData("http://store.example/", false)]
    public void Link_local_is_seen_in_any_spelling(string address, bool isLinkLocal) =>
        Assert.Equal(isLinkLocal, AddressRange.IsLinkLocal(new Uri(address)));

    [Theory]
    [InlineData("http://127.0.0.1/", true)]
    [InlineData("http://127.1.2.3/", true)]
    [InlineData("http://2130706433/", true)]
    [InlineData("http://0.0.0.0/", true)]
    [InlineData("http://localhost/", true)]
    [InlineData("http://LocalHost./", true)]
    [InlineData("http://a.localhost/", true)]
    [InlineData("http://[::1]/", true)]
    [InlineData("http://[::]/", true)]
    [InlineData("http://[::ffff:127.0.0.1]/", true)]
    [InlineData("http://[0:0:0:0:0:1:7f00:1]/", false)]
    [InlineData("http://[::1:ffff:7f00:1]/", false)]
    [InlineData("http://localhost.example/", false)]
    [InlineData("http://128.0.0.1/", false)]
    public void This_machine_is_seen_in_any_spelling(string address, bool isLoopback) =>
        Assert.Equal(isLoopback, AddressRange.IsLoopback(new Uri(address)));

    [Theory]
    [InlineData("http://10.0.0.1/a", false, false, false)]
    [InlineData("http://10.0.0.1/a", true, false, true)]
    [InlineData("http://10.0.0.1/a", false, true, true)]
    [InlineData("http://169.254.169.254/a", true, true, false)]
    [InlineData("http://198.51.100.7/a", true, true, false)]
    [InlineData("http://store.example/a", true, true, false)]
    [InlineData("https://store.example/a", false, false, true)]
    [InlineData("http://127.0.0.1/a", false, false, true)]
    public void Plain_http_leads_to_private_addresses_only_when_the_caller_accepts_it(
        string address, bool isIntranet, bool allowIntranetHttp, bool isSafe)
    {
        var source = new TransferSource { Uri = new Uri(address), FileName = "a", IsIntranet = isIntranet };

        Assert.Equal(isSafe, source.IsSafe(source.Uri, allowInsecure: false, allowIntranetHttp));
        if (!isSafe)
        {
            var error = Assert.Throws<BackupLinksException>(
                () => source.RequireSafe(source.Uri, false, allowIntranetHttp));
            Assert.Equal(ErrorKind.InsecureUri, error.Kind);
            Assert.Contains(
                AddressRange.IsPrivate(source.Uri) ? "-AllowIntranetHttp." : "-AllowInsecure.", error.Message);
        }
    }
}
