using System;
using System.Collections.Generic;
using BackupLinks.Discovery;

namespace BackupLinks.Tests.Core.Discovery;

/// <summary>Which backups of an instance are wanted.</summary>
public sealed class BackupFilterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private static Dictionary<string, BackupFilter> Narrow { get; } = new()
    {
        ["since"] = new() { Since = Noon },
        ["until"] = new() { Until = Noon },
        ["status"] = new() { Statuses = ["succeed"] },
        ["type"] = new() { Types = ["auto"] },
        ["names"] = new() { Names = new NameFilter([("a", true, static _ => true)]) },
        ["engine"] = new() { Engines = ["Redis"] },
    };

    public static TheoryData<string> Choices => [.. Narrow.Keys];

    [Theory, MemberData(nameof(Choices))]
    public void Every_choice_narrows_the_list_down(string choice) => Assert.True(Narrow[choice].IsNarrow);

    [Fact]
    public void The_newest_of_some_age_is_no_narrower_list() =>
        Assert.False(new BackupFilter { Latest = true, MaximumAge = TimeSpan.FromHours(26) }.IsNarrow);

    [Theory]
    [InlineData(-1, false, true)]
    [InlineData(0, true, true)]
    [InlineData(1, true, false)]
    [InlineData(null, true, true)]
    public void Both_times_are_inclusive_and_no_time_is_within_every_time(int? hours, bool isSince, bool isUntil)
    {
        var backup = new Backup(hours is { } count ? Noon.AddHours(count) : null);

        Assert.Equal(isSince, new BackupFilter { Since = Noon }.IsWanted(backup));
        Assert.Equal(isUntil, new BackupFilter { Until = Noon }.IsWanted(backup));
    }

    [Fact]
    public void A_name_that_is_not_wanted_is_not_wanted_at_any_time()
    {
        var names = new NameFilter([("b", false, static name => name == "b")]);
        var others = new NameFilter([("a", false, static name => name == "a")]);

        Assert.True(new BackupFilter { Names = names, Since = Noon }.IsWanted(new Backup(Noon)));
        Assert.False(new BackupFilter { Names = others, Since = Noon }.IsWanted(new Backup(Noon)));
    }

    [Fact]
    public void A_state_is_compared_without_case_and_a_type_by_the_backup()
    {
        var backup = new Backup(Noon);

        Assert.True(new BackupFilter { Statuses = ["failed", "SUCCEED"] }.IsWanted(backup));
        Assert.False(new BackupFilter { Statuses = ["failed"] }.IsWanted(backup));
        Assert.True(new BackupFilter { Types = ["manual", "auto"] }.IsWanted(backup));
        Assert.False(new BackupFilter { Types = ["manual"] }.IsWanted(backup));
        Assert.True(new BackupFilter { Engines = ["Memcached", "redis"] }.IsWanted(backup));
        Assert.False(new BackupFilter { Engines = ["Memcached"] }.IsWanted(backup));
    }

    private sealed record Backup(DateTimeOffset? BackupTime) : IBackup
    {
        public string InstanceId => "i";

        public string BackupId => "b";

        public string? Name => "b";

        public string? Status => "succeed";

        public bool IsDownloadable => true;

        public bool HasFailed => false;

        public string? Engine => "Redis";

        public string? Part => null;

        public bool IsOfType(string word) => word == "auto";
    }
}
