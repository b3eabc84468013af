using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackupLinks.Catalog;
using BackupLinks.Formats;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>
/// Retention once more, written the other way round: it says of each backup alone whether it stays, with calendars as
/// texts and no counting down. Every backup has one file.
/// </summary>
internal sealed class RetentionModel(
    IReadOnlyList<SavedFile> files, IReadOnlyDictionary<string, string> rules, DateTimeOffset now, TimeZoneInfo zone)
{
    private static readonly Dictionary<string, Func<DateTime, string>> Labels = new()
    {
        ["Hourly"] = time => time.ToString("yyyy-MM-dd HH", CultureInfo.InvariantCulture),
        ["Daily"] = time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["Weekly"] = time => $"{ISOWeek.GetYear(time)}-W{ISOWeek.GetWeekOfYear(time)}",
        ["Monthly"] = time => time.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        ["Yearly"] = time => $"{time.Year}",
    };

    /// <summary>The ids of the backups that stay.</summary>
    public IEnumerable<string> Kept => files.Where(Stays).Select(file => file.Id);

    /// <summary>A backup stays when it, what hangs on it, or what it hangs on has a reason.</summary>
    private bool Stays(SavedFile file) =>
        files.Any(other => FullOf(other) == FullOf(file) && HasReason(other)) || FullOf(file) is null;

    private bool HasReason(SavedFile file) => IsProtected(file) || IsLastHope(file) || IsCut(file)
        || (Counts(file) && rules.Any(rule => Keeps(rule.Key["Keep".Length..], rule.Value, file)));

    private bool Counts(SavedFile file) => IsFull(file) && IsGood(file);

    private bool Keeps(string rule, string value, SavedFile file)
    {
        var group = files.Where(Counts).ToList();
        bool isOldest = group.All(other => other == file || IsNewer(other, file));
        string period = rule == "Last" ? "" : rule.Replace("Within", "", StringComparison.Ordinal);
        var newest = period.Length == 0 ? group : group.Where(each =>
            !group.Exists(other => IsNewer(other, each) && Label(period, other) == Label(period, each))).ToList();
        if (rule.StartsWith("Within", StringComparison.Ordinal))
        {
            var latest = group.Where(each => each.Time <= now).Select(each => each.Time).DefaultIfEmpty().Max();
            return file.Time > Back(latest, value) && (isOldest || newest.Contains(file));
        }

        int count = value == "Unlimited" ? int.MaxValue : int.Parse(value, CultureInfo.InvariantCulture);
        return newest.Contains(file)
            ? newest.Count(other => IsNewer(other, file)) < count
            : isOldest && newest.Count < count;
    }

    private string Label(string period, SavedFile file) =>
        Labels[period](TimeZoneInfo.ConvertTime(file.Time, zone).DateTime);

    /// <summary>The earliest moment at which the clock shows the time so long ago.</summary>
    private DateTimeOffset Back(DateTimeOffset latest, string duration)
    {
        if (latest == default || duration == "9999y")
            return default;
        int Number(char unit) => duration.Contains(unit, StringComparison.Ordinal)
            ? int.Parse(
                string.Concat(duration[..duration.IndexOf(unit, StringComparison.Ordinal)].Reverse()
                    .TakeWhile(char.IsAsciiDigit).Reverse()),
                CultureInfo.InvariantCulture)
            : 0;
        if (Number('y') == 0 && Number('m') == 0 && Number('d') == 0)
            return latest.AddHours(-Number('h'));
        var shown = TimeZoneInfo.ConvertTime(latest, zone).DateTime
            .AddMonths(-(12 * Number('y')) - Number('m')).AddDays(-Number('d'));
        for (int quarters = -4 * 15; quarters <= 4 * 15; quarters++)
        {
            var moment = new DateTimeOffset(shown, TimeSpan.Zero).AddMinutes(15 * quarters);
            if (TimeZoneInfo.ConvertTime(moment, zone).DateTime == shown)
                return moment.AddHours(-Number('h'));
        }

        // The clock never showed it: it is as far behind the jump as it would have been.
        var before = new DateTimeOffset(shown.AddDays(-1), zone.GetUtcOffset(shown.AddDays(-1)));
        return before.AddDays(1).AddHours(-Number('h'));
    }

    private bool IsProtected(SavedFile file)
    {
        var intact = files.Where(IsRestorable).ToList();
        return intact.Count > 0
            ? IsRestorable(file) && !intact.Exists(other => IsNewer(other, file))
            : Counts(file) && !files.Any(other => Counts(other) && IsNewer(other, file));
    }

    /// <summary>It is intact, and so is all between it and its full one.</summary>
    private bool IsRestorable(SavedFile file) => file.Kind != BackupKind.Log && FullOf(file) is { } full
        && files.Where(each => !IsFull(file) && FullOf(each) == full && each.Kind == BackupKind.Incremental
                && !IsNewer(each, file))
            .Append(full).All(each => IsGood(each) && each.Tested is not null);

    /// <summary>It is bad, and there is nothing newer and better.</summary>
    private bool IsLastHope(SavedFile file) =>
        !IsGood(file) && !files.Any(other => IsRestorable(other) && IsNewer(other, file));

    /// <summary>It is there, and the full one that it hangs on is not.</summary>
    private bool IsCut(SavedFile file) => !IsFull(file) && file.State != FilePresence.Missing
        && FullOf(file) is not { State: not FilePresence.Missing };

    private SavedFile? FullOf(SavedFile file) => IsFull(file) ? file
        : files.Where(full => IsFull(full) && full.Time <= file.Time)
            .OrderBy(full => files.Count(other => IsFull(other) && IsNewer(other, full))).FirstOrDefault();

    private static bool IsFull(SavedFile file) => file.Kind == BackupKind.Full;

    private static bool IsGood(SavedFile file) => file.State == FilePresence.Present && file.Count == 1
        && file.Tested is (null or BackupFileState.Intact);

    private static bool IsNewer(SavedFile one, SavedFile other) =>
        (one.Time, one.SavedAt, 0).CompareTo((other.Time, other.SavedAt, 0)) switch
        {
            0 => string.CompareOrdinal(one.Id, other.Id) > 0,
            var order => order > 0,
        };
}
