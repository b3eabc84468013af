using System;
using System.Globalization;
using System.Linq;

namespace BackupLinks.Credentials;

/// <summary>
/// Finds what copy and paste leave in the values of a credential. A request with such a value would be refused as if the
/// key were wrong. Says which character it is, never a value.
/// </summary>
internal static class SecretValue
{
    /// <summary>The mark that editors write in front of UTF-8 text.</summary>
    public const char ByteOrderMark = '\uFEFF';

    // In headers and signatures. The keys of all vendors are printable ASCII without blanks.
    private static readonly string[] ExactKeys =
    [
        CredentialFields.AccessKey, CredentialFields.SecretKey, CredentialFields.SecurityToken, CredentialFields.Token,
    ];

    // Read without the white space around them.
    private static readonly string[] TrimmedKeys = [CredentialFields.Region, CredentialFields.Endpoint, CredentialFields.IamEndpoint];

    /// <summary>The defect of a value, as it reads behind the name of the secret; null for none.</summary>
    /// <param name="key">The known key that has the value.</param>
    /// <param name="value">The value.</param>
    public static string? FindDefect(string key, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return $"has nothing in its key '{key}'; store a value, or leave the key out";
        string text = TrimmedKeys.Contains(key) ? value!.Trim() : value!;
        bool isExact = ExactKeys.Contains(key);
        for (int i = 0; i < text.Length; i++)
        {
            string where = i == 0 ? "at the beginning of" : i == text.Length - 1 ? "at the end of" : "in";
            if (Describe(text[i], isExact, key == CredentialFields.Password) is { } what)
                return $"has {what} {where} the value of its key '{key}'; store it again without";
        }

        if (isExact && text.IndexOf(' ') is var blank and >= 0)
        {
            string where = blank == 0 ? "at the beginning of" : text.TrimEnd(' ').Length == blank ? "at the end of" : "in";
            return $"has a blank {where} the value of its key '{key}'; store it again without";
        }

        return (isExact || key == CredentialFields.ProjectId) && text.Any(c => c > '~')
            ? $"has something other than ASCII in the value of its key '{key}', which no request can carry; store it again"
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
