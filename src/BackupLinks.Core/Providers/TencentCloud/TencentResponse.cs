using System.Text.Json;
using System.Text.Json.Serialization;

namespace BackupLinks.TencentCloud;

/// <summary>The object around every response, also that of an error, which has status 200.</summary>
/// <typeparam name="T">The response.</typeparam>
internal sealed record TencentEnvelope<T>
    where T : TencentResponse
{
    public T? Response { get; init; }
}

/// <summary>What a response of any action may have. Names on the wire are as they stand here.</summary>
internal abstract record TencentResponse
{
    public JsonElement? Error { get; init; }

    [JsonIgnore]
    public bool IsRefusal => Error is { ValueKind: not JsonValueKind.Null };
}
