using System;
using BackupLinks.Formats.Compression;

namespace BackupLinks.Formats;

/// <summary>
/// LZ4 frames (lz4_Frame_format.md 1.6.4): a checksum of the header, one for each block and one of the content, both
/// optional. The legacy frame has neither a checksum nor an end.
/// </summary>
internal sealed class Lz4Verifier : FormatVerifier
{
    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Lz4;

    /// <inheritdoc/>
    public override string Name => "LZ4";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        head = Lz4Source.SkipFrames(head);
        return Lz4Source.IsMagic(head) && !Lz4Source.IsSkippable(head);
    }

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test) =>
        Verify(input, layer, test, new SkippableFrames(input));

    /// <summary>Verifies the frames behind skippable ones.</summary>
    /// <param name="input">The reader, at the first frame.</param>
    /// <param name="layer">Takes what was found.</param>
    /// <param name="test">Tests the content.</param>
    /// <param name="skippable">The skippable frames.</param>
    public static void Verify(ByteReader input, BackupLayer layer, BackupTest test, SkippableFrames skippable)
    {
        using var content = new Lz4Source(input, layer, skippable);
        test.RunContent(content);
        layer.Details["Frames"] = content.Frames;
        if (layer.IsBad)
            return;
        layer.Checksum = content.Coverage;
        if (content.IsLegacy)
            layer.IsWhole = null;
        RefuseTrailingData(input, layer, "LZ4", skippable.LastAt);
    }
}
