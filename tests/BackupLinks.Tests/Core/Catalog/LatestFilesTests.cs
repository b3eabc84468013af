using System.Linq;
using BackupLinks.Catalog;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>The files of the newest backup of each instance.</summary>
public sealed class LatestFilesTests
{
    private static readonly SavedFile Old = SavedFile.At("2026-01-14") with { Type = "auto" };
    private static readonly SavedFile New = SavedFile.At("2026-01-15") with { Type = "manual" };

    [Fact]
    public void Each_instance_and_each_part_has_its_own()
    {
        var part = Old with { Id = "p", Part = "shard-1" };
        var other = Old with { Id = "o", Instance = "i2" };

        Assert.Equal(["2026-01-15", "p", "o"], Latest([], Old, part, New, other));
        Assert.Equal(["2026-01-15"], Latest([], New, Old));
    }

    [Fact]
    public void Of_several_types_or_kinds_each_has_its_own_whatever_the_case()
    {
        var incremental = New.Incremental() with { Id = "n", Type = null };

        Assert.Equal(["2026-01-14", "2026-01-15"], Latest(["AUTO", "Manual"], Old, New));
        Assert.Equal(["2026-01-14", "n"], Latest(["auto", "incremental"], Old, incremental));
        Assert.Equal(["2026-01-15"], Latest(["auto"], Old, New));
    }

    [Fact]
    public void The_files_of_one_backup_come_together_and_a_backup_with_its_id_of_another_time_does_not()
    {
        var first = New with { Id = "b", FileName = "1" };
        var second = first with { FileName = "2" };

        Assert.Equal(["b", "b"], Latest([], first, second));
        Assert.Equal(["b"], Latest([], first, second with { Time = Old.Time }));
        Assert.Equal(["2"], Names([], first with { Time = Old.Time }, second));
    }

    [Fact]
    public void Of_two_of_one_time_the_one_that_was_saved_later_is_the_newest()
    {
        var later = New with { Id = "later", SavedAt = New.Time.AddHours(2) };

        Assert.Equal(["later"], Latest([], New, later));
        Assert.Equal(["later"], Latest([], later, New));
    }

    [Fact]
    public void A_log_is_newest_only_where_its_type_is_wanted()
    {
        var log = New.Log() with { Id = "log" };

        Assert.Equal(["2026-01-14"], Latest([], Old, log));
        Assert.Equal(["log"], Latest(["Log"], Old, log));
    }

    private static string?[] Latest(string[] types, params SavedFile[] files) =>
        [.. Read(types, files).Files.Select(file => file.BackupId)];

    private static string?[] Names(string[] types, params SavedFile[] files) =>
        [.. Read(types, files).Files.Select(file => file.Name)];

    private static LatestFiles Read(string[] types, SavedFile[] files)
    {
        var latest = new LatestFiles(types);
        foreach (var file in files)
            latest.Add(file.ToFile());
        return latest;
    }
}
