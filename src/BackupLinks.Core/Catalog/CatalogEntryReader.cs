using System;
using System.Text.Json;

namespace BackupLinks.Catalog;

/// <summary>Reads the lines of saved files. What a file repeats in line after line is in memory once.</summary>
internal sealed class CatalogEntryReader
{
    private readonly TextPool _texts = new();

    /// <summary>Reads a line; fields that this version does not know are skipped.</summary>
    /// <returns>Null for a line that is not a saved file, such as one that a power cut has torn.</returns>
    public CatalogEntry? Read(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return null;
            var entry = new CatalogEntry { Path = "", Size = -1, Sha256 = "" };
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                ReadField(ref json, entry);
            return json.TokenType == JsonTokenType.EndObject && IsWhole(entry) ? entry : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private void ReadField(ref Utf8JsonReader json, CatalogEntry entry)
    {
        var name = json.ValueSpan;
        if (name.SequenceEqual("path"u8))
            entry.Path = RequiredText(ref json);
        else if (name.SequenceEqual("size"u8))
            entry.Size = Number(ref json) ?? throw new FormatException();
        else if (name.SequenceEqual("sha256"u8))
            entry.Sha256 = RequiredText(ref json);
        else if (name.SequenceEqual("object"u8))
            entry.Object = Text(ref json);
        else if (name.SequenceEqual("source"u8))
            entry.Object ??= Text(ref json) is { } source ? CatalogEntry.Identify(source) : null;
        else if (name.SequenceEqual("etag"u8))
            entry.ETag = Text(ref json);
        else if (name.SequenceEqual("lastModified"u8))
            entry.LastModified = Time(ref json);
        else if (name.SequenceEqual("savedAt"u8))
            entry.SavedAt = Time(ref json) ?? default;
        else if (name.SequenceEqual("cloud"u8))
            entry.Cloud = Shared(ref json);
        else if (name.SequenceEqual("service"u8))
            entry.Service = Shared(ref json);
        else if (name.SequenceEqual("region"u8))
            entry.Region = Shared(ref json);
        else if (name.SequenceEqual("instanceId"u8))
            entry.InstanceId = Shared(ref json);
        else if (name.SequenceEqual("instanceName"u8))
            entry.InstanceName = Shared(ref json);
        else if (name.SequenceEqual("engine"u8))
            entry.Engine = Shared(ref json);
        else if (name.SequenceEqual("backupId"u8))
            entry.BackupId = Text(ref json);
        else if (name.SequenceEqual("logId"u8))
            entry.LogId = Text(ref json);
        else if (name.SequenceEqual("kind"u8))
            entry.Kind = Shared(ref json);
        else if (name.SequenceEqual("type"u8))
            entry.Type = Shared(ref json);
        else if (name.SequenceEqual("backupTime"u8))
            entry.BackupTime = Time(ref json);
        else if (name.SequenceEqual("endTime"u8))
            entry.EndTime = Time(ref json);
        else if (name.SequenceEqual("fileCount"u8))
            entry.FileCount = (int?)Number(ref json);
        else if (name.SequenceEqual("testState"u8))
            entry.TestState = Shared(ref json);
        else if (name.SequenceEqual("problem"u8))
            entry.Problem = Text(ref json);
        else if (name.SequenceEqual("testedAt"u8))
            entry.TestedAt = Time(ref json);
        else
            json.Skip();
    }

    private static bool IsWhole(CatalogEntry entry) =>
        entry.Path.Length > 0 && entry.Size >= 0 && entry.Sha256.Length > 0;

    private static string RequiredText(ref Utf8JsonReader json) => Text(ref json) ?? throw new FormatException();

    private static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetString();
    }

    private string? Shared(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.String ? _texts.Read(ref json) : json.GetString();
    }

    private static long? Number(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.Null ? null : json.GetInt64();
    }

    private static DateTimeOffset? Time(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.Null ? null : json.GetDateTimeOffset();
    }
}
