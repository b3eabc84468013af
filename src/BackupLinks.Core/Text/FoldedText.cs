namespace BackupLinks.Text;

/// <summary>
/// Text in lower case and without what a sender may add to a value or drop from it: invisible characters, line breaks,
/// blanks, and plus signs, which a form reads as blanks. It knows where each character was.
/// </summary>
internal sealed class FoldedText
{
    private readonly string _original;
    private readonly int[] _positions;

    /// <summary>Folds text.</summary>
    /// <param name="original">The text.</param>
    /// <param name="hasBlanks">True when blanks and plus signs stay.</param>
    public FoldedText(string original, bool hasBlanks)
    {
        _original = original;
        _positions = new int[original.Length];
        Text = Fold(original, hasBlanks, _positions);
    }

    /// <summary>The folded text.</summary>
    public string Text { get; }

    /// <summary>The folded text alone.</summary>
    /// <inheritdoc cref="FoldedText(string, bool)"/>
    public static string Fold(string original, bool hasBlanks) => Fold(original, hasBlanks, null);

    private static string Fold(string original, bool hasBlanks, int[]? positions)
    {
        char[] text = new char[original.Length];
        int length = 0;
        for (int i = 0; i < original.Length; i++)
        {
            char c = original[i];
            if (c is > ' ' and <= '~')
            {
                if (c == '+' && !hasBlanks)
                    continue;
                if (c is >= 'A' and <= 'Z')
                    c = (char)(c | 0x20);
            }
            else if (char.IsWhiteSpace(c))
            {
                if (!hasBlanks || (length > 0 && text[length - 1] == ' '))
                    continue;
                c = ' ';
            }
            else if (ScreenText.IsUnprintable(c))
            {
                continue;
            }
            else
            {
                c = char.ToLowerInvariant(c);
            }

            if (positions is not null)
                positions[length] = i;
            text[length++] = c;
        }

        return new string(text, 0, length);
    }

    /// <summary>The place in the original, with the plus signs behind it, of a part of the folded text.</summary>
    public (int Start, int End) GetRange(int start, int length)
    {
        int end = _positions[start + length - 1] + 1;
        while (end < _original.Length && _original[end] == '+')
            end++;
        return (_positions[start], end);
    }

    /// <summary>True when no value has begun in front of a character of the folded text.</summary>
    public bool IsWordStart(int index)
    {
        int before = _positions[index] - 1;
        if (before > 0 && _original[before] == '.' && char.IsLetterOrDigit(_original[before - 1]))
            return false;
        return before < 0 || !IsOfValue(_original[before]);
    }

    private static bool IsOfValue(char c) => char.IsLetterOrDigit(c) || "-_/+=%:~\\".IndexOf(c) >= 0;

    /// <summary>True when no value goes on behind a character of the folded text.</summary>
    public bool IsWordEnd(int index)
    {
        int next = _positions[index] + 1;
        // A time or a file's name goes on behind its dot.
        if (next + 1 < _original.Length && _original[next] == '.' && char.IsLetterOrDigit(_original[next + 1]))
            return false;
        return next == _original.Length || !IsOfValue(_original[next]);
    }
}
