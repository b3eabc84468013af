using System;
using System.Globalization;
using System.Linq;
using System.Text;
using BackupLinks.Catalog.Status;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Catalog.Reports;

/// <summary>
/// A page for people: one file, without a script, that loads nothing. A row for each instance, and a cell for each day.
/// </summary>
internal sealed class HtmlReport
{
    private const int DayCount = 30;
    private const int MostFailures = 200;
    private const int MostProblems = 10;

    private readonly ReportContent _content;
    private readonly DateTime[] _days;
    private readonly (InstanceStatus Row, string Anchor)[] _rows;

    private HtmlReport(ReportContent content)
    {
        _content = content;
        var today = DayOf(content.Now);
        _days = [.. Enumerable.Range(0, DayCount).Select(back => today.AddDays(back - DayCount + 1))];
        _rows = [.. content.WorstFirst.Select((row, index) => (row, FormattableString.Invariant($"i{index + 1}")))];
    }

    /// <summary>Writes the page.</summary>
    public static byte[] Write(ReportContent content) =>
        Encoding.UTF8.GetBytes(new HtmlReport(content).ToHtml().ToString());

    private HtmlText ToHtml()
    {
        int alarms = _rows.Count(each => InstanceState.IsAlarm(each.Row.State));
        string summary = _rows.Length == 0 ? "No instance is known."
            : alarms == 0 ? "No instance needs attention."
            : $"{alarms} of {_rows.Length} instances {(alarms == 1 ? "needs" : "need")} attention.";
        var html = HtmlText.Of($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
        html.Add($"style-src 'sha256-{HtmlStyle.Hash}'; img-src data:; base-uri 'none'; form-action 'none'\">\n");
        html.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Add($"<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n");
        // Without it, a browser requests one of the server.
        html.Add($"<link rel=\"icon\" href=\"data:,\">\n<title>Backups: {summary}</title>\n");
        html.Add($"<style>{HtmlText.Raw(HtmlStyle.Text)}</style>\n</head>\n<body>\n{HtmlSymbols.Definitions()}");
        html.Add($"<header>\n<h1>Backups</h1>\n<p>{summary}</p>\n<p class=\"soft\">");
        html.Add($"{Time(_content.Now)}, days and times in the zone {ZoneName}</p>\n");
        AddCounts(html);
        html.Add($"</header>\n<main>\n");
        AddTrouble(html);
        AddTable(html);
        AddFailures(html);
        return html.Add($"</main>\n</body>\n</html>\n");
    }

    private string ZoneName
    {
        get
        {
            var offset = _content.Zone.GetUtcOffset(_content.Now);
            string sign = offset < TimeSpan.Zero ? "-" : "+";
            return $"{_content.Zone.Id} (UTC{sign}{offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture)})";
        }
    }

    private void AddCounts(HtmlText html)
    {
        html.Add($"<ul class=\"counts\">\n");
        foreach (var (state, count) in _content.Counts)
            html.Add($"<li>{HtmlSymbols.Of(state)} {count} {state}</li>\n");
        html.Add($"</ul>\n");
    }

    private void AddTrouble(HtmlText html)
    {
        var trouble = _rows.Where(each => InstanceState.IsAlarm(each.Row.State)).ToArray();
        if (trouble.Length == 0)
            return;
        html.Add($"<section aria-labelledby=\"trouble\">\n<h2 id=\"trouble\">Needs attention</h2>\n");
        html.Add($"<ul class=\"trouble\">\n");
        foreach (var (row, anchor) in trouble)
        {
            bool isDoubt = row.State is InstanceState.Suspicious or InstanceState.NotTested;
            html.Add($"<li class=\"{(isDoubt ? "doubt" : "alarm")}\">{HtmlSymbols.Of(row.State)} ");
            html.Add($"<a href=\"#{anchor}\"><bdi>{NameOf(row)}</bdi></a> ");
            html.Add($"<span class=\"soft\">{row.Service}</span> {row.State}\n<ul>");
            foreach (string problem in row.Problems.Take(MostProblems))
                html.Add($"<li>{problem}</li>");
            if (row.Problems.Length > MostProblems)
                html.Add($"<li>{row.Problems.Length - MostProblems} more are not shown.</li>");
            html.Add($"</ul></li>\n");
        }

        html.Add($"</ul>\n</section>\n");
    }

    private void AddTable(HtmlText html)
    {
        if (_rows.Length == 0)
            return;
        html.Add($"<section aria-labelledby=\"instances\">\n<h2 id=\"instances\">Instances</h2>\n");
        html.Add($"<ul class=\"legend soft\">");
        foreach (string state in (string[])[InstanceState.Ok, InstanceState.NotTested, InstanceState.Damaged,
            InstanceState.Missing, InstanceState.Failed])
            html.Add($"<li>{HtmlSymbols.Of(state)} {WordOf(state)}</li>");
        html.Add($"<li>{HtmlSymbols.Of(HtmlSymbols.Nothing)} {WordOf(HtmlSymbols.Nothing)}</li></ul>\n");
        html.Add($"<div class=\"scroll\" role=\"region\" aria-label=\"Days\" tabindex=\"0\">\n");
        html.Add($"<table role=\"table\">\n<caption class=\"soft\">A row for each instance, and a cell for each day ");
        html.Add($"from {Day(_days[0])} to {Day(_days[DayCount - 1])}.</caption>\n<thead role=\"rowgroup\">");
        html.Add($"<tr role=\"row\"><th role=\"columnheader\" scope=\"col\">Instance</th>");
        html.Add($"<th role=\"columnheader\" scope=\"col\">State</th>");
        html.Add($"<th role=\"columnheader\" scope=\"col\">Newest good backup</th>");
        html.Add($"<th role=\"columnheader\" scope=\"col\">Size</th>");
        foreach (var day in _days)
        {
            html.Add($"<th role=\"columnheader\" scope=\"col\" class=\"day\"><span aria-hidden=\"true\">");
            if (day.Day == 1 || day == _days[0])
                html.Add($"<span class=\"month\">{day.ToString("MMM", CultureInfo.InvariantCulture)}</span>");
            html.Add($"{day.Day}</span>");
            html.Add($"<span class=\"hidden\">{Day(day)}</span></th>");
        }

        html.Add($"</tr></thead>\n<tbody role=\"rowgroup\">\n");
        foreach (var (row, anchor) in _rows)
            AddRow(html, row, anchor);
        html.Add($"</tbody>\n</table>\n</div>\n</section>\n");
    }

    private void AddRow(HtmlText html, InstanceStatus row, string anchor)
    {
        string?[] place = [row.Service, row.Engine, row.Region];
        html.Add($"<tr role=\"row\" id=\"{anchor}\"><th role=\"rowheader\" scope=\"row\">");
        html.Add($"<b><bdi>{NameOf(row)}</bdi></b>");
        html.Add($"<div class=\"soft\">{string.Join(" · ", place.OfType<string>())}</div>");
        html.Add($"<div class=\"soft\"><bdi>{row.InstanceId}</bdi></div></th>");
        html.Add($"<td role=\"cell\" class=\"state\">{HtmlSymbols.Of(row.State)} {row.State}");
        string cloud = row.CloudState == InstanceState.NotAsked ? "not requested" : row.CloudState;
        html.Add($"<div class=\"soft\">Cloud: {cloud}</div></td>");
        html.Add($"<td role=\"cell\" class=\"when\" data-label=\"Newest good backup\">");
        if (row.LastBackupTime is { } time)
            html.Add($"{Time(time)}<div class=\"soft\">{AgeText.Format(row.Age ?? _content.Now - time)} old</div>");
        else
            html.Add($"none");
        html.Add($"</td><td role=\"cell\" class=\"size\" data-label=\"Size\">");
        html.Add($"{(row.Size is { } size ? SizeText.Format(size) : "none")}");
        html.Add($"{SizeChart.Of(row, _days[0], _content)}</td>");
        var byDay = row.Backups.Where(backup => backup.Kind != BackupKind.Log).ToLookup(backup => DayOf(backup.Time));
        foreach (var day in _days)
            AddDay(html, day, [.. byDay[day]]);
        html.Add($"</tr>\n");
    }

    private static void AddDay(HtmlText html, DateTime day, InstanceBackup[] backups)
    {
        // The last attempt of the day counts, good or failed; a bad file does in any case.
        var shown = Array.Find(backups, backup => backup.State is InstanceState.Damaged or InstanceState.Missing)
            ?? backups.OrderByDescending(backup => backup.Time).FirstOrDefault();
        string state = shown?.State ?? HtmlSymbols.Nothing;
        string size = shown?.Size is { } bytes ? ", " + SizeText.Format(bytes) : "";
        string problem = shown?.Problem is null ? "" : ": " + shown.Problem;
        string text = $"{Day(day)} {WordOf(state)}{size}{problem}";
        html.Add($"<td role=\"cell\" class=\"day\" title=\"{text}\">{HtmlSymbols.Of(state)}");
        html.Add($"<span class=\"number\" aria-hidden=\"true\">{day.Day}</span>");
        html.Add($"<span class=\"hidden\">{text}</span></td>");
    }

    private void AddFailures(HtmlText html)
    {
        (InstanceStatus Row, string Anchor, InstanceBackup Backup)[] all =
            [.. _rows.SelectMany(each => each.Row.Backups
                    .Where(backup => backup.Problem is not null && DayOf(backup.Time) >= _days[0])
                    .Select(backup => (each.Row, each.Anchor, backup)))
                .OrderByDescending(each => each.backup.Time)];
        if (all.Length == 0)
            return;
        html.Add($"<section aria-labelledby=\"failures\">\n<h2 id=\"failures\">What failed, and why</h2>\n");
        html.Add($"<details open>\n<summary>{all.Length} backups of these {DayCount} days</summary>\n");
        html.Add($"<ul class=\"trouble\">\n");
        foreach (var (row, anchor, backup) in all.Take(MostFailures))
        {
            html.Add($"<li>{HtmlSymbols.Of(backup.State)} {Time(backup.Time)} ");
            html.Add($"<a href=\"#{anchor}\"><bdi>{NameOf(row)}</bdi></a> {backup.State}: {backup.Problem}</li>\n");
        }

        if (all.Length > MostFailures)
            html.Add($"<li>{all.Length - MostFailures} older ones are not shown.</li>\n");
        html.Add($"</ul>\n</details>\n</section>\n");
    }

    private static string NameOf(InstanceStatus row) =>
        string.IsNullOrWhiteSpace(row.InstanceName) ? row.InstanceId : row.InstanceName!;

    private static string WordOf(string state) => state switch
    {
        InstanceState.Ok => "good",
        InstanceState.NotTested => "not tested",
        InstanceState.Damaged => "damaged",
        InstanceState.Missing => "missing",
        InstanceState.Failed => "failed",
        HtmlSymbols.Nothing => "nothing kept",
        _ => state,
    };

    private DateTime DayOf(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, _content.Zone).Date;

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private HtmlText Time(DateTimeOffset time)
    {
        string exact = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string local = TimeZoneInfo.ConvertTime(time, _content.Zone)
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return HtmlText.Of($"<time datetime=\"{exact}\">{local}</time>");
    }
}
