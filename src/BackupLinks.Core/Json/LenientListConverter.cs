using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace BackupLinks.Json;

/// <summary>A list whose entries can be anything: an entry that is not an object is null.</summary>
internal sealed class LenientListConverter<T> : JsonConverter<IReadOnlyList<T?>?>
    where T : class
{
    public override IReadOnlyList<T?>? Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            reader.Skip(); // the vendors' samples write { } for nothing
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();
        var type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        var list = new List<T?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                list.Add(JsonSerializer.Deserialize(ref reader, type));
            }
            else
            {
                reader.Skip();
                list.Add(null);
            }
        }

        return list;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T?>? value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
