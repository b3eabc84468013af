using System;
using System.Linq;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Retention;
using BackupLinks.Formats;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>What no rule removes, and what fills no place.</summary>
public sealed class RetentionProtectionTests : RetentionTest
{
    [Theory]
    [InlineData(FilePresence.Missing, null)]
    [InlineData(FilePresence.Changed, BackupFileState.Intact)]
    [InlineData(FilePresence.Present, BackupFileState.Damaged)]
    [InlineData(FilePresence.Present, BackupFileState.Truncated)]
    [InlineData(FilePresence.Present, BackupFileState.NotABackup)]
    public void A_bad_backup_fills_no_place_and_goes_when_a_newer_one_is_intact(string state, string? tested)
    {
        var bad = Day(2) with { State = state, Tested = tested };

        var plan = Plan("KeepLast 2", Day(0), Day(1), bad, Day(3).Intact());

        Assert.Equal(["1", "3"], Kept(plan));
        Assert.Equal(["0", "2"], Removed(plan));
        string trouble = state == FilePresence.Present ? tested! : state;
        Assert.Equal($"{trouble}, and 3 is newer and tested Intact", Reasons(plan, "2"));
    }

    [Fact]
    public void A_backup_that_cannot_be_read_fills_no_place_and_is_never_removed()
    {
        var closed = Day(1) with { State = FilePresence.Unreadable };

        var plan = Plan("KeepLast 2", Day(0), closed, Day(2), Day(3).Intact());

        Assert.Equal(["1", "2", "3"], Kept(plan));
        Assert.Equal("a file of it cannot be read", Reasons(plan, "1"));
    }

    [Fact]
    public void A_backup_whose_type_is_not_known_fills_no_place_and_is_never_removed()
    {
        var unknown = Day(2).Intact() with { Kind = null, Type = "snapshot" };

        var plan = Plan("KeepLast 1", Day(0).Intact(), Day(1).Intact(), unknown);

        Assert.Equal(["1", "2"], Kept(plan).Order());
        Assert.Equal("its kind is not known", Reasons(plan, "2"));
        Assert.Equal("last, the newest that tested Intact", Reasons(plan, "1"));
        Assert.Equal(["2"], Kept(Plan("KeepLast 1", Day(1), unknown with { Type = null })));
    }

    [Fact]
    public void A_bad_backup_stays_without_a_newer_one_that_is_intact()
    {
        var plan = Plan("KeepLast 1", Day(0), Day(1).Intact(), Day(2).Damaged(), Day(3));

        Assert.Equal(["1", "2", "3"], Kept(plan));
        Assert.Equal("Damaged, and no newer one tested Intact", Reasons(plan, "2"));
        Assert.Equal("the newest that tested Intact", Reasons(plan, "1"));
    }

    [Theory]
    [InlineData(BackupFileState.Unverifiable)]
    [InlineData(BackupFileState.Unsupported)]
    [InlineData(null)]
    public void A_backup_that_is_not_known_to_be_bad_fills_a_place(string? tested)
    {
        var plan = Plan("KeepLast 1", Day(0), Day(1) with { Tested = tested });

        Assert.Equal(["1"], Kept(plan));
    }

    [Fact]
    public void The_newest_that_tested_Intact_is_never_removed()
    {
        var plan = Plan("KeepLast 2", Day(0).Intact(), Day(1).Intact(), Day(2), Day(3));

        Assert.Equal(["1", "2", "3"], Kept(plan));
        Assert.Equal("the newest that tested Intact", Reasons(plan, "1"));
    }

    [Fact]
    public void Where_none_tested_Intact_the_newest_full_that_is_not_known_to_be_bad_stays()
    {
        // A manual backup of its own group, which the rules would keep no place for.
        var plan = Plan("KeepLast 1", Day(0), Day(1), Day(2).Missing());

        Assert.Equal(["1", "2"], Kept(plan));
        Assert.Equal("last, the newest full that is not known to be bad", Reasons(plan, "1"));
    }

    [Fact]
    public void An_incomplete_backup_is_bad()
    {
        var part = Day(1) with { Count = 2, Tested = BackupFileState.Intact };

        Assert.Equal(["0", "1"], Kept(Plan("KeepLast 1", Day(0), part)));
        Assert.Equal("incomplete, and no newer one tested Intact", Reasons(Plan("KeepLast 1", Day(0), part), "1"));
        Assert.Equal(["2"], Kept(Plan("KeepLast 1", part, Day(2).Intact())));
        Assert.Equal(
            ["1"],
            Kept(Plan("KeepLast 1", Day(0).Intact(), part with { FileName = "a" }, part with { FileName = "b" })));
    }

    [Fact]
    public void A_backup_of_which_a_file_is_bad_is_bad()
    {
        var file = Day(1) with { Count = 2, FileName = "a" };

        var plan = Plan("KeepLast 1", Day(0), file, file.Damaged() with { FileName = "b" });

        Assert.Equal(["0", "1"], Kept(plan));
    }

    [Fact]
    public void A_file_that_was_moved_and_saved_again_is_whole()
    {
        var plan = Plan(
            "KeepLast 1",
            Day(0), Day(1).Missing() with { FileName = "old/a" }, Day(1).Intact() with { FileName = "new/a" });

        Assert.Equal(["1"], Kept(plan));
        Assert.Equal("last, the newest that tested Intact", Reasons(plan, "1"));
    }

    [Fact]
    public void A_file_that_was_moved_is_as_bad_as_its_copy()
    {
        var plan = Plan(
            "KeepLast 1",
            Day(0), Day(1).Missing() with { FileName = "old/a" }, Day(1).Damaged() with { FileName = "new/a" });

        Assert.Equal("Damaged, and no newer one tested Intact", Reasons(plan, "1"));
    }

    [Fact]
    public void Incremental_backups_and_logs_hang_on_the_last_full_before_them_and_go_with_it_newest_first()
    {
        var plan = Plan(
            "KeepLast 1",
            Day(0), Day(1).Incremental(), Day(2).Log(), Day(3).Incremental(), Day(4), Day(5).Incremental());

        Assert.Equal(["4", "5"], Kept(plan));
        Assert.Equal(["3", "2", "1", "0"], Removed(plan));
        Assert.Equal("hangs on 0", Reasons(plan, "3"));
        Assert.Equal("hangs on 4", Reasons(plan, "5"));
    }

    [Fact]
    public void The_rules_count_full_backups()
    {
        var plan = Plan("KeepLast 2", Day(0), Day(1), Day(2), Day(3).Incremental(), Day(4).Incremental());

        Assert.Equal(["1", "2", "3", "4"], Kept(plan));
    }

    [Fact]
    public void What_an_intact_incremental_backup_needs_stays()
    {
        var plan = Plan(
            "KeepLast 1",
            Day(0).Intact(), Day(1).Incremental().Intact(), Day(2).Incremental().Intact(), Day(3).Log(), Day(4));

        Assert.Equal(["0", "1", "2", "3", "4"], Kept(plan));
        Assert.Equal("needed by 2", Reasons(plan, "0"));
        Assert.Equal("needed by 2, hangs on 0", Reasons(plan, "1"));
        Assert.Equal("the newest that tested Intact, hangs on 0", Reasons(plan, "2"));
        Assert.Equal("hangs on 0", Reasons(plan, "3"));
    }

    [Theory]
    [InlineData("full", "-1")]
    [InlineData("between", "0")]
    public void An_incremental_backup_is_as_good_as_the_worst_before_it(string worst, string newestIntact)
    {
        var full = Day(0) with { Tested = worst == "full" ? null : BackupFileState.Intact };
        var between = Day(1).Incremental() with { Tested = worst == "between" ? null : BackupFileState.Intact };

        var plan = Plan("KeepLast 1", Day(-1).Intact(), full, between, Day(2).Incremental().Intact(), Day(3));

        Assert.Equal(
            newestIntact,
            plan.Decisions.Single(each => each.Reasons.Contains("the newest that tested Intact")).Backup.Id);
    }

    [Fact]
    public void A_log_between_is_not_needed_by_an_incremental_backup()
    {
        var plan = Plan(
            "KeepLast 1", Day(0).Intact(), Day(1).Log().Damaged(), Day(2).Incremental().Intact(), Day(3));

        Assert.StartsWith("the newest that tested Intact", Reasons(plan, "2"), StringComparison.Ordinal);
        Assert.Equal("hangs on 0", Reasons(plan, "1"));
    }

    [Fact]
    public void An_intact_log_is_not_a_backup()
    {
        var plan = Plan("KeepLast 1", Day(0).Intact(), Day(1), Day(2).Log().Intact());

        Assert.Equal("the newest that tested Intact", Reasons(plan, "0"));
    }

    [Fact]
    public void A_bad_incremental_backup_without_a_newer_intact_one_keeps_what_it_hangs_on()
    {
        var plan = Plan("KeepLast 1", Day(0), Day(1).Incremental().Damaged(), Day(2));

        Assert.Equal(["0", "1", "2"], Kept(plan));
        Assert.Equal("needed by 1", Reasons(plan, "0"));
        Assert.Equal(["2"], Kept(Plan("KeepLast 1", Day(0), Day(1).Incremental().Damaged(), Day(2).Intact())));
    }

    [Fact]
    public void One_without_its_full_is_told_and_stays()
    {
        var plan = Plan("KeepLast 1", Day(0).Log(), Day(1).Incremental(), Day(2), Day(3).Intact());

        Assert.Equal(["0", "1", "3"], Kept(plan));
        Assert.Equal("no full backup is before it", Reasons(plan, "1"));
        Assert.Equal(["0", "1"], plan.WithoutFull.Select(backup => backup.Id));
    }

    [Fact]
    public void One_whose_full_is_Missing_is_told_and_stays_with_the_entry_of_the_full()
    {
        var plan = Plan("KeepLast 1", Day(0), Day(1).Missing(), Day(2).Incremental(), Day(3).Intact());

        Assert.Equal(["1", "2", "3"], Kept(plan));
        Assert.Equal("its full backup 1 is Missing, hangs on 1", Reasons(plan, "2"));
        Assert.Equal("needed by 2", Reasons(plan, "1"));
        Assert.Equal(["2"], plan.WithoutFull.Select(backup => backup.Id));
    }

    [Fact]
    public void Entries_of_a_chain_of_which_no_file_is_left_go()
    {
        var plan = Plan("KeepLast 1", Day(0).Missing(), Day(1).Incremental().Missing(), Day(2).Intact());

        Assert.Equal(["1", "0"], Removed(plan));
        Assert.Empty(plan.WithoutFull);
    }

    [Fact]
    public void Instances_are_counted_apart()
    {
        var plan = Plan("KeepLast 1", Day(0), Day(1), Day(0) with { Instance = "i2", Id = "other" });

        Assert.Equal(["1", "other"], Kept(plan));
    }

    [Fact]
    public void Parts_of_an_instance_are_counted_and_protected_apart()
    {
        SavedFile[] files =
            [Day(0).Intact() with { Part = "a" }, Day(1) with { Part = "a" }, Day(0) with { Part = "b", Id = "other" }];

        var plan = Plan("KeepLast 1", files);

        Assert.Equal(["0", "1", "other"], Kept(plan));
        Assert.Equal("last, the newest full that is not known to be bad", Reasons(plan, "other"));
        Assert.Equal(
            ["0", "1"], Removed(Plan("KeepLast 1", [.. files, Day(2).Intact() with { Part = "a" }])).Order());
    }

    [Fact]
    public void A_log_of_a_part_hangs_on_the_full_backup_of_the_part_or_else_of_the_whole_instance()
    {
        SavedFile[] logs = [Day(1).Log() with { Part = "a" }];

        var ofPart = Plan("KeepLast 1", [Day(0) with { Part = "a" }, Day(2).Intact() with { Part = "a" }, .. logs]);
        var ofWhole = Plan("KeepLast 1", [Day(0), Day(2).Intact(), .. logs]);

        Assert.Equal(["1", "0"], Removed(ofPart));
        Assert.Equal(["1", "0"], Removed(ofWhole));
    }

    [Fact]
    public void A_log_that_is_older_than_the_first_full_backup_of_its_part_hangs_on_that_of_the_whole_instance()
    {
        SavedFile[] files = [Day(0), Day(1).Log() with { Part = "a" }, Day(2) with { Part = "a" }];

        var kept = Plan("KeepLast 1", files);
        var removed = Plan("KeepLast 1", [.. files, Day(3).Intact()]);

        Assert.Equal("hangs on 0", Reasons(kept, "1"));
        Assert.Empty(kept.WithoutFull);
        Assert.Equal(["1", "0"], Removed(removed));
    }

    [Fact]
    public void Types_are_counted_apart_when_they_are_to_be()
    {
        SavedFile[] files =
            [Day(0) with { Type = "manual" }, Day(1) with { Type = "auto" }, Day(2) with { Type = "auto" }];
        var settings = new RetentionSettings(Rules("KeepLast 1"), FarLater, TimeZoneInfo.Utc);

        Assert.Equal(["2"], Kept(Plan(settings, files)));
        Assert.Equal(["0", "2"], Kept(Plan(settings with { ByType = true }, files)));
    }

    [Fact]
    public void Files_of_which_the_instance_is_not_known_stay()
    {
        var plan = Plan("KeepLast 1", Day(0) with { Instance = null! }, Day(1) with { Instance = null! });

        Assert.Equal(["0", "1"], Kept(plan));
        Assert.Equal("its instance is not known", Reasons(plan, "0"));
    }

    [Fact]
    public void What_was_not_given_has_no_place_and_no_decision_and_protects_all_the_same()
    {
        var settings = new RetentionSettings(Rules("KeepLast 1"), FarLater, TimeZoneInfo.Utc);
        SavedFile[] files =
            [Day(0), Day(1).Damaged(), Day(2), Day(3).Incremental(), Day(4), Day(5), Day(6).Intact()];

        var plan = Plan(settings, files, file => file.BackupId is "0" or "1" or "2" or "4" or "5");

        Assert.Equal(["0", "1", "2", "4", "5"], plan.Decisions.Select(decision => decision.Backup.Id));
        Assert.Equal(["2", "5"], Kept(plan));
        Assert.Equal("last", Reasons(plan, "5"));
        Assert.Equal("needed by 3", Reasons(plan, "2"));
    }

    [Fact]
    public void A_part_of_a_backup_does_not_go_without_the_rest()
    {
        var settings = new RetentionSettings(Rules("KeepLast 1"), FarLater, TimeZoneInfo.Utc);
        var file = Day(0) with { Count = 2, FileName = "a" };

        var plan = Plan(settings, [file, file with { FileName = "b" }, Day(1).Intact()], each => each.Name != "b");

        Assert.Equal(["0", "1"], Kept(plan));
        Assert.Equal("not all of its files were given", Reasons(plan, "0"));
    }

    private static SavedFile Day(int day) => new($"{day}", SavedFile.Parse("2026-01-01").AddDays(day));
}
