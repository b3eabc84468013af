using System;
using System.Globalization;
using System.Text;

namespace BackupLinks.Text;

/// <summary>
/// Text from outside (ids, names, messages of a provider) as a screen may show it: no escape sequence, no character
/// that is invisible or changes the direction of writing, no second line. Source: Unicode Technical Report 36, section
/// 2.
/// </summary>
internal static class ScreenText
{
    /// <summary>The most characters of a name that a sentence shows.</summary>
    public const int NameLength = 80;

    private const char Replacement = '\uFFFD';

    // Knows no secret by heart: it takes out signatures and values that are named like a secret.
    private static readonly SecretScrubber Scrubber = new();

    /// <summary>The text on one line, without the characters that a screen obeys instead of showing.</summary>
    /// <param name="text">Text of any origin. Its length stays, within what is dropped.</param>
    public static string Printable(string text)
    {
        int clean = 0;
        while (clean < text.Length && text[clean] is >= ' ' and <= '~')
            clean++;
        if (clean == text.Length)
            return text;

        var line = new StringBuilder(text, 0, clean, text.Length);
        for (int i = clean; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                if (!IsUnprintable(CharUnicodeInfo.GetUnicodeCategory(text, i)))
                    line.Append(c).Append(text[i + 1]);
                i++;
            }
            else if (char.IsSurrogate(c))
            {
                line.Append(Replacement);
            }
            else if (IsBreak(c))
            {
                if (line.Length > 0 && line[line.Length - 1] != ' ')
                    line.Append(' ');
            }
            else if (!IsUnprintable(CharUnicodeInfo.GetUnicodeCategory(c)))
            {
                line.Append(c);
            }
        }

        return line.ToString();
    }

    /// <summary>
    /// A name, or other text from outside, as a sentence may quote it: short, printable, without a secret.
    /// </summary>
    /// <param name="text">The text; null reads as nothing.</param>
    /// <param name="length">The most characters.</param>
    public static string Excerpt(string? text, int length = NameLength) =>
        text is null ? "" : Scrubber.Excerpt(text, length);

    /// <summary>A sentence, or a part of one, in which every text that is put in is an <see cref="Excerpt"/>.</summary>
    /// <param name="sentence">An interpolated string: <c>$"backup '{id}'"</c>.</param>
    public static string Sentence(FormattableString sentence)
    {
        object?[] parts = sentence.GetArguments();
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] is string text)
                parts[i] = Excerpt(text);
        }

        return string.Format(CultureInfo.InvariantCulture, sentence.Format, parts);
    }

    /// <summary>
    /// True for a character that a line of text does not show: of control, of direction, of no width, of no meaning.
    /// </summary>
    public static bool IsUnprintable(char c) =>
        char.IsSurrogate(c) || IsUnprintable(CharUnicodeInfo.GetUnicodeCategory(c));

    private static bool IsUnprintable(UnicodeCategory category) => category
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;

    private static bool IsBreak(char c) =>
        c is '\t' or '\n' or '\v' or '\f' or '\r' or '\u0085' or '\u2028' or '\u2029';
}
