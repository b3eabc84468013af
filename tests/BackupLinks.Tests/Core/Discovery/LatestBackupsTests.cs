using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Discovery;

/// <summary>The newest backup of an instance, and whether it is young enough.</summary>
public sealed class LatestBackupsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Backup_within_the_age_is_no_trouble()
    {
        var page = await Find([new("old", -50), new("new", -25), new("older", -60)], Within(26));

        Assert.Equal("new", Assert.Single(page.Results).Name);
        Assert.Empty(page.Problems);
        Assert.Null(page.Remark);
    }

    [Fact]
    public async Task The_problems_of_every_page_come_with_the_newest_backup()
    {
        var problem = new BackupLinksException(ErrorKind.InvalidResponse, "An entry has no id.");
        var list = new List([new("new", -2), new("old", -3)]) { Problem = problem };

        var page = await new LatestBackups(list, Within(26), new("i1", "prod-1"), [], () => Now)
            .NextAsync(CancellationToken.None);

        Assert.Equal("new", Assert.Single(page.Results).Name);
        Assert.Equal([problem, problem], page.Problems);
    }

    [Fact]
    public async Task Backup_of_exactly_the_age_is_young_enough()
    {
        Assert.Empty((await Find([new("b", -26)], Within(26))).Problems);
        Assert.Single((await Find([new("b", -26.001)], Within(26))).Problems);
    }

    [Fact]
    public async Task Backup_that_is_too_old_is_an_error_and_comes_all_the_same()
    {
        var page = await Find([new("old", -51)], Within(26));

        Assert.Equal("old", Assert.Single(page.Results).Name);
        var problem = Assert.Single(page.Problems);
        Assert.Equal(ErrorKind.BackupTooOld, problem.Kind);
        Assert.Equal(
            "Instance 'prod-1' (i1) has no backup of the last 26 h: "
                + "the newest that can be downloaded is of 2026-01-13 00:00Z, 51 h ago; "
            + "check its backup policy at the provider, or start a backup manually.",
            problem.Message);
    }

    [Fact]
    public async Task Newer_attempt_that_failed_is_named_in_the_error()
    {
        var page = await Find([new("failed", -3) { Status = "failed" }, new("old", -51)], Within(26));

        Assert.Equal("old", Assert.Single(page.Results).Name);
        Assert.Contains(
            "51 h ago, and one of 2026-01-15 00:00Z is in the state 'failed';", Assert.Single(page.Problems).Message);
    }

    [Fact]
    public async Task Newer_attempt_that_failed_is_an_error_and_the_good_one_comes_all_the_same()
    {
        var page = await Find([new("good", -3), new("failed", -1) { Status = "failed" }], Within(26));

        Assert.Equal("good", Assert.Single(page.Results).Name);
        var problem = Assert.Single(page.Problems);
        Assert.Equal(ErrorKind.NewerBackupFailed, problem.Kind);
        Assert.Equal(
            "Instance 'prod-1' (i1) has a backup of 2026-01-15 02:00Z that failed ('failed') after the newest that "
                + "can be downloaded, of 2026-01-15 00:00Z; check its backup policy at the provider, or start a backup "
                + "manually.",
            problem.Message);
        Assert.Null(page.Remark);
    }

    [Fact]
    public async Task Without_a_maximum_age_a_newer_attempt_that_failed_is_no_trouble()
    {
        var page = await Find([new("good", -3), new("failed", -1) { Status = "failed" }], new() { Latest = true });

        Assert.Equal("good", Assert.Single(page.Results).Name);
        Assert.Empty(page.Problems);
        Assert.Null(page.Remark);
    }

    [Fact]
    public async Task Failed_attempt_of_each_shard_is_an_error_of_its_own()
    {
        Backup[] backups =
        [
            new("a", -3) { Part = "s1" }, new("b", -3) { Part = "s2" },
            new("c", -1) { Part = "s1", Status = "failed" }, new("d", -1) { Part = "s2", Status = "failed" },
        ];

        var page = await Find(backups, Within(26));

        Assert.Equal(
            [ErrorKind.NewerBackupFailed, ErrorKind.NewerBackupFailed],
            page.Problems.Select(problem => problem.Kind));
        Assert.Contains("of shard 's2'", page.Problems[1].Message);
    }

    [Theory]
    [InlineData("failed", -4)]
    [InlineData("backuping", -1)]
    public async Task Older_failure_and_backup_in_progress_are_no_trouble(string status, int hours)
    {
        var page = await Find([new("good", -3), new("other", hours) { Status = status }], Within(26));

        Assert.Empty(page.Problems);
        Assert.Null(page.Remark);
    }

    [Fact]
    public async Task No_backup_is_an_error_that_names_the_newest_attempt()
    {
        var none = await Find([], Within(26));
        var failed = await Find(
            [new("older", -30) { Status = "failed" }, new("going", -1) { Status = "backuping" }], Within(26));

        Assert.Equal(
            (ErrorKind.NoBackup, ErrorKind.NoBackup), (none.Problems.Single().Kind, failed.Problems.Single().Kind));
        Assert.Equal(
            "Instance 'prod-1' (i1) has no backup that can be downloaded; "
                + "check its backup policy at the provider, or start a backup manually.",
            none.Problems[0].Message);
        Assert.Contains("and one of 2026-01-15 02:00Z is in the state 'backuping'", failed.Problems[0].Message);
        Assert.Null(none.Remark ?? failed.Remark);
    }

    [Fact]
    public async Task Without_a_maximum_age_nothing_is_an_error()
    {
        Assert.Empty((await Find([new("b", -5000)], new() { Latest = true })).Problems);
        var none = await Find([new("b", -1) { Status = "failed" }], new() { Latest = true });
        Assert.Empty(none.Problems);
        Assert.Equal("has no backup that can be downloaded", none.Remark);
    }

    [Fact]
    public async Task Backup_without_a_time_or_of_the_far_future_is_not_taken_for_young()
    {
        var timeless = await Find([new("b", null)], Within(26));
        var future = await Find([new("b", 24 * 365)], Within(26));
        var ahead = await Find([new("b", 8)], Within(26));

        Assert.Contains("states no time", Assert.Single(timeless.Problems).Message);
        Assert.Contains("in the future", Assert.Single(future.Problems).Message);
        Assert.Empty(ahead.Problems);
    }

    [Fact]
    public async Task Every_type_that_is_named_must_have_one()
    {
        var page = await Find([new("a", -3) { Type = "auto" }], Within(26) with { Types = ["auto", "manual"] });

        Assert.Contains(
            "has no backup of type 'manual' that can be downloaded", Assert.Single(page.Problems).Message);
    }

    [Fact]
    public async Task Every_shard_must_be_young_enough()
    {
        var page = await Find(
            [new("a", -3) { Part = "s1" }, new("b", -51) { Part = "s2" }, new("c", -50) { Part = "s1" }], Within(26));

        Assert.Equal(["a", "b"], page.Results.Select(backup => backup.Name));
        Assert.Contains("has no backup of shard 's2' of the last 26 h", Assert.Single(page.Problems).Message);
    }

    [Fact]
    public async Task Of_two_of_one_time_the_first_of_the_list_is_the_newest()
    {
        Assert.Equal(
            "a", Assert.Single((await Find([new("a", -3), new("b", -3)], new() { Latest = true })).Results).Name);
        Assert.Equal(
            "b", Assert.Single((await Find([new("b", -3), new("a", -3)], new() { Latest = true })).Results).Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_without_a_time_gives_way_to_one_with_a_time_wherever_it_stands(bool isFirst)
    {
        Backup timeless = new("timeless", null), old = new("old", -9999);

        var page = await Find(isFirst ? [timeless, old] : [old, timeless], new() { Latest = true });

        Assert.Equal("old", Assert.Single(page.Results).Name);
        Assert.Equal("timeless", Assert.Single((await Find([timeless], new() { Latest = true })).Results).Name);
    }

    [Fact]
    public async Task Of_several_shards_each_has_its_newest_in_the_order_of_their_names()
    {
        Backup[] backups =
        [
            new("b1", -9) { Part = "s2" }, new("a1", -3) { Part = "s1" }, new("b2", -1) { Part = "s2" },
            new("a2", -4) { Part = "s1" }, new("c", -99) { Part = "S3" },
        ];

        Assert.Equal(
            ["c", "a1", "b2"], (await Find(backups, new() { Latest = true })).Results.Select(backup => backup.Name));
    }

    [Fact]
    public async Task Of_several_types_each_has_its_newest_in_the_order_in_which_they_were_named()
    {
        Backup[] backups = [new("a1", -3), new("m1", -9) { Type = "manual" }, new("a2", -2),
        new("m2", -8) { Type = "manual" }];

        Assert.Equal(
            ["m2", "a2"],
            (await Find(backups, new() { Latest = true, Types = ["manual", "auto"] })).Results.Select(
                backup => backup.Name));
    }

    [Fact]
    public async Task One_that_restores_only_with_an_earlier_one_is_not_the_newest_unless_its_type_is_requested()
    {
        Backup[] backups = [new("full", -9), new("differential", -1) { Type = "fragment" }];

        Assert.Equal("full", Assert.Single((await Find(backups, new() { Latest = true })).Results).Name);
        Assert.Equal(
            "differential",
            Assert.Single((await Find(backups, new() { Latest = true, Types = ["fragment"] })).Results).Name);
    }

    [Fact]
    public async Task Failed_differential_is_no_failed_attempt_of_the_full_one()
    {
        var page = await Find(
            [new("full", -9), new("differential", -1) { Type = "fragment", Status = "failed" }], Within(26));

        Assert.Equal("full", Assert.Single(page.Results).Name);
        Assert.Empty(page.Problems);
    }

    [Fact]
    public async Task List_of_differential_ones_alone_says_how_to_get_them()
    {
        Backup[] backups = [new("d", -1) { Type = "fragment" }];
        const string Reason = "has no backup that can be downloaded: those of type 'fragment' restore only with an "
            + "earlier one; request them with -Type";

        Assert.Equal(Reason, (await Find(backups, new() { Latest = true })).Remark);
        var problem = Assert.Single((await Find(backups, Within(26))).Problems);
        Assert.Equal((ErrorKind.NoBackup, $"Instance 'prod-1' (i1) {Reason}."), (problem.Kind, problem.Message));
    }

    [Fact]
    public async Task Shard_that_has_differential_ones_alone_is_named()
    {
        Backup[] backups = [new("full", -9) { Part = "s1" }, new("d", -1) { Part = "s2", Type = "fragment" }];

        var page = await Find(backups, new() { Latest = true });

        Assert.Equal("full", Assert.Single(page.Results).Name);
        Assert.StartsWith("has no backup of shard 's2' that can be downloaded: those of type", page.Remark);
        Assert.Equal(ErrorKind.NoBackup, Assert.Single((await Find(backups, Within(26))).Problems).Kind);
    }

    [Theory]
    [InlineData(null, "s1")]
    [InlineData("s1", null)]
    public async Task Full_one_of_the_whole_is_one_of_each_shard_and_logs_of_the_whole_are_of_all(
        string? full, string? incremental)
    {
        Backup[] backups = [new("full", -9) { Part = full }, new("d", -1) { Part = incremental, Type = "fragment" }];

        var page = await Find(backups, Within(26));

        Assert.Equal("full", Assert.Single(page.Results).Name);
        Assert.Empty(page.Problems);
        Assert.Null((await Find(backups, new() { Latest = true })).Remark);
    }

    [Fact]
    public async Task Failed_full_one_is_the_reason_whatever_differential_ones_there_are()
    {
        Backup[] backups = [new("full", -9) { Status = "failed" }, new("d", -1) { Type = "fragment" }];

        Assert.Contains("is in the state 'failed'", Assert.Single((await Find(backups, Within(26))).Problems).Message);
    }

    [Fact]
    public async Task List_without_links_says_why()
    {
        Backup[] backups = [new("b", -1) { Status = "COMPLETED", LinkObstacle = "the service has no links" }];
        const string Reason = "has no backup that can be downloaded: the service has no links";

        Assert.Equal(Reason, (await Find(backups, new() { Latest = true })).Remark);
        Assert.Equal(
            $"Instance 'prod-1' (i1) {Reason}.", Assert.Single((await Find(backups, Within(26))).Problems).Message);
    }

    private static BackupFilter Within(double hours) => new() { Latest = true, MaximumAge = TimeSpan.FromHours(hours) };

    private static Task<IResultPage<IBackup>> Find(Backup[] backups, BackupFilter filter) =>
        new LatestBackups(new List(backups), filter, new("i1", "prod-1"), ["fragment", "incremental"], () => Now)
            .NextAsync(CancellationToken.None);

    // A page each.
    private sealed class List(IReadOnlyList<Backup> backups) : IListing<IBackup>
    {
        private int _next;

        public BackupLinksException? Problem { get; init; }

        public Task<IResultPage<IBackup>> NextAsync(CancellationToken cancellationToken)
        {
            Backup[] page = _next < backups.Count ? [backups[_next++]] : [];
            return Task.FromResult<IResultPage<IBackup>>(new ResultPage<IBackup>(
                page, Problem is null ? [] : [Problem], _next < backups.Count));
        }
    }

    private sealed record Backup(string Name, double? Hours) : IBackup, IObstructed
    {
        public string InstanceId => "i1";

        public string BackupId => Name;

        public string? Status { get; init; } = "succeed";

        public string Type { get; init; } = "auto";

        public string? Part { get; init; }

        public string? LinkObstacle { get; init; }

        public bool IsDownloadable => Status == "succeed";

        public bool HasFailed => Status == "failed";

        public DateTimeOffset? BackupTime => Hours is { } hours ? Now.AddHours(hours) : null;

        public string? Engine => null;

        public bool IsOfType(string word) => word == Type;
    }
}
