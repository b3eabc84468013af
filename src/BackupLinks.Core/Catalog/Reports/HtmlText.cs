using System;
using System.Globalization;
using System.Linq;
using System.Text;
using BackupLinks.Text;

namespace BackupLinks.Catalog.Reports;

/// <summary>
/// HTML in the making. Every value that is put into it is text: a name from a cloud cannot become an element, leave an
/// attribute, or turn the direction of writing.
/// </summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();

    /// <summary>Adds HTML, in which the values are text, except for those that are HTML already.</summary>
    /// <param name="html">An interpolated string; attributes are in double quotes.</param>
    public HtmlText Add(FormattableString html)
    {
        object[] values =
            [.. html.GetArguments().Select(value => value is HtmlText ? value.ToString()! : Escape(value))];
        _html.AppendFormat(CultureInfo.InvariantCulture, html.Format, values);
        return this;
    }

    /// <summary>New HTML.</summary>
    /// <inheritdoc cref="Add"/>
    public static HtmlText Of(FormattableString html) => new HtmlText().Add(html);

    /// <summary>Text of this module that is HTML, or a style sheet, as it stands.</summary>
    public static HtmlText Raw(string html)
    {
        var text = new HtmlText();
        text._html.Append(html);
        return text;
    }

    /// <summary>The HTML.</summary>
    public override string ToString() => _html.ToString();

    private static string Escape(object? value) =>
        ScreenText.Printable(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
            .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;")
            .Replace("'", "&#39;");
}
