using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Discovery;

namespace BackupLinks.Tests.Core.Discovery;

public sealed class PagerTests
{
    private const int Limit = 10;

    public static TheoryData<string, int> ServersAndLengths
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string server in new[] { "from 0", "from 1", "from 1, nothing at 0", "pages from 0",
            "pages from 1" })
            {
                foreach (int length in new[] { 0, 1, 2, 9, 10, 11, 19, 20, 21, 30, 85 })
                    data.Add(server, length);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(ServersAndLengths))]
    public async Task Every_entry_comes_once_and_in_order_whatever_the_offset_counts(string server, int length)
    {
        foreach (var total in new Func<int, long?>[] { _ => null, _ => length, _ => length + 100 })
        {
            var requests = new List<int?>();

            var entries = await ReadAsync(
                new Pager<string>(Limit, id => id, Serve(server, length, Limit, total, requests)));

            Assert.Equal(Numbers(length), entries);
            Assert.InRange(requests.Count, 1, (length / Limit) + 5);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-100)]
    [InlineData(1000)]
    public async Task Total_that_lies_neither_ends_a_list_nor_keeps_it_going(int lie)
    {
        var requests = new List<int?>();

        var entries = await ReadAsync(
            new Pager<string>(Limit, id => id, Serve("from 0", 35, Limit, _ => 35 + lie, requests)));

        Assert.Equal(Numbers(35), entries);
        Assert.InRange(requests.Count, 4, 5);
    }

    [Fact]
    public async Task Total_of_the_page_does_not_end_a_list()
    {
        var entries = await ReadAsync(
            new Pager<string>(Limit, id => id, Serve("from 0", 35, Limit, count => count, [])));

        Assert.Equal(Numbers(35), entries);
    }

    [Theory]
    [InlineData("from 0")]
    [InlineData("from 1")]
    public async Task Server_that_gives_less_than_the_limit_is_asked_on_when_the_total_promises_more(string server)
    {
        var entries = await ReadAsync(new Pager<string>(1000, id => id, Serve(server, 35, Limit, _ => 35, [])));

        Assert.Equal(Numbers(35), entries);
    }

    [Fact]
    public async Task Server_that_knows_no_limit_is_asked_twice()
    {
        var requests = new List<int?>();

        var entries = await ReadAsync(
            new Pager<string>(Limit, id => id, Serve("repeats", 35, 1000, _ => 35, requests)));

        Assert.Equal(Numbers(35), entries);
        Assert.Equal([null, 35], requests);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000_000)]
    public async Task Page_that_repeats_for_ever_is_asked_for_twice(long total)
    {
        var requests = new List<int?>();

        var entries = await ReadAsync(
            new Pager<string>(Limit, id => id, Serve("repeats", 10, Limit, _ => total, requests)));

        Assert.Equal(Numbers(10), entries);
        Assert.Equal([null, 10], requests);
    }

    [Fact]
    public async Task Short_page_ends_a_list_at_once()
    {
        var requests = new List<int?>();

        await ReadAsync(new Pager<string>(Limit, id => id, Serve("from 0", 9, Limit, _ => 9, requests)));

        Assert.Equal([null], requests);
    }

    [Fact]
    public async Task Full_page_whose_total_is_right_is_followed_by_one_more_request()
    {
        var requests = new List<int?>();

        await ReadAsync(new Pager<string>(Limit, id => id, Serve("from 0", 10, Limit, _ => 10, requests)));

        Assert.Equal([null, 10], requests);
    }

    [Fact]
    public async Task Entries_that_move_while_they_are_read_come_once()
    {
        // Each request finds one more at the beginning.
        int born = 0;
        var pager = new Pager<string>(Limit, id => id, (offset, _) =>
        {
            string[] all = [.. Enumerable.Range(1, born++).Reverse().Select(i => "new" + i), .. Numbers(35)];
            return Task.FromResult(new ListPage<string>([.. all.Skip(offset ?? 0).Take(Limit)], null));
        });

        var entries = await ReadAsync(pager);

        Assert.Equal(Numbers(35), entries);
    }

    [Fact]
    public async Task A_full_page_with_one_new_entry_is_followed_by_the_next()
    {
        // Between the first page and the second, nine more come to the beginning.
        int requests = 0;
        var pager = new Pager<string>(Limit, id => id, (offset, _) =>
        {
            string[] born = [.. Enumerable.Range(0, requests++ == 0 ? 0 : 9).Select(i => "new" + i)];
            return Task.FromResult(
                new ListPage<string>([.. born.Concat(Numbers(35)).Skip(offset ?? 0).Take(Limit)], null));
        });

        Assert.Equal(Numbers(35), await ReadAsync(pager));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Pages_are_counted_from_the_first_that_the_documentation_names(int first)
    {
        var requests = new List<int?>();
        var pager = new Pager<string>(Limit, id => id, Serve($"pages from {first}", 35, Limit, _ => 35, requests))
        {
            CountsPages = true, FirstPage = first,
        };

        Assert.Equal(Numbers(35), await ReadAsync(pager));
        Assert.Equal([null, .. Enumerable.Range(first + 1, requests.Count - 1).Select(page => (int?)page)], requests);
    }

    [Fact]
    public async Task Offset_stays_a_multiple_of_the_limit_though_entries_repeat()
    {
        var requests = new List<int?>();
        var pager = new Pager<string>(Limit, id => id == "3" ? "2" : id, Serve("from 0", 35, Limit, _ => 35, requests))
        {
            IsAligned = true,
        };

        Assert.Equal(34, (await ReadAsync(pager)).Count);
        Assert.All(requests, offset => Assert.Equal(0, (offset ?? 0) % Limit));
    }

    [Fact]
    public async Task Page_is_asked_for_only_when_it_is_wanted()
    {
        var requests = new List<int?>();
        var pager = new Pager<string>(Limit, id => id, Serve("from 0", 35, Limit, _ => 35, requests));

        await pager.NextAsync(default);

        Assert.Single(requests);
        Assert.False(pager.IsAtEnd);
    }

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(0, count).Select(i => i.ToString());

    private static async Task<List<string>> ReadAsync(Pager<string> pager)
    {
        var entries = new List<string>();
        while (!pager.IsAtEnd)
            entries.AddRange((await pager.NextAsync(default)).Entries.OfType<string>());
        return entries;
    }

    private static Func<int?, System.Threading.CancellationToken, Task<ListPage<string>>> Serve(
        string server, int length, int pageSize, Func<int, long?> total, List<int?> requests) => (offset, _) =>
        {
            requests.Add(offset);
            string[] all = [.. Numbers(length)];
            int start = server switch
            {
                "from 0" => offset ?? 0,
                "from 1" => Math.Max(offset ?? 1, 1) - 1,
                "from 1, nothing at 0" => offset == 0 ? length : (offset ?? 1) - 1,
                "pages from 0" => (offset ?? 0) * pageSize,
                "pages from 1" => (Math.Max(offset ?? 1, 1) - 1) * pageSize,
                _ => 0,
            };
            string[] page = [.. all.Skip(start).Take(pageSize)];
            // Nothing is status 204.
            return Task.FromResult(
                page.Length == 0 ? ListPage<string>.Empty : new ListPage<string>(page, total(page.Length)));
        };
}
