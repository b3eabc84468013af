using BackupLinks.Catalog;
using BackupLinks.Catalog.Status;
using BackupLinks.Formats;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>The state of an instance by its saved files: those that are bad, missing, or saved anew.</summary>
public sealed class StatusOfFilesTests : StatusTest
{
    private static readonly BackupFile Fresh = Saved(-2);
    private static readonly CloudFindings Good = Cloud(new Listed(-2));

    [Theory]
    [InlineData(BackupFileState.Damaged)]
    [InlineData(BackupFileState.Truncated)]
    [InlineData(BackupFileState.Empty)]
    [InlineData(BackupFileState.NotABackup)]
    [InlineData(BackupFileState.TrailingData)]
    public void A_file_that_a_test_found_bad_is_Damaged_also_when_it_is_old(string test)
    {
        var status = Assess(Good, Fresh, With(Saved(-500), test: test, problem: "block 3 is wrong."));

        Assert.Equal(InstanceState.Damaged, status.State);
        Assert.Equal(
            $"The backup of 2025-12-25 07:00Z: 'a.qp' is {test}: block 3 is wrong.", Assert.Single(status.Problems));
    }

    [Fact]
    public void A_file_that_has_changed_and_was_saved_anew_beside_it_is_no_alarm()
    {
        var bad = With(Saved(-5), FilePresence.Changed, BackupFileState.Damaged);
        var copy = With(Saved(-5), path: "/backups/again/a.qp");

        Assert.Equal(InstanceState.Ok, Assess(Good, bad, copy).State);
        Assert.Equal(InstanceState.Damaged, Assess(Good, bad, With(copy, FilePresence.Missing)).State);
    }

    [Theory]
    [InlineData(BackupFileState.Intact, InstanceState.Ok)]
    [InlineData(BackupFileState.Unverifiable, InstanceState.Damaged)]
    [InlineData(null, InstanceState.Damaged)]
    public void A_copy_of_a_content_that_is_bad_heals_nothing_unless_a_test_found_it_good(string? test, string state)
    {
        var bad = With(Saved(-5), test: BackupFileState.Damaged);
        var copy = With(Saved(-5), test: test, path: "/backups/again/a.qp");

        Assert.Equal(state, Assess(Good, bad, copy).State);
    }

    [Fact]
    public void A_file_that_has_changed_is_Damaged()
    {
        var status = Assess(Good, Fresh, With(Saved(-26), FilePresence.Changed));

        Assert.Equal(InstanceState.Damaged, status.State);
        Assert.Contains("'a.qp' has changed since it was saved", Assert.Single(status.Problems));
    }

    [Theory]
    [InlineData(BackupFileState.Unverifiable)]
    [InlineData(BackupFileState.Unsupported)]
    public void A_file_that_no_test_can_judge_is_Ok(string test) =>
        Assert.Equal(InstanceState.Ok, Assess(Good, With(Fresh, test: test)).State);

    [Fact]
    public void A_file_that_is_not_on_the_disk_is_Missing_also_when_it_is_old()
    {
        var status = Assess(
            Good, Fresh, With(Saved(-500), FilePresence.Missing),
            With(Saved(-500, name: "b.qp"), FilePresence.Missing));

        Assert.Equal(InstanceState.Missing, status.State);
        Assert.Contains("'a.qp' is not on the disk, nor are 1 other files", Assert.Single(status.Problems));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_Missing_also_when_it_is_old()
    {
        var status = Assess(Good, Fresh, With(Saved(-500), FilePresence.Unreadable));

        Assert.Equal(InstanceState.Missing, status.State);
        Assert.Contains("'a.qp' cannot be read on the disk", Assert.Single(status.Problems));
    }

    [Fact]
    public void A_file_that_was_moved_and_saved_again_is_not_missing_and_counts_once()
    {
        var copy = new BackupFile("/elsewhere/a.qp")
        {
            Service = Service, InstanceId = "i1", BackupId = Fresh.BackupId, Kind = "Full", Size = 1000,
            BackupTime = Fresh.BackupTime, SavedAt = Fresh.SavedAt, State = FilePresence.Missing,
        };

        var status = Assess(Good, Fresh, copy);

        Assert.Equal((InstanceState.Ok, 1000L), (status.State, status.Size));
        Assert.Equal(1, Assert.Single(status.Backups).FileCount);
    }
}
