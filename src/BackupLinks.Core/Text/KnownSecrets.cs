using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BackupLinks.Text;

/// <summary>Secrets that are known by heart, in every spelling that a server may give them back in.</summary>
/// <remarks>
/// They are compared without case, because hexadecimal digits have none, and without the characters that
/// <see cref="FoldedText"/> leaves out. Every command has secrets, and few have text to take them out of: the spellings
/// are worked out when that happens.
/// </remarks>
internal sealed class KnownSecrets(string[] secrets)
{
    /// <summary>The fewest characters of a secret.</summary>
    public const int Shortest = 4;

    // A shorter one could be found across words, and the beginning of one in another word.
    private const int ShortestFolded = 12;

    // A mark, plain or encoded.
    private static readonly Regex PartEnd = new(
        @"(?:[=;,/""']|(?:%|\\u00)[0-9a-f]{2})$", RegexOptions.CultureInvariant | RegexOptions.RightToLeft);

    private Form[]? _forms;

    /// <summary>The secrets.</summary>
    public string[] Secrets => secrets;

    private Form[] Forms => _forms ??= [.. secrets.SelectMany(Spell).Distinct()];

    /// <summary>The text with a mask for each secret, and for the beginning of one that the sender cut short.</summary>
    public string Replace(string text, string mask)
    {
        if (secrets.Length == 0 || text.Length == 0)
            return text;
        var found = new List<(int Start, int End)>();
        FoldedText? folded = null, plain = null;
        foreach (var form in Forms)
        {
            var view = form.IsFolded
                ? folded ??= new FoldedText(text, hasBlanks: false)
                : plain ??= new FoldedText(text, hasBlanks: true);
            Find(form, view, found);
            if (form.IsFolded && form.Text.Length > ShortestFolded)
                FindRests(form.Text, view, found);
        }

        return found.Count == 0 ? text : Replace(text, mask, found);
    }

    private static void Find(Form form, FoldedText view, List<(int Start, int End)> found)
    {
        string text = form.Text;
        string head = form.IsFolded ? text.Substring(0, ShortestFolded) : text;
        for (int at = 0; (at = view.Text.IndexOf(head, at, StringComparison.Ordinal)) >= 0;)
        {
            int length = head.Length;
            while (length < text.Length && at + length < view.Text.Length && view.Text[at + length] == text[length])
                length++;
            // A sender may cut a long value: "abcdefghijklmn...".
            while (length >= head.Length && length < text.Length && !view.IsWordEnd(at + length - 1))
                length--;
            bool isFound = length >= head.Length;
            if (isFound)
                found.Add(view.GetRange(at, length));
            at += isFound ? length : 1;
        }
    }

    // A sender may leave out the front of a value, too: "...opqrstuvwxyz". A part behind a mark of its own, as a file's
    // name has one in front, is no such rest.
    private static void FindRests(string form, FoldedText view, List<(int Start, int End)> found)
    {
        string tail = form.Substring(form.Length - ShortestFolded);
        for (int at = 0; (at = view.Text.IndexOf(tail, at, StringComparison.Ordinal)) >= 0; at++)
        {
            int start = at, first = form.Length - ShortestFolded;
            while (first > 0 && start > 0 && view.Text[start - 1] == form[first - 1])
                (start, first) = (start - 1, first - 1);
            while (start <= at && !view.IsWordStart(start))
                (start, first) = (start + 1, first + 1);
            if (start <= at && first > 0 && !PartEnd.IsMatch(form.Substring(0, first)))
                found.Add(view.GetRange(start, at + ShortestFolded - start));
        }
    }

    private static string Replace(string text, string mask, List<(int Start, int End)> found)
    {
        var result = new StringBuilder(text.Length);
        int end = 0;
        foreach (var range in found.OrderBy(range => range.Start))
        {
            if (range.Start >= end)
                result.Append(text, end, range.Start - end).Append(mask);
            end = Math.Max(end, range.End);
        }

        return result.Append(text, end, text.Length - end).ToString();
    }

    private static IEnumerable<Form> Spell(string secret)
    {
        string percent = PercentEncoding.Encode(secret);
        string json = JsonEncodedText.Encode(secret).ToString();
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        string[] spellings =
        [
            secret, percent, json, json.Replace("/", "\\/"), secret.Replace("/", "\\/"), WebUtility.HtmlEncode(secret),
            Convert.ToBase64String(bytes), Hex.Encode(bytes),
            // A form has a blank as a plus sign, and so a plus sign is read as a blank.
            secret.Replace('+', ' '), percent.Replace("%2B", "%20"), percent.Replace("%2B", "+"),
        ];
        foreach (string spelling in spellings.Distinct())
        {
            string folded = FoldedText.Fold(spelling, hasBlanks: false);
            if (folded.Length >= ShortestFolded)
                yield return new Form(folded, IsFolded: true);
            else if (FoldedText.Fold(spelling, hasBlanks: true) is var plain && plain.Trim().Length >= Shortest)
                yield return new Form(plain, IsFolded: false);
        }
    }

    private readonly record struct Form(string Text, bool IsFolded);
}
