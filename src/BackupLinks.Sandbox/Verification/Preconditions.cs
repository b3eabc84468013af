using System;
using System.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BackupLinks.Sandbox.Verification;

/// <summary>Conditional requests, in the order of RFC 9110, section 13.2.2, which OBS and S3 keep to.</summary>
internal static class Preconditions
{
    /// <summary>Checks the conditions of a request.</summary>
    /// <param name="headers">The headers of the request.</param>
    /// <param name="etag">The entity tag that the store gives, as it is in the header; empty for none.</param>
    /// <param name="lastModified">When the object was stored; null when the store does not say.</param>
    /// <returns>
    /// The status to send in place of the object, and the header that led to it; null to send the object.
    /// </returns>
    public static (int Status, string Condition)? Check(
        IHeaderDictionary headers, string etag, DateTimeOffset? lastModified)
    {
        if (headers.IfMatch.Count > 0)
        {
            if (!AnyTag(headers.IfMatch.ToString(), tag => IsStrongMatch(tag, etag)))
                return (StatusCodes.Status412PreconditionFailed, HeaderNames.IfMatch);
        }
        else if (Time(headers.IfUnmodifiedSince) is { } unmodified && lastModified > unmodified)
        {
            return (StatusCodes.Status412PreconditionFailed, HeaderNames.IfUnmodifiedSince);
        }

        if (headers.IfNoneMatch.Count > 0)
        {
            return AnyTag(headers.IfNoneMatch.ToString(), tag => IsWeakMatch(tag, etag))
                ? (StatusCodes.Status304NotModified, HeaderNames.IfNoneMatch)
                : null;
        }

        return Time(headers.IfModifiedSince) is { } modified && lastModified <= modified
            ? (StatusCodes.Status304NotModified, HeaderNames.IfModifiedSince)
            : null;
    }

    /// <summary>True when the range of a request is to be sent: no <c>If-Range</c>, or one that holds.</summary>
    public static bool AllowRange(IHeaderDictionary headers, string etag, DateTimeOffset? lastModified)
    {
        string condition = headers.IfRange.ToString().Trim();
        if (condition.Length == 0)
            return true;
        return Time(condition) is { } time ? lastModified == time : IsStrongMatch(condition, etag);
    }

    private static bool AnyTag(string list, Func<string, bool> matches) =>
        list.Split(',').Select(tag => tag.Trim()).Any(tag => tag == "*" || matches(tag));

    private static bool IsStrongMatch(string tag, string etag) =>
        etag.Length > 0 && tag == etag && !tag.StartsWith("W/", StringComparison.Ordinal);

    private static bool IsWeakMatch(string tag, string etag) => etag.Length > 0 && Opaque(tag) == Opaque(etag);

    private static string Opaque(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;

    // Text that is not a date is not a condition.
    private static DateTimeOffset? Time(string? text) => HeaderUtilities.TryParseDate(text, out var time) ? time : null;
}
