using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.HuaweiCloud.Databases;

// The shapes of the lists and links of logs. One record has the members of all: each service names some differently.

internal sealed record DatabaseLogsResponse : IListResponse<DatabaseLogItem>
{
    /// <summary>The states at the end of an export that did not fail.</summary>
    public static readonly string[] EndWords = ["SUCCESS", "FINISH"];

    /// <summary>Audit logs of RDS.</summary>
    [JsonPropertyName("auditlogs")]
    [JsonConverter(typeof(LenientListConverter<DatabaseLogItem>))]
    public IReadOnlyList<DatabaseLogItem?>? AuditLogsOfRds { get; init; }

    /// <summary>Audit logs of the other services.</summary>
    [JsonConverter(typeof(LenientListConverter<DatabaseLogItem>))]
    public IReadOnlyList<DatabaseLogItem?>? AuditLogs { get; init; }

    [JsonConverter(typeof(LenientListConverter<DatabaseLogItem>))]
    public IReadOnlyList<DatabaseLogItem?>? DdlLogs { get; init; }

    /// <summary>Files of SQL Server; and, of a request for links, the exported files.</summary>
    [JsonConverter(typeof(LenientListConverter<DatabaseLogItem>))]
    public IReadOnlyList<DatabaseLogItem?>? List { get; init; }

    /// <summary>The files of the error log of GaussDB.</summary>
    [JsonConverter(typeof(LenientListConverter<DatabaseLogItem>))]
    public IReadOnlyList<DatabaseLogItem?>? LogFiles { get; init; }

    /// <summary>The links of DDL logs.</summary>
    [JsonConverter(typeof(LenientListConverter<DatabaseLogItem>))]
    public IReadOnlyList<DatabaseLogItem?>? DownloadFiles { get; init; }

    /// <summary>The links of audit logs, in the order of the ids in the request.</summary>
    public IReadOnlyList<string?>? Links { get; init; }

    /// <summary>The state of an export: <c>CREATING</c>, <c>FINISH</c>, <c>FAILED</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The code of a refusal; null for a success.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The same by another name.</summary>
    public string? Code { get; init; }

    public long? TotalRecord { get; init; }

    public long? TotalCount { get; init; }

    /// <summary>The number of log files of GaussDB.</summary>
    [JsonPropertyName("total")]
    public long? TotalOfFiles { get; init; }

    [JsonIgnore]
    public IReadOnlyList<DatabaseLogItem?>? Records =>
        AuditLogsOfRds ?? AuditLogs ?? DdlLogs ?? List ?? LogFiles ?? DownloadFiles
        ?? Links?.Select(link => new DatabaseLogItem { FileLink = link }).ToArray();

    [JsonIgnore]
    public long? Total => TotalRecord ?? TotalCount ?? TotalOfFiles;
}

internal sealed record DatabaseLogItem
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? FileName { get; init; }

    public string? NodeId { get; init; }

    public string? NodeName { get; init; }

    public string? Status { get; init; }

    /// <summary>A number; the service decides its unit.</summary>
    public string? Size { get; init; }

    /// <summary>A number; the service decides its unit.</summary>
    public string? FileSize { get; init; }

    public string? BeginTime { get; init; }

    public string? StartTime { get; init; }

    public string? CreateTime { get; init; }

    public string? EndTime { get; init; }

    public string? FileLink { get; init; }

    /// <summary>The link of a DDL log.</summary>
    public string? DownloadUrl { get; init; }

    /// <summary>The end of that link, without a zone.</summary>
    public string? ExpireTime { get; init; }

    /// <summary>Why the export failed.</summary>
    public string? Message { get; init; }

    /// <summary>The link; null while there is none, and of a file that is not whole.</summary>
    [JsonIgnore]
    public string? Link => IsFailed ? null : WireValue.Text(FileLink) ?? WireValue.Text(DownloadUrl);

    /// <summary>True for a file that the service could not collect or export.</summary>
    [JsonIgnore]
    public bool IsFailed => Status?.StartsWith("FAIL", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>True for a file without a link whose state is none of those at the end of an export.</summary>
    [JsonIgnore]
    public bool IsExporting => Link is null && !IsFailed && !string.IsNullOrWhiteSpace(Status)
        && !DatabaseLogsResponse.EndWords.Contains(Status, StringComparer.OrdinalIgnoreCase);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(DatabaseLogsResponse))]
internal sealed partial class DatabaseLogJson : JsonSerializerContext;
