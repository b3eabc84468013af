using System;
using System.Globalization;
using System.Linq;

namespace BackupLinks.Checksums;

/// <summary>The algorithms of checksums that are compared, in the words of <c>VerifiedBy</c>.</summary>
internal static class ChecksumAlgorithm
{
    /// <summary>In hexadecimal.</summary>
    public const string Sha256 = "SHA-256";

    /// <summary>In hexadecimal.</summary>
    public const string Md5 = "MD5";

    /// <summary>CRC-64/XZ, as a decimal number without a sign.</summary>
    public const string Crc64 = "CRC-64";

    /// <summary>The digits of an MD5.</summary>
    public const int Md5Length = 32;

    private const int Sha256Length = 64;

    /// <summary>
    /// The text of a checksum as it is compared: hexadecimal in lower case, or a number; null for anything else. A CRC
    /// of 0 is that of no byte: the word of a list that has none.
    /// </summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="text">The text as it was sent; null for none.</param>
    public static string? Normalize(string algorithm, string? text)
    {
        text = text?.Trim();
        if (algorithm != Crc64)
        {
            return text?.Length == (algorithm == Md5 ? Md5Length : Sha256Length) && text.All(Uri.IsHexDigit)
                ? text.ToLowerInvariant() : null;
        }

        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) && value != 0
            ? ToText(value) : null;
    }

    /// <summary>The text of a CRC-64.</summary>
    public static string ToText(ulong crc) => crc.ToString(CultureInfo.InvariantCulture);
}
