using System.Collections.Generic;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Status;
using BackupLinks.Discovery;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>All instances: those that come through the pipeline, and those that do not.</summary>
public sealed class FleetAssessmentTests : StatusTest
{
    private static readonly CloudFindings Good = Cloud(new Listed(-2));
    private static readonly InstanceIdentity Other = new(Service, "i2") { Name = "prod-2", Region = "cn-north-4" };

    [Fact]
    public void An_instance_that_comes_twice_has_one_row()
    {
        var fleet = Fleet([Saved(-2)]);

        Assert.Equal(InstanceState.Ok, fleet.Judge(Instance, Good, Now)!.State);
        Assert.Null(fleet.Judge(Instance, Good, Now));
        Assert.Empty(fleet.JudgeAbsent(Rule(Whole(Service)), Now));
    }

    [Fact]
    public void The_next_command_knows_of_the_cloud_what_the_row_says()
    {
        var cloud = Cloud(new Listed(-2) { Part = "a" });
        BackupFile[] files = [With(Saved(-2), part: "a"), With(Saved(-30), part: "b")];

        var good = Fleet(files[..1]);
        var bad = Fleet(files);

        Assert.Equal(Now.AddHours(-2), good.Judge(Instance, cloud, Now)!.LastCloudBackupTime);
        Assert.Equal(Now.AddHours(-2), Assert.Single(good.Known).LastCloudBackupTime);
        Assert.Null(bad.Judge(Instance, cloud, Now)!.LastCloudBackupTime);
        Assert.Null(Assert.Single(bad.Known).LastCloudBackupTime);
    }

    [Fact]
    public void Without_instances_the_catalog_has_the_rows_and_the_cloud_was_not_asked()
    {
        var row = Assert.Single(Fleet([Saved(-2)]).JudgeAbsent(absence: null, Now));

        Assert.Equal(
            (InstanceState.Ok, InstanceState.NotAsked, "prod-1"), (row.State, row.CloudState, row.InstanceName));
    }

    [Fact]
    public void An_instance_that_a_complete_list_does_not_have_is_gone_and_told_once()
    {
        var first = Fleet([Saved(-50)]);
        first.Judge(Other, Good, Now);

        var row = Assert.Single(first.JudgeAbsent(Rule(Whole(Service, count: 1)), Now));

        Assert.Equal((InstanceState.Gone, Now), (row.State, row.GoneSince));
        Assert.Same(row, Assert.Single(first.NewlyGone));

        var second = Fleet([Saved(-50)], first.Known);
        second.Judge(Other, Good, Now.AddDays(1));
        var quiet = Assert.Single(second.JudgeAbsent(Rule(Whole(Service, count: 1)), Now.AddDays(1)));

        Assert.Equal((InstanceState.Gone, Now), (quiet.State, quiet.GoneSince));
        Assert.Empty(second.NewlyGone);
    }

    [Fact]
    public void An_instance_that_is_gone_stays_so_without_the_cloud_and_while_its_service_is_unreachable()
    {
        KnownInstance[] known = [new(Instance, Now.AddDays(-9), GoneSince: Now.AddDays(-8))];
        var failed = Whole(Service);
        failed.All[0].Problem = "No response.";

        Assert.Equal(InstanceState.Gone, Assert.Single(Fleet([Saved(-50)], known).JudgeAbsent(null, Now)).State);
        Assert.Equal(
            InstanceState.Gone, Assert.Single(Fleet([Saved(-50)], known).JudgeAbsent(Rule(failed), Now)).State);
    }

    [Fact]
    public void An_instance_that_is_listed_again_is_no_longer_gone()
    {
        var fleet = Fleet([Saved(-2)], [new(Instance, null, GoneSince: Now.AddDays(-8))]);

        Assert.Equal(InstanceState.Ok, fleet.Judge(Instance, Good, Now)!.State);
        Assert.Null(Assert.Single(fleet.Known).GoneSince);
    }

    [Fact]
    public void With_its_last_file_an_instance_that_is_gone_is_forgotten()
    {
        var fleet = Fleet([], [new(Instance, null, GoneSince: Now.AddDays(-8))]);
        fleet.Judge(Other, Good, Now);

        Assert.Empty(fleet.JudgeAbsent(Rule(Whole(Service, count: 1)), Now));
        Assert.Equal("i2", Assert.Single(fleet.Known).Instance.InstanceId);
    }

    [Fact]
    public void A_service_that_lists_nothing_while_the_catalog_knows_instances_is_an_alarm_every_night()
    {
        IEnumerable<KnownInstance> known = [];
        for (int night = 0; night < 3; night++)
        {
            var fleet = Fleet([Saved(-2)], known);
            var row = Assert.Single(fleet.JudgeAbsent(Rule(Whole(Service)), Now));
            Assert.Equal((InstanceState.Unreachable, InstanceState.Unreachable), (row.State, row.CloudState));
            Assert.StartsWith("HuaweiCloud.Rds lists no instance at all", row.Problems[0]);
            Assert.Empty(fleet.NewlyGone);
            known = fleet.Known;
        }
    }

    [Theory]
    [InlineData(Service)]
    [InlineData("HuaweiCloud")]
    public void An_instance_whose_list_failed_is_Unreachable_with_the_reason(string key)
    {
        var lists = Whole(key);
        lists.All[0].Problem = "The list was refused.";
        lists.All[0].IsComplete = false;

        var row = Assert.Single(
            Fleet([Saved(-2)], [new(Instance, Now.AddHours(-26), null)]).JudgeAbsent(Rule(lists), Now));

        Assert.Equal((InstanceState.Unreachable, "The list was refused."), (row.State, Assert.Single(row.Problems)));
        Assert.Equal(Now.AddHours(-26), row.LastCloudBackupTime);
    }

    [Fact]
    public void An_instance_that_was_never_saved_is_missed_when_its_service_is_unreachable()
    {
        var lists = Whole(Service);
        lists.All[0].Problem = "The list was refused.";

        var fleet = Fleet([], [new(Instance, null, null)]);

        Assert.Equal(InstanceState.Unreachable, Assert.Single(fleet.JudgeAbsent(Rule(lists), Now)).State);
        Assert.Single(fleet.Known);
    }

    [Fact]
    public void Only_the_list_of_its_region_says_that_an_instance_is_gone()
    {
        var lists = Whole(Service, count: 1);
        lists.Add(new InstanceList(Service, "cn-east-3", isNarrow: false) { IsComplete = true, Count = 1 });

        Assert.Equal(InstanceState.Gone, RowOf(lists).State);
        lists.All[1].Problem = "No response.";
        Assert.Equal(InstanceState.Gone, RowOf(lists).State);
        lists.All[0].Problem = "No response.";
        Assert.Equal(InstanceState.Unreachable, RowOf(lists).State);
        Assert.Equal(InstanceState.NotAsked, RowOf(Whole(Service, "ap-southeast-1", 1)).CloudState);
    }

    [Fact]
    public void The_last_instance_of_a_region_is_gone_where_another_region_of_its_service_lists_instances()
    {
        var lists = Whole(Service);
        lists.Add(new InstanceList(Service, "cn-east-3", isNarrow: false) { IsComplete = true, Count = 1 });

        var row = Assert.Single(Fleet([With(Saved(-2))], [new(Instance, null, null)]).JudgeAbsent(Rule(lists), Now));

        Assert.Equal(InstanceState.Gone, row.State);
    }

    [Fact]
    public void Alarm_of_a_service_that_lists_nothing_ends_with_the_last_file_of_its_instances()
    {
        KnownInstance[] known = [new(Instance, Now.AddDays(-1), null)];
        var before = Fleet([With(Saved(-2))], known);
        var after = Fleet([], known);

        var row = Assert.Single(before.JudgeAbsent(Rule(Whole(Service)), Now));

        Assert.Equal(InstanceState.Unreachable, row.State);
        Assert.Contains($"Remove-BackupFile -InstanceId {Instance.InstanceId} -All", row.Problems[0]);
        Assert.Single(before.Known);
        Assert.Empty(after.JudgeAbsent(Rule(Whole(Service)), Now));
        Assert.Empty(after.Known);
    }

    [Fact]
    public void A_list_that_was_narrowed_or_cut_short_says_nothing_of_others()
    {
        var narrow = new InstanceLists();
        narrow.Add(new InstanceList(Service, null, isNarrow: true) { IsComplete = true, Count = 1 });
        var cut = new InstanceLists();
        cut.Add(new InstanceList(Service, null, isNarrow: false) { Count = 1 });

        Assert.Equal(InstanceState.NotAsked, RowOf(narrow).CloudState);
        Assert.Equal(InstanceState.NotAsked, RowOf(cut).CloudState);
    }

    [Theory]
    [InlineData(Service, "cn-north-4")]
    [InlineData("HuaweiCloud", null)]
    public void A_list_that_failed_and_was_whole_the_second_time_counts_as_the_second(string key, string? region)
    {
        var failed = new InstanceLists();
        failed.Add(new InstanceList(key, region, isNarrow: false) { Problem = "No response." });

        var row = Assert.Single(Fleet([Saved(-2)]).JudgeAbsent(
            new AbsenceRule([failed, Whole(Service, count: 1)], new HashSet<string>(), hasOthers: false), Now));

        Assert.Equal(InstanceState.Gone, row.State);
    }

    [Fact]
    public void A_service_that_was_not_requested_was_not_asked_and_one_that_lost_its_credential_is_an_alarm()
    {
        Assert.Equal(InstanceState.NotAsked, RowOf(Whole("HuaweiCloud.Dcs", count: 1)).CloudState);
        var all = Whole("HuaweiCloud.Dcs", count: 1);
        all.IsOfAll = true;
        Assert.Equal(InstanceState.Unreachable, RowOf(all).State);
    }

    [Fact]
    public void Rows_of_a_file_do_not_make_an_instance_gone_and_a_service_without_any_is_an_alarm()
    {
        var present = new AbsenceRule([], new HashSet<string> { Service }, hasOthers: true);
        var absent = new AbsenceRule([], new HashSet<string> { "HuaweiCloud.Dcs" }, hasOthers: true);

        Assert.Equal(InstanceState.NotAsked, Assert.Single(Fleet([Saved(-2)]).JudgeAbsent(present, Now)).CloudState);
        Assert.Equal(InstanceState.Unreachable, Assert.Single(Fleet([Saved(-2)]).JudgeAbsent(absent, Now)).State);
    }

    [Fact]
    public void What_is_known_is_read_back_as_it_was_written()
    {
        using var folder = new TemporaryFolder();
        System.IO.Directory.CreateDirectory(System.IO.Path.Combine(folder.Path, ".backuplinks"));
        KnownInstance[] known =
            [new(Instance with { CreatedAt = null }, Now, null), new(Other with { Name = "a\"<\n" }, null, Now)];
        var file = new KnownInstances(folder.Path, BackupLinks.Files.Disk.Local);

        file.Write(known);

        Assert.Equal(known, file.Read());
        string text = System.IO.File.ReadAllText(System.IO.Path.Combine(folder.Path, ".backuplinks", "instances.json"));
        Assert.StartsWith("{\"v\":1,", string.Concat(text.Split(' ', '\r', '\n')));
        Assert.Single(System.IO.Directory.GetFiles(System.IO.Path.Combine(folder.Path, ".backuplinks")));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"instances":{}}""")]
    [InlineData("")]
    public void A_file_that_cannot_be_read_is_an_error_and_not_a_fleet_of_which_nothing_is_gone(string text)
    {
        using var folder = new TemporaryFolder();
        System.IO.Directory.CreateDirectory(System.IO.Path.Combine(folder.Path, ".backuplinks"));
        System.IO.File.WriteAllText(System.IO.Path.Combine(folder.Path, ".backuplinks", "instances.json"), text);

        var error = Assert.Throws<BackupLinks.Errors.BackupLinksException>(
            () => new KnownInstances(folder.Path, BackupLinks.Files.Disk.Local).Read());

        Assert.Equal(BackupLinks.Errors.ErrorKind.FileUnavailable, error.Kind);
        Assert.Contains("instances.json' is not what Get-BackupStatus wrote", error.Message);
    }

    [Fact]
    public void Without_the_file_nothing_is_known_and_an_entry_of_another_version_is_left_out()
    {
        using var folder = new TemporaryFolder();
        System.IO.Directory.CreateDirectory(System.IO.Path.Combine(folder.Path, ".backuplinks"));
        var file = new KnownInstances(folder.Path, BackupLinks.Files.Disk.Local);
        Assert.Empty(file.Read());

        System.IO.File.WriteAllText(
            System.IO.Path.Combine(folder.Path, ".backuplinks", "instances.json"),
            """{"instances":[{"service":1},{"service":"s","instanceId":"i"}]}""");

        Assert.Equal("i", Assert.Single(file.Read()).Instance.InstanceId);
    }

    [Fact]
    public void Without_a_catalog_no_file_is_written()
    {
        using var folder = new TemporaryFolder();

        new KnownInstances(folder.Path, BackupLinks.Files.Disk.Local).Write([new(Instance, Now, null)]);

        Assert.Empty(System.IO.Directory.GetFileSystemEntries(folder.Path));
    }

    private static InstanceStatus RowOf(InstanceLists lists) =>
        Assert.Single(Fleet([With(Saved(-2))], [new(Instance, null, null)]).JudgeAbsent(Rule(lists), Now));

    private static FleetAssessment Fleet(IEnumerable<BackupFile> files, IEnumerable<KnownInstance>? known = null) =>
        new(files, known ?? [], StatusSettings.Default);

    private static AbsenceRule Rule(InstanceLists lists) => new([lists], new HashSet<string>(), hasOthers: false);

    private static InstanceLists Whole(string service, string region = "cn-north-4", int count = 0)
    {
        var lists = new InstanceLists();
        lists.Add(new InstanceList(service, region, isNarrow: false) { IsComplete = true, Count = count });
        return lists;
    }
}
