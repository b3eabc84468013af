using System;
using System.Globalization;
using System.Linq;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Links;
using BackupLinks.Text;

namespace BackupLinks.Parameters;

/// <summary>The values of a link as a person or another program writes them.</summary>
internal static class LinkValues
{
    private const int Sha256Length = 64;
    private const int Md5Length = 32;

    /// <summary>The name to save a file under.</summary>
    /// <param name="link">Its address.</param>
    /// <param name="name">The name that was given; null for one from the address.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.UnsafeFileName"/>.</exception>
    public static string ReadName(Uri link, string? name)
    {
        name ??= SafeFileName.From(PresignedUri.GetLeafName(link), "backup");
        string safe = SafeFileName.From(name, "");
        if (PartialFileName.IsReserved(safe))
        {
            throw new BackupLinksException(
                ErrorKind.UnsafeFileName,
                $"'{ScreenText.Excerpt(safe)}' is a name that partial files have; give the object another FileName.");
        }

        if (safe.Equals(CatalogFolder.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw new BackupLinksException(
                ErrorKind.UnsafeFileName,
                $"'{ScreenText.Excerpt(safe)}' is the name of the catalog's folder; give the object another FileName.");
        }

        return FileNameDefect.Find(name, safe) is { } defect
            ? throw new BackupLinksException(
                ErrorKind.UnsafeFileName,
                $"The FileName '{ScreenText.Excerpt(name)}' {defect}; give the object a plain one, such as "
                    + $"'{ScreenText.Excerpt(safe)}'.")
            : safe;
    }

    /// <summary>A size; null for none.</summary>
    /// <param name="value">A number or text.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidLink"/>.</exception>
    public static long? ReadSize(object? value)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        string? text = value is IFormattable number
            ? number.ToString(null, CultureInfo.InvariantCulture)
            : value?.ToString();
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return long.TryParse(text, Style, CultureInfo.InvariantCulture, out long size)
            ? size
            : throw new BackupLinksException(
                ErrorKind.InvalidLink,
                $"The Size '{ScreenText.Excerpt(text!, 40)}' is not a number of bytes; give a whole number, or "
                    + "nothing.");
    }

    /// <summary>A SHA-256 or an MD5, also with its name in front; null for none.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidLink"/>.</exception>
    public static string? ReadHash(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        string hash = text!.Trim();
        hash = hash.Substring(hash.IndexOf(':') + 1);
        return hash.Length is Sha256Length or Md5Length && hash.All(Uri.IsHexDigit)
            ? hash
            : throw new BackupLinksException(
                ErrorKind.InvalidLink,
                $"-ExpectedHash '{ScreenText.Excerpt(text, 80)}' is neither a SHA-256 nor an MD5; give 64 or 32 "
                    + "hexadecimal digits.");
    }
}
