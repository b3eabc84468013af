using System;
using System.Net;

namespace BackupLinks.Errors;

/// <summary>A provider's API refused a request, failed, or returned something unusable.</summary>
public sealed class ApiException : BackupLinksException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">The kind of error.</param>
    /// <param name="message">One sentence: what happened, to what, what to do. Never holds a secret.</param>
    /// <param name="innerException">The cause, or null.</param>
    public ApiException(ErrorKind kind, string message, Exception? innerException = null)
        : base(kind, message, innerException)
    {
    }

    /// <summary>The HTTP status of the response; null when there was no response.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>The provider's own code, such as <c>DCS.3022</c>; null when the response has none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The proxy that was used, as the end of a part of a sentence; empty for none.</summary>
    internal string Route { get; init; } = "";

    internal override BackupLinksException Copy() =>
        new ApiException(Kind, Message) { StatusCode = StatusCode, ErrorCode = ErrorCode, RequestId = RequestId };

    /// <summary>
    /// The provider's id of the request, to quote in a support ticket; null when the response has none.
    /// </summary>
    public string? RequestId { get; init; }
}
