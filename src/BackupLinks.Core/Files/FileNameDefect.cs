using System;
using System.Linq;
using System.Text;
using BackupLinks.Text;

namespace BackupLinks.Files;

/// <summary>The defect of a name that is not valid for a file on every system.</summary>
internal static class FileNameDefect
{
    private const string ForbiddenOnWindows = "<>\"|?*";

    /// <summary>The defect, as it reads behind the name; null for a name that is plain, or only too long.</summary>
    /// <param name="name">The name.</param>
    /// <param name="safe">Its safe form, by <see cref="SafeFileName"/>.</param>
    public static string? Find(string name, string safe)
    {
        if (IsSame(name, safe))
            return null;
        if (name.IndexOfAny(['/', '\\']) >= 0)
            return "has a folder in it";
        if (name.IndexOf(':') >= 0)
            return "has a colon, which means something else on Windows";
        if (Encoding.UTF8.GetByteCount(name) > SafeFileName.MaxBytes)
            return null;
        if (name.Any(c => !char.IsSurrogate(c) && ScreenText.IsUnprintable(c)))
            return "has an invisible character";
        if (char.IsWhiteSpace(name[0]))
            return "begins with a blank, which some systems drop";
        if (char.IsWhiteSpace(name[name.Length - 1]))
            return "ends with a blank, which some systems drop";
        if (name[name.Length - 1] == '.')
            return "ends with a dot, which some systems drop";
        if (name.FirstOrDefault(c => ForbiddenOnWindows.IndexOf(c) >= 0) is var bad && bad != '\0')
            return $"has the character {bad}, which is not valid on Windows";
        if (safe == "_" + name)
            return "is the name of a device on Windows";
        return "has a character that is not valid on every system";
    }

    private static bool IsSame(string name, string safe)
    {
        try
        {
            return safe == name.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return false; // text that is none
        }
    }
}
