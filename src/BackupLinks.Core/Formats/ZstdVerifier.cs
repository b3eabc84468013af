using System;
using System.Buffers.Binary;
using BackupLinks.Formats.Compression;

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
        var rest = Lz4Source.SkipFrames(head);
        if (rest.IsEmpty)
            return !head.IsEmpty;
        head = rest;
        return (head.Length >= 8 && Lz4Source.IsSkippable(head))
            || (head.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(head) == ZstdSource.Magic);
    }

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        var skippable = new SkippableFrames(input);
        while (Lz4Source.IsSkippable(input.Peek(4)))
            skippable.Skip();

        if (input.IsAtEnd)
        {
            (layer.State, layer.IsWhole) = (BackupFileState.Unverifiable, null);
            (layer.Checksum, layer.Detail) = (ChecksumCoverage.None, "there are only skippable frames, and no content");
            return;
        }

        if (Lz4Source.IsMagic(input.Peek(4)))
        {
            (layer.Kind, layer.Format) = (BackupFormat.Lz4, "LZ4");
            Lz4Verifier.Verify(input, layer, test, skippable);
            return;
        }

        using var content = new ZstdSource(input, layer, skippable);
        test.RunContent(content);
        layer.Details["Frames"] = content.Frames;
        if (layer.IsBad)
            return;
        layer.Checksum = content.Coverage;
        RefuseTrailingData(input, layer, Name, skippable.LastAt);
    }
}
