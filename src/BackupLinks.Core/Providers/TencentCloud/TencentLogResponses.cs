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

    /// <summary>SQL Server.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentLogItem>))]
    public IReadOnlyList<TencentLogItem?>? Backups { get; init; }

    public long? TotalCount { get; init; }

    [JsonIgnore]
    public IReadOnlyList<TencentLogItem?>? Records => Items ?? LogBackupSet ?? Files ?? Binlogs ?? Backups;

    [JsonIgnore]
    public long? Total => TotalCount;
}

internal sealed record TencentLogItem
{
    public string? Name { get; init; }

    public string? Status { get; init; }

    /// <summary>Bytes; kilobytes of SQL Server.</summary>
    public long? Size { get; init; }

    /// <summary>A day, or a time.</summary>
    public string? Date { get; init; }

    public string? BinlogStartTime { get; init; }

    public string? BinlogFinishTime { get; init; }

    public string? InternetUrl { get; init; }

    public string? IntranetUrl { get; init; }

    /// <summary>The id of PostgreSQL, and of SQL Server.</summary>
    public string? Id { get; init; }

    /// <summary>The state of PostgreSQL.</summary>
    public string? State { get; init; }

    public string? StartTime { get; init; }

    /// <summary>The end of PostgreSQL and TDSQL-C.</summary>
    public string? FinishTime { get; init; }

    /// <summary>The end of MariaDB and SQL Server.</summary>
    public string? EndTime { get; init; }

    /// <summary>The key of the object of MariaDB.</summary>
    public string? FilePath { get; init; }

    /// <summary>The name of MariaDB, TDSQL-C and SQL Server, and of a file that was exported from the audit.</summary>
    public string? FileName { get; init; }

    /// <summary>Bytes of MariaDB and TDSQL-C; kilobytes of a file that was exported from the audit.</summary>
    public long? FileSize { get; init; }

    /// <summary>The id of TDSQL-C, a number.</summary>
    public string? BinlogId { get; init; }

    /// <summary>The address of SQL Server on the internet.</summary>
    public string? ExternalAddr { get; init; }

    /// <summary>The address of SQL Server inside the cloud.</summary>
    public string? InternalAddr { get; init; }

    /// <summary>When a file was exported from the audit.</summary>
    public string? CreateTime { get; init; }

    /// <summary>The address of such a file.</summary>
    public string? DownloadUrl { get; init; }

    /// <summary>True for a size that is not that of the file to the byte.</summary>
    [JsonIgnore]
    public bool IsSizeRounded { get; init; }

    /// <summary>The same, with the members of an exported file where those of other logs are.</summary>
    public TencentLogItem OfExport() => this with
    {
        Name = FileName,
        Size = WireValue.Kilobytes(FileSize),
        Date = CreateTime,
        InternetUrl = DownloadUrl,
        IntranetUrl = DownloadUrl,
        IsSizeRounded = true,
    };
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(TencentEnvelope<TencentLogsResponse>))]
internal sealed partial class TencentLogsJson : JsonSerializerContext;
