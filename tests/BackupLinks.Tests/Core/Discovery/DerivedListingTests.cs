using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Discovery;

/// <summary>Lists that are made of other lists.</summary>
public sealed class DerivedListingTests
{
    private static readonly ResultPage<string> Nothing = new([], [], HasMore: false);
    private static readonly ResultPage<string> NothingYet = new([], [], HasMore: true);
    private static readonly ResultPage<string> One = new(["b1"], [], HasMore: false, "a remark");
    private static readonly ResultPage<string> Problem = new([], [new(ErrorKind.InvalidResponse, "x")], HasMore: false);

    private readonly List<string> _opened = [];

    [Fact]
    public async Task A_mapped_page_has_something_or_is_the_last()
    {
        var pages = new Pages(
            new(["no"], [], HasMore: true), new(["1", "no", "2"], [], HasMore: true),
            new([], Problem.Problems, HasMore: true), new(["no"], [], HasMore: false));
        var listing = new MappedListing<string, string>(pages, text => text + "!", text => text != "no!");

        var first = await listing.NextAsync(CancellationToken.None);
        Assert.Equal((2, true), (pages.Count, first.HasMore));
        Assert.Equal(["1!", "2!"], first.Results);
        var second = await listing.NextAsync(CancellationToken.None);
        Assert.Equal((3, true), (pages.Count, second.HasMore));
        Assert.Equal(Problem.Problems, second.Problems);
        var third = await listing.NextAsync(CancellationToken.None);
        Assert.Equal((4, 0, false), (pages.Count, third.Results.Count, third.HasMore));
    }

    [Fact]
    public async Task The_first_list_that_has_something_is_the_list()
    {
        var listing = Of(("a", Nothing), ("b", null), ("c", One), ("d", One));

        Assert.Same(One, await listing.NextAsync(CancellationToken.None));
        Assert.Same(Nothing, await listing.NextAsync(CancellationToken.None));
        Assert.Equal(["a", "b", "c"], _opened);
    }

    [Fact]
    public async Task A_problem_and_a_promise_of_more_are_something()
    {
        Assert.Same(Problem, await Of(("a", Problem), ("b", One)).NextAsync(CancellationToken.None));
        Assert.Same(NothingYet, await Of(("a", NothingYet), ("b", One)).NextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Lists_with_nothing_are_an_empty_list()
    {
        var page = await Of(("a", Nothing), ("b", null)).NextAsync(CancellationToken.None);

        Assert.Equal((0, 0, false), (page.Results.Count, page.Problems.Count, page.HasMore));
    }

    private AlternativeListing<string> Of(params (string Name, ResultPage<string>? Page)[] lists)
    {
        var alternatives = new List<Alternative<string>>();
        foreach (var (name, page) in lists)
        {
            alternatives.Add(Alternative<string>.Of(() =>
            {
                _opened.Add(name);
                return page is null ? null : new Pages(page, Nothing);
            }));
        }

        return new AlternativeListing<string>(alternatives, static _ => true, static _ => true);
    }

    private sealed class Pages(params ResultPage<string>[] pages) : IListing<string>
    {
        public int Count { get; private set; }

        public Task<IResultPage<string>> NextAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IResultPage<string>>(pages[Count++]);
    }
}
