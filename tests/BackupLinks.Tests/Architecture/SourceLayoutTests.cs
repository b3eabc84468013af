using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Architecture;

/// <summary>A file fits on a few screens, and a line on one.</summary>
public sealed class SourceLayoutTests
{
    private const int MostLines = 400;
    private const int MostColumns = 120;

    // Operators copy this one file.
    private static readonly string[] LongFiles = [Path.Combine("samples", "nightly.ps1")];

    private static readonly string[] Folders = ["src", "tests", "samples", "bench"];
    private static readonly string[] Built = ["bin", "obj"];
    private static readonly string[] Extensions = [".cs", ".ps1", ".psm1"];

    [Fact]
    public void A_source_file_has_at_most_400_lines()
    {
        string[] longer = [.. Files().Where(file => File.ReadLines(Full(file)).Count() > MostLines)];

        Assert.Equal(LongFiles, longer);
    }

    [Fact]
    public void A_source_line_has_at_most_120_columns() => Assert.Empty(Files().SelectMany(file =>
        File.ReadLines(Full(file)).Select((line, index) => (line.Length, Place: $"{file}:{index + 1}"))
            .Where(line => line.Length > MostColumns).Select(line => line.Place)));

    private static string Full(string file) => Path.Combine(Checkout.Root, file);

    private static IEnumerable<string> Files() => Folders
        .SelectMany(folder => Directory.EnumerateFiles(
            Path.Combine(Checkout.Root, folder), "*", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Checkout.Root, file))
        .Where(file => Extensions.Contains(Path.GetExtension(file))
            && !file.Split(Path.DirectorySeparatorChar).Intersect(Built).Any())
        .Order(StringComparer.Ordinal);
}
