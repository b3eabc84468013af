using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackupLinks.Errors;
using BackupLinks.Text;

namespace BackupLinks.Catalog.Retention;

/// <summary>
/// The rules of restic 0.16, of which each keeps backups: a backup stays when one of them keeps it. The document:
/// https://restic.readthedocs.io/en/v0.16.0/060_forget.html.
/// </summary>
internal sealed class RetentionRules
{
    private const string Unlimited = nameof(Unlimited);
    private const string Within = nameof(Within);
    private const string Prefix = "Keep";
    // A count of more digits is one that no list of backups reaches.
    private const int MostDigits = 9;

    private static readonly (string Parameter, string Name, RetentionPeriod Period)[] Counts =
    [
        ("KeepLast", "last", RetentionPeriod.None),
        ("KeepHourly", "hourly", RetentionPeriod.Hour),
        ("KeepDaily", "daily", RetentionPeriod.Day),
        ("KeepWeekly", "weekly", RetentionPeriod.Week),
        ("KeepMonthly", "monthly", RetentionPeriod.Month),
        ("KeepYearly", "yearly", RetentionPeriod.Year),
    ];

    private RetentionRules(IReadOnlyList<RetentionRule> rules) => Rules = rules;

    /// <summary>The rules; at least one.</summary>
    public IReadOnlyList<RetentionRule> Rules { get; }

    /// <summary>The names of the parameters that say a rule.</summary>
    public static IReadOnlyList<string> ParameterNames { get; } =
        [.. Counts.Select(each => each.Parameter), .. Counts.Select(each => ToWithin(each.Parameter))];

    /// <summary>Reads the rules.</summary>
    /// <param name="texts">The texts of the parameters, by their names; others than those of rules are skipped.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.NoRule"/>: a text is not that of a rule, or there is no rule, or only rules that keep
    /// nothing.
    /// </exception>
    public static RetentionRules Parse(IReadOnlyDictionary<string, string> texts)
    {
        var rules = new List<RetentionRule>();
        foreach (var (parameter, name, period) in Counts)
        {
            if (texts.TryGetValue(parameter, out string? text) && ReadCount(parameter, text) is not 0 and var count)
                rules.Add(new RetentionRule(name, period, count < 0 ? null : count, null));
        }

        foreach (var (parameter, name, period) in Counts)
        {
            if (texts.TryGetValue(ToWithin(parameter), out string? text)
                && ReadDuration(ToWithin(parameter), text) is { IsZero: false } duration)
            {
                string prefix = period == RetentionPeriod.None ? "" : $"{name} ";
                rules.Add(new RetentionRule($"{prefix}within {duration.Text}", period, null, duration));
            }
        }

        return rules.Count > 0 ? new RetentionRules(rules) : throw new BackupLinksException(
            ErrorKind.NoRule,
            "No rule says which backups stay, and nothing was removed; name one, such as -KeepDaily 7.");
    }

    private static string ToWithin(string parameter) => parameter == Counts[0].Parameter
        ? Prefix + Within
        : Prefix + Within + parameter.Substring(Prefix.Length);

    private static int ReadCount(string parameter, string text)
    {
        string trimmed = text.Trim();
        if (trimmed == "-1" || trimmed.Equals(Unlimited, StringComparison.OrdinalIgnoreCase))
            return -1;
        if (trimmed.Length > 0 && trimmed.All(digit => digit is >= '0' and <= '9'))
        {
            string digits = trimmed.TrimStart('0');
            return digits.Length > MostDigits ? int.MaxValue
                : digits.Length == 0 ? 0 : int.Parse(digits, CultureInfo.InvariantCulture);
        }

        throw new BackupLinksException(
            ErrorKind.NoRule,
            $"'{ScreenText.Excerpt(text)}' is not a count for -{parameter}, and nothing was removed; "
                + "give a number, or Unlimited.");
    }

    private static RetentionDuration ReadDuration(string parameter, string text) =>
        RetentionDuration.Parse(text) ?? throw new BackupLinksException(
            ErrorKind.NoRule,
            $"'{ScreenText.Excerpt(text)}' is not a duration for -{parameter}, and nothing was removed; "
                + $"write it with its units, such as {RetentionDuration.Forms}.");
}
