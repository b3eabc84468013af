using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Json;

namespace BackupLinks.HuaweiCloud.TaurusDb;

// The shape of GET /v3/{project_id}/instances/{instance_id}.

internal sealed record TaurusDbDetailResponse
{
    [JsonConverter(typeof(LenientObjectConverter<TaurusDbDetail>))]
    public TaurusDbDetail? Instance { get; init; }
}

internal sealed record TaurusDbDetail
{
    [JsonConverter(typeof(LenientListConverter<TaurusDbNode>))]
    public IReadOnlyList<TaurusDbNode?>? Nodes { get; init; }
}

internal sealed record TaurusDbNode
{
    public string? Id { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(TaurusDbDetailResponse))]
internal sealed partial class TaurusDbJson : JsonSerializerContext;
