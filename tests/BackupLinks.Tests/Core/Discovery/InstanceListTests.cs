using BackupLinks.Discovery;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Discovery;

/// <summary>What became of a list of instances.</summary>
public sealed class InstanceListTests
{
    [Theory]
    [InlineData("a", null, "A", true)]
    [InlineData("a", null, "b", false)]
    [InlineData(null, null, "b", true)]
    [InlineData(null, "a,c", "C", true)]
    [InlineData(null, "a,c", "b", false)]
    [InlineData("a", "b", "b", false)]
    [InlineData("a", null, null, true)]
    public void A_list_covers_its_region_or_those_that_were_wanted(
        string? region, string? regions, string? other, bool covers) =>
        Assert.Equal(covers, new InstanceList("s", region, false, regions?.Split(',')).Covers(other));

    [Fact]
    public void A_list_is_complete_with_its_last_page_counts_all_and_keeps_its_first_problem()
    {
        var lists = new InstanceLists();
        var list = lists.Add(new InstanceList("s", null, isNarrow: true));
        Assert.Equal((false, 0, null), (list.IsComplete, list.Count, list.Problem));

        list.Take(Page(2, hasMore: true, "First."));
        Assert.Equal((false, 2, "First."), (list.IsComplete, list.Count, list.Problem));
        list.Take(Page(1, hasMore: false, "Second."));

        Assert.Equal((true, 3, "First."), (list.IsComplete, list.Count, list.Problem));
        Assert.Same(lists, list.Owner);
        Assert.Equal([list], lists.All);
        Assert.True(list.IsNarrow);
    }

    private static ResultPage<object> Page(int count, bool hasMore, string problem) => new(
        new object[count], [new BackupLinksException(ErrorKind.InvalidResponse, problem)], hasMore);
}
