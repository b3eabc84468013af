using System;

namespace BackupLinks.Formats;

/// <summary>Compressed backups of SQL Server. Their layout is not documented, so that they are recognised and not
/// tested.</summary>
internal sealed class MsSqlCompressedVerifier : FormatVerifier
{
    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.MsSqlCompressed;

    /// <inheritdoc/>
    public override string Name => "MSSQLBAK";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("MSSQLBAK"u8);

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        layer.Engine = "SQL Server";
        throw BackupFormatException.Unsupported(
            0, "SQL Server compressed the backup, in a layout that is not documented; RESTORE VERIFYONLY tests it");
    }
}
