using System;
using System.Globalization;
using System.Linq;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace BackupLinks.Http;

/// <summary>
/// Says why the system does not trust a server's certificate. The system alone decides which certificates to trust.
/// </summary>
internal static class ServerCertificate
{
    private const X509ChainStatusFlags Untrusted =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    /// <summary>Does nothing for a certificate that the system trusts.</summary>
    /// <param name="certificate">The certificate; null when there was none.</param>
    /// <param name="chain">The system's chain of the certificate and its issuers.</param>
    /// <param name="errors">The system's verdict.</param>
    /// <param name="host">The name that was connected to; null when it is not known.</param>
    /// <param name="now">The time.</param>
    /// <returns>True; a certificate that is not trusted is an exception.</returns>
    /// <exception cref="CertificateException">The system does not trust it.</exception>
    public static bool Require(
        X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, string? host, DateTimeOffset now)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        var (reason, advice) = Explain(certificate, chain, errors, host, now);
        throw new CertificateException(reason, advice) { Host = host };
    }

    private static (string Reason, string Advice) Explain(
        X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, string? host, DateTimeOffset now)
    {
        if (certificate is null || (errors & SslPolicyErrors.RemoteCertificateNotAvailable) != 0)
            return ("it sent no certificate", "check the address and the port");

        var status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        return true switch
        {
            _ when certificate.NotAfter.ToUniversalTime() < now.UtcDateTime => (
                $"its certificate expired on {Day(certificate.NotAfter)}",
                "ask its owner to renew it, or set this machine's clock if that is wrong"),
            _ when certificate.NotBefore.ToUniversalTime() > now.UtcDateTime => (
                $"its certificate is valid from {Day(certificate.NotBefore)} on",
                $"set this machine's clock, which says {Day(now.UtcDateTime)}"),
            _ when (errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0 => (
                "its certificate is for "
                    + $"'{Name(certificate, X509NameType.DnsName)}'{(host is null ? "" : $", not for '{host}'")}",
                "check the address, and whether a proxy intercepts the connection"),
            _ when (status & X509ChainStatusFlags.Revoked) != 0 => (
                "its certificate was revoked", "ask its owner to replace it"),
            _ when (status & X509ChainStatusFlags.NotTimeValid) != 0 => (
                "the certificate of one of its issuers has expired", "ask its owner to renew it"),
            _ when (status & Untrusted) != 0 => (
                certificate.Subject == certificate.Issuer
                    ? "its certificate is self-signed"
                    : $"this system does not trust '{Issuer(certificate)}', which issued its certificate",
                "add the issuer to the system's trusted certificates if you trust it"),
            _ => ($"its certificate is not valid ({status})", "ask its owner to replace it"),
        };
    }

    private static string Issuer(X509Certificate2 certificate)
    {
        string name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true);
        return name.Length > 0 ? name : certificate.Issuer;
    }

    private static string Name(X509Certificate2 certificate, X509NameType type)
    {
        string name = certificate.GetNameInfo(type, forIssuer: false);
        return name.Length > 0 ? name : certificate.Subject;
    }

    private static string Day(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
