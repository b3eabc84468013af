using System;
using System.Linq;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Status;
using BackupLinks.Formats;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>The state of one instance: the worst of what the disk and the cloud say.</summary>
public sealed class StatusAssessmentTests : StatusTest
{
    private static readonly BackupFile Fresh = Saved(-2);
    private static readonly CloudFindings Good = Cloud(new Listed(-2));

    [Fact]
    public void A_young_whole_tested_backup_is_Ok()
    {
        var status = Assess(Good, Fresh);

        Assert.Equal((InstanceState.Ok, InstanceState.Ok), (status.State, status.CloudState));
        Assert.Empty(status.Problems);
        Assert.Equal(
            ("HuaweiCloud", Service, "cn-north-4", "i1", "prod-1", "MySQL"),
            (status.Cloud, status.Service, status.Region, status.InstanceId, status.InstanceName, status.Engine));
        Assert.Equal(
            (Now.AddHours(-2), "b2", Now.AddHours(-1.5), TimeSpan.FromHours(2), 1000L),
            (status.LastBackupTime, status.LastBackupId, status.LastSavedAt, status.Age, status.Size));
        Assert.Equal((Now.AddHours(-2), Fresh.TestedAt), (status.LastCloudBackupTime, status.LastTestedAt));
    }

    [Fact]
    public void Where_nothing_is_saved_an_old_backup_in_the_cloud_is_a_problem_of_its_own()
    {
        const string problem = "The newest backup in the cloud is older than 26 h.";

        Assert.Contains(problem, Assess(Cloud(new Listed(-30))).Problems);
        Assert.DoesNotContain(problem, Assess(Cloud(new Listed(-2))).Problems);
    }

    [Fact]
    public void Without_the_cloud_its_column_says_that_it_was_not_asked()
    {
        var status = Assess(null, Fresh);

        Assert.Equal((InstanceState.Ok, InstanceState.NotAsked), (status.State, status.CloudState));
        Assert.Null(status.LastCloudBackupTime);
    }

    [Fact]
    public void A_list_that_failed_is_Unreachable_and_the_last_figures_stay()
    {
        var status = Assess(CloudFindings.Unreachable("Instance 'i1' was refused.", Now.AddHours(-26.5)), Fresh);

        Assert.Equal((InstanceState.Unreachable, InstanceState.Unreachable), (status.State, status.CloudState));
        Assert.Equal("Instance 'i1' was refused.", Assert.Single(status.Problems));
        Assert.Equal((Now.AddHours(-26.5), 1000L), (status.LastCloudBackupTime, status.Size));
    }

    [Fact]
    public void An_old_instance_without_a_backup_in_the_cloud_is_NoBackupInCloud()
    {
        var status = Assess(Cloud());

        Assert.Equal((InstanceState.NoBackupInCloud, InstanceState.NoBackupInCloud), (status.State, status.CloudState));
        Assert.Equal("The cloud has no backup that can be downloaded.", Assert.Single(status.Problems));
        Assert.Equal(InstanceState.NoBackupInCloud, Assess(Cloud(), Fresh).State);
    }

    [Fact]
    public void An_instance_whose_age_is_unknown_is_not_New() =>
        Assert.Equal(
            InstanceState.NoBackupInCloud,
            Assess(Cloud(), [], instance: Instance with { CreatedAt = null }).State);

    [Theory]
    [InlineData(-25.9, InstanceState.New)]
    [InlineData(-26, InstanceState.NoBackupInCloud)]
    public void An_instance_that_was_created_within_the_age_is_New_without_alarm(double hours, string state)
    {
        var status = Assess(Cloud(), [], instance: Instance with { CreatedAt = Now.AddHours(hours) });

        Assert.Equal(state, status.State);
        Assert.Equal(state != InstanceState.New, status.Problems.Length > 0);
    }

    [Fact]
    public void The_first_backup_of_a_new_instance_that_failed_is_an_alarm() =>
        Assert.Equal(
            InstanceState.Failed,
            Assess(
                Cloud(new Listed(-1) { Status = "FAILED" }), [],
                instance: Instance with { CreatedAt = Now.AddHours(-5) }).State);

    [Fact]
    public void An_instance_with_backups_in_the_cloud_and_none_saved_is_Missing()
    {
        var status = Assess(Good);

        Assert.Equal((InstanceState.Missing, InstanceState.Ok), (status.State, status.CloudState));
        Assert.Equal("No backup of it is saved.", Assert.Single(status.Problems));
    }

    [Fact]
    public void Saved_logs_alone_are_no_backup() =>
        Assert.Equal(InstanceState.Missing, Assess(Good, Saved(-2, kind: BackupKind.Log)).State);

    [Fact]
    public void Incremental_backups_without_a_full_one_are_no_backup()
    {
        var status = Assess(
            Good, Saved(-2, kind: BackupKind.Incremental), Saved(-26, kind: BackupKind.Incremental));

        Assert.Equal((InstanceState.Missing, null), (status.State, status.LastBackupTime));
        Assert.Equal(
            "The backup of 2026-01-15 01:00Z: its full backup is not saved.", Assert.Single(status.Problems));
    }

    [Fact]
    public void A_backup_whose_type_is_not_known_does_not_count_as_one_that_restores()
    {
        var unknown = new BackupFile("/backups/a.qp")
        {
            Service = Service, InstanceId = "i1", BackupId = "b", Type = "snapshot", BackupTime = Now.AddHours(-2),
        };

        var status = Assess(Good, unknown);

        Assert.Equal((InstanceState.Missing, null), (status.State, status.LastBackupTime));
        Assert.Equal(
            "The backup of 2026-01-15 01:00Z: its type 'snapshot' is not known, so it may not restore by itself.",
            Assert.Single(status.Problems));
        Assert.Equal(Now.AddHours(-5), Assess(Good, unknown, Saved(-5)).LastBackupTime);
    }

    [Fact]
    public void An_incremental_backup_counts_with_a_full_one_and_all_between()
    {
        var incremental = Saved(-2, kind: BackupKind.Incremental);
        var between = Saved(-20, kind: BackupKind.Incremental);

        Assert.Equal(Now.AddHours(-2), Assess(Good, incremental, between, Saved(-50)).LastBackupTime);
        Assert.Equal(
            Now.AddHours(-50), Assess(Good, incremental, With(between, count: 2), Saved(-50)).LastBackupTime);
        Assert.Null(Assess(Good, incremental, With(Saved(-50), test: BackupFileState.Damaged)).LastBackupTime);
    }

    [Fact]
    public void A_backup_of_which_all_files_were_saved_is_whole() => Assert.Equal(
        InstanceState.Ok,
        Assess(Good, With(Saved(-2), count: 2), With(Saved(-2, name: "b.qp"), count: 2)).State);

    [Fact]
    public void A_backup_of_which_a_file_was_not_saved_is_Missing_until_a_newer_one_is_whole()
    {
        var part = With(Saved(-5), count: 3);

        var alone = Assess(Good, part, Saved(-29));

        Assert.Equal(InstanceState.Missing, alone.State);
        Assert.Contains("only 1 of its 3 files are saved", alone.Problems[0]);
        Assert.Equal(InstanceState.Ok, Assess(Good, part, Fresh).State);
    }

    [Theory]
    [InlineData(-26, InstanceState.Ok)]
    [InlineData(-26.001, InstanceState.Stale)]
    public void Age_counts_from_the_begin_of_the_newest_good_backup(double hours, string state) =>
        Assert.Equal(state, Assess(Cloud(new Listed(hours)), Saved(hours)).State);

    [Fact]
    public void A_stale_instance_says_what_the_cloud_has_newer()
    {
        var status = Assess(Good, Saved(-50));

        Assert.Equal((InstanceState.Stale, InstanceState.Ok), (status.State, status.CloudState));
        Assert.Equal(
            "The newest good backup is of 2026-01-13 01:00Z, 50 h ago; 26 h are allowed, and the cloud has one of "
            + "2026-01-15 01:00Z that is not saved.",
            Assert.Single(status.Problems));
    }

    [Fact]
    public void A_bad_backup_does_not_make_an_instance_young()
    {
        var status = Assess(Good, With(Fresh, test: BackupFileState.Damaged), Saved(-50));

        Assert.Equal(InstanceState.Damaged, status.State);
        Assert.Equal(2, status.Problems.Length);
        Assert.Equal(Now.AddHours(-50), status.LastBackupTime);
    }

    [Fact]
    public void A_backup_of_the_future_has_no_known_age() =>
        Assert.Equal(InstanceState.Stale, Assess(Good, Saved(+37)).State);

    [Fact]
    public void At_three_in_the_morning_a_failed_night_is_Failed_and_not_old()
    {
        // Of the night before, at 01:30: 25.5 h old.
        var status = Assess(Cloud(new Listed(-25.5), new Listed(-1.5) { Status = "FAILED" }), Saved(-25.5));

        Assert.Equal((InstanceState.Failed, InstanceState.Failed), (status.State, status.CloudState));
        Assert.Equal(
            "The newest backup in the cloud of 2026-01-15 01:30Z failed ('FAILED').", Assert.Single(status.Problems));
    }

    [Fact]
    public void A_failed_attempt_before_a_good_one_is_past() =>
        Assert.Equal(
            InstanceState.Ok, Assess(Cloud(new Listed(-2), new Listed(-3) { Status = "FAILED" }), Fresh).State);

    [Fact]
    public void An_attempt_in_progress_does_not_hide_the_one_that_failed_before_it() =>
        Assert.Equal(
            InstanceState.Failed,
            Assess(
                Cloud(
                    new Listed(-25.5), new Listed(-1.5) { Status = "FAILED" },
                    new Listed(-0.1) { Status = "BUILDING" }),
                Saved(-25.5)).State);

    [Theory]
    [InlineData(499, 1000, 1000, 1000, InstanceState.Suspicious)]
    [InlineData(500, 1000, 1000, 1000, InstanceState.Ok)]
    [InlineData(499, 1000, 1000, 100, InstanceState.Suspicious)]
    [InlineData(499, 1000, 100, 100, InstanceState.Ok)]
    public void A_backup_of_less_than_half_of_the_median_is_Suspicious(
        long size, long first, long second, long third, string state) =>
        Assert.Equal(
            state, Assess(Good, Saved(-2, size), Saved(-26, first), Saved(-50, second), Saved(-74, third)).State);

    [Fact]
    public void With_fewer_than_three_before_it_only_a_backup_of_no_bytes_is_Suspicious()
    {
        Assert.Equal(InstanceState.Ok, Assess(Good, Saved(-2, 1), Saved(-26), Saved(-50)).State);
        Assert.Equal(InstanceState.Suspicious, Assess(Good, Saved(-2, 0)).State);
    }

    [Fact]
    public void The_median_is_of_the_last_seven_whole_ones_of_its_kind()
    {
        BackupFile[] seven = [.. Enumerable.Range(1, 7).Select(night => Saved(-2 - (24 * night), 100))];
        BackupFile[] others =
        [
            Saved(-200, 9999), Saved(-224, 9999), Saved(-248, 9999),
            With(Saved(-3, 9999), count: 2), With(Saved(-4, 9999), count: 2),
            Saved(-5, 9999, kind: BackupKind.Incremental), Saved(-6, 9999, kind: BackupKind.Log),
        ];

        var status = Assess(Good, [Saved(-2, 60), .. seven, .. others]);

        Assert.Equal((InstanceState.Ok, 100L), (status.State, status.MedianSize));
    }

    [Theory]
    [InlineData(200, 300, 100, 200)]
    [InlineData(250, 400, 100, 200, 300)]
    [InlineData(300, 900, 200, 300, 300)]
    [InlineData(400, 100, 200, 300, 400, 500, 600, 700)]
    [InlineData(400, 100, 200, 300, 400, 500, 600, 700, 1)]
    public void The_median_is_of_seven_at_the_most_and_of_an_even_number_between_its_middle_two(
        int median, params int[] before)
    {
        BackupFile[] files = [.. before.Select((size, night) => Saved(-26 - (24 * night), size))];

        Assert.Equal(median, Assess(Good, [Saved(-2, 1000), .. files]).MedianSize);
    }

    [Fact]
    public void The_smallest_ratio_is_the_callers() =>
        Assert.Equal(
            InstanceState.Ok,
            Assess(
                Good, [Saved(-2, 499), Saved(-26), Saved(-50), Saved(-74)],
                StatusSettings.Default with { MinimumSizeRatio = 0 }).State);

    [Fact]
    public void A_newest_backup_that_was_not_tested_is_NotTested()
    {
        Assert.Equal(InstanceState.NotTested, Assess(Good, With(Fresh, test: null)).State);
        Assert.Equal(InstanceState.Ok, Assess(Good, Fresh, With(Saved(-26), test: null)).State);
    }

    [Fact]
    public void An_instance_that_is_not_listed_any_more_is_Gone_and_not_an_alarm()
    {
        var status = Assess(new CloudFindings { IsListed = false }, [With(Saved(-500), test: null)], goneSince: Now);

        Assert.Equal((InstanceState.Gone, InstanceState.Gone), (status.State, status.CloudState));
        Assert.Equal(
            "The list of its service does not have it since 2026-01-15 03:00Z.", Assert.Single(status.Problems));
    }

    [Fact]
    public void The_files_of_an_instance_that_is_gone_are_still_watched() =>
        Assert.Equal(
            InstanceState.Damaged,
            Assess(
                new CloudFindings { IsListed = false }, [With(Saved(-500), FilePresence.Changed)],
                goneSince: Now).State);

    [Fact]
    public void The_worst_is_the_state_and_the_problems_have_all()
    {
        BackupFile[] files =
        [
            With(Saved(-40, 1), test: null), Saved(-60), Saved(-84), Saved(-108),
            With(Saved(-200), FilePresence.Missing), With(Saved(-300), FilePresence.Changed),
        ];
        var failed = new Listed(-1) { Status = "FAILED" };

        var status = Assess(Cloud(failed, new Listed(-40)), files);
        var empty = Assess(Cloud(failed), files);
        var unreachable = Assess(CloudFindings.Unreachable("No response.", null), files);

        Assert.Equal(
            (InstanceState.Damaged, InstanceState.NoBackupInCloud, InstanceState.Unreachable),
            (status.State, empty.State, unreachable.State));
        string[] order = ["has changed", "not on the disk", "40 h ago", "failed", "has 1 bytes", "was not tested"];
        Assert.Equal(order.Length, status.Problems.Length);
        Assert.All(order.Zip(status.Problems), pair => Assert.Contains(pair.First, pair.Second));
        Assert.Equal("No response.", unreachable.Problems[0]);
        Assert.Contains("no backup", empty.Problems[0]);
    }

    [Fact]
    public void History_has_saved_and_failed_backups_the_newest_first()
    {
        var status = Assess(
            Cloud(new Listed(-1) { Status = "FAILED" }, new Listed(-2)), Fresh, With(Saved(-26), FilePresence.Missing));

        Assert.Equal(
            [(InstanceState.Failed, null), (InstanceState.Ok, 1000L), (InstanceState.Missing, (long?)1000)],
            status.Backups.Select(backup => (backup.State, backup.Size)));
    }
}
