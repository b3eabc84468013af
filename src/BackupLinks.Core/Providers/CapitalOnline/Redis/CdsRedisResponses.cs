using System.Text.Json.Serialization;
using BackupLinks.Json;

namespace BackupLinks.CapitalOnline.Redis;

// The shape of GET /redis?Action=DownloadBackup. Names on the wire are as they stand here.

internal sealed record CdsDownloadResponse
{
    public string? Code { get; init; }

    public CdsDownloadData? Data { get; init; }

    public string? TaskId { get; init; }

    /// <summary>False for a refusal, and for JSON that is not an answer to this request.</summary>
    [JsonIgnore]
    public bool IsComplete => Code == CapitalOnlineCodes.Success && Data is not null;
}

internal sealed record CdsDownloadData
{
    public string? BackupDownloadUrl { get; init; }

    public string? BackupIntranetDownloadUrl { get; init; }

    public string? BackupId { get; init; }

    public string? InstanceId { get; init; }

    public string? ShardId { get; init; }

    public string? BackupMode { get; init; }

    public string? BackupType { get; init; }

    public string? BackupStrategy { get; init; }

    /// <summary>Bytes; "string" in the table of the page, a number in its example.</summary>
    public long? BackupSize { get; init; }

    public string? Desc { get; init; }

    /// <summary>No zone, and possibly empty.</summary>
    public string? StartTime { get; init; }

    /// <inheritdoc cref="StartTime"/>
    public string? EndTime { get; init; }

    public string? Status { get; init; }
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(CdsDownloadResponse))]
internal sealed partial class CdsRedisJson : JsonSerializerContext;
