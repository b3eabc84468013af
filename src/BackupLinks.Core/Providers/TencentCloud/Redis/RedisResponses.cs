using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.TencentCloud.Redis;

// The shape of DescribeBackupUrl. Names on the wire are as they stand here.

internal sealed record RedisFilesResponse : TencentResponse
{
    /// <summary>The files, one for each shard.</summary>
    [JsonConverter(typeof(LenientListConverter<RedisFileItem>))]
    public IReadOnlyList<RedisFileItem?>? BackupInfos { get; init; }

    /// <summary>The addresses by the older form of the response, with the next two lists beside it.</summary>
    public IReadOnlyList<string?>? DownloadUrl { get; init; }

    public IReadOnlyList<string?>? InnerDownloadUrl { get; init; }

    public IReadOnlyList<string?>? Filenames { get; init; }

    /// <summary>The files in either form.</summary>
    [JsonIgnore]
    public IEnumerable<RedisFileItem> Files => BackupInfos is { Count: > 0 } files
        ? files.Select(file => file ?? new RedisFileItem())
        : (DownloadUrl ?? []).Select((address, i) => new RedisFileItem
        {
            DownloadUrl = address,
            InnerDownloadUrl = InnerDownloadUrl?.ElementAtOrDefault(i),
            FileName = Filenames?.ElementAtOrDefault(i),
        });
}

internal sealed record RedisFileItem
{
    public string? FileName { get; init; }

    /// <summary>Bytes; 0 for a size that is not known.</summary>
    public long? FileSize { get; init; }

    public string? DownloadUrl { get; init; }

    public string? InnerDownloadUrl { get; init; }

    public TencentFile ToFile() => new(WireValue.Text(FileName), DownloadUrl, FileSize > 0 ? FileSize : null)
    {
        IntranetAddress = InnerDownloadUrl,
    };
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(TencentEnvelope<RedisFilesResponse>))]
internal sealed partial class TencentRedisJson : JsonSerializerContext;
