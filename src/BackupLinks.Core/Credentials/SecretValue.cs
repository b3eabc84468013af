using System.Globalization;
using System.Linq;

namespace BackupLinks.Credentials;

/// <summary>
/// Finds what copy and paste leave in the values of a credential. A request with such a value would be refused as if
/// the key were wrong. Says which character it is, never a value.
/// </summary>
internal static class SecretValue
{
    /// <summary>The mark that editors write in front of UTF-8 text.</summary>
    public const char ByteOrderMark = '\uFEFF';

    /// <summary>The defect of a value, as it reads behind the name of the secret; null for none.</summary>
    /// <param name="key">The key that has the value.</param>
    /// <param name="value">The value.</param>
    public static string? FindDefect(CredentialKey key, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return $"has no value in its key '{key.Name}'; store a value, or omit the key";
        string text = key.IsTrimmed ? value!.Trim() : value!;
        for (int i = 0; i < text.Length; i++)
        {
            string where = i == 0 ? "at the beginning of" : i == text.Length - 1 ? "at the end of" : "in";
            if (Describe(text[i], key.IsExact, key.IsPassword) is { } what)
                return $"has {what} {where} the value of its key '{key.Name}'; store it again without";
        }

        if (key.IsExact && text.IndexOf(' ') is var blank and >= 0)
        {
            string where = blank == 0
                ? "at the beginning of"
                : text.TrimEnd(' ').Length == blank ? "at the end of" : "in";
            return $"has a blank {where} the value of its key '{key.Name}'; store it again without";
        }

        return (key.IsExact || key.IsInHeader) && text.Any(c => c > '~')
            ? $"has something other than ASCII in the value of its key '{key.Name}', which no request can carry; "
            + "store it again"
            : null;
    }

    private static string? Describe(char c, bool isExact, bool isPassword)
    {
        switch (c)
        {
            case '\r':
                return "a line break (carriage return)";
            case '\n':
                return "a line break (line feed)";
            case '\t':
                return "a tab";
            case ByteOrderMark:
                return "a byte order mark (U+FEFF)";
            case '\u00A0' when isExact:
                return "a no-break space (U+00A0)";
        }

        if (c is >= ' ' and <= '~')
            return null;
        string code = "U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture);
        return CharUnicodeInfo.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.Control => $"a control character ({code})",
            // A person may have chosen one for a password.
            UnicodeCategory.Format when !isPassword => $"an invisible character ({code})",
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => $"a line break ({code})",
            UnicodeCategory.SpaceSeparator when isExact => $"a blank that is not the keyboard's ({code})",
            _ => null,
        };
    }
}
