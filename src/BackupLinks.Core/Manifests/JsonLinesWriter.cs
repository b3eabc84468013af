using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BackupLinks.Links;

namespace BackupLinks.Manifests;

/// <summary>
/// One JSON object a line, complete in itself: lines can be counted, sorted, split and joined. Source: jsonlines.org.
/// </summary>
internal sealed class JsonLinesWriter(TextWriter output) : ManifestWriter
{
    /// <summary>The member that says which kind of link a line is.</summary>
    public const string KindName = "Kind";

    // An address reads as it is; no line of this file is ever a part of a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override bool CanRenew => true;

    public override void Write(ManifestEntry entry)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            if (entry.Kind is { } kind)
                json.WriteString(KindName, kind);
            foreach (var property in entry.Properties)
            {
                json.WritePropertyName(property.Key);
                Write(json, property.Value);
            }

            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int or long or uint or short or ushort or byte or sbyte:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case Uri address:
                json.WriteStringValue(PresignedUri.ToText(address));
                break;
            case DateTimeOffset time:
                json.WriteStringValue(time.ToUniversalTime());
                break;
            case IEnumerable list and not string:
                json.WriteStartArray();
                foreach (object? item in list)
                    Write(json, item);
                json.WriteEndArray();
                break;
            case IFormattable formattable:
                json.WriteStringValue(formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }
}
