using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Json;

namespace BackupLinks.HuaweiCloud.Databases;

// The shape of GET /v3/{project_id}/backup-files.

internal sealed record DatabaseFilesResponse
{
    [JsonConverter(typeof(LenientListConverter<DatabaseFileItem>))]
    public IReadOnlyList<DatabaseFileItem?>? Files { get; init; }

    public string? Bucket { get; init; }

    /// <summary>False for JSON that is not a response to this request.</summary>
    [JsonIgnore]
    public bool IsComplete => Files is not null || Bucket is not null;
}

internal sealed record DatabaseFileItem
{
    public string? Name { get; init; }

    /// <summary>A number; the service decides its unit.</summary>
    public long? Size { get; init; }

    public string? DownloadLink { get; init; }

    public string? LinkExpiredTime { get; init; }

    /// <summary>The old RDS page's name for the same; its own example has the other.</summary>
    public string? LinkExpiredLink { get; init; }

    public string? DatabaseName { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(DatabaseFilesResponse))]
internal sealed partial class DatabaseFilesJson : JsonSerializerContext;
