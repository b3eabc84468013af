using System;

namespace BackupLinks.Formats;

/// <summary>
/// Backups of SQL Server in Microsoft Tape Format 1.00a: blocks and streams whose headers have a sum of their words,
/// and data
/// pages that may have a checksum each.
/// </summary>
internal sealed class MtfVerifier : FormatVerifier
{
    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Mtf;

    /// <inheritdoc/>
    public override string Name => "MTF";

    // A text could begin with the word, and has no zeros.
    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length >= 16 && head.StartsWith("TAPE"u8) && head.Slice(4, 12).IndexOf((byte)0) >= 0;

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test) =>
        new MtfWalker(input, layer).Run();
}
