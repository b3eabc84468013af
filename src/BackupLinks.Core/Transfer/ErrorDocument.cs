using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using BackupLinks.Formats;
using BackupLinks.Http;

namespace BackupLinks.Transfer;

/// <summary>
/// An error, or a page for people, that a gateway, a portal or a store returned in the place of a file. The first bytes
/// tell: no format of backups begins like one.
/// </summary>
/// <param name="What">The kind of document, with its article.</param>
/// <param name="Error">The code and the message in it, where it has them.</param>
/// <param name="IsDoubt">True for a document that may be the file.</param>
internal sealed record ErrorDocument(string What, ApiErrorBody Error, bool IsDoubt = false)
{
    /// <summary>How many bytes are looked at. An error document is shorter.</summary>
    public const int LongestLook = 64 * 1024;

    /// <summary>How many bytes tell whether the others are worth a look.</summary>
    public const int ShortestLook = 512;

    // The most of a document that is suspicious without a mark of an error, and of data with one.
    private const int LongestNote = 16 * 1024;
    private const int MostDepth = 16;

    // The most of an error that its first members do not tell from data.
    private const int LongestEnvelope = 4 * 1024;
    private const int MostMembers = 8;

    private static readonly ApiErrorBody NoError = new(null, null, null);

    private static readonly string[] ErrorKeys =
        ["error_code", "error_msg", "errCode", "externalMessage", "errorCode", "errorMessage", "error", "errors",
        "code",
        "message"];

    // Of other gateways. In data such members are usual, so they count only where nothing else tells.
    private static readonly string[] OtherErrorKeys =
        ["msg", "detail", "details", "fault", "faultstring", "errmsg", "err", "errcode", "exception", "reason", "title",
        "status", "statusCode", "ret", "success", "error_description"];

    private static readonly string[] RequestIdKeys =
        ["request_id", "requestId", "trace_id", "traceId", "host_id", "hostId"];

    // Of the rows of MongoDB.
    private const string RowKey = "_id";

    // Data of databases and systems in XML, which no service returns.
    private static readonly string[] DataRoots = ["mysqldump", "resultset", "plist", "svg"];

    // Files of people, in which a document is nothing odd as long as it is not an error.
    private static readonly string[] TextExtensions = [".log", ".txt", ".csv", ".tsv", ".out", ".err", ".trc", ".xel",
    ".sql"];
    private static readonly string[] PageExtensions = [".html", ".htm", ".xhtml", ".xml", ".json", ".jsonl", ".ndjson",
    ".svg"];

    /// <summary>True for a file that is a page or a document by its name.</summary>
    public static bool IsDocumentName(string fileName) => HasExtension(fileName, PageExtensions);

    /// <summary>True for a file of text by its name, such as a log.</summary>
    public static bool IsTextName(string fileName) =>
        HasExtension(fileName, TextExtensions) || IsDocumentName(fileName);

    /// <summary>True when the beginning of a body may be a document's, so that it is worth reading on.</summary>
    public static bool MayBegin(byte[] bytes, int count) =>
        count < 4
            || Decode(bytes, Math.Min(count, 64)).TrimStart() is { } text
            && (text.Length == 0 || text[0] is '<' or '{' or '[');

    /// <summary>Recognises an error document.</summary>
    /// <param name="bytes">The first bytes.</param>
    /// <param name="count">How many.</param>
    /// <param name="isAll">True when the body has no more.</param>
    /// <param name="fileName">The name that the file is to have.</param>
    /// <param name="isUntold">
    /// True when no size and no entity tag tells that it is a stored object, so that any whole document is suspicious
    /// under a name that is none of a document.
    /// </param>
    /// <param name="isPage">True when the response says that the body is a web page.</param>
    /// <returns>Null for what may be a backup.</returns>
    public static ErrorDocument? Recognize(
        byte[] bytes, int count, bool isAll, string fileName, bool isUntold = false, bool isPage = false)
    {
        string text = Decode(bytes, count).TrimStart();
        bool isSuspicious = isUntold && isAll && count <= LongestNote && !IsTextName(fileName);
        if (text.StartsWith("<", StringComparison.Ordinal))
        {
            bool isMarkup = isSuspicious && text.Length > 1 && (char.IsLetter(text[1]) || text[1] is '!' or '?')
                && !DataRoots.Contains(Markup.GetFirstElement(text));
            return RecognizeMarkup(text, isAll, fileName, isPage) is { } document && !(document.IsDoubt && isMarkup)
                ? document
                : isMarkup ? new ErrorDocument("a document in markup", ApiErrorBody.Parse(text)) : null;
        }

        return isAll && text.StartsWith("{", StringComparison.Ordinal)
            || isAll && text.StartsWith("[", StringComparison.Ordinal)
            ? RecognizeJson(text, fileName, isSuspicious)
            : null;
    }

    private static ErrorDocument? RecognizeMarkup(string text, bool isAll, string fileName, bool isPage)
    {
        bool isText = HasExtension(fileName, TextExtensions);
        var kind = Markup.Classify(text);
        if (kind == MarkupKind.Page || (kind == MarkupKind.PagePart && !isText)
            || (isPage && Markup.MayBePage(text)))
            return new ErrorDocument("a web page", NoError);
        if (kind == MarkupKind.Error)
            return new ErrorDocument("an XML error", ApiErrorBody.Parse(text));
        if (isText)
            return null;
        if (isAll && ApiErrorBody.Parse(text) is { Code: not null } error)
            return new ErrorDocument("an XML error", error);
        bool isXml = text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase);
        if (!isXml || DataRoots.Contains(Markup.GetFirstElement(text)))
            return null;
        return new ErrorDocument("an XML document", NoError, IsDoubt: kind != MarkupKind.Response);
    }

    private static ErrorDocument? RecognizeJson(string text, string fileName, bool isSuspicious)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MostDepth });
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
                root = root.EnumerateArray().FirstOrDefault();
            bool isList = document.RootElement.ValueKind == JsonValueKind.Array;
            bool isError = HasErrorKey(root, text.Length > LongestNote, isList, fileName)
                || (text.Length <= LongestEnvelope && !HasExtension(fileName, TextExtensions)
                    && !HasExtension(fileName, PageExtensions) && IsEnvelope(document.RootElement));
            if (isError)
                return new ErrorDocument("a JSON error", ApiErrorBody.Parse(text));
            bool isNote = root.ValueKind == JsonValueKind.Object
                && root.EnumerateObject().Any(property => IsIn(OtherErrorKeys, property.Name));
            return !isSuspicious ? null
                : isNote ? new ErrorDocument("a JSON document", ApiErrorBody.Parse(text))
                : new ErrorDocument("a JSON document", NoError, IsDoubt: true);
        }
        catch (JsonException)
        {
            return null; // not one document: the lines of an export, or text
        }
    }

    // An error that is long begins with what it is. A line of a log may have a message, too.
    private static bool HasErrorKey(JsonElement root, bool isLong, bool isList, string fileName)
    {
        string[] names = root.ValueKind == JsonValueKind.Object
            ? [.. root.EnumerateObject().Select(property => property.Name)] : [];
        if (!names.Any(IsErrorKey) || names.Contains(RowKey))
            return false;
        if (HasExtension(fileName, TextExtensions))
            return names.All(name => IsErrorKey(name) || IsIn(OtherErrorKeys, name) || IsIn(RequestIdKeys, name));
        return !isLong || (!isList && names.Length <= MostMembers
            && names[0].StartsWith("err", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsErrorKey(string name) => IsIn(ErrorKeys, name);

    private static bool IsIn(IEnumerable<string> names, string name) =>
        names.Contains(name, StringComparer.OrdinalIgnoreCase);

    // Data may have some of these members, too: so all of them have to be there, and not much else.
    private static bool IsEnvelope(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Count() > MostMembers)
            return false;
        if (root.TryGetProperty("Response", out var inner) && inner.ValueKind == JsonValueKind.Object
            && inner.TryGetProperty(nameof(Error), out var error) && error.ValueKind == JsonValueKind.Object)
        {
            return root.EnumerateObject().Count() == 1 && IsText(error, "Code");
        }

        // RFC 9457.
        if (root.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Number
            && status.TryGetInt32(out int code) && code is >= 400 and < 600 && IsText(root, "title"))
        {
            return true;
        }

        return root.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.False
            && IsText(root, "msg");
    }

    private static bool IsText(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String;

    private static bool HasExtension(string fileName, string[] extensions) =>
        extensions.Contains(Path.GetExtension(fileName), StringComparer.OrdinalIgnoreCase);

    // By its byte order mark; UTF-8 without one.
    private static string Decode(byte[] bytes, int count)
    {
        using var reader = new StreamReader(
            new MemoryStream(bytes, 0, count), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd().TrimStart('\uFEFF');
    }
}
