using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using BackupLinks.Catalog.Reports;
using BackupLinks.Catalog.Status;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>The page for people.</summary>
public sealed class HtmlReportTests : ReportTest
{
    [Fact]
    public void The_fleet_of_these_tests_has_every_state() =>
        Assert.Equal(InstanceState.WorstFirst, Fleet.WorstFirst.Select(row => row.State));

    [Fact]
    public void An_instance_has_a_row_and_a_day_has_a_cell()
    {
        string page = Page(Fleet);

        Assert.Equal(1 + Fleet.Instances.Count, Regex.Count(page, "<tr "));
        Assert.Equal(30 * Fleet.Instances.Count, Regex.Count(page, "<td [^>]*class=\"day\""));
        Assert.Contains("<title>Backups: 8 of 11 instances need attention.</title>", page);
        Assert.Contains("title=\"2026-01-15 good, 1000 B\"", page);
        Assert.Contains("title=\"2026-01-13 nothing kept\"", page);
        Assert.Contains("A cell for each day", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("from 2025-12-17 to 2026-01-15", page);
    }

    [Fact]
    public void A_backup_is_in_the_cell_of_its_day_in_the_zone_of_the_page()
    {
        var content = Fleet with
        {
            Zone = TimeZoneInfo.CreateCustomTimeZone("West", TimeSpan.FromHours(-5), "West", "West"),
        };

        string page = Page(content with { Instances = [.. content.Instances.Where(row => row.InstanceName == "ok")] });

        Assert.Contains("title=\"2026-01-14 good, 1000 B\"", page);
        Assert.Contains("days and times in the zone West (UTC-05:00)", page);
    }

    [Fact]
    public void Names_of_instances_are_text()
    {
        string page = Page(Fleet);

        Assert.DoesNotContain("<img", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("<b>FAILED", page);
        Assert.DoesNotContain("\u202e", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page);
        // No attribute has grown out of a name: every tag is one that the page has for the harmless fleet, too.
        Assert.Equal(Tags(Page(Harmless)), Tags(page));
    }

    [Fact]
    public void The_page_loads_nothing_and_runs_nothing()
    {
        string page = Page(Harmless);

        Assert.DoesNotMatch(@"https?:|//[a-z]|url\(|@import|<script|<iframe|<object|javascript:|\son\w+=", page);
        Assert.All(
            Regex.Matches(page, "(?:href|src)=\"([^\"]*)\"").Select(match => match.Groups[1].Value),
            address => Assert.Matches("^(#[\\w-]+|data:,)$", address));
        Assert.Contains("default-src 'none'; style-src 'sha256-", page);
    }

    [Fact]
    public void Every_link_within_the_page_leads_somewhere()
    {
        string page = Page(Fleet);
        string[] ids = [.. Regex.Matches(page, "\\sid=\"([^\"]*)\"").Select(match => match.Groups[1].Value)];

        Assert.Equal(ids.Distinct(), ids);
        Assert.All(
            Regex.Matches(page, "href=\"#([^\"]*)\"").Select(match => match.Groups[1].Value),
            id => Assert.Contains(id, ids));
    }

    [Fact]
    public void What_failed_is_there_with_the_reason()
    {
        string page = Page(Fleet);

        Assert.Contains("<li>The list was refused.</li>", page);
        Assert.Contains("Damaged: &#39;a.qp&#39; has changed since it was saved", page);
        Assert.Contains("Failed: it failed in the cloud (&#39;FAILED&#39;)", page);
    }

    [Fact]
    public void A_good_backup_later_in_the_day_takes_the_cell_of_a_failed_one()
    {
        var row = Row("x", Cloud(new Listed(-1), new Listed(-2) { Status = "FAILED" }), [Saved(-1)]);

        Assert.Contains("title=\"2026-01-15 good, 1000 B\"", Page(new ReportContent([row], Now)));
    }

    [Fact]
    public void An_attempt_that_failed_later_in_the_day_takes_the_cell_of_a_good_one()
    {
        var row = Row("x", Cloud(new Listed(-1) { Status = "FAILED" }, new Listed(-2)), [Saved(-2)]);

        Assert.Contains("title=\"2026-01-15 failed: it failed", Page(new ReportContent([row], Now)));
    }

    [Fact]
    public void Of_very_many_problems_the_page_has_the_first()
    {
        var row = Row("x", null, [.. Enumerable.Range(0, 40).Select(
            night => With(Saved(-2 - (24 * night)), "Missing"))]);

        Assert.Contains("<li>30 more are not shown.</li>", Page(new ReportContent([row], Now)));
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(201, true)]
    public void Of_very_many_failures_the_page_has_two_hundred(int count, bool hasMore)
    {
        var row = Row("x", null, [.. Enumerable.Range(0, count).Select(
            hour => With(Saved(-2 - hour), "Missing"))]);

        string page = Page(new ReportContent([row], Now));

        // The row of the instance has such a link, too.
        Assert.Equal(1 + 200, Regex.Count(page, "<a href=\"#[^\"]*\"><bdi>"));
        Assert.Equal(hasMore, page.Contains("<li>1 older ones are not shown.</li>"));
        Assert.Equal(hasMore, page.Contains("older ones are not shown"));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void A_line_of_sizes_takes_two(int count, bool hasLine)
    {
        var row = Row("x", null, [.. Enumerable.Range(0, count).Select(night => Saved(-2 - (24 * night)))]);

        Assert.Equal(hasLine, Page(new ReportContent([row], Now)).Contains("<svg class=\"sizes\""));
    }

    [Fact]
    public void A_page_without_instances_says_so() =>
        Assert.Contains("No instance is known.", Page(new ReportContent([], Now)));

    [Fact]
    public void An_instance_that_comes_twice_is_on_the_page_once()
    {
        var row = Row("x", null, [Saved(-1)]);

        Assert.Equal(2, Regex.Count(Page(new ReportContent([row, row], Now)), "<tr "));
    }

    private static ReportContent Harmless => Fleet with
    {
        Instances = [.. Fleet.Instances.Select(row => row.InstanceName == Hostile
            ? Row("damaged", Cloud(new Listed(-2), new Listed(-26) { Status = "FAILED" }), Files(row)) : row)],
    };

    private static BackupLinks.Catalog.BackupFile[] Files(InstanceStatus row) =>
        [.. row.Backups.Where(backup => backup.FileCount > 0).Select((backup, index) => With(
            Saved(-2 - (24 * index), 1000 + (index * 70)),
            backup.State == InstanceState.Damaged ? "Changed" : "Present"))];

    private static string Page(ReportContent content) => Encoding.UTF8.GetString(HtmlReport.Write(content));

    private static IEnumerable<string> Tags(string page) => Regex.Matches(page, "<[^>]*>")
        .Select(match => Regex.Replace(match.Value, "(title|aria-label)=\"[^\"]*\"", "$1"));
}
