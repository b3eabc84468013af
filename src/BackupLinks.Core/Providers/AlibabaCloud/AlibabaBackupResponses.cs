using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;
using BackupLinks.Providers;

namespace BackupLinks.AlibabaCloud;

// The shapes of DescribeBackups, which the services have in common but for the names of the list and of the total.
// Names on the wire are as they stand here.

internal sealed record AlibabaBackupsResponse : IListResponse<AlibabaBackupItem>
{
    [JsonConverter(typeof(WrappedListConverter<AlibabaBackupItem>))]
    public IReadOnlyList<AlibabaBackupItem?>? Items { get; init; }

    [JsonConverter(typeof(WrappedListConverter<AlibabaBackupItem>))]
    public IReadOnlyList<AlibabaBackupItem?>? Backups { get; init; }

    public long? TotalRecordCount { get; init; }

    public long? TotalCount { get; init; }

    [JsonIgnore]
    public IReadOnlyList<AlibabaBackupItem?>? Records => Items ?? Backups;

    [JsonIgnore]
    public long? Total => TotalRecordCount ?? TotalCount;
}

internal sealed record AlibabaBackupItem
{
    /// <summary>Text or a number, by the service.</summary>
    public string? BackupId { get; init; }

    /// <summary>The name that MongoDB's backups have.</summary>
    public string? BackupName { get; init; }

    public string? BackupStatus { get; init; }

    public string? BackupType { get; init; }

    public string? BackupMode { get; init; }

    public string? BackupMethod { get; init; }

    /// <summary>Bytes.</summary>
    public long? BackupSize { get; init; }

    /// <summary>The same, by the name that PolarDB has.</summary>
    public long? BackupSetSize { get; init; }

    public string? BackupStartTime { get; init; }

    public string? BackupEndTime { get; init; }

    /// <summary>When the provider deletes it, without seconds; the name of Redis and RDS.</summary>
    public string? ExpectExpireTime { get; init; }

    /// <summary>The same, by the name that MongoDB has.</summary>
    public string? BackupExpireTime { get; init; }

    /// <summary>Absent, null or empty for a backup that cannot be downloaded.</summary>
    public string? BackupDownloadURL { get; init; }

    /// <inheritdoc cref="BackupDownloadURL"/>
    public string? BackupIntranetDownloadURL { get; init; }

    /// <summary>The files of SQL Server, one for each database.</summary>
    [JsonPropertyName("BackupDownloadLinkByDB")]
    [JsonConverter(typeof(WrappedListConverter<AlibabaDatabaseLink>))]
    public IReadOnlyList<AlibabaDatabaseLink?>? DatabaseLinks { get; init; }

    public string? Engine { get; init; }

    public string? EngineVersion { get; init; }

    /// <summary>The host that made it.</summary>
    public string? HostInstanceID { get; init; }

    /// <summary>The node that it is of.</summary>
    public string? NodeInstanceId { get; init; }

    /// <summary>A CRC-64 of all of it, as a decimal number.</summary>
    public string? Checksum { get; init; }

    /// <summary>0 for standard storage, 1 for the archive.</summary>
    public string? StorageClass { get; init; }

    /// <summary>JSON with the key of an encrypted backup; <c>{}</c> for none.</summary>
    public string? Encryption { get; init; }

    /// <summary>1 or true for a backup that is available; 0 or false for another, or for one with a gap.</summary>
    public string? IsAvail { get; init; }

    /// <summary>False for a backup that the provider says is not available; one that it says nothing of is.</summary>
    [JsonIgnore]
    public bool IsAvailable =>
        IsAvail?.Trim().ToLowerInvariant() is not ("0" or "false") && Shards?.All(shard => shard.IsAvailable) != false;

    /// <summary>True for a state of a backup that is not whole.</summary>
    [JsonIgnore]
    public bool IsUnfinished => WireValue.Text(BackupStatus) is { } state
        && (VendorWords.Same(state, "Running") || VendorWords.Same(state, "Failed")
            || VendorWords.Same(state, "ERROR"));

    /// <summary>The backups of the shards, of a cluster; null for others.</summary>
    [JsonIgnore]
    public IReadOnlyList<AlibabaBackupItem>? Shards { get; init; }

    /// <summary>True for a backup whose encryption names a key.</summary>
    [JsonIgnore]
    public bool IsEncrypted => Encryption?.Trim() is { Length: > 2 } text && text[0] == '{';

    /// <summary>The same as a backup of the node whose list it is in; null for no such list.</summary>
    public AlibabaBackupItem OfNode(string? node) => node is null ? this : this with { NodeInstanceId = node };

    /// <summary>The node, else the host; null for neither.</summary>
    [JsonIgnore]
    public string? NodeId => WireValue.Text(NodeInstanceId) ?? WireValue.Text(HostInstanceID);
}

internal sealed record AlibabaDatabaseLink
{
    public string? DataBase { get; init; }

    public string? DownloadLink { get; init; }

    public string? IntranetDownloadLink { get; init; }
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(AlibabaBackupsResponse))]
internal sealed partial class AlibabaBackupsJson : JsonSerializerContext;
