using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Json;

namespace BackupLinks.HuaweiCloud.Dcs;

// The shapes of POST .../backups/{backup_id}/links (v2 and v1.0) and POST .../redislog/{id}/links.

/// <summary>Seconds, as a number for both versions: the v1.0 page says String, and shows a number.</summary>
internal sealed record DcsLinksBody(int Expiration);

internal sealed record DcsLinksResponse
{
    public string? FilePath { get; init; }

    public string? BucketName { get; init; }

    [JsonConverter(typeof(LenientListConverter<DcsLinkItem>))]
    public IReadOnlyList<DcsLinkItem?>? Links { get; init; }

    /// <summary>False for JSON that is not a response to this request.</summary>
    [JsonIgnore]
    public bool IsComplete => Links is not null || BucketName is not null || FilePath is not null;
}

internal sealed record DcsLinkItem
{
    public string? FileName { get; init; }

    public string? Link { get; init; }
}

/// <summary>The table of the page has <c>id</c>, its example <c>backup_id</c>, the SDK's model both.</summary>
internal sealed record DcsLogLinkResponse
{
    public string? Id { get; init; }

    public string? BackupId { get; init; }

    public string? Link { get; init; }

    /// <summary>False for JSON that is not a response to this request.</summary>
    [JsonIgnore]
    public bool IsComplete => Link is not null || ((Id ?? BackupId) is not null);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(LenientStringConverter)])]
[JsonSerializable(typeof(DcsLinksBody))]
[JsonSerializable(typeof(DcsLinksResponse))]
[JsonSerializable(typeof(DcsLogLinkResponse))]
internal sealed partial class DcsJson : JsonSerializerContext;
