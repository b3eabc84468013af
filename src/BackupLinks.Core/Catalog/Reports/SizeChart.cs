using System;
using System.Globalization;
using System.Linq;
using BackupLinks.Catalog.Status;
using BackupLinks.Text;

namespace BackupLinks.Catalog.Reports;

/// <summary>The sizes of an instance's full backups over time, as a line.</summary>
internal static class SizeChart
{
    private const double Width = 96;
    private const double Height = 24;

    /// <summary>The line; nothing for fewer than two backups.</summary>
    /// <param name="row">The instance.</param>
    /// <param name="firstDay">The first day.</param>
    /// <param name="content">The time and the zone of the page.</param>
    public static HtmlText Of(InstanceStatus row, DateTime firstDay, ReportContent content)
    {
        var start = new DateTimeOffset(firstDay, content.Zone.GetUtcOffset(firstDay));
        double span = (content.Now - start).TotalSeconds;
        (double X, long Size)[] points =
            [.. row.Backups
                .Where(backup => backup is { Kind: BackupKind.Full, Size: not null } && backup.Time >= start)
                .OrderBy(backup => backup.Time)
                .Select(backup => (
                    X: Math.Min(Width, (backup.Time - start).TotalSeconds / span * Width), backup.Size!.Value))];
        var html = new HtmlText();
        if (points.Length < 2)
            return html;
        long most = Math.Max(1, points.Max(point => point.Size));
        string line = string.Join(" ", points.Select(point => $"{Number(point.X)},{Number(Y(point.Size))}"));
        string label = $"{points.Length} sizes from {SizeText.Format(points.Min(point => point.Size))} "
            + $"to {SizeText.Format(most)}";
        var (lastX, lastSize) = points[points.Length - 1];
        html.Add($"<svg class=\"sizes\" viewBox=\"0 0 96 24\" role=\"img\" aria-label=\"{label}\">");
        html.Add($"<title>{label}</title><polyline points=\"{line}\"/>");
        return html.Add($"<circle cx=\"{Number(lastX)}\" cy=\"{Number(Y(lastSize))}\" r=\"2\"/></svg>");

        // From zero, so that half a size is half as high.
        double Y(long size) => Height - (size / (double)most * Height);
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
