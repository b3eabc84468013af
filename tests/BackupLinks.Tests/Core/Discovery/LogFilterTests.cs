using System;
using BackupLinks.Discovery;

namespace BackupLinks.Tests.Core.Discovery;

/// <summary>Which logs of an instance are wanted.</summary>
public sealed class LogFilterTests
{
    private static readonly DateTime Day = new(2026, 1, 15);

    [Theory]
    [InlineData(-1, false, true)]
    [InlineData(0, true, true)]
    [InlineData(1, true, false)]
    [InlineData(null, true, true)]
    public void Both_days_are_inclusive_and_no_day_is_within_every_range(int? days, bool isSince, bool isUntil)
    {
        var log = new Log(days is { } count ? Day.AddDays(count) : null);

        Assert.Equal(isSince, new LogFilter { Since = Day }.IsWanted(log));
        Assert.Equal(isUntil, new LogFilter { Until = Day }.IsWanted(log));
        Assert.True(new LogFilter().IsWanted(log));
    }

    [Fact]
    public void Names_and_states_narrow_the_list_down_and_a_state_is_compared_without_case()
    {
        var log = new Log(Day);
        var names = new NameFilter([("b", false, static name => name == "b")]);
        var others = new NameFilter([("a", false, static name => name == "a")]);

        Assert.True(new LogFilter { Names = names, Statuses = ["failed", "READY"] }.IsWanted(log));
        Assert.False(new LogFilter { Names = others }.IsWanted(log));
        Assert.False(new LogFilter { Statuses = ["failed"] }.IsWanted(log));
    }

    private sealed record Log(DateTime? Date) : ILog
    {
        public string InstanceId => "i";

        public string LogId => "l";

        public string? Name => "b";

        public string? Status => "ready";

        public bool IsDownloadable => true;

        public DateTimeOffset? Time => null;

        public (string? Shard, string? Node) Part => default;
    }
}
