namespace BackupLinks.Formats;

/// <summary>How pg_dump compresses data (<c>pg_compress_algorithm</c> in <c>compression.h</c>).</summary>
internal enum PgDumpCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As zlib streams, which are called gzip there.</summary>
    Zlib,

    /// <summary>As LZ4 frames.</summary>
    Lz4,

    /// <summary>As Zstandard frames.</summary>
    Zstd,
}
