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

    [Fact]
    public void A_doubt_is_not_an_alarm()
    {
        string page = Page(Fleet);

        Assert.All(
            Fleet.Instances.Where(row => InstanceState.IsAlarm(row.State)),
            row => Assert.Matches(
                $"<li class=\"{(row.State is "Suspicious" or "NotTested" ? "doubt" : "alarm")}\">.* {row.State}\n<ul>",
                page));
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void Of_an_instance_s_problems_the_page_has_ten(int count, bool hasMore)
    {
        var row = Row("x", null, [.. Enumerable.Range(0, count).Select(
            night => With(Saved(-2 - (24 * night)), "Missing"))]);

        string trouble = Regex.Match(Page(new ReportContent([row], Now)), "<ul class=\"trouble\">.*?</section>",
            RegexOptions.Singleline).Value;

        Assert.Equal(hasMore ? 11 : 10, Regex.Count(trouble, "<li>"));
        Assert.Equal(hasMore, trouble.Contains("<li>1 more are not shown.</li>"));
        Assert.Equal(hasMore, trouble.Contains("more are not shown"));
    }

    [Fact]
    public void The_first_day_and_the_first_of_a_month_have_the_name_of_the_month()
    {
        string[] days = [.. Regex.Matches(Page(Fleet), "<span class=\"month\">(\\w+)</span>(\\d+)</span>")
            .Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}")];

        Assert.Equal(["Dec 17", "Jan 1"], days);
    }

    [Fact]
    public void The_age_of_a_backup_is_that_of_the_status_and_not_of_the_page()
    {
        var row = Row("x", null, [Saved(-2)]);

        Assert.Contains("<div class=\"soft\">2 h old</div>", Page(new ReportContent([row], Now.AddHours(1))));
    }

    [Fact]
    public void A_cloud_that_got_no_request_is_in_words_and_no_size_is_none()
    {
        var row = Row("x", null, []);

        string page = Page(new ReportContent([row], Now));

        Assert.Contains("Cloud: not requested<", page);
        Assert.Contains("data-label=\"Size\">none", page);
        Assert.Contains("data-label=\"Size\">1000 B", Page(new ReportContent([Row("x", null, [Saved(-1)])], Now)));
    }

    [Fact]
    public void A_log_is_not_a_backup_of_its_day()
    {
        var row = Row("x", null, [Saved(-26), Saved(-1, kind: "Log")]);

        string page = Page(new ReportContent([row], Now));

        Assert.Contains("title=\"2026-01-14 good, 1000 B\"", page);
        Assert.Contains("title=\"2026-01-15 nothing kept\"", page);
    }

    [Theory]
    [InlineData("Changed", "damaged")]
    [InlineData("Missing", "missing")]
    public void A_bad_file_has_the_cell_of_its_day_although_a_good_one_came_later(string state, string word)
    {
        var row = Row("x", null, [Saved(-1), With(Saved(-2), state)]);

        Assert.Contains($"title=\"2026-01-15 {word}", Page(new ReportContent([row], Now)));
    }

    [Fact]
    public void Failures_are_those_of_the_days_that_are_shown_the_newest_first()
    {
        var row = Row("x", null, [.. new[] { -3, -(24 * 29) - 3, -1, -(24 * 29) - 4 }.Select(
            hours => With(Saved(hours), "Missing"))]);

        string page = Page(new ReportContent([row], Now));

        string failures = page[page.IndexOf("<summary>", StringComparison.Ordinal)..];
        Assert.Equal(
            ["2026-01-15 02:00", "2026-01-15 00:00", "2025-12-17 00:00"],
            Regex.Matches(failures, "<li>.*?\">([^<]*)</time>").Select(match => match.Groups[1].Value));
        Assert.Contains("<summary>3 backups of these 30 days</summary>", failures);
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
