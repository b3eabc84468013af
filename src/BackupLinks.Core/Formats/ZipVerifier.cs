using System;

namespace BackupLinks.Formats;

/// <summary>
/// zip archives (PKWARE APPNOTE.TXT 6.3.10), read from the front. Each entry has a CRC-32 of its content; the
/// directory at the
/// end must be where the end record says, and say the same as the entries.
/// </summary>
internal sealed class ZipVerifier : FormatVerifier
{
    private const int MarkLength = 4;

    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Zip;

    /// <inheritdoc/>
    public override string Name => "zip";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8) || IsSplit(head);

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        if (IsSplit(input.Peek(2 * MarkLength)))
            input.Advance(MarkLength);
        new ZipWalker(input, layer, test).Run();
        RefuseTrailingData(input, layer);
    }

    // The mark of an archive that may have several segments, and the one of such that has only this one (8.5.4).
    private static bool IsSplit(ReadOnlySpan<byte> head) =>
        (head.StartsWith("PK\u0007\u0008"u8) || head.StartsWith("PK00"u8))
        && head.Slice(MarkLength).StartsWith("PK\u0003\u0004"u8);
}
