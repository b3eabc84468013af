using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BackupLinks.Json;

/// <summary>
/// A whole number that can arrive as a string or with a fraction; anything that is not a number, or
/// is out of range, is null.
/// </summary>
internal sealed class LenientInt64Converter : JsonConverter<long?>
{
    public override bool HandleNull => true;

    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetInt64(out long whole) ? whole
                    : Whole(reader.TryGetDecimal(out decimal number) ? number : null);
            case JsonTokenType.String:
                return decimal.TryParse(
                    WireText.Read(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal parsed)
                        ? Whole(parsed) : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } number)
            writer.WriteNumberValue(number);
        else
            writer.WriteNullValue();
    }

    private static long? Whole(decimal? number) =>
        number is { } value and >= long.MinValue and <= long.MaxValue ? (long)value : null;
}
