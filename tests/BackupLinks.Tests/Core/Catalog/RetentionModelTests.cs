using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Retention;
using BackupLinks.Formats;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>The plan keeps what the model keeps, on thousands of schedules.</summary>
public sealed class RetentionModelTests : RetentionTest
{
    private const int SchedulesOfSeed = 400;

    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu",
        "Pacific/Apia", "Atlantic/Azores",
    ];

    // Changes of the clocks in both halves of the globe, ends of years, leap days, a year of 53 weeks.
    private static readonly string[] Moments =
    [
        "2026-03-29T01:00Z", "2026-10-25T01:00Z", "2026-03-08T07:00Z", "2026-11-01T06:00Z", "2010-11-07T02:31Z",
        "2026-04-04T15:00Z", "2026-10-03T15:30Z", "2025-12-31T23:30Z", "2027-01-03T23:00Z", "2024-02-29T12:00Z",
        "2028-02-29T00:30Z", "2026-05-31T03:00Z", "2026-08-31T22:00Z",
    ];

    private static readonly TimeSpan[] Distances =
    [
        TimeSpan.Zero, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(6),
        TimeSpan.FromHours(24), TimeSpan.FromHours(25), TimeSpan.FromDays(2), TimeSpan.FromDays(7),
        TimeSpan.FromDays(30), TimeSpan.FromDays(92), TimeSpan.FromDays(366),
    ];

    private static readonly string[] Durations =
        ["1h", "12h", "36h", "1d", "7d", "10d12h", "1m", "1m1d", "3m", "1y", "1y6m10d12h", "9999y"];

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_plan_keeps_what_the_model_keeps(int seed)
    {
        var random = new Random(seed);
        int removed = 0;
        for (int number = 0; number < SchedulesOfSeed; number++)
        {
            var zone = TestZone.Find(Pick(random, Zones));
            var files = Schedule(random);
            var rules = RandomRules(random);
            var now = files.Max(file => file.Time).AddHours(random.Next(-300, 10));

            var plan = Plan(new RetentionSettings(RetentionRules.Parse(rules), now, zone), files);

            var expected = new RetentionModel(files, rules, now, zone).Kept.Order(StringComparer.Ordinal).ToArray();
            Assert.True(
                expected.SequenceEqual(Kept(plan).Order(StringComparer.Ordinal)),
                $"""
                Schedule {number} of seed {seed} in {zone.Id}, now {now:u}: {string.Join(", ", rules)}
                {string.Join('\n', files.OrderBy(file => file.Time).Select(file => $"{file.Id} {file.Time:u} "
                    + $"{file.SavedAt:u} {file.Kind} {file.State} {file.Tested} {file.Count}"))}
                expected {string.Join(' ', expected)}
                actual   {string.Join(' ', Kept(plan).Order(StringComparer.Ordinal))}
                """);
            Assert.Equal(files.Length, Kept(plan).Length + Removed(plan).Length);
            Assert.All(plan.Decisions, decision => Assert.NotEmpty(decision.Reasons));
            removed += Removed(plan).Length;
        }

        Assert.InRange(removed, SchedulesOfSeed, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_same_files_in_another_order_make_the_same_plan(int seed)
    {
        var random = new Random(seed);
        var files = Schedule(random);
        var settings = new RetentionSettings(
            RetentionRules.Parse(RandomRules(random)), FarLater, TimeZoneInfo.Utc);
        var shuffled = files.ToArray();
        random.Shuffle(shuffled);

        Assert.Equal(Text(Plan(settings, files)), Text(Plan(settings, shuffled)));
    }

    private static IEnumerable<string> Text(RetentionPlan plan) => plan.Decisions.Select(decision =>
        $"{decision.Backup.Id} {decision.Keep} {string.Join(", ", decision.Reasons)}").Concat(Removed(plan));

    private static SavedFile[] Schedule(Random random)
    {
        var time = SavedFile.Parse(Pick(random, Moments)).AddHours(random.Next(-60, 60));
        var usual = Pick(random, Distances);
        bool hasChains = random.Next(2) == 0;
        bool isTested = random.Next(3) > 0;
        return [.. Enumerable.Range(0, random.Next(1, 26)).Select(number =>
        {
            time += random.Next(3) == 0 ? Pick(random, Distances) : usual;
            return new SavedFile($"b{random.Next(10)}{number:00}", time)
            {
                Kind = !hasChains || random.Next(3) == 0 ? BackupKind.Full
                    : random.Next(3) == 0 ? BackupKind.Log : BackupKind.Incremental,
                State = random.Next(8) switch
                {
                    0 => FilePresence.Missing,
                    1 => FilePresence.Changed,
                    _ => FilePresence.Present,
                },
                Tested = !isTested || random.Next(3) == 0 ? null
                    : random.Next(5) == 0 ? BackupFileState.Damaged : BackupFileState.Intact,
                Count = random.Next(12) == 0 ? 2 : 1,
                SavedAt = time.AddHours(random.Next(3)),
            };
        })];
    }

    private static Dictionary<string, string> RandomRules(Random random)
    {
        var rules = new Dictionary<string, string>();
        foreach (string name in RetentionRules.ParameterNames)
        {
            if (random.Next(4) > 0)
                continue;
            rules.Add(name, name.Contains("Within", StringComparison.Ordinal) ? Pick(random, Durations)
                : random.Next(6) == 0 ? "Unlimited" : random.Next(1, 6).ToString(CultureInfo.InvariantCulture));
        }

        if (rules.Count == 0)
            rules.Add("KeepDaily", "3");
        return rules;
    }

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
