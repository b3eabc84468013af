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
        try
        {
            return (ReadUsual(line) ?? ReadAny(line)) is { } entry && IsWhole(entry) ? entry : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private CatalogEntry? ReadUsual(ReadOnlySpan<byte> line)
    {
        if (UsualFields.HasControl(line))
            return null;
        var entry = NewEntry();
        for (var fields = new UsualFields(line); !fields.HasEnded;)
        {
            if (!fields.Read() || (fields.IsEscaped && !IsSkipped(fields.Name)))
                return null;
            ReadField(fields.Name, fields.Value, entry);
        }

        return entry;
    }

    private CatalogEntry? ReadAny(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return null;
        var entry = NewEntry();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            json.Read();
            ReadField(name, new CatalogValue(json.TokenType, GetBytes(ref json)), entry);
            json.Skip();
        }

        // The reader refuses text behind the object.
        return json.TokenType == JsonTokenType.EndObject && !json.Read() ? entry : null;
    }

    private static CatalogEntry NewEntry() => new() { Path = "", Size = -1, Sha256 = "" };

    private static ReadOnlySpan<byte> GetBytes(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
            return json.ValueSpan;
        byte[] text = new byte[json.ValueSpan.Length];
        return text.AsSpan(0, json.CopyString(text));
    }

    // The tag has quotes in it.
    private bool IsSkipped(ReadOnlySpan<byte> name) => !withObjects && name.SequenceEqual("etag"u8);

    private void ReadField(ReadOnlySpan<byte> name, CatalogValue value, CatalogEntry entry)
    {
        switch (name.Length)
        {
            case 4 when name.SequenceEqual("path"u8):
                entry.Path = value.ToText() ?? throw new FormatException();
                break;
            case 4 when name.SequenceEqual("size"u8):
                entry.Size = value.ToNumber() ?? throw new FormatException();
                break;
            case 4 when name.SequenceEqual("kind"u8):
                entry.Kind = value.ToText(_texts);
                break;
            case 4 when name.SequenceEqual("type"u8):
                entry.Type = value.ToText(_texts);
                break;
            case 4 when name.SequenceEqual("part"u8):
                entry.Part = value.ToText(_texts);
                break;
            case 4 when withObjects && name.SequenceEqual("etag"u8):
                entry.ETag = value.ToText();
                break;
            case 5 when name.SequenceEqual("cloud"u8):
                entry.Cloud = value.ToText(_texts);
                break;
            case 5 when name.SequenceEqual("logId"u8):
                entry.LogId = value.ToText();
                break;
            case 6 when name.SequenceEqual("sha256"u8):
                entry.Sha256 = value.ToText() ?? throw new FormatException();
                break;
            case 6 when name.SequenceEqual("region"u8):
                entry.Region = value.ToText(_texts);
                break;
            case 6 when name.SequenceEqual("engine"u8):
                entry.Engine = value.ToText(_texts);
                break;
            case 6 when withObjects && name.SequenceEqual("object"u8):
                entry.Object = value.ToText();
                break;
            case 6 when withObjects && name.SequenceEqual("source"u8):
                entry.Object ??= value.ToText() is { } source ? CatalogEntry.Identify(source) : null;
                break;
            case 7 when name.SequenceEqual("savedAt"u8):
                entry.SavedAt = value.ToTime() ?? default;
                break;
            case 7 when name.SequenceEqual("service"u8):
                entry.Service = value.ToText(_texts);
                break;
            case 7 when name.SequenceEqual("endTime"u8):
                entry.EndTime = value.ToTime();
                break;
            case 7 when name.SequenceEqual("problem"u8):
                entry.Problem = value.ToText();
                break;
            case 8 when name.SequenceEqual("backupId"u8):
                entry.BackupId = value.ToText();
                break;
            case 8 when name.SequenceEqual("testedAt"u8):
                entry.TestedAt = value.ToTime();
                break;
            case 9 when name.SequenceEqual("fileCount"u8):
                entry.FileCount = (int?)value.ToNumber();
                break;
            case 9 when name.SequenceEqual("testState"u8):
                entry.TestState = value.ToText(_texts);
                break;
            case 10 when name.SequenceEqual("instanceId"u8):
                entry.InstanceId = value.ToText(_texts);
                break;
            case 10 when name.SequenceEqual("verifiedBy"u8):
                entry.VerifiedBy = value.ToText(_texts);
                break;
            case 10 when name.SequenceEqual("backupTime"u8):
                entry.BackupTime = value.ToTime();
                break;
            case 12 when name.SequenceEqual("instanceName"u8):
                entry.InstanceName = value.ToText(_texts);
                break;
            case 12 when withObjects && name.SequenceEqual("lastModified"u8):
                entry.LastModified = value.ToTime();
                break;
        }
    }

    private static bool IsWhole(CatalogEntry entry) =>
        entry.Path.Length > 0 && entry.Size >= 0 && entry.Sha256.Length > 0;
}
