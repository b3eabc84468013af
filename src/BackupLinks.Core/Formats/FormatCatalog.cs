using System;

namespace BackupLinks.Formats;

/// <summary>The formats, in the order in which their first bytes are looked for: the ones that leave no doubt come
/// first.</summary>
internal static class FormatCatalog
{
    private static readonly FormatVerifier[] All =
    [
        new RdbVerifier(),
        new GzipVerifier(),
        new ZstdVerifier(),
        new Lz4Verifier(),
        new XzVerifier(),
        new Bzip2Verifier(),
        new ZipVerifier(),
        new XbstreamVerifier(),
        new QpressVerifier(),
        new BinlogVerifier(),
        new MtfVerifier(),
        new MsSqlCompressedVerifier(),
        new MongoArchiveVerifier(),
        new PgDumpCustomVerifier(),
        new SqliteVerifier(),
        new TarVerifier(),
        new AofVerifier(),
        new AofManifestVerifier(),
        new PgManifestVerifier(),
        new PgWalVerifier(),
        new PgDumpPlainVerifier(),
        new MySqlDumpVerifier(),
        new BsonVerifier(),
        new TextVerifier(),
    ];

    /// <summary>The format of that kind.</summary>
    public static FormatVerifier Find(BackupFormat format) =>
        Array.Find(All, item => item.Format == format) ?? throw new ArgumentOutOfRangeException(nameof(format));

    /// <summary>The format that some first bytes are of; null for none.</summary>
    public static FormatVerifier? Recognise(ReadOnlySpan<byte> head)
    {
        foreach (var verifier in All)
        {
            if (verifier.Recognises(head))
                return verifier;
        }

        return null;
    }
}
