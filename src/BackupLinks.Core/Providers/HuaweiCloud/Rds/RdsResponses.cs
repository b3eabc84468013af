using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Json;

namespace BackupLinks.HuaweiCloud.Rds;

// The shape of GET /v3/{project_id}/backup-files.

internal sealed record RdsFilesResponse
{
    [JsonConverter(typeof(LenientListConverter<RdsFileItem>))]
    public IReadOnlyList<RdsFileItem?>? Files { get; init; }

    public string? Bucket { get; init; }

    /// <summary>False for JSON that is not a response to this request.</summary>
    [JsonIgnore]
    public bool IsComplete => Files is not null || Bucket is not null;
}

internal sealed record RdsFileItem
{
    public string? Name { get; init; }

    /// <summary>Kilobytes.</summary>
    public long? Size { get; init; }

    public string? DownloadLink { get; init; }

    public string? LinkExpiredTime { get; init; }

    /// <summary>The old page's name for the same; its own example has the other.</summary>
    public string? LinkExpiredLink { get; init; }

    public string? DatabaseName { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(RdsFilesResponse))]
internal sealed partial class RdsJson : JsonSerializerContext;
