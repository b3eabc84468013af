namespace BackupLinks.Formats;

/// <summary>The formats that the module can test.</summary>
public enum BackupFormat
{
    /// <summary>A snapshot of Redis or Valkey.</summary>
    Rdb,

    /// <summary>An append-only file of Redis or Valkey, also with an RDB in front.</summary>
    Aof,

    /// <summary>The manifest of an append-only file in several parts.</summary>
    AofManifest,

    /// <summary>gzip, of one or more members (RFC 1952).</summary>
    Gzip,

    /// <summary>Zstandard frames (RFC 8878).</summary>
    Zstd,

    /// <summary>LZ4 frames, also of the legacy kind.</summary>
    Lz4,

    /// <summary>xz streams.</summary>
    Xz,

    /// <summary>bzip2 streams.</summary>
    Bzip2,

    /// <summary>A zip archive.</summary>
    Zip,

    /// <summary>A tar archive.</summary>
    Tar,

    /// <summary>A stream of Percona XtraBackup or mariabackup.</summary>
    Xbstream,

    /// <summary>A qpress archive.</summary>
    Qpress,

    /// <summary>A binary log of MySQL or MariaDB.</summary>
    Binlog,

    /// <summary>A dump of mysqldump or mariadb-dump.</summary>
    MySqlDump,

    /// <summary>A backup of SQL Server in Microsoft Tape Format.</summary>
    Mtf,

    /// <summary>A compressed backup of SQL Server.</summary>
    MsSqlCompressed,

    /// <summary>A dump of pg_dump in its custom format.</summary>
    PgDumpCustom,

    /// <summary>A dump of pg_dump or pg_dumpall as SQL.</summary>
    PgDumpPlain,

    /// <summary>The manifest of pg_basebackup.</summary>
    PgManifest,

    /// <summary>A segment of the write-ahead log of PostgreSQL.</summary>
    PgWal,

    /// <summary>An archive of mongodump.</summary>
    MongoArchive,

    /// <summary>A collection of MongoDB as BSON documents.</summary>
    Bson,

    /// <summary>An SQLite database.</summary>
    Sqlite,

    /// <summary>Text, such as a log or SQL without an end mark.</summary>
    Text,
}
