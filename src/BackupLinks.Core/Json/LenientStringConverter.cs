using System;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BackupLinks.Json;

/// <summary>
/// A documented string that may arrive as something else: numbers and booleans keep their spelling, and
/// <c>null</c>, <c>{ }</c> and <c>[ ]</c> (all seen in the vendors' samples) are null.
/// </summary>
internal sealed class LenientStringConverter : JsonConverter<string?>
{
    public override bool HandleNull => true;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return WireText.Read(ref reader);
            case JsonTokenType.Number:
                // Converters are handed a contiguous buffer; a sequence appears with streams only.
                return Encoding.UTF8.GetString(reader.ValueSpan.ToArray());
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
