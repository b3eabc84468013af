using System.Linq;
using BackupLinks.Errors;
using BackupLinks.Manifests;

namespace BackupLinks.Tests.Core.Manifests;

public sealed class ShardTests
{
    private static readonly string[] Links = [.. Enumerable.Range(0, 10_000).Select(
        i => $"https://obs.example/bucket/backups/{i}.rdb\n{i}.rdb")];

    [Fact]
    public void Shards_are_disjoint_complete_and_balanced()
    {
        int[] owners = Owners(Links, 16);

        Assert.All(owners, owner => Assert.InRange(owner, 1, 16));
        Assert.All(owners.CountBy(owner => owner), shard => Assert.Equal(625, shard.Value));
    }

    [Fact]
    public void Few_links_are_dealt_out_one_each()
    {
        var counts = Owners(Links[..20], 16).CountBy(owner => owner).ToDictionary();

        Assert.Equal(16, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 1, 2));
    }

    [Fact]
    public void Lists_of_one_link_each_do_not_all_go_to_one_shard() =>
        Assert.InRange(Links[..100].Select(link => Owners([link], 16)[0]).Distinct().Count(), 12, 16);

    [Fact]
    public void Order_of_the_list_changes_nothing()
    {
        int[] owners = Owners(Links, 7);
        int[] reversed = Owners([.. Enumerable.Reverse(Links)], 7);

        Assert.Equal(owners, Enumerable.Reverse(reversed));
    }

    [Fact]
    public void A_link_that_is_there_twice_is_of_one_shard()
    {
        int[] owners = Owners([.. Links[..100], .. Links[..100]], 16);

        Assert.Equal(owners[..100], owners[100..]);
    }

    // Machines of different systems and versions share out one list.
    [Fact]
    public void Shard_of_a_link_is_the_same_everywhere() =>
        Assert.Equal([2, 3, 1, 4], Owners(Links[..4], 4));

    [Theory]
    [InlineData("3/16", 3, 16)]
    [InlineData(" 1 / 1 ", 1, 1)]
    public void Shard_is_which_of_how_many(string text, int index, int count)
    {
        var shard = Shard.Parse(text);

        Assert.Equal((index, count), (shard.Index, shard.Count));
    }

    [Theory]
    [InlineData("0/16", "add 1")]
    [InlineData("17/16", "outside")]
    [InlineData("1/0", "not a part")]
    [InlineData("3", "not a part")]
    [InlineData("-1/4", "not a part")]
    [InlineData("1/4/2", "not a part")]
    [InlineData("a/b", "not a part")]
    [InlineData("1/99999999999", "not a part")]
    public void What_is_no_shard_is_refused_with_what_to_do(string text, string words)
    {
        var error = Assert.Throws<BackupLinksException>(() => Shard.Parse(text));

        Assert.Equal(ErrorKind.InvalidRequest, error.Kind);
        Assert.Contains(words, error.Message);
    }

    private static int[] Owners(string[] links, int count)
    {
        int[] owners = new int[links.Length];
        for (int index = 1; index <= count; index++)
        {
            bool[] mine = Shard.Parse($"{index}/{count}").Select(links);
            for (int i = 0; i < links.Length; i++)
            {
                Assert.False(mine[i] && owners[i] != 0, $"{links[i]} is in two shards");
                if (mine[i])
                    owners[i] = index;
            }
        }

        return owners;
    }
}
