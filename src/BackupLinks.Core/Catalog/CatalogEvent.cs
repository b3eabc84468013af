using System;
using System.Globalization;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BackupLinks.Catalog;

/// <summary>What happened to a file: a line of the catalog.</summary>
internal abstract record CatalogEvent
{
    private const int Version = 1;
    private const int LongestText = 4096;

    // A name reads as it is; no line of this file is ever a part of a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file's path, relative to the folder of the catalog, with <c>/</c> between folders.</summary>
    public required string Path { get; set; }

    /// <summary>The word for what happened; null for a file that was saved.</summary>
    private protected abstract string? Name { get; }

    /// <summary>The event as a line of JSON, with its end.</summary>
    public byte[] ToLine()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v", Version);
            Write(json, "event", Name);
            json.WriteString("path", Path);
            WriteFields(json);
            json.WriteEndObject();
        }

        text.WriteByte((byte)'\n');
        return text.ToArray();
    }

    /// <summary>Writes what this kind of event has besides.</summary>
    private protected abstract void WriteFields(Utf8JsonWriter json);

    /// <summary>Writes a text; nothing for null. The end of one that no provider has is left out.</summary>
    private protected static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value.Length > LongestText ? value.Substring(0, LongestText) : value);
    }

    /// <summary>Writes a time; nothing for null.</summary>
    private protected static void Write(Utf8JsonWriter json, string name, DateTimeOffset? time) => Write(
        json, name, time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
}
