using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.Manifests;

/// <summary>Reads what <see cref="JsonLinesWriter"/> wrote, also after other programs had it in hand.</summary>
internal static class JsonLinesReader
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true };

    /// <summary>Reads the lines that are not blank, one after the other.</summary>
    /// <param name="text">The manifest.</param>
    /// <param name="kinds">The kinds of link that there are.</param>
    public static IEnumerable<ManifestLine> Read(TextReader text, LinkKindRegistry kinds)
    {
        int number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Read(number, line, kinds);
        }
    }

    private static ManifestLine Read(int number, string line, LinkKindRegistry kinds)
    {
        try
        {
            using var json = JsonDocument.Parse(line, Lenient);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return Read(number, json.RootElement, kinds);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or not text: half a character. The reader of the line reports it.
        }

        return new ManifestLine(number, null, null);
    }

    private static ManifestLine Read(int number, JsonElement line, LinkKindRegistry kinds)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in line.EnumerateObject())
            members[member.Name] = member.Value;
        var kind = members.TryGetValue(JsonLinesWriter.KindName, out var name) && name.ValueKind == JsonValueKind.String
            ? kinds.Find(name.GetString()!) : null;
        if (kind is not null)
            members.Remove(JsonLinesWriter.KindName);
        return new ManifestLine(
            number, kind, members.ToDictionary(
                member => member.Key, member => Convert(
                    kind, member.Key, member.Value), StringComparer.OrdinalIgnoreCase));
    }

    private static object? Convert(LinkKind? kind, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return Convert(kind, name, value.GetString()!);
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number when value.TryGetInt64(out long number) => number,
            JsonValueKind.Array => value.EnumerateArray().Select(item => Convert(null, "", item)).ToArray(),
            _ => value.GetRawText(),
        };
    }

    // The kind of link determines the type of a text.
    private static object Convert(LinkKind? kind, string name, string text)
    {
        var type = LinkKind.TypeOf(kind, name);
        if (type == typeof(Uri) && PresignedUri.TryParse(text, out var address))
            return address!;
        if (type == typeof(DateTimeOffset?)
            && DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        return text;
    }
}
