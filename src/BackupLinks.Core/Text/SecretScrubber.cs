using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace BackupLinks.Text;

/// <summary>
/// Takes secrets out of text that somebody else wrote (a gateway's error message, the first bytes of an
/// answer that is not JSON) before it goes into an error or a verbose line.
/// </summary>
internal sealed class SecretScrubber
{
    private const string Mask = "***";
    private const int ShortestSecret = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    // The query of an address, whatever its parameters are called; slashes may be JSON-escaped.
    private static readonly Regex AddressQuery = new(
        """(?<address>https?:(?:\\?/){2}[^\s"'<>?]*)\?[^\s"'<>]*""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled, Limit);

    private static readonly Regex UserInfo = new(
        """(?<scheme>https?:(?:\\?/){2})[^\s"'<>/@\\?]*@""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled, Limit);

    // name=value, "name": "value", name%3Dvalue, name\u003dvalue.
    private static readonly Regex NamedSecret = new(
        """(?<name>[\w-]*(?:signature|credential|token|access_?key(?:_?id)?|secret(?:_?key)?|password)["']?\s*(?:=|:|%3D|\\u003d)\s*["']?)(?<value>[^\s"'&,;<>\\]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled, Limit);

    private readonly string[] _secrets;

    /// <summary>Creates a scrubber that also knows these values by heart.</summary>
    public SecretScrubber(params string?[] secrets) =>
        _secrets =
        [
            .. secrets
                .Where(secret => secret is { Length: >= ShortestSecret })
                .SelectMany(secret => new[] { secret!, PercentEncoding.Encode(secret!) })
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(secret => secret.Length),
        ];

    /// <summary>The text without known secrets, address queries, and values named like a secret.</summary>
    public string Scrub(string text)
    {
        foreach (string secret in _secrets)
            text = text.Replace(secret, Mask);
        text = AddressQuery.Replace(text, "${address}");
        text = UserInfo.Replace(text, "${scheme}");
        return NamedSecret.Replace(text, "${name}" + Mask);
    }

    /// <summary>
    /// One short line out of anything: scrubbed, control and direction characters dropped, white space folded.
    /// </summary>
    /// <param name="text">Text of any length; only its beginning is looked at.</param>
    /// <param name="length">The most characters to give.</param>
    public string Excerpt(string text, int length)
    {
        const int ScrubbedPart = 8 * 1024;
        text = Scrub(text.Length <= ScrubbedPart ? text : text.Substring(0, ScrubbedPart));
        var line = new StringBuilder(length);
        foreach (char c in text)
        {
            if (line.Length == length)
                return line.ToString().TrimEnd() + "...";
            if (char.IsWhiteSpace(c))
            {
                if (line.Length > 0 && line[line.Length - 1] != ' ')
                    line.Append(' ');
            }
            else if (!IsUnprintable(c))
            {
                line.Append(c);
            }
        }

        return line.ToString().TrimEnd();
    }

    private static bool IsUnprintable(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
