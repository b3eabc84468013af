using System;
using BackupLinks.Formats.Compression;

namespace BackupLinks.Formats;

/// <summary>xz streams (xz-file-format.txt 1.2.1): headers, an index and blocks, each with a checksum of its
/// own.</summary>
internal sealed class XzVerifier : FormatVerifier
{
    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Xz;

    /// <inheritdoc/>
    public override string Name => "xz";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith(XzSource.Magic);

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        using var content = new XzSource(input, layer);
        test.RunContent(content);
        layer.Details["Streams"] = content.Streams;
        if (layer.IsBad)
            return;
        layer.Checksum = content.Coverage;
        RefuseTrailingData(input, layer);
    }
}
