using System;
using BackupLinks.Formats.Compression;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>Decompresses the data of a custom dump to verify it; keeps its tables from one block to the next.</summary>
internal sealed class PgDumpDecompressor
{
    private readonly Inflater _inflater = new();
    private long _verified;
    private string _coverage = ChecksumCoverage.Partial;

    /// <summary>Verifies the data of one table or large object.</summary>
    /// <param name="data">The data.</param>
    /// <param name="compression">How it is compressed.</param>
    /// <param name="blockAt">Where its block begins.</param>
    /// <returns>The coverage of the checksums of the dump, as far as it was read.</returns>
    /// <exception cref="BackupFormatException">The dump is cut, or the data is damaged.</exception>
    public string Verify(PgDumpData data, PgDumpCompression compression, long blockAt)
    {
        var layer = new BackupLayer(BackupFormat.PgDumpCustom, "data");
        try
        {
            using var input = new ByteReader(data);
            // An empty table has no stream since PostgreSQL 16.
            if (input.IsAtEnd)
                return _coverage;
            var content = Open(input, compression, layer);
            using (content as IDisposable)
            using (var reader = new ByteReader(content))
                reader.SkipToEnd();
            // LZ4 and Zstandard have checksums on request only, and pg_dump does not request them.
            if (content is Lz4Source { Coverage: not ChecksumCoverage.Verified }
                or ZstdSource { Coverage: not ChecksumCoverage.Verified })
                _coverage = ChecksumCoverage.None;
            if (!layer.IsBad && !input.IsAtEnd)
                layer.Fail(BackupFileState.Damaged, 0, "bytes follow the end of the compressed data");
        }
        catch (BackupFormatException e) when (!ReferenceEquals(e, data.Problem))
        {
            layer.Fail(e.State, 0, e.Message);
        }

        if (data.Problem is { } problem)
            throw problem;
        if (layer.State == BackupFileState.Unsupported)
            return _coverage = ChecksumCoverage.NotChecked;
        if (!layer.IsBad)
        {
            _verified++;
            return _coverage;
        }

        string state = $"the data of the block at {Numbers.Text(blockAt)} is not whole; {layer.Detail}";
        // Before the first block that is right, the header may be what is damaged.
        throw _verified > 0 && _coverage == ChecksumCoverage.Partial
            ? BackupFormatException.DamagedPart(blockAt, data.Position, state)
            : BackupFormatException.Damaged(blockAt, state);
    }

    private DecodingSource Open(ByteReader input, PgDumpCompression compression, BackupLayer layer) =>
        compression switch
        {
            PgDumpCompression.Lz4 => new Lz4Source(input, layer),
            PgDumpCompression.Zstd => new ZstdSource(input, layer),
            _ => new ZlibSource(input, _inflater, layer),
        };
}
