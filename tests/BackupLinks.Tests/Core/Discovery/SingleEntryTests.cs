using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Discovery;

/// <summary>One entry is looked for in lists of several pages.</summary>
public sealed class SingleEntryTests
{
    private const int Limit = 10;

    [Theory]
    [InlineData("3")]
    [InlineData("24")]
    public async Task An_entry_is_found_on_whichever_page_it_is(string id)
    {
        var page = await Find(id, List(25)).NextAsync(TestContext.Current.CancellationToken);

        Assert.Equal([id], page.Results);
        Assert.False(page.HasMore);
    }

    [Fact]
    public async Task An_entry_is_looked_for_in_one_list_after_the_other()
    {
        var absent = new Pager<string>(
            Limit, id => id, (_, _) => throw new ApiException(ErrorKind.NotFound, "This list has no such entry."));

        var page = await Find("24", absent, List(5), List(25)).NextAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["24"], page.Results);
        var error = await Assert.ThrowsAsync<ApiException>(
            () => Find("99", List(5), absent).NextAsync(TestContext.Current.CancellationToken));
        Assert.Equal("This list has no such entry.", error.Message);
    }

    [Fact]
    public async Task An_entry_that_no_list_has_is_an_error_and_one_that_is_not_wanted_is_left_out()
    {
        var error = await Assert.ThrowsAsync<ApiException>(
            () => Find("99", List(25)).NextAsync(TestContext.Current.CancellationToken));

        Assert.Equal("No list has it.", error.Message);
        Assert.Empty((await Find("7", false, List(25)).NextAsync(TestContext.Current.CancellationToken)).Results);
    }

    private static SingleEntry<string> Find(string id, params Pager<string>[] lists) => Find(id, true, lists);

    private static SingleEntry<string> Find(string id, bool isWanted, params Pager<string>[] lists) => new(
        lists, entry => entry == id, _ => isWanted, () => new ApiException(ErrorKind.NotFound, "No list has it."));

    private static Pager<string> List(int length) => new(Limit, id => id, (offset, _) =>
    {
        string[] page = [.. Enumerable.Range(0, length).Skip(offset ?? 0).Take(Limit).Select(number => $"{number}")];
        return Task.FromResult(page.Length == 0 ? ListPage<string>.Empty : new ListPage<string>(page, length));
    });
}
