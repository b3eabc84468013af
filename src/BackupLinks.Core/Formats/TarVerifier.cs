using System;

namespace BackupLinks.Formats;

/// <summary>
/// tar archives (POSIX pax, GNU, v7): each header has a sum of its bytes, and two blocks of zeros are the end. Nothing
/// covers
/// the members.
/// </summary>
internal sealed class TarVerifier : FormatVerifier
{
    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Tar;

    /// <inheritdoc/>
    public override string Name => "tar";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length >= TarHeader.BlockSize && head[0] != 0
            && new TarHeader(head.Slice(0, TarHeader.BlockSize)).HasRightSum;

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test) =>
        new TarWalker(input, layer, test).Run();
}
