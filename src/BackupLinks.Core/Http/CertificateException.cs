using System.Security.Authentication;

namespace BackupLinks.Http;

/// <summary>A server's certificate is not to be trusted.</summary>
/// <param name="reason">Why, as the end of a sentence: "its certificate expired on 2026-01-15".</param>
/// <param name="advice">The advice, as the end of a sentence.</param>
internal sealed class CertificateException(string reason, string advice) : AuthenticationException(reason)
{
    /// <summary>The advice, as the end of a sentence.</summary>
    public string Advice => advice;

    /// <summary>The host that sent it, which may be a proxy; null when it is not known.</summary>
    public string? Host { get; init; }
}
