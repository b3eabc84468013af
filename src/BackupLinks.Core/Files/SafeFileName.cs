using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using BackupLinks.Text;

namespace BackupLinks.Files;

/// <summary>
/// Makes leaf names that every file system takes and that mean the same file everywhere. A name that is
/// safe already is not touched.
/// </summary>
internal static class SafeFileName
{
    /// <summary>
    /// The longest name given, in UTF-8 bytes: below the 255 of common file systems with room for the
    /// suffixes of a transfer in progress.
    /// </summary>
    public const int MaxBytes = 200;

    private const string ForbiddenOnWindows = "<>:\"/\\|?*";
    private const int HashLength = 8;
    private const int LongestExtension = 16;

    private static readonly HashSet<string> DeviceNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    /// <summary>The safe form of one name.</summary>
    /// <param name="name">The provider's name of the file; may be hostile.</param>
    /// <param name="fallback">The name to use when nothing usable is left; made safe as well.</param>
    public static string From(string? name, string fallback)
    {
        string safe = Clean(name);
        if (safe.Length == 0)
            safe = Clean(fallback);
        if (safe.Length == 0)
            safe = "backup";
        return Shorten(safe, name ?? fallback);
    }

    /// <summary>
    /// The safe forms of the names of one backup's files, distinct also where case does not count. A clash is
    /// resolved by a suffix made from the original name and <paramref name="discriminators"/>, never from the
    /// order of the list, so that the same list gives the same names.
    /// </summary>
    /// <param name="names">The provider's names of the files.</param>
    /// <param name="fallback">The name for a file whose own leaves nothing usable.</param>
    /// <param name="discriminators">One text a file that tells equal names apart, such as the path of its link.</param>
    public static IReadOnlyList<string> FromAll(
        IReadOnlyList<string?> names, string fallback, IReadOnlyList<string> discriminators)
    {
        var safe = names.Select(name => From(name, fallback)).ToArray();
        var clashes = Enumerable.Range(0, safe.Length)
            .GroupBy(i => safe[i], StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => group.ToArray());
        var renamed = new HashSet<int>();
        foreach (int[] clash in clashes.ToArray())
        {
            // The one that came with exactly this name, if there is just one, keeps it.
            int[] unchanged = [.. clash.Where(i => safe[i] == names[i])];
            foreach (int i in unchanged.Length == 1 ? clash.Except(unchanged) : clash)
            {
                safe[i] = WithSuffix(safe[i], Hex.Sha256(names[i] + "\n" + discriminators[i]).Substring(0, HashLength));
                renamed.Add(i);
            }
        }

        // Equal in name and discriminator: nothing but the position is left to tell them apart.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (int i in Enumerable.Range(0, safe.Length).OrderBy(renamed.Contains))
        {
            string name = safe[i];
            for (int n = 2; !taken.Add(safe[i]); n++)
                safe[i] = WithSuffix(name, n.ToString(CultureInfo.InvariantCulture));
        }

        return safe;
    }

    /// <summary>False for a name with a character that no file has on Windows, or of a device there.</summary>
    /// <param name="name">A name without its folder.</param>
    public static bool IsValidOnWindows(string name) =>
        name.Length > 0
        && !name.Any(c => c < ' ' || ForbiddenOnWindows.IndexOf(c) >= 0)
        && !DeviceNames.Contains(name.Split('.')[0].TrimEnd());

    private static string Clean(string? name)
    {
        if (name is null)
            return "";
        string leaf = WithoutLoneSurrogates(name);
        leaf = leaf.Substring(leaf.LastIndexOfAny(['/', '\\']) + 1);
        if (leaf.Length > 1 && leaf[1] == ':' && char.IsLetter(leaf[0]))
            leaf = leaf.Substring(2);

        var clean = new StringBuilder(leaf.Length);
        for (int i = 0; i < leaf.Length; i += char.IsHighSurrogate(leaf[i]) ? 2 : 1)
        {
            if (IsForbidden(leaf, i))
                clean.Append('_');
            else
                clean.Append(leaf, i, char.IsHighSurrogate(leaf[i]) ? 2 : 1);
        }

        string result = clean.ToString().Normalize(NormalizationForm.FormC).Trim().TrimEnd('.', ' ');
        string stem = result.Split('.')[0].TrimEnd();
        return DeviceNames.Contains(stem) ? "_" + result : result;
    }

    private static bool IsForbidden(string text, int index) =>
        ForbiddenOnWindows.IndexOf(text[index]) >= 0
        || CharUnicodeInfo.GetUnicodeCategory(text, index) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || IsNoncharacter(text, index);

    // Not for any text, and not to be normalized.
    private static bool IsNoncharacter(string text, int index)
    {
        int code = char.ConvertToUtf32(text, index);
        return (code & 0xFFFE) == 0xFFFE || code is >= 0xFDD0 and <= 0xFDEF;
    }

    private static string Shorten(string safe, string original) =>
        Encoding.UTF8.GetByteCount(safe) <= MaxBytes
            ? safe
            : WithSuffix(safe, Hex.Sha256(original).Substring(0, HashLength));

    /// <summary>
    /// name.rdb to name~1a2b3c4d.rdb, cut where needed so that the whole keeps within <see cref="MaxBytes"/>.
    /// </summary>
    public static string WithSuffix(string name, string suffix)
    {
        string extension = GetExtension(name);
        string stem = name.Substring(0, name.Length - extension.Length);
        int room = MaxBytes - Encoding.UTF8.GetByteCount(extension) - suffix.Length - 1;
        return CutToBytes(stem, room).TrimEnd('.', ' ') + "~" + suffix + extension;
    }

    private static string GetExtension(string name)
    {
        int dot = name.LastIndexOf('.');
        bool isExtension = dot > 0 && Encoding.UTF8.GetByteCount(name.Substring(dot)) <= LongestExtension;
        return isExtension ? name.Substring(dot) : "";
    }

    private static string CutToBytes(string text, int bytes)
    {
        int length = 0;
        for (int used = 0; length < text.Length;)
        {
            int width = char.IsHighSurrogate(text[length]) ? 2 : 1;
            used += width == 2 ? 4 : text[length] < 0x80 ? 1 : text[length] < 0x800 ? 2 : 3;
            if (used > bytes)
                break;
            length += width;
        }

        return text.Substring(0, length);
    }

    private static string WithoutLoneSurrogates(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
