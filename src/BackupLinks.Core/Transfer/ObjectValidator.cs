using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;

namespace BackupLinks.Transfer;

/// <summary>
/// Tells versions of an object apart, as RFC 9110 section 8.8 does. A validator is text: a strong entity tag in quotes,
/// or the time of <c>Last-Modified</c> where that is strong, behind the weak entity tag if there is one.
/// </summary>
internal static class ObjectValidator
{
    // RFC 9110 section 8.8.2.2 wants the two times apart; RFC 7232 named a minute, which also covers two clocks of one
    // store.
    private static readonly TimeSpan StrongAge = TimeSpan.FromMinutes(1);
    private const string WeakPrefix = "W/";

    // The web is not older. What is not known is sent as the first second of Unix or of the calendar.
    private const int FirstYear = 1990;

    // Of gateways whose store sent none.
    private static readonly string[] NoTags = ["null", "nil", "none", "undefined", "unknown", "-", "0"];

    /// <summary>
    /// The strong entity tag, in quotes; null for none, or a weak one. Some stores leave the quotes out.
    /// </summary>
    public static string? GetStrongTag(HttpResponseMessage response) =>
        ReadTag(response) is { } tag && !IsWeak(tag) ? tag : null;

    /// <summary>
    /// The values that a later response of the same version repeats; null when the response proves nothing.
    /// </summary>
    public static string? Read(HttpResponseMessage response)
    {
        string? tag = ReadTag(response);
        if (tag is not null && !IsWeak(tag))
            return tag;
        if (ReadModified(response) is not { } modified || response.Headers.Date is not { } date)
            return null;
        if (date - modified < StrongAge)
            return null;
        string time = modified.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);
        return tag is null ? time : $"{tag} {time}";
    }

    /// <summary>When the object was stored; null when the response does not say.</summary>
    public static DateTimeOffset? ReadModified(HttpResponseMessage response) =>
        response.Content.Headers.LastModified is { Year: >= FirstYear } modified
            && !HasSeveral(response.Content.Headers, "Last-Modified") ? modified : null;

    /// <summary>True for a header with values that differ, of which none can be believed.</summary>
    public static bool HasSeveral(HttpHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && values.Distinct().Count() > 1;

    /// <summary>True for a strong entity tag; false for a time.</summary>
    public static bool IsTag(string validator) => validator.StartsWith("\"", StringComparison.Ordinal);

    /// <summary>True for two validators that two versions of one object must have different ones of.</summary>
    public static bool AreOfOneKind(string one, string other) => IsTag(one) == IsTag(other);

    /// <summary>Makes a request fail when the object has become another one.</summary>
    public static void Require(HttpRequestMessage request, string validator)
    {
        if (IsTag(validator))
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(validator));
        else
            request.Headers.IfUnmodifiedSince = ReadTime(validator);
    }

    private static DateTimeOffset? ReadTime(string validator)
    {
        string time = validator.Substring(validator.LastIndexOf('"') + 1).Trim();
        var culture = CultureInfo.InvariantCulture;
        return DateTimeOffset.TryParseExact(time, "R", culture, DateTimeStyles.AssumeUniversal, out var parsed)
            ? parsed
            : null;
    }

    // In quotes; a weak one behind W/.
    private static string? ReadTag(HttpResponseMessage response)
    {
        if (HasSeveral(response.Headers, "ETag"))
            return null;
        string? text = response.Headers.ETag?.ToString();
        if (text is null && response.Headers.TryGetValues("ETag", out var values))
            text = values.FirstOrDefault();
        text = text?.Trim() ?? "";
        string prefix = IsWeak(text) ? WeakPrefix : "";
        string value = text.Substring(prefix.Length);
        bool isQuoted = value.Length >= 2 && value[0] == '"' && value[value.Length - 1] == '"';
        if (isQuoted)
            value = value.Substring(1, value.Length - 2);
        bool isTag = value.Length > 0 && !NoTags.Contains(value, StringComparer.OrdinalIgnoreCase)
            && !value.Any(c => c == '"' || (!isQuoted && (c is ',' or <= ' ' or > '~')));
        return isTag && EntityTagHeaderValue.TryParse($"{prefix}\"{value}\"", out var tag) ? tag.ToString() : null;
    }

    private static bool IsWeak(string tag) => tag.StartsWith(WeakPrefix, StringComparison.OrdinalIgnoreCase);
}
