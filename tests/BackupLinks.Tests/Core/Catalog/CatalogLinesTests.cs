using System;
using System.IO;
using BackupLinks.Catalog;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>The lines of a catalog, of which another process may be writing the last one.</summary>
public sealed class CatalogLinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(CatalogLines.BlockSize - 1)]
    [InlineData(CatalogLines.BlockSize)]
    [InlineData(CatalogLines.BlockSize + 1)]
    [InlineData(2 * CatalogLines.BlockSize)]
    public void A_last_line_without_an_end_is_read_however_long_it_is(int length)
    {
        string path = _folder["catalog.jsonl"];
        File.WriteAllText(path, "first\n" + new string('x', length));
        using var lines = new CatalogLines(path);
        Assert.True(lines.Read());
        Assert.Equal((5, true, false, 0L), (lines.Line.Length, lines.HasEnd, lines.IsTooLong, lines.Offset));

        Assert.True(lines.Read());

        bool isTooLong = length >= CatalogLines.BlockSize;
        Assert.Equal((isTooLong ? 0 : length, false, isTooLong), (lines.Line.Length, lines.HasEnd, lines.IsTooLong));
        Assert.Equal((6L, 6L + length), (lines.Offset, lines.End));
        Assert.False(lines.Read());
    }
}
