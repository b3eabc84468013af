using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;

namespace BackupLinks.Catalog;

/// <summary>A file that was saved. Holds no link, and nothing that opens one.</summary>
internal sealed record CatalogEntry
{
    private const int Version = 1;

    /// <summary>The file's path, relative to the folder of the catalog.</summary>
    public required string Path { get; init; }

    /// <summary>The size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The SHA-256 in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The address of the object, without its query.</summary>
    public required string Source { get; init; }

    /// <summary>The strong entity tag of the object, in quotes; null when the store sends none.</summary>
    public string? ETag { get; init; }

    /// <summary>When the object was stored; null when the store does not say.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>When the file got its name.</summary>
    public DateTimeOffset SavedAt { get; init; }

    /// <summary>The entry as a line of JSON, with its end.</summary>
    public byte[] ToLine()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteNumber("v", Version);
            json.WriteString("path", Path);
            json.WriteNumber("size", Size);
            json.WriteString("sha256", Sha256);
            json.WriteString("source", Source);
            json.WriteString("etag", ETag);
            json.WriteString("lastModified", ToText(LastModified));
            json.WriteString("savedAt", ToText(SavedAt));
            json.WriteEndObject();
        }

        text.WriteByte((byte)'\n');
        return text.ToArray();
    }

    /// <summary>Reads a line; fields that this version does not know are skipped.</summary>
    /// <returns>Null for a line that is not an entry, such as one that a power cut has torn.</returns>
    public static CatalogEntry? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            return json.GetProperty("v").GetInt32() < Version ? null : new CatalogEntry
            {
                Path = Required(json, "path"),
                Size = json.GetProperty("size").GetInt64(),
                Sha256 = Required(json, "sha256"),
                Source = Required(json, "source"),
                ETag = Optional(json, "etag"),
                LastModified = ToTime(Optional(json, "lastModified")),
                SavedAt = ToTime(Optional(json, "savedAt")) ?? default,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            return null;
        }
    }

    private static string Required(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException();

    private static string? Optional(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string? ToText(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset? ToTime(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
