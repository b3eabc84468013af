using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace BackupLinks.Json;

/// <summary>A list that may arrive as its only entry, bare; <c>{ }</c> is none.</summary>
internal sealed class OneOrManyConverter<T> : JsonConverter<IReadOnlyList<T?>?>
    where T : class
{
    private static readonly LenientListConverter<T> Many = new();

    public override IReadOnlyList<T?>? Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return Many.Read(ref reader, typeToConvert, options);
        var probe = reader;
        bool isEmpty = probe.Read() && probe.TokenType == JsonTokenType.EndObject;
        var entry = JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        return isEmpty ? null : [entry];
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T?>? value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
