using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.HuaweiCloud.Databases;

// The shapes of GET /v3/{project_id}/instances and GET /v3/{project_id}/backups, which the database services share.

internal sealed record DatabaseInstancesResponse : IListResponse<DatabaseInstanceItem>
{
    [JsonPropertyName("total_count")]
    public long? Total { get; init; }

    [JsonPropertyName("instances")]
    [JsonConverter(typeof(LenientListConverter<DatabaseInstanceItem>))]
    public IReadOnlyList<DatabaseInstanceItem?>? Records { get; init; }
}

internal sealed record DatabaseInstanceItem
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Status { get; init; }

    public string? Type { get; init; }

    /// <summary>The kind of instance, where the service does not call it a type.</summary>
    public string? Mode { get; init; }

    /// <summary>The storage engine.</summary>
    public string? Engine { get; init; }

    [JsonConverter(typeof(LenientObjectConverter<DatabaseVersion>))]
    public DatabaseVersion? Datastore { get; init; }

    [JsonConverter(typeof(LenientObjectConverter<DatabaseVolume>))]
    public DatabaseVolume? Volume { get; init; }

    public long? Port { get; init; }

    public string? Created { get; init; }

    public string? Updated { get; init; }
}

internal sealed record DatabaseVersion
{
    public string? Type { get; init; }

    public string? Version { get; init; }
}

internal sealed record DatabaseVolume
{
    /// <summary>Gigabytes.</summary>
    public long? Size { get; init; }
}

internal sealed record DatabaseBackupsResponse : IListResponse<DatabaseBackupItem>
{
    [JsonPropertyName("total_count")]
    public long? Total { get; init; }

    [JsonPropertyName("backups")]
    [JsonConverter(typeof(LenientListConverter<DatabaseBackupItem>))]
    public IReadOnlyList<DatabaseBackupItem?>? Records { get; init; }
}

internal sealed record DatabaseBackupItem
{
    public string? Id { get; init; }

    public string? InstanceId { get; init; }

    public string? InstanceName { get; init; }

    public string? Name { get; init; }

    public string? Type { get; init; }

    public string? Status { get; init; }

    /// <summary>A number; the service decides its unit.</summary>
    public string? Size { get; init; }

    public string? BeginTime { get; init; }

    public string? EndTime { get; init; }

    [JsonConverter(typeof(LenientObjectConverter<DatabaseVersion>))]
    public DatabaseVersion? Datastore { get; init; }

    public string? Description { get; init; }

    [JsonConverter(typeof(LenientListConverter<DatabaseName>))]
    public IReadOnlyList<DatabaseName?>? Databases { get; init; }

    public string? AssociatedWithDdm { get; init; }
}

internal sealed record DatabaseName
{
    public string? Name { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(DatabaseInstancesResponse))]
[JsonSerializable(typeof(DatabaseBackupsResponse))]
internal sealed partial class DatabaseListJson : JsonSerializerContext;
