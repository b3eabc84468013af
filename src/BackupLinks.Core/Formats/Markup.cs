using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace BackupLinks.Formats;

/// <summary>Tells pages and errors from data in markup, by the first element and those behind it.</summary>
internal static class Markup
{
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant;

    // The documents that stores and services return. A log of errors is not one.
    private const string Response = @"^(?:Error(?![\w.-]*Logs?$)[\w.-]*|Envelope|Message|Code"
        + @"|[\w.-]*(?:Error|Exception|Fault|Response|Result)s?)$";

    private static readonly Regex FirstElement = new(@"^<(?:[\w.-]+:)?(?<name>[a-z_][\w.-]*)(?=[\s/>])", Options);

    // The content of a script or a style may have anything in it, but does not begin with an element.
    private static readonly Regex Element = new(
        @"<!--.*?(?:-->|$)|<(?<name>script|style)\b[^>]*>(?!\s*<[a-z]).*?(?:</\k<name>\s*>|$)"
            + @"|<(?<name>[a-z][\w:.-]*)(?<rest>[^<>]*)(?:>|$)",
        Options);

    private static readonly string[] ErrorRoots = ["Error", "ErrorResponse", "Fault"];
    private static readonly string[] PageRoots =
        ["html", "head", "body", "title", "meta", "script", "h1", "center", "frameset"];

    // Of how a page looks, as data has none: a table of a database may be called form, label or section.
    private static readonly HashSet<string> PageElements = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "b", "big", "blockquote", "br", "button", "center", "div", "em", "font", "footer", "h1", "h2", "h3",
        "h4", "h5", "h6", "header", "hr", "i", "iframe", "img", "input", "li", "link", "main", "meta", "nav",
        "noscript", "ol", "p", "pre", "script", "small", "span", "strong", "style", "table", "tbody", "td", "th",
        "thead", "title", "tr", "tt", "u", "ul",
    };

    private static readonly string[] EmptyElements = ["br", "hr", "img", "input", "link", "meta"];

    /// <summary>Tells the kind of a document.</summary>
    /// <param name="text">Its beginning.</param>
    public static MarkupKind Classify(string text)
    {
        string root = SkipProlog(text);
        if (IsPageDeclaration(root))
            return MarkupKind.Page;
        if (GetFirstElement(root) is not { } name)
            return MarkupKind.Other;
        if (PageRoots.Contains(name, StringComparer.OrdinalIgnoreCase))
            return MarkupKind.Page;
        if (ErrorRoots.Contains(name, StringComparer.OrdinalIgnoreCase)
            || (name.Equals("Envelope", StringComparison.OrdinalIgnoreCase)
                && Regex.IsMatch(root, @"<(?:[\w.-]+:)?Fault[\s/>]", Options)))
            return MarkupKind.Error;
        if (Regex.IsMatch(name, Response, Options))
            return MarkupKind.Response;
        return HasPageElementsOnly(root) ? MarkupKind.PagePart : MarkupKind.Other;
    }

    /// <summary>True when the first element is one of web pages, or hidden behind what is no data.</summary>
    /// <param name="text">The beginning of a document.</param>
    public static bool MayBePage(string text) =>
        GetFirstElement(text) is { } name
            ? PageElements.Contains(name) : SkipProlog(text).StartsWith("<!--", StringComparison.Ordinal);

    /// <summary>The first element, without its prefix; null where there is none.</summary>
    /// <param name="text">The beginning of a document.</param>
    public static string? GetFirstElement(string text)
    {
        var first = FirstElement.Match(SkipProlog(text));
        return first.Success ? first.Groups["name"].Value : null;
    }

    private static bool HasPageElementsOnly(string root)
    {
        foreach (Match element in Element.Matches(root))
        {
            string name = element.Groups["name"].Value;
            bool isEmpty = element.Groups["rest"].Value.EndsWith("/", StringComparison.Ordinal);
            if (name.Length > 0 && (!PageElements.Contains(name)
                || (isEmpty && !EmptyElements.Contains(name, StringComparer.OrdinalIgnoreCase))))
                return false;
        }

        return true;
    }

    private static bool IsPageDeclaration(string text) =>
        text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase);

    // The declarations and comments that may stand in front of any document.
    private static string SkipProlog(string text)
    {
        while (true)
        {
            text = text.TrimStart();
            string end = text.StartsWith("<?", StringComparison.Ordinal) ? "?>"
                : text.StartsWith("<!--", StringComparison.Ordinal) ? "-->"
                : text.StartsWith("<!", StringComparison.Ordinal) && !IsPageDeclaration(text) ? ">" : "";
            int index = end.Length == 0 ? -1 : text.IndexOf(end, StringComparison.Ordinal);
            if (index < 0)
                return text;
            text = text.Substring(index + end.Length);
        }
    }
}
