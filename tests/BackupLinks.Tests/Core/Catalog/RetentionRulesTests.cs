using System;
using System.Linq;
using BackupLinks.Catalog.Retention;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>How rules are written.</summary>
public sealed class RetentionRulesTests : RetentionTest
{
    [Theory]
    [InlineData("7", 7)]
    [InlineData(" 007 ", 7)]
    [InlineData("99999999999999999999", int.MaxValue)]
    [InlineData("Unlimited", null)]
    [InlineData("unlimited", null)]
    [InlineData("-1", null)]
    public void A_count_is_a_number_or_unlimited(string text, int? expected)
    {
        var rule = Assert.Single(Rules($"KeepDaily {text}").Rules);

        Assert.Equal(("daily", RetentionPeriod.Day, expected), (rule.Name, rule.Period, rule.Count));
    }

    [Theory]
    [InlineData("-2")]
    [InlineData("-01")]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("seven")]
    [InlineData("7d")]
    [InlineData("٧")]
    public void Anything_else_is_not_a_count(string text)
    {
        var error = Assert.Throws<BackupLinksException>(() => Parse(("KeepLast", "3"), ("KeepWeekly", text)));

        Assert.Equal(ErrorKind.NoRule, error.Kind);
        Assert.StartsWith($"'{text}' is not a count for -KeepWeekly", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1y6m10d12h", 18, 10, 12)]
    [InlineData("12h10d6m1y", 18, 10, 12)]
    [InlineData("7D", 0, 7, 0)]
    [InlineData("1.12:00:00", 0, 0, 36)]
    [InlineData("9999y", 119988, 0, 0)]
    public void A_duration_has_years_months_days_and_hours_or_is_a_TimeSpan(
        string text, int months, int days, int hours)
    {
        var duration = RetentionDuration.Parse(text)!;

        Assert.Equal((months, days, TimeSpan.FromHours(hours)), (duration.Months, duration.Days, duration.Time));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("1w")]
    [InlineData("-7d")]
    [InlineData("7d-1h")]
    [InlineData("1d2d")]
    [InlineData("7 d")]
    [InlineData("7dd")]
    [InlineData("d")]
    [InlineData("7d!")]
    [InlineData("99999999d")]
    [InlineData("-1.00:00:00")]
    [InlineData("1:2:3:4:5")]
    [InlineData("26:00:00")]
    [InlineData("٧d")]
    [InlineData("Unlimited")]
    public void Anything_else_is_not_a_duration(string text)
    {
        var error = Assert.Throws<BackupLinksException>(() => Parse(("KeepLast", "3"), ("KeepWithinDaily", text)));

        Assert.Equal(ErrorKind.NoRule, error.Kind);
        Assert.StartsWith($"'{text}' is not a duration for -KeepWithinDaily", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_but_zeros_is_no_rule()
    {
        Assert.Equal(ErrorKind.NoRule, Assert.Throws<BackupLinksException>(() => Parse()).Kind);
        Assert.Equal(
            ErrorKind.NoRule,
            Assert.Throws<BackupLinksException>(() => Rules("KeepLast 0, KeepYearly 00, KeepWithin 0d, "
                + "KeepWithinMonthly 0y0m0d0h, KeepWithinWeekly 00:00:00")).Kind);
        Assert.Single(Rules("KeepLast 0, KeepDaily 1").Rules);
    }

    [Fact]
    public void There_are_twelve_rules() => Assert.Equal(
        [
            "KeepDaily", "KeepHourly", "KeepLast", "KeepMonthly", "KeepWeekly", "KeepWithin", "KeepWithinDaily",
            "KeepWithinHourly", "KeepWithinMonthly", "KeepWithinWeekly", "KeepWithinYearly", "KeepYearly",
        ],
        RetentionRules.ParameterNames.Order());

    [Fact]
    public void A_rule_is_named_after_its_period_and_its_duration() => Assert.Equal(
        ["last", "yearly", "within 7d", "hourly within 1d"],
        Rules("KeepWithin 7d, KeepWithinHourly 1d, KeepYearly 1, KeepLast 1").Rules.Select(rule => rule.Name));

    private static RetentionRules Parse(params (string Name, string Text)[] texts) =>
        RetentionRules.Parse(texts.ToDictionary(each => each.Name, each => each.Text));
}
