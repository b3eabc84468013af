using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Discovery;

/// <summary>The newest log of each part of an instance.</summary>
public sealed class LatestLogsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly BackupLinksException Problem = new(ErrorKind.InvalidResponse, "An entry has no id.");

    [Fact]
    public async Task Each_shard_and_node_has_its_newest_wherever_it_is_in_the_list()
    {
        var page = await FindAsync(
            [At("a1", 1, "2", "x"), At("a2", 3, "2", "x"), At("b1", 2, "1", "y")],
            [At("a3", 2, "2", "x"), At("b2", 1, "1", "y"), At("c1", 0, "1", "x")]);

        Assert.Equal(["c1", "b1", "a2"], page.Results.Select(log => log.LogId));
        Assert.Equal([Problem, Problem], page.Problems);
        Assert.False(page.HasMore);
        Assert.Null(page.Remark);
    }

    // A service that lists the newest first lists it before others of its second.
    [Fact]
    public async Task Of_two_of_one_time_the_first_is_the_newest()
    {
        Assert.Equal("first", await NewestAsync(At("first", 1), At("second", 1)));
        Assert.Equal("first", await NewestAsync(On("first", 1), On("second", 1)));
        Assert.Equal("first", await NewestAsync(new Log("first"), new Log("second")));
    }

    [Fact]
    public async Task Without_a_time_the_day_decides_and_without_a_day_any_day_is_later()
    {
        Assert.Equal("b", await NewestAsync(On("a", 1), On("b", 2), On("c", 1)));
        Assert.Equal("b", await NewestAsync(new Log("a"), On("b", 1), new Log("c")));
        Assert.Equal("b", await NewestAsync(At("a", 1) with { Date = Noon.Date }, On("b", 1)));
    }

    [Fact]
    public async Task What_cannot_be_downloaded_is_no_newest()
    {
        Assert.Equal("old", await NewestAsync(At("new", 2) with { IsDownloadable = false }, At("old", 1)));

        var page = await FindAsync([At("new", 2) with { IsDownloadable = false }]);

        Assert.Empty(page.Results);
        Assert.Equal("has no log that can be downloaded", page.Remark);
    }

    private static Log At(string id, int hours, string? shard = null, string? node = null) =>
        new(id) { Time = Noon.AddHours(hours), Part = (shard, node) };

    private static Log On(string id, int days) => new(id) { Date = Noon.Date.AddDays(days) };

    private static async Task<string> NewestAsync(params Log[] logs) =>
        Assert.Single((await FindAsync(logs)).Results).LogId;

    private static Task<IResultPage<ILog>> FindAsync(params Log[][] pages) =>
        new LatestLogs(new Pages(pages)).NextAsync(CancellationToken.None);

    private sealed class Pages(Log[][] pages) : IListing<ILog>
    {
        private int _count;

        public Task<IResultPage<ILog>> NextAsync(CancellationToken cancellationToken)
        {
            var logs = pages[_count++];
            return Task.FromResult<IResultPage<ILog>>(
                new ResultPage<ILog>(logs, [Problem], HasMore: _count < pages.Length));
        }
    }

    private sealed record Log(string LogId) : ILog
    {
        public string InstanceId => "i";

        public string? Name => null;

        public string? Status => null;

        public bool IsDownloadable { get; init; } = true;

        public DateTime? Date { get; init; }

        public DateTimeOffset? Time { get; init; }

        public (string? Shard, string? Node) Part { get; init; }
    }
}
