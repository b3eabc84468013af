using System;
using System.Text.RegularExpressions;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Reports;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>The line of sizes, 96 wide and 24 high.</summary>
public sealed class SizeChartTests : ReportTest
{
    private static readonly DateTime FirstDay = Now.Date.AddDays(-4);

    [Fact]
    public void A_size_is_as_high_as_it_is_large_and_as_far_right_as_it_is_late()
    {
        string chart = Draw(
            Saved(-3 - 24, 500), Saved(-3, 1000), Saved(-3 - 48, 750), Saved(-3 - 96, 0),
            Saved(-3 - 97, 9999), Saved(-3 - 12, 9999, kind: "Incremental"));

        // Four days and three hours are the width.
        Assert.Equal("0,24 46.5,6 69.8,12 93.1,0", Attribute(chart, "points"));
        Assert.Equal(("93.1", "0"), (Attribute(chart, "cx"), Attribute(chart, "cy")));
        Assert.Equal("4 sizes from 0 B to 1000 B", Attribute(chart, "aria-label"));
        Assert.Contains("<title>4 sizes from 0 B to 1000 B</title>", chart);
    }

    [Fact]
    public void A_clock_that_is_ahead_stays_on_the_page() => Assert.Equal(
        "93.1,0 96,12", Attribute(Draw(Saved(-3, 1000), Saved(30, 500)), "points"));

    [Fact]
    public void Files_without_a_byte_are_a_line_at_the_bottom() =>
        Assert.Equal("69.8,24 93.1,24", Attribute(Draw(Saved(-3, 0), Saved(-27, 0)), "points"));

    private static string Draw(params BackupFile[] files)
    {
        var row = Row("x", null, files);
        return SizeChart.Of(row, FirstDay, new ReportContent([row], Now)).ToString();
    }

    private static string Attribute(string chart, string name) =>
        Regex.Match(chart, $"\\b{name}=\"([^\"]*)\"").Groups[1].Value;
}
