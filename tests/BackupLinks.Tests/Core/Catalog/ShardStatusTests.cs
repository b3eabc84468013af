using BackupLinks.Catalog;
using BackupLinks.Catalog.Status;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>The state of an instance whose shards are backed up each by itself.</summary>
public sealed class ShardStatusTests : StatusTest
{
    private static readonly BackupFile Fresh = Saved(-2);
    private static readonly CloudFindings Good = Cloud(new Listed(-2));

    [Fact]
    public void An_instance_is_as_well_backed_up_as_the_worst_of_its_shards()
    {
        var cloud = Cloud(new Listed(-2) { Part = "a" }, new Listed(-2.5) { Part = "b" });
        var first = With(Saved(-2), part: "a");
        var second = With(Saved(-2.5), part: "b");
        var old = With(Saved(-60), part: "b");
        var whole = Saved(-1);

        var good = Assess(cloud, first, second);
        var stale = Assess(cloud, first, old);
        var missing = Assess(cloud, first);

        Assert.Equal(
            (InstanceState.Ok, Now.AddHours(-2.5), 2000L), (good.State, good.LastBackupTime!.Value, good.Size!.Value));
        Assert.Equal((InstanceState.Stale, Now.AddHours(-60)), (stale.State, stale.LastBackupTime!.Value));
        Assert.StartsWith("The newest good backup of shard 'b' is of ", Assert.Single(stale.Problems));
        Assert.Equal((InstanceState.Missing, null), (missing.State, missing.LastBackupTime));
        Assert.Equal("No backup of shard 'b' is saved.", Assert.Single(missing.Problems));
        Assert.Equal(InstanceState.Ok, Assess(cloud, first, whole).State);
        Assert.Equal(InstanceState.Stale, Assess(null, first, old).State);
    }

    [Fact]
    public void Incremental_backups_in_the_cloud_are_no_good_ones_and_no_failed_ones()
    {
        var full = new Listed(-2);
        var incremental = new Listed(-1) { Type = "incremental" };

        Assert.Equal(
            (InstanceState.Ok, Now.AddHours(-2)),
            (Assess(Cloud(full, incremental), Fresh).State, Cloud(full, incremental).NewestGood));
        Assert.Equal(InstanceState.Ok, Assess(Cloud(full, incremental with { Status = "FAILED" }), Fresh).State);
        Assert.Equal(InstanceState.NoBackupInCloud, Assess(Cloud(incremental), Fresh).State);
    }

    [Fact]
    public void A_shard_that_had_backups_is_watched_when_the_cloud_lists_none_of_it_any_more()
    {
        var cloud = Cloud(new Listed(-2) { Part = "a" });
        var first = With(Saved(-2), part: "a");

        var status = Assess(cloud, first, With(Saved(-200), part: "b"));
        var young = Assess(cloud, first, With(Saved(-3), part: "b"));

        Assert.Equal(
            (InstanceState.NoBackupInCloud, InstanceState.NoBackupInCloud), (status.State, status.CloudState));
        Assert.Equal((Now.AddHours(-200), null), (status.LastBackupTime, status.LastCloudBackupTime));
        Assert.Equal(
            [
                "The cloud has no backup of shard 'b' that can be downloaded; if the instance no longer has it, remove "
                    + "its files: Get-BackupFile -InstanceId i1 | Where-Object Part -EQ 'b' | Remove-BackupFile "
                    + "-InstanceId i1 -All.",
                "The newest good backup of shard 'b' is of 2026-01-06 19:00Z, 8 d 8 h ago; 26 h are allowed.",
            ],
            status.Problems);
        Assert.Equal((InstanceState.NoBackupInCloud, 1), (young.State, young.Problems.Length));
    }

    [Fact]
    public void A_backup_of_the_whole_instance_in_the_cloud_is_one_of_every_shard()
    {
        BackupFile[] saved = [With(Saved(-30), part: "a"), With(Saved(-31), part: "b"), Fresh];

        Assert.Equal(InstanceState.Ok, Assess(Good, saved).State);
        var status = Assess(Cloud(new Listed(-30) { Part = "a" }, new Listed(-2)), saved);
        Assert.Equal((InstanceState.Ok, Now.AddHours(-2)), (status.CloudState, status.LastCloudBackupTime));
        Assert.Equal(
            InstanceState.Stale,
            Assess(Cloud(new Listed(-2) { Part = "a" }, new Listed(-30)), saved).CloudState);
    }

    [Fact]
    public void Logs_of_a_node_make_it_no_part_of_which_there_must_be_a_backup()
    {
        var log = With(Saved(-200, kind: "Log"), part: "node-1");

        Assert.Equal(InstanceState.Ok, Assess(Cloud(new Listed(-2) { Part = "a" }), With(Fresh, part: "a"), log).State);
        Assert.Equal(InstanceState.Ok, Assess(Good, Fresh, log).State);
    }

    [Fact]
    public void An_incremental_backup_of_a_shard_restores_with_the_full_one_of_the_whole_instance()
    {
        var incremental = With(Saved(-2, kind: "Incremental"), part: "a");

        Assert.Equal(Now.AddHours(-2), Assess(null, Saved(-20), incremental).LastBackupTime);
        Assert.Equal(InstanceState.Missing, Assess(null, incremental).State);
    }

    [Fact]
    public void Every_shard_must_have_a_backup_and_none_may_have_failed_last()
    {
        var one = new Listed(-2) { Part = "shard-1" };

        Assert.Equal(
            InstanceState.Failed,
            Assess(
                Cloud(
                    one, new Listed(-26) { Part = "shard-2" }, new Listed(-3) { Part = "shard-2", Status = "FAILED" }),
                Fresh).State);
        Assert.Equal(
            InstanceState.NoBackupInCloud,
            Assess(Cloud(one, new Listed(-3) { Part = "shard-2", Status = "BUILDING" }), Fresh).State);
        Assert.Equal(
            Now.AddHours(-26), Assess(Cloud(one, new Listed(-26) { Part = "shard-2" }), Fresh).LastCloudBackupTime);
    }
}
