using System;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Tests.Engine;
using BackupLinks.Text;

namespace BackupLinks.Tests.Core.Http;

public sealed class ServerCertificateTests
{
    [Theory]
    [InlineData("localhost", -30, -1, "its certificate expired on")]
    [InlineData("localhost", 10, 30, "its certificate is valid from")]
    [InlineData("other.example", -30, 30, "its certificate is for 'other.example', not for 'localhost'")]
    [InlineData("localhost", -30, 30, "its certificate is self-signed")]
    public async Task Refused_certificate_is_an_error_that_says_why(string name, int from, int until, string reason)
    {
        using var certificate = Create(name, DateTimeOffset.UtcNow.AddDays(from), DateTimeOffset.UtcNow.AddDays(until));
        await using var listener = new LoopbackListener(
            _ => "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", async stream =>
        {
            var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(certificate);
            return tls;
        });
        using var transport = new ApiTransport(new ManualClock(advanceByItself: true), () => 0.5);
        using var client = transport.CreateDownloadClient(
            new RequestSettings { AttemptTimeout = TimeSpan.FromMinutes(2) }, new ProxySettings(null, null, null),
            new SecretScrubber(), new RequestLog(null, _ => { }));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{listener.Port}/");

        var error = await Assert.ThrowsAsync<ApiException>(() => client.SendAsync(request, CancellationToken.None));

        Assert.Equal(ErrorKind.ServiceUnavailable, error.Kind);
        Assert.StartsWith(
            $"localhost:{listener.Port} is not trusted: {reason}", error.Message, StringComparison.Ordinal);
        Assert.Empty(listener.Requests);
    }

    [Fact]
    public async Task Certificate_of_a_proxy_is_the_proxys_and_not_the_hosts()
    {
        Assert.SkipUnless(
            ModuleHost.ModuleFramework == "net8.0", "The older framework does not say whose certificate it is.");
        using var certificate = Create(
            "localhost", DateTimeOffset.UtcNow.AddDays(-3), DateTimeOffset.UtcNow.AddDays(3));
        await using var listener = new LoopbackListener(_ => "HTTP/1.1 200 OK\r\n\r\n", async stream =>
        {
            var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(certificate);
            return tls;
        });
        using var transport = new ApiTransport(new ManualClock(advanceByItself: true), () => 0.5);
        using var client = transport.CreateDownloadClient(
            new RequestSettings { AttemptTimeout = TimeSpan.FromMinutes(2) },
            ProxySettings.From(new Uri($"https://localhost:{listener.Port}"), null, null), new SecretScrubber(),
            new RequestLog(null, _ => { }));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://host.example/");

        var error = await Assert.ThrowsAsync<ApiException>(() => client.SendAsync(request, CancellationToken.None));

        Assert.StartsWith(
            $"proxy https://localhost:{listener.Port} is not trusted: its certificate is self-signed;", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Trusted_certificate_passes() =>
        Assert.True(ServerCertificate.Require(null, null, SslPolicyErrors.None, "host.example", DateTimeOffset.UtcNow));

    [Theory]
    [InlineData(
        SslPolicyErrors.RemoteCertificateNameMismatch,
        "its certificate is for 'other.example', not for 'host.example'")]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, "its certificate is not valid (NoError)")]
    public void Each_of_the_systems_objections_is_enough(SslPolicyErrors errors, string reason)
    {
        var now = DateTimeOffset.UtcNow;
        using var certificate = Create("other.example", now.AddDays(-3), now.AddDays(3));

        Assert.Equal(reason, Assert.Throws<CertificateException>(
            () => ServerCertificate.Require(certificate, null, errors, "host.example", now)).Message);
    }

    [Fact]
    public void Certificate_that_is_missing_is_said() =>
        Assert.Equal("it sent no certificate", Assert.Throws<CertificateException>(
            () => ServerCertificate.Require(
                null, null, SslPolicyErrors.RemoteCertificateNotAvailable, "host.example",
                DateTimeOffset.UtcNow)).Message);

    [Fact]
    public void Issuer_that_is_not_trusted_is_named()
    {
        var now = DateTimeOffset.UtcNow;
        using var key = RSA.Create(2048);
        using var issuer = Create("Corporate Inspection CA", now.AddDays(-30), now.AddDays(30));
        using var certificate = new CertificateRequest(
            "CN=host.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .Create(issuer, now.AddDays(-3), now.AddDays(3), [1]);
        using var chain = new X509Chain
            { ChainPolicy = { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true } };
        Assert.False(chain.Build(certificate));

        var error = Assert.Throws<CertificateException>(
            () => ServerCertificate.Require(
                certificate, chain, SslPolicyErrors.RemoteCertificateChainErrors, "host.example", now));

        Assert.Equal(
            "this system does not trust 'Corporate Inspection CA', which issued its certificate", error.Message);
        Assert.Contains("add the issuer", error.Advice);
    }

    private static X509Certificate2 Create(string name, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name.Replace(' ', '-'));
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(from, until);
        // TLS on Windows wants a key that is in a store.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
