using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.TencentCloud;

// The shapes of the lists of logs. One record has the members of all services and kinds. Names on the wire are as they
// stand here.

internal sealed record TencentLogsResponse : TencentResponse, IListResponse<TencentLogItem>
{
    /// <summary>MySQL.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentLogItem>))]
    public IReadOnlyList<TencentLogItem?>? Items { get; init; }

    /// <summary>PostgreSQL.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentLogItem>))]
    public IReadOnlyList<TencentLogItem?>? LogBackupSet { get; init; }

    /// <summary>MariaDB.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentLogItem>))]
    public IReadOnlyList<TencentLogItem?>? Files { get; init; }

    /// <summary>TDSQL-C.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentLogItem>))]
    public IReadOnlyList<TencentLogItem?>? Binlogs { get; init; }

    public long? TotalCount { get; init; }

    [JsonIgnore]
    public IReadOnlyList<TencentLogItem?>? Records => Items ?? LogBackupSet ?? Files ?? Binlogs;

    [JsonIgnore]
    public long? Total => TotalCount;
}

internal sealed record TencentLogItem
{
    public string? Name { get; init; }

    public string? Status { get; init; }

    /// <summary>Bytes.</summary>
    public long? Size { get; init; }

    /// <summary>A day, or a time.</summary>
    public string? Date { get; init; }

    public string? BinlogStartTime { get; init; }

    public string? BinlogFinishTime { get; init; }

    public string? InternetUrl { get; init; }

    public string? IntranetUrl { get; init; }

    /// <summary>The id of PostgreSQL.</summary>
    public string? Id { get; init; }

    /// <summary>The state of PostgreSQL.</summary>
    public string? State { get; init; }

    public string? StartTime { get; init; }

    /// <summary>The end of PostgreSQL and TDSQL-C.</summary>
    public string? FinishTime { get; init; }

    /// <summary>The end of MariaDB.</summary>
    public string? EndTime { get; init; }

    /// <summary>The key of the object of MariaDB.</summary>
    public string? FilePath { get; init; }

    /// <summary>The name of MariaDB and TDSQL-C.</summary>
    public string? FileName { get; init; }

    /// <summary>Bytes of MariaDB and TDSQL-C.</summary>
    public long? FileSize { get; init; }

    /// <summary>The id of TDSQL-C, a number.</summary>
    public string? BinlogId { get; init; }
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(TencentEnvelope<TencentLogsResponse>))]
internal sealed partial class TencentLogsJson : JsonSerializerContext;
