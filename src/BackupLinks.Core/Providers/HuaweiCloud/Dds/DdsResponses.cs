using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Json;

namespace BackupLinks.HuaweiCloud.Dds;

// The shape of GET /v3/{project_id}/backups/download-file.

internal sealed record DdsFilesResponse
{
    [JsonConverter(typeof(LenientListConverter<DdsFileItem>))]
    public IReadOnlyList<DdsFileItem?>? Files { get; init; }

    public string? Bucket { get; init; }

    /// <summary>
    /// The group of all files. The page has no groups; the SDK's model has them here and with each file.
    /// </summary>
    public string? GroupId { get; init; }

    public string? GroupName { get; init; }

    /// <summary>False for JSON that is not a response to this request.</summary>
    [JsonIgnore]
    public bool IsComplete => Files is not null || Bucket is not null;
}

internal sealed record DdsFileItem
{
    public string? Name { get; init; }

    /// <summary>Kilobytes.</summary>
    public long? Size { get; init; }

    public string? DownloadLink { get; init; }

    public string? LinkExpiredTime { get; init; }

    public string? GroupId { get; init; }

    public string? GroupName { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(DdsFilesResponse))]
internal sealed partial class DdsJson : JsonSerializerContext;
