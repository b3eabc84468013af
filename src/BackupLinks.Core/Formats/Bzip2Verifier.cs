using System;
using BackupLinks.Formats.Compression;

namespace BackupLinks.Formats;

/// <summary>bzip2 streams: each block has a CRC-32 of its content, and each stream one of those.</summary>
internal sealed class Bzip2Verifier : FormatVerifier
{
    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Bzip2;

    /// <inheritdoc/>
    public override string Name => "bzip2";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length >= 10 && head.StartsWith("BZh"u8) && head[3] is >= (byte)'1' and <= (byte)'9'
        && (head.Slice(4).StartsWith(Bzip2Source.BlockMagic) || head.Slice(4).StartsWith(Bzip2Source.EndMagic));

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        var content = new Bzip2Source(input, layer);
        test.RunContent(content);
        layer.Details["Streams"] = content.Streams;
        if (layer.IsBad)
            return;
        layer.Checksum = ChecksumCoverage.Verified;
        RefuseTrailingData(input, layer);
    }
}
