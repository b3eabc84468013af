using System;

namespace BackupLinks.Formats;

/// <summary>
/// zip archives (PKWARE APPNOTE.TXT 6.3.10), read from the front. Each entry has a CRC-32 of its content; the
/// directory at the
/// end must be where the end record says, and say the same as the entries.
/// </summary>
internal sealed class ZipVerifier : FormatVerifier
{
    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Zip;

    /// <inheritdoc/>
    public override string Name => "zip";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        new ZipWalker(input, layer, test).Run();
        RefuseTrailingData(input, layer);
    }
}
