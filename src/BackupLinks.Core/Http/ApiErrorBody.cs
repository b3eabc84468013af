using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace BackupLinks.Http;

/// <summary>
/// What an error answer says, in whichever shape it came: <c>error_code</c>/<c>error_msg</c> (DCS, RDS,
/// gateway), <c>errCode</c>/<c>externalMessage</c> (RDS v1), <c>errorCode</c>/<c>errorMessage</c>, IAM's
/// nested <c>error</c> with a number for a code, Capital Online's <c>Code</c>/<c>Message</c>, or XML.
/// </summary>
internal sealed record ApiErrorBody(string? Code, string? Message, string? RequestId)
{
    private const int MaxDepth = 8;

    private static readonly (string Code, string Message)[] Spellings =
    [
        ("error_code", "error_msg"),
        ("errCode", "externalMessage"),
        ("errorCode", "errorMessage"),
        ("code", "message"),
        ("Code", "Message"),
    ];

    private static readonly ApiErrorBody Nothing = new(null, null, null);

    /// <summary>Reads the body of an answer; a body in no known shape gives nothing.</summary>
    public static ApiErrorBody Parse(string body)
    {
        string text = body.TrimStart();
        if (text.StartsWith("<", StringComparison.Ordinal))
            return ParseXml(text);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var found = Find(document.RootElement) ?? Nothing;
            return found with { RequestId = Text(document.RootElement, "request_id") ?? found.RequestId };
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    private static ApiErrorBody? Find(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().Select(Find).FirstOrDefault(found => found is not null);
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var (code, message) in Spellings)
        {
            // A code without a message, or the other way round, is still worth more than nothing.
            if (Text(element, code) is { } foundCode && foundCode != "Success")
                return new(foundCode, Text(element, message) ?? Text(element, "title"), Text(element, "request_id") ?? Text(element, "TaskId"));
        }

        foreach (var (_, message) in Spellings)
        {
            if (Text(element, message) is { } foundMessage)
                return new(null, foundMessage, Text(element, "request_id"));
        }

        return element.EnumerateObject().Select(property => Find(property.Value)).FirstOrDefault(found => found is not null);
    }

    private static string? Text(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value))
            return null;
        string? text = value.ValueKind switch
        {
            JsonValueKind.String => GetString(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static string GetString(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText(); // half a surrogate pair
        }
    }

    private static ApiErrorBody ParseXml(string text)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(new StringReader(text), settings);
            var root = XElement.Load(reader);
            if (root.Name.LocalName != "Error")
                return Nothing;
            return new(Child(root, "Code"), Child(root, "Message"), Child(root, "RequestId"));
        }
        catch (XmlException)
        {
            return Nothing; // HTML, or XML that was cut off
        }
    }

    private static string? Child(XElement root, string name)
    {
        string? value = root.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value;
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }
}
