using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Time;

namespace BackupLinks.AlibabaCloud;

// The shapes of the lists of log files. They differ in the names of members: DescribeBinlogFiles and
// DescribeLogBackupFiles, DescribeSQLLogFiles, DescribeBackupLogs. Names on the wire are as they stand here.

internal sealed record AlibabaLogsResponse : IListResponse<AlibabaLogItem>
{
    [JsonPropertyName("Items")]
    [JsonConverter(typeof(WrappedListConverter<AlibabaLogItem>))]
    public IReadOnlyList<AlibabaLogItem?>? Records { get; init; }

    [JsonPropertyName("TotalRecordCount")]
    public long? Total { get; init; }
}

internal sealed record AlibabaLogItem
{
    /// <summary>The name; SQL Server's log backups have none.</summary>
    public string? LogFileName { get; init; }

    /// <summary>The name of a file that was exported from the audit.</summary>
    public string? FileID { get; init; }

    /// <summary>The id of PolarDB's logs, whose names repeat.</summary>
    public string? BackupLogId { get; init; }

    public string? BackupLogName { get; init; }

    /// <summary>Bytes.</summary>
    public long? FileSize { get; init; }

    public long? LogSize { get; init; }

    public long? BackupLogSize { get; init; }

    /// <summary>Absent, null or empty for a log that cannot be downloaded.</summary>
    public string? DownloadLink { get; init; }

    public string? LogDownloadURL { get; init; }

    public string? IntranetDownloadLink { get; init; }

    public string? LinkExpiredTime { get; init; }

    public string? LogBeginTime { get; init; }

    public string? LogStartTime { get; init; }

    public string? BackupLogStartTime { get; init; }

    public string? LogEndTime { get; init; }

    public string? BackupLogEndTime { get; init; }

    /// <summary>A CRC-64, as a decimal number.</summary>
    public string? Checksum { get; init; }

    /// <summary>The host that wrote it: hosts have files of the same name.</summary>
    public string? HostInstanceID { get; init; }

    /// <summary><c>Uploading</c>, <c>Completed</c>.</summary>
    public string? RemoteStatus { get; init; }

    /// <summary><c>Success</c>, <c>Failed</c>, <c>Generating</c>.</summary>
    public string? LogStatus { get; init; }

    /// <summary>The action whose list it is in.</summary>
    [JsonIgnore]
    public AlibabaLogAction? Action { get; init; }

    /// <summary>The node whose list it is in; null for no such list.</summary>
    [JsonIgnore]
    public string? ListNode { get; init; }

    [JsonIgnore]
    public string? NodeId => ListNode ?? WireValue.Text(HostInstanceID);

    [JsonIgnore]
    public string? Address => WireValue.Text(DownloadLink) ?? WireValue.Text(LogDownloadURL);

    [JsonIgnore]
    public bool HasAddress =>
        PresignedUri.TryParse(Address, out _) || PresignedUri.TryParse(IntranetDownloadLink, out _);

    [JsonIgnore]
    public DateTimeOffset? StartTime =>
        WireTime.Parse(LogBeginTime ?? LogStartTime ?? BackupLogStartTime, TimeSpan.Zero);

    [JsonIgnore]
    public DateTimeOffset? EndTime => WireTime.Parse(LogEndTime ?? BackupLogEndTime, TimeSpan.Zero);

    [JsonIgnore]
    public long? Size => WireValue.Bytes(FileSize ?? LogSize ?? BackupLogSize);

    [JsonIgnore]
    public string? Status => WireValue.Text(RemoteStatus) ?? WireValue.Text(LogStatus);

    /// <summary>True for a state of a log that is not whole.</summary>
    [JsonIgnore]
    public bool IsUnfinished => VendorWords.Same(Status, "Uploading") || VendorWords.Same(Status, "Generating")
        || VendorWords.Same(Status, "Failed");

    /// <summary>The name in the list, else that of the address; null for neither.</summary>
    [JsonIgnore]
    public string? Name => WireValue.Text(LogFileName) ?? WireValue.Text(BackupLogName) ?? WireValue.Text(FileID)
        ?? Leaf;

    /// <summary>What tells it apart from the others of its node; null for a record that says nothing.</summary>
    [JsonIgnore]
    public string? Key => WireValue.Text(BackupLogId) ?? Name ?? WireValue.Text(LogEndTime);

    /// <summary>
    /// The name of the file. That of the address says how the log is packed, which the list does not; a name that
    /// repeats has the id in front.
    /// </summary>
    [JsonIgnore]
    public string? FileName
    {
        get
        {
            string? file = Name is not { } name || Leaf?.Contains(name) == true ? Leaf : name;
            return file is not null && WireValue.Text(BackupLogId) is { } id && !file.Contains(id)
                ? $"{id}_{file}" : file;
        }
    }

    private string? Leaf => PresignedUri.TryParse(Address ?? IntranetDownloadLink, out var uri)
        ? PresignedUri.GetLeafName(uri!) : null;
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(AlibabaLogsResponse))]
internal sealed partial class AlibabaLogsJson : JsonSerializerContext;
