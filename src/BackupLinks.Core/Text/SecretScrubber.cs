using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace BackupLinks.Text;

/// <summary>
/// Removes secrets from text of others (a gateway's error message, the first bytes of an
/// response that is not JSON) before it goes into an error or a verbose line.
/// </summary>
internal sealed class SecretScrubber
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mask = "***";

    // Shorter ones are times, versions, names of algorithms.
    private const int ShortestQueryValue = 12;
    private const int ScrubbedPart = 4 * 1024;

    // No expression has a limit of time, which a busy machine reaches with a short text: each takes a time that grows
    // with the text. So an address without a query matches, too, instead of being tried from each scheme within it.
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled;

    // The query of an address, whatever its parameters are called; slashes may be JSON-escaped.
    private static readonly Regex AddressQuery = new(
        """(?<address>(?:https?|s?ftps?|obs|oss|cos|s3|wss?):(?:\\?/){2}[^\s"'<>?]*)(?:\?[^\s"'<>]*)?""", Options);

    private static readonly Regex UserInfo = new(
        """(?<scheme>(?:https?|s?ftps?|obs|oss|cos|s3|wss?):(?:\\?/){2})[^\s"'<>/@\\?]*@""", Options);

    // name=value, "name": "value", name%3Dvalue, name\u003dvalue.
    private static readonly Regex NamedSecret = new(
        """(?<name>(?:signature|\bsig|\bsign|credential|token|access[_-]?key(?:[_-]?id)?|public_?key|"""
        + """secret(?:_?(?:key|id))?|\bq-ak|password)["']?\s*(?:=|:|%3D|\\u003d)\s*["']?)"""
        + """(?<value>(?:[^\s"'&,;<>\\]|\\/|\\u00[0-9a-f]{2})+)""",
        Options);

    // Authorization: Basic dXNlcjpwYXNzd29yZA==, as servers and proxies send back what they got (RFC 9110, 11.4); also
    // "OSS key:signature", and "bce-auth-v1/key/...", which is a parameter of a query, too.
    private static readonly Regex AuthorizationValue = new(
        """(?<name>authorization["']?\s*(?:=|:|%3D|\\u003d)\s*(?:\[\s*)?["']?"""
        + """(?:(?:basic|bearer|negotiate|ntlm|digest)\s+|[\w-]{1,40}(?:\s+|\\?/|%2F)(?=[^\s<>]{0,200}[:=/%])))"""
        + """[^<>\r\n]+""",
        Options);

    private readonly object _lock = new();
    private volatile KnownSecrets _known = new([]);

    /// <summary>Creates a scrubber that also knows these values by heart.</summary>
    public SecretScrubber(params string?[] secrets)
    {
        foreach (string? secret in secrets)
            Learn(secret);
    }

    /// <summary>How many values it knows by heart: scrubbing costs as much as that.</summary>
    public int KnownCount => _known.Secrets.Length;

    /// <summary>
    /// A scrubber for what is said about requests: it knows what this one knows, and the values in the queries of the
    /// addresses. It lasts as long as its error, so that no error pays for another request's secrets.
    /// </summary>
    /// <param name="addresses">The addresses that were requested.</param>
    public SecretScrubber ForRequests(IEnumerable<Uri> addresses)
    {
        var values = addresses
            .SelectMany(address => ValuesOf(address.Query.TrimStart('?')))
            .SelectMany(value => PartsOf(value).Prepend(value))
            .Where(value => value.Length >= ShortestQueryValue);
        return new SecretScrubber([.. _known.Secrets, .. values]);
    }

    /// <summary>Takes out this value, too, from now on, in every spelling that a server may give it back in.</summary>
    public void Learn(string? secret)
    {
        if (secret is not { Length: >= KnownSecrets.Shortest } || _known.Secrets.Contains(secret))
            return;
        lock (_lock)
            _known = new KnownSecrets([.. _known.Secrets, secret]);
    }

    /// <summary>The text without known secrets, address queries, and values named like a secret.</summary>
    public string Scrub(string text)
    {
        text = _known.Replace(text, Mask);
        text = AddressQuery.Replace(text, "${address}");
        text = UserInfo.Replace(text, "${scheme}");
        text = AuthorizationValue.Replace(text, "${name}" + Mask);
        return NamedSecret.Replace(text, "${name}" + Mask);
    }

    /// <summary>
    /// One short line out of anything: control and direction characters dropped, white space folded, scrubbed.
    /// </summary>
    /// <param name="text">Text of any length; only its beginning is looked at.</param>
    /// <param name="length">The most characters to give.</param>
    public string Excerpt(string text, int length)
    {
        string line = Scrub(Beginning(Clean(text))).Replace('\n', ' ').TrimEnd();
        return line.Length <= length ? line : line.Substring(0, length).TrimEnd() + "...";
    }

    private static IEnumerable<string> ValuesOf(string query) =>
        query.Split('&').Select(pair => pair.Substring(pair.IndexOf('=') + 1));

    // A value may be a query of its own, or a path that ends with the signature.
    private static IEnumerable<string> PartsOf(string value)
    {
        string decoded = PercentEncoding.Decode(value);
        string[] parts = decoded.IndexOf('&') >= 0
            ? [.. ValuesOf(decoded)] : [decoded.Substring(decoded.LastIndexOf('/') + 1)];
        return parts.Prepend(decoded);
    }

    // Before the secrets are taken out: behind them, it would make one whole again. Lines stay lines for that.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, ScrubbedPart + 1));
        foreach (char c in text)
        {
            if (clean.Length > ScrubbedPart)
                break;
            if (char.IsWhiteSpace(c))
            {
                bool isBreak = c is '\r' or '\n';
                if (clean.Length > 0 && !char.IsWhiteSpace(clean[clean.Length - 1]))
                    clean.Append(isBreak ? '\n' : ' ');
                else if (clean.Length > 0 && isBreak)
                    clean[clean.Length - 1] = '\n';
            }
            else if (!ScreenText.IsUnprintable(c))
            {
                clean.Append(c);
            }
        }

        return clean.ToString();
    }

    // Cut at white space: half a secret would not be known for one.
    private static string Beginning(string text)
    {
        if (text.Length <= ScrubbedPart)
            return text;
        int end = text.LastIndexOfAny([' ', '\n'], ScrubbedPart);
        return text.Substring(0, end > 0 ? end : ScrubbedPart);
    }
}
