using System;
using System.Globalization;

namespace BackupLinks.Formatting;

/// <summary>Times out of tables and files, whatever the culture of the session that wrote them.</summary>
internal static class TimeText
{
    // The same in every culture (ISO 8601, RFC 1123); a calendar of a culture must not read the year of one.
    private static readonly string[] Unambiguous =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFF K",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm K", "yyyyMMdd'T'HHmmssK", "r",
    ];

    /// <summary>
    /// Reads a time: first as ISO 8601, then as the culture of the session writes it, which is how <c>Export-Csv</c>
    /// does,
    /// then as the invariant culture writes it. Without a zone it is UTC.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The time; null when the text is not one.</returns>
    public static DateTimeOffset? Parse(string text)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        if (DateTimeOffset.TryParseExact(text, Unambiguous, CultureInfo.InvariantCulture, Styles, out var exact))
            return exact;
        return TryParse(text, CultureInfo.CurrentCulture, Styles)
            ?? TryParse(text, CultureInfo.InvariantCulture, Styles);
    }

    private static DateTimeOffset? TryParse(string text, CultureInfo culture, DateTimeStyles styles) =>
        DateTimeOffset.TryParse(text, culture, styles, out var time) ? time : null;
}
