using System;
using System.Text.Json;

namespace BackupLinks.Catalog;

/// <summary>Reads the lines of saved files. What a file repeats in line after line is in memory once.</summary>
/// <param name="withObjects">False to skip what only recognises an object.</param>
internal sealed class CatalogEntryReader(bool withObjects)
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
        switch (name.Length)
        {
            case 4 when name.SequenceEqual("path"u8):
                entry.Path = RequiredText(ref json);
                break;
            case 4 when name.SequenceEqual("size"u8):
                entry.Size = Number(ref json) ?? throw new FormatException();
                break;
            case 4 when name.SequenceEqual("kind"u8):
                entry.Kind = Shared(ref json);
                break;
            case 4 when name.SequenceEqual("type"u8):
                entry.Type = Shared(ref json);
                break;
            case 4 when name.SequenceEqual("part"u8):
                entry.Part = Shared(ref json);
                break;
            case 4 when withObjects && name.SequenceEqual("etag"u8):
                entry.ETag = Text(ref json);
                break;
            case 5 when name.SequenceEqual("cloud"u8):
                entry.Cloud = Shared(ref json);
                break;
            case 5 when name.SequenceEqual("logId"u8):
                entry.LogId = Text(ref json);
                break;
            case 6 when name.SequenceEqual("sha256"u8):
                entry.Sha256 = RequiredText(ref json);
                break;
            case 6 when name.SequenceEqual("region"u8):
                entry.Region = Shared(ref json);
                break;
            case 6 when name.SequenceEqual("engine"u8):
                entry.Engine = Shared(ref json);
                break;
            case 6 when withObjects && name.SequenceEqual("object"u8):
                entry.Object = Text(ref json);
                break;
            case 6 when withObjects && name.SequenceEqual("source"u8):
                entry.Object ??= Text(ref json) is { } source ? CatalogEntry.Identify(source) : null;
                break;
            case 7 when name.SequenceEqual("savedAt"u8):
                entry.SavedAt = Time(ref json) ?? default;
                break;
            case 7 when name.SequenceEqual("service"u8):
                entry.Service = Shared(ref json);
                break;
            case 7 when name.SequenceEqual("endTime"u8):
                entry.EndTime = Time(ref json);
                break;
            case 7 when name.SequenceEqual("problem"u8):
                entry.Problem = Text(ref json);
                break;
            case 8 when name.SequenceEqual("backupId"u8):
                entry.BackupId = Text(ref json);
                break;
            case 8 when name.SequenceEqual("testedAt"u8):
                entry.TestedAt = Time(ref json);
                break;
            case 9 when name.SequenceEqual("fileCount"u8):
                entry.FileCount = (int?)Number(ref json);
                break;
            case 9 when name.SequenceEqual("testState"u8):
                entry.TestState = Shared(ref json);
                break;
            case 10 when name.SequenceEqual("instanceId"u8):
                entry.InstanceId = Shared(ref json);
                break;
            case 10 when name.SequenceEqual("verifiedBy"u8):
                entry.VerifiedBy = Shared(ref json);
                break;
            case 10 when name.SequenceEqual("backupTime"u8):
                entry.BackupTime = Time(ref json);
                break;
            case 12 when name.SequenceEqual("instanceName"u8):
                entry.InstanceName = Shared(ref json);
                break;
            case 12 when withObjects && name.SequenceEqual("lastModified"u8):
                entry.LastModified = Time(ref json);
                break;
            default:
                json.Skip();
                break;
        }
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
