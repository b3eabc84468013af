using System;
using System.Linq;
using BackupLinks.Catalog;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>Which files are of one backup.</summary>
public sealed class SavedBackupTests
{
    private static readonly DateTimeOffset Night = new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Files_of_one_id_whose_backups_began_at_different_times_are_two_backups()
    {
        var backups = SavedBackup.Group(
            [File("1/a", Night), File("1/b", Night), File("2/a", Night.AddDays(1)), File("2/b", Night.AddDays(1))]);

        Assert.Equal(
            [(Night, 2), (Night.AddDays(1), 2)], backups.Select(backup => (backup.Time, backup.PartCount)).Order());
    }

    [Fact]
    public void A_file_without_a_time_is_of_the_only_backup_of_its_id()
    {
        var backup = Assert.Single(SavedBackup.Group([File("a", null), File("b", Night)]));

        Assert.Equal((Night, 2), (backup.Time, backup.PartCount));
    }

    [Fact]
    public void The_latest_files_are_those_of_the_newest_backup_of_an_id_that_was_used_again()
    {
        var latest = new LatestFiles([]);
        foreach (var file in new[] { File("1/a", Night), File("2/a", Night.AddDays(1)), File("2/b", Night.AddDays(1)) })
            latest.Add(file);

        Assert.Equal(["/backups/2/a", "/backups/2/b"], latest.Files.Select(file => file.Path));
    }

    private static BackupFile File(string path, DateTimeOffset? time) => new($"/backups/{path}")
    {
        Service = "HuaweiCloud.Rds",
        InstanceId = "i1",
        BackupId = "b1",
        BackupTime = time,
        SavedAt = time ?? Night,
    };
}
