using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.TencentCloud;
using BackupLinks.TencentCloud.MySql;

namespace BackupLinks.Tests.Providers.TencentCloud;

/// <summary>
/// The list of instances is requested only for a list of which nothing came: these listings have no session, so that a
/// request fails.
/// </summary>
public sealed class KnownInstanceListingTests
{
    private static readonly Page Empty = new([]);

    [Fact]
    public async Task Something_is_of_a_known_instance() =>
        Assert.Equal(["a"], await ReadAsync(new Page(["a"]), Empty, Empty));

    [Fact]
    public async Task An_entry_that_is_not_usable_is_something() =>
        Assert.Empty(await ReadAsync(
            Empty with { Problems = [new BackupLinksException(ErrorKind.InvalidResponse, "No id.")] }, Empty));

    [Fact]
    public async Task A_page_with_another_one_behind_it_is_of_a_known_instance() =>
        Assert.Empty(await ReadAsync(Empty with { HasMore = true }, Empty));

    private static async Task<List<string>> ReadAsync(params Page[] pages)
    {
        var listing = new KnownInstanceListing<string>(
            new Listing(pages), MySqlService.Instance, new InstanceReference("cdb-1", null), null!);
        var results = new List<string>();
        foreach (var _ in pages)
            results.AddRange((await listing.NextAsync(TestContext.Current.CancellationToken)).Results);
        return results;
    }

    private sealed record Page(IReadOnlyList<string> Results) : IResultPage<string>
    {
        public IReadOnlyList<BackupLinksException> Problems { get; init; } = [];

        public bool HasMore { get; init; }

        public string? Remark => null;
    }

    private sealed class Listing(Page[] pages) : IListing<string>
    {
        private int _read;

        public Task<IResultPage<string>> NextAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IResultPage<string>>(pages[_read++]);
    }
}
