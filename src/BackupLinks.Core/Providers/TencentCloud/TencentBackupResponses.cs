using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Discovery;
using BackupLinks.Json;

namespace BackupLinks.TencentCloud;

// The shapes of the lists of backups. One record has the members of all services: each names some differently. Names on
// the wire are as they stand here.

internal sealed record TencentBackupsResponse : TencentResponse, IListResponse<TencentBackupItem>
{
    /// <summary>Redis.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentBackupItem>))]
    public IReadOnlyList<TencentBackupItem?>? BackupSet { get; init; }

    /// <summary>MySQL.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentBackupItem>))]
    public IReadOnlyList<TencentBackupItem?>? Items { get; init; }

    /// <summary>PostgreSQL.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentBackupItem>))]
    public IReadOnlyList<TencentBackupItem?>? BaseBackupSet { get; init; }

    /// <summary>SQL Server.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentBackupItem>))]
    public IReadOnlyList<TencentBackupItem?>? Backups { get; init; }

    /// <summary>The files of a backup of SQL Server.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentBackupItem>))]
    public IReadOnlyList<TencentBackupItem?>? BackupFiles { get; init; }

    /// <summary>MariaDB.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentBackupItem>))]
    public IReadOnlyList<TencentBackupItem?>? Files { get; init; }

    /// <summary>TDSQL-C and MongoDB.</summary>
    [JsonConverter(typeof(LenientListConverter<TencentBackupItem>))]
    public IReadOnlyList<TencentBackupItem?>? BackupList { get; init; }

    public long? TotalCount { get; init; }

    [JsonIgnore]
    public IReadOnlyList<TencentBackupItem?>? Records =>
        BackupSet ?? Items ?? BaseBackupSet ?? Backups ?? BackupFiles ?? Files ?? BackupList;

    [JsonIgnore]
    public long? Total => TotalCount;
}

internal sealed record TencentBackupItem
{
    /// <summary>Text or a number, by the service.</summary>
    public string? BackupId { get; init; }

    public string? Name { get; init; }

    /// <summary>A number, or a word.</summary>
    public string? Status { get; init; }

    /// <summary>
    /// The starter of Redis and MongoDB, as a number; the kind of MariaDB; how TDSQL-C made it.
    /// </summary>
    public string? BackupType { get; init; }

    /// <summary>How MySQL made it: <c>physical</c>, <c>logical</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The extent of MySQL: <c>full</c>, <c>partial</c>.</summary>
    public string? Method { get; init; }

    /// <summary>The starter of MySQL: <c>automatic</c>, <c>manual</c>.</summary>
    public string? Way { get; init; }

    public string? ManualBackupName { get; init; }

    /// <summary>The format of Redis: <c>RDB-Redis 6.2</c>.</summary>
    public string? FileType { get; init; }

    /// <summary>Bytes of MySQL and PostgreSQL, kilobytes of SQL Server.</summary>
    public long? Size { get; init; }

    public string? Date { get; init; }

    public string? StartTime { get; init; }

    /// <summary>The end, of Redis.</summary>
    public string? EndTime { get; init; }

    /// <summary>The end, of MySQL.</summary>
    public string? FinishTime { get; init; }

    public string? ExpireTime { get; init; }

    public string? Remark { get; init; }

    /// <summary>The address of MySQL.</summary>
    public string? InternetUrl { get; init; }

    /// <inheritdoc cref="InternetUrl"/>
    public string? IntranetUrl { get; init; }

    /// <summary>The MD5 of MySQL, in hexadecimal.</summary>
    public string? MD5 { get; init; }

    /// <summary><c>on</c> for an encrypted backup of MySQL.</summary>
    public string? EncryptionFlag { get; init; }

    /// <summary>True for an encrypted backup of Redis.</summary>
    public string? Encrypted { get; init; }

    /// <summary>0 for standard storage of MySQL, 1 for the archive.</summary>
    public string? CosStorageType { get; init; }

    public string? Region { get; init; }

    /// <summary>The id of PostgreSQL, as text, and of a file of SQL Server, as a number.</summary>
    public string? Id { get; init; }

    /// <summary>The state of PostgreSQL.</summary>
    public string? State { get; init; }

    /// <summary>The starter of PostgreSQL.</summary>
    public string? BackupMode { get; init; }

    /// <summary>How PostgreSQL and MongoDB made it; the starter of TDSQL-C.</summary>
    public string? BackupMethod { get; init; }

    /// <summary>The name of a file of SQL Server, MariaDB and TDSQL-C.</summary>
    public string? FileName { get; init; }

    /// <summary>The name of SQL Server and TDSQL-C; of MongoDB, the id.</summary>
    public string? BackupName { get; init; }

    /// <summary>The remark of MongoDB.</summary>
    public string? BackupDesc { get; init; }

    /// <summary>The starter of SQL Server, as a number.</summary>
    public string? BackupWay { get; init; }

    /// <summary>Of SQL Server: <c>pkg</c> for one file, <c>single</c> for one for each database.</summary>
    public string? BackupFormat { get; init; }

    /// <summary>The id of the files of such a backup.</summary>
    public string? GroupId { get; init; }

    /// <summary>The databases of SQL Server.</summary>
    public IReadOnlyList<string?>? DBs { get; init; }

    /// <summary>The address of SQL Server on the internet.</summary>
    public string? ExternalAddr { get; init; }

    /// <summary>The address of SQL Server inside the cloud.</summary>
    public string? InternalAddr { get; init; }

    /// <summary>The address of one of the files of SQL Server.</summary>
    public string? DownloadLink { get; init; }

    /// <summary>The key of the object of MariaDB.</summary>
    public string? FilePath { get; init; }

    /// <summary>Bytes of MariaDB and TDSQL-C.</summary>
    public long? FileSize { get; init; }

    /// <summary>The starter of MariaDB, as a number.</summary>
    public string? ManualBackup { get; init; }

    /// <summary>The state of TDSQL-C.</summary>
    public string? BackupStatus { get; init; }

    /// <summary>The extent of TDSQL-C.</summary>
    public string? SnapShotType { get; init; }

    /// <summary>The time of a snapshot of TDSQL-C.</summary>
    public string? SnapshotTime { get; init; }

    /// <summary>The key of an encrypted backup of TDSQL-C.</summary>
    public string? EncryptKeyId { get; init; }

    /// <summary>Kilobytes of MongoDB.</summary>
    public long? BackupSize { get; init; }

    /// <summary>When MongoDB deletes it.</summary>
    public string? DeleteTime { get; init; }
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(TencentEnvelope<TencentBackupsResponse>))]
internal sealed partial class TencentBackupsJson : JsonSerializerContext;
