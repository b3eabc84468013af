using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace BackupLinks.Http;

/// <summary>
/// The content of an error response, in one of the provider's shapes, nested or not, or in XML.
/// </summary>
internal sealed record ApiErrorBody(string? Code, string? Message, string? RequestId)
{
    private const int MaxDepth = 8;

    /// <summary>The members that most providers have for an error's code and its message.</summary>
    public static readonly IReadOnlyList<(string Code, string Message)> CommonShapes =
    [
        ("error_code", "error_msg"),
        ("errCode", "externalMessage"),
        ("errorCode", "errorMessage"),
        ("code", "message"),
        ("Code", "Message"),
    ];

    /// <summary>The members that most providers have for the id of a request.</summary>
    public static readonly IReadOnlyList<string> CommonRequestIdMembers = ["request_id", "RequestId"];

    // Of gateways and portals, as a part of a store's response only. A code has no blanks.
    private static readonly (string Code, string Message)[] OtherShapes =
    [
        ("error", "error_description"), ("errcode", "errmsg"), ("faultcode", "faultstring"), ("err", "msg"),
        ("title", "detail"), ("fault", "reason"),
    ];

    private static readonly string[] XmlRoots = ["Error", "ErrorResponse", "Errors", "Response", "Fault", "Envelope"];
    private static readonly char[] Leading = ['\uFEFF', ' ', '\t', '\r', '\n'];

    private static readonly ApiErrorBody Nothing = new(null, null, null);

    /// <summary>Reads the body of a response; a body in no known shape gives nothing.</summary>
    /// <param name="body">The text.</param>
    /// <param name="provider">Knows the shapes; null for the common ones.</param>
    public static ApiErrorBody Parse(string body, ApiConventions? provider = null)
    {
        string text = body.TrimStart(Leading);
        if (text.StartsWith("<", StringComparison.Ordinal))
            return ParseXml(text);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var found = Find(document.RootElement, provider)
                ?? (provider is null ? FindOther(document.RootElement) : null) ?? Nothing;
            return found with { RequestId = RequestIdOf(document.RootElement, provider) ?? found.RequestId };
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    private static ApiErrorBody? Find(JsonElement element, ApiConventions? provider)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().Select(item => Find(item, provider)).FirstOrDefault(
                found => found is not null);
        }

        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var (code, message) in provider?.ErrorShapes ?? CommonShapes)
        {
            // A code without a message, or the other way round, is still worth more than nothing.
            if (Text(element, code) is { } foundCode && foundCode != "Success")
                return new(foundCode, Text(element, message) ?? Text(element, "title"), RequestIdOf(element, provider));
        }

        foreach (var (_, message) in provider?.ErrorShapes ?? CommonShapes)
        {
            if (Text(element, message) is { } foundMessage)
                return new(null, foundMessage, RequestIdOf(element, provider));
        }

        var inner = element.EnumerateObject().Select(property => Find(property.Value, provider)).FirstOrDefault(
            found => found is not null);
        return inner is null ? null : inner with { RequestId = inner.RequestId ?? RequestIdOf(element, provider) };
    }

    private static ApiErrorBody? FindOther(JsonElement element)
    {
        foreach (var (code, message) in OtherShapes)
        {
            string? name = Text(element, code);
            string? words = Text(element, message);
            bool isSentence = name?.Any(char.IsWhiteSpace) == true;
            if (name is not null || words is not null)
                return new(isSentence ? null : name, words ?? (isSentence ? name : null), null);
        }

        return null;
    }

    private static string? RequestIdOf(JsonElement element, ApiConventions? provider) =>
        (provider?.RequestIdMembers ?? CommonRequestIdMembers).Select(
            name => Text(element, name)).FirstOrDefault(id => id is not null);

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
            if (!XmlRoots.Contains(root.Name.LocalName, StringComparer.OrdinalIgnoreCase))
                return Nothing;
            var error = root.DescendantsAndSelf().FirstOrDefault(child => IsNamed(child, "Error"))
                ?? root.DescendantsAndSelf().FirstOrDefault(child => IsNamed(child, "Fault"));
            if (error is null)
                return Nothing;
            return new(
                Child(error, "Code") ?? Child(error, "faultcode"),
                Child(error, "Message") ?? Child(error, "faultstring") ?? Child(error, "Reason"),
                Child(error, "RequestId") ?? Child(root, "RequestId"));
        }
        catch (XmlException)
        {
            return Nothing; // HTML, or XML that was cut off
        }
    }

    private static string? Child(XElement root, string name)
    {
        string? value = root.Elements().FirstOrDefault(child => IsNamed(child, name))?.Value;
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }

    private static bool IsNamed(XElement element, string name) =>
        element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);
}
