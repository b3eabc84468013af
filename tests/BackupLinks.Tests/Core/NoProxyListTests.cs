using System;
using BackupLinks.Http;

namespace BackupLinks.Tests.Core;

public sealed class NoProxyListTests
{
    [Theory]
    // Names: the name itself and what is below it, as curl has it.
    [InlineData("example.com", "https://example.com", true)]
    [InlineData("example.com", "https://www.example.com", true)]
    [InlineData(".example.com", "https://www.example.com", true)]
    [InlineData(".example.com", "https://example.com", true)]
    [InlineData("*.example.com", "https://www.example.com", true)]
    [InlineData("example.com.", "https://example.com", true)]
    [InlineData("example.com", "https://example.com./x", true)]
    [InlineData("EXAMPLE.com", "https://www.Example.COM", true)]
    [InlineData("example.com", "https://notexample.com", false)]
    [InlineData("example.com", "https://example.com.evil.test", false)]
    [InlineData("www.example.com", "https://example.com", false)]
    [InlineData("com", "https://example.com", true)]
    // Lists.
    [InlineData("a.test,example.com", "https://example.com", true)]
    [InlineData("a.test, example.com", "https://example.com", true)]
    [InlineData("a.test example.com", "https://example.com", true)]
    [InlineData("a.test,b.test", "https://example.com", false)]
    [InlineData("*", "https://example.com", true)]
    [InlineData("a.test,*", "https://10.1.2.3", true)]
    [InlineData("", "https://example.com", false)]
    [InlineData(null, "https://example.com", false)]
    [InlineData(" , ,", "https://example.com", false)]
    [InlineData(".", "https://example.com", false)]
    // Addresses and networks.
    [InlineData("10.1.2.3", "http://10.1.2.3", true)]
    [InlineData("10.1.2.3", "http://10.1.2.30", false)]
    [InlineData("10.0.0.0/8", "http://10.255.1.2:5080", true)]
    [InlineData("10.0.0.0/8", "http://11.0.0.1", false)]
    [InlineData("172.16.0.0/12", "http://172.31.255.255", true)]
    [InlineData("172.16.0.0/12", "http://172.32.0.0", false)]
    [InlineData("192.168.1.128/25", "http://192.168.1.127", false)]
    [InlineData("192.168.1.128/25", "http://192.168.1.129", true)]
    [InlineData("127.0.0.0/8", "https://127.0.0.1", true)]
    [InlineData("0.0.0.0/0", "http://8.8.8.8", true)]
    [InlineData("10.0.0.0/33", "http://10.0.0.1", false)]
    [InlineData("10.0.0.0/-1", "http://10.0.0.1", false)]
    [InlineData("10.0.0.0/8/8", "http://10.0.0.1", false)]
    [InlineData("10.0.0.0/x", "http://10.0.0.1", false)]
    [InlineData("10.0.0.0/", "http://10.0.0.1", false)]
    [InlineData("10.0.0.0/8", "https://10.example.com", false)]
    [InlineData("0.1", "https://10.0.0.1", false)]
    [InlineData("1", "https://10.0.0.1", false)]
    [InlineData("::1", "https://[::1]:8443", true)]
    [InlineData("[::1]", "https://[::1]", true)]
    [InlineData("fd00::/8", "https://[fd12:3456::1]", true)]
    [InlineData("[fd00::]/8", "https://[fd12:3456::1]", true)]
    [InlineData("fd00::/8", "https://[fe80::1]", false)]
    [InlineData("2001:db8::/33", "https://[2001:db8:8000::1]", false)]
    [InlineData("fd00::/129", "https://[fd00::1]", false)]
    [InlineData("10.0.0.0/8", "https://[::ffff:10.1.2.3]", true)]
    [InlineData("10.0.0.0/8", "https://[fd00::1]", false)]
    // Ports.
    [InlineData("example.com:8443", "https://example.com:8443", true)]
    [InlineData("example.com:443", "https://www.example.com", true)]
    [InlineData("example.com:8443", "https://example.com", false)]
    [InlineData("10.0.0.1:5080", "http://10.0.0.1:5080", true)]
    [InlineData("10.0.0.1:5080", "http://10.0.0.1", false)]
    [InlineData("[::1]:8443", "https://[::1]:8443", true)]
    [InlineData("[::1]:8443", "https://[::1]", false)]
    public void Host_is_in_the_list(string? list, string address, bool isListed) =>
        Assert.Equal(isListed, NoProxyList.Contains(list, new Uri(address)));
}
