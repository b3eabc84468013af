using System;
using BackupLinks.Formats.Compression;

namespace BackupLinks.Formats;

/// <summary>Archives of qpress; see <see cref="QpressSource"/>.</summary>
internal sealed class QpressVerifier : FormatVerifier
{
    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Qpress;

    /// <inheritdoc/>
    public override string Name => "qpress";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("qpress10"u8);

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        var content = new QpressSource(input, layer, test.GoesDeeper);
        test.RunContent(content);
        layer.Details["Files"] = content.Files;
        if (content.FirstName is not null)
            layer.Details["OriginalName"] = content.FirstName;
        if (layer.IsBad)
            return;
        layer.Checksum = ChecksumCoverage.Partial;
        RefuseTrailingData(input, layer);
    }
}
