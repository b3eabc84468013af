using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.HuaweiCloud.Rds;

// The shapes of GET /v3/{project_id}/instances and GET /v3/{project_id}/backups.

internal sealed record RdsInstancesResponse : IListResponse<RdsInstanceItem>
{
    [JsonPropertyName("total_count")]
    public long? Total { get; init; }

    [JsonPropertyName("instances")]
    [JsonConverter(typeof(LenientListConverter<RdsInstanceItem>))]
    public IReadOnlyList<RdsInstanceItem?>? Records { get; init; }
}

internal sealed record RdsInstanceItem
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Status { get; init; }

    public string? Type { get; init; }

    [JsonConverter(typeof(LenientObjectConverter<RdsDatastore>))]
    public RdsDatastore? Datastore { get; init; }

    [JsonConverter(typeof(LenientObjectConverter<RdsVolume>))]
    public RdsVolume? Volume { get; init; }

    public long? Port { get; init; }

    public string? Created { get; init; }

    public string? Updated { get; init; }
}

internal sealed record RdsDatastore
{
    public string? Type { get; init; }

    public string? Version { get; init; }
}

internal sealed record RdsVolume
{
    /// <summary>Gigabytes.</summary>
    public long? Size { get; init; }
}

internal sealed record RdsBackupsResponse : IListResponse<RdsBackupItem>
{
    [JsonPropertyName("total_count")]
    public long? Total { get; init; }

    [JsonPropertyName("backups")]
    [JsonConverter(typeof(LenientListConverter<RdsBackupItem>))]
    public IReadOnlyList<RdsBackupItem?>? Records { get; init; }
}

internal sealed record RdsBackupItem
{
    public string? Id { get; init; }

    public string? InstanceId { get; init; }

    public string? Name { get; init; }

    public string? Type { get; init; }

    public string? Status { get; init; }

    /// <summary>Kilobytes.</summary>
    public long? Size { get; init; }

    public string? BeginTime { get; init; }

    public string? EndTime { get; init; }

    [JsonConverter(typeof(LenientObjectConverter<RdsDatastore>))]
    public RdsDatastore? Datastore { get; init; }

    [JsonConverter(typeof(LenientListConverter<RdsDatabase>))]
    public IReadOnlyList<RdsDatabase?>? Databases { get; init; }

    public string? AssociatedWithDdm { get; init; }
}

internal sealed record RdsDatabase
{
    public string? Name { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(RdsInstancesResponse))]
[JsonSerializable(typeof(RdsBackupsResponse))]
internal sealed partial class RdsListJson : JsonSerializerContext;
