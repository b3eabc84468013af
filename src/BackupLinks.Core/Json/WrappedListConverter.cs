using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BackupLinks.Json;

/// <summary>
/// A list that is the only member of an object, as in <c>"Items":{"Backup":[...]}</c>; <c>{ }</c> is an empty list. The
/// name of the member does not matter.
/// </summary>
internal sealed class WrappedListConverter<T> : JsonConverter<IReadOnlyList<T?>?>
    where T : class
{
    private static readonly LenientListConverter<T> List = new();

    public override IReadOnlyList<T?>? Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return List.Read(ref reader, typeToConvert, options);
        IReadOnlyList<T?>? found = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            reader.Read();
            if (found is null && reader.TokenType != JsonTokenType.Null)
                found = List.Read(ref reader, typeToConvert, options);
            else
                reader.Skip();
        }

        return found ?? [];
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T?>? value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
