using System;
using System.Net.Http;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>A store's, or a gateway's, reason for not returning an object.</summary>
internal sealed class StoreRefusal
{
    /// <summary>Reads a refusal.</summary>
    /// <param name="link">The address of the link.</param>
    /// <param name="response">The response.</param>
    /// <param name="error">The content of its body.</param>
    /// <param name="document">
    /// The content that a success returned instead of the object, with its article; null for an error status.
    /// </param>
    /// <param name="cleaner">Takes the secrets of the request out of the store's words.</param>
    public StoreRefusal(
        Uri link, HttpResponseMessage response, ApiErrorBody error, string? document, SecretScrubber cleaner)
    {
        Cleaner = cleaner;
        Status = (int)response.StatusCode;
        Error = error;
        Document = document;
        Sender = Responder.Of(response, link);
        RetryAfterTime = Http.RetryAfterTime.Get(response);
        RetryAfter = RetryDelay.FromHeader(response, response.Headers.Date ?? DateTimeOffset.MaxValue);
    }

    /// <summary>The status.</summary>
    public int Status { get; }

    /// <summary>The code, the message and the request id; each null where the body does not have it.</summary>
    public ApiErrorBody Error { get; }

    /// <summary>
    /// The content that a success returned instead of the object, with its article; null for an error status.
    /// </summary>
    public string? Document { get; }

    /// <summary>Takes the secrets of the request out of the store's words: it may send back what it was sent.</summary>
    public SecretScrubber Cleaner { get; }

    /// <summary>How long the store wants to be left alone; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// The time to come back, when the store wants to be left alone for longer than a retry waits; else null.
    /// </summary>
    public string? RetryAfterTime { get; }

    /// <summary>The host that refused, and its proxy.</summary>
    public Responder Sender { get; }

    /// <summary>True when the link has expired by the store's own words.</summary>
    public bool SaysExpired => Status == 410 || Mentions(Error.Message, "expired") || Mentions(Error.Code, "expired");

    /// <summary>True when another link may help.</summary>
    public bool IsAboutLink =>
        SaysExpired || Status is 401 or 403 || (Document is not null && KindOfCode == ErrorKind.AccessDenied);

    /// <summary>
    /// True when the same request may be accepted the next time: by the code, or because a cache, a connection or a
    /// proxy had it refused (RFC 9110, 15.4.5 and 15.5.20; RFC 8470, 5.2).
    /// </summary>
    public bool IsPassing => TransientStoreError.KindOf(Error.Code) is not null || Status is 304 or 421 or 425;

    /// <summary>True when the pipeline below has not retried it already, as it does by the status.</summary>
    public bool IsOurs => Status is < 500 and not (408 or 429);

    /// <summary>
    /// The kind of error that the code means by itself; null for a code without a meaning of its own.
    /// </summary>
    public ErrorKind? KindOfCode => GetKind(Error.Code);

    /// <summary>The kind of error that a code of a store means by itself; null for one without, and for null.</summary>
    public static ErrorKind? GetKind(string? code) => TransientStoreError.KindOf(code) ?? code switch
    {
        "AccessDenied" or "AccessForbidden" or "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "RequestTimeTooSkewed"
            or "InvalidObjectState"
            => ErrorKind.AccessDenied,
        "NoSuchKey" or "NoSuchBucket" or "NoSuchVersion" => ErrorKind.NotFound,
        _ => null,
    };

    private static bool Mentions(string? text, string word) =>
        text?.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
