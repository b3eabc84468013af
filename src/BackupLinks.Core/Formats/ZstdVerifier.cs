using System;
using System.Buffers.Binary;

namespace BackupLinks.Formats;

/// <summary>Zstandard frames (RFC 8878), which may have a checksum of their content.</summary>
internal sealed class ZstdVerifier : FormatVerifier
{
    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Zstd;

    /// <inheritdoc/>
    public override string Name => "Zstandard";

    // A skippable frame may be of LZ4, too; what follows it says whose it is.
    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        head = Lz4Source.SkipFrames(head);
        return (head.Length >= 8 && Lz4Source.IsSkippable(head))
            || (head.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(head) == ZstdSource.Magic);
    }

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        using var content = new ZstdSource(input, layer);
        test.RunContent(content);
        layer.Details["Frames"] = content.Frames;
        if (layer.IsBad)
            return;
        layer.Checksum = content.Coverage;
        RefuseTrailingData(input, layer);
    }
}
