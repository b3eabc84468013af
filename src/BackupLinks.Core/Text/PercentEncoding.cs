using System;
using System.Text;

namespace BackupLinks.Text;

/// <summary>
/// RFC 3986 percent-encoding as both vendors sign it: UTF-8, upper-case hexadecimal, everything but
/// <c>A-Z a-z 0-9 - _ . ~</c> encoded. <c>Uri.EscapeDataString</c> depends on the framework's version
/// and its compatibility switches, and a signature must not.
/// </summary>
internal static class PercentEncoding
{
    /// <summary>Encodes one path segment, query name or query value.</summary>
    public static string Encode(string text)
    {
        const string Digits = "0123456789ABCDEF";
        var result = new StringBuilder(text.Length + 16);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            if (IsUnreserved(b))
                result.Append((char)b);
            else
                result.Append('%').Append(Digits[b >> 4]).Append(Digits[b & 15]);
        }

        return result.ToString();
    }

    /// <summary>Undoes <see cref="Encode"/>. A plus sign stays a plus sign.</summary>
    public static string Decode(string text) => Uri.UnescapeDataString(text);

    private static bool IsUnreserved(byte b) =>
        b is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9')
            or (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~';
}
