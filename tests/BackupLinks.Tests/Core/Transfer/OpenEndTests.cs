using System.IO;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>A body of which nothing states the end may have been cut there.</summary>
public sealed class OpenEndTests : TransferTest
{
    public OpenEndTests()
    {
        Store.Content = Bytes(300_000);
        Store.Tag = "\"5b3c1a2e053d763e1b002cc607c5a0fe\"";
    }

    // The end of a connection looks like the end of the body, and so the second reading ended there, too.
    [Theory]
    [InlineData("close")]
    [InlineData("chunks")]
    [InlineData("length")]
    public async Task A_body_that_was_cut_where_nothing_states_its_end_is_downloaded_again(string end)
    {
        byte[] content = Store.Content;
        Store.Tag = Store.Md5Tag;
        Store.HasNoLength = Store.IgnoresRanges = true;
        Store.Instead = (number, _) =>
        {
            Store.Content = number == 1 ? content[..100_000] : content;
            Store.HasNoLength = number == 1 || end != "length";
            return null;
        };
        Store.Change = (number, response) =>
        {
            if (number == 1 || end == "close")
                response.Headers.TransferEncodingChunked = null;
        };

        await SaveAsync();

        Assert.Equal(content, Saved);
        Assert.Contains(Warnings, warning => warning.Contains("was cut after 100000 bytes"));
        Assert.DoesNotContain(Warnings, warning => warning.Contains("replaced"));
    }

    // A proxy that always stops at the same byte makes two equal readings of it.
    [Fact]
    public async Task Two_bodies_that_end_alike_where_nothing_states_their_end_prove_nothing()
    {
        byte[] content = Store.Content;
        Store.Tag = Store.Md5Tag;
        Store.Content = content[..100_000];
        Store.HasNoLength = Store.IgnoresRanges = true;
        Store.Change = (_, response) => response.Headers.TransferEncodingChunked = null;

        var error = await FailAsync(ErrorKind.HashMismatch);

        Assert.Contains("ended after 100000 bytes, where nothing states the length", error.Message);
        Assert.DoesNotContain("-IgnoreEntityTag", error.Message);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(FilePath)!));

        // The advice works, also for a tag that is none.
        Source = Source with { ExpectedHash = Store.Sha256 };
        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Two_bodies_that_end_alike_are_whole_where_one_of_them_states_its_length(int stated)
    {
        Store.IgnoresRanges = true;
        Store.Instead = (number, _) =>
        {
            Store.HasNoLength = number != stated;
            return null;
        };

        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);

        AssertWhole();
    }

    // Chunks have an end, so that the advice to do without the tag works.
    [Fact]
    public async Task Chunks_that_only_the_tag_speaks_against_are_told_with_the_switch_that_ignores_the_tag()
    {
        Store.HasNoLength = Store.IgnoresRanges = true;

        var error = await FailAsync(ErrorKind.HashMismatch);

        Assert.Contains("-IgnoreEntityTag", error.Message);
        Settings = Settings with { IgnoreEntityTag = true };
        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);
    }

    [Fact]
    public async Task A_rounded_size_does_not_prove_a_body_that_ends_there()
    {
        Store.Tag = null;
        Store.Content = Store.Content[..(292 * 1024)];
        Store.HasNoLength = Store.IgnoresRanges = true;
        Store.Change = (_, response) => response.Headers.TransferEncodingChunked = null;
        Source = Source with { Size = 292 * 1024, SizeUnit = 1024 };

        var error = await FailAsync(ErrorKind.InvalidResponse);

        Assert.Contains("may be cut", error.Message);
    }

    [Fact]
    public async Task A_body_without_a_length_that_ends_before_the_stated_size_is_requested_once_more()
    {
        Store.HasNoLength = Store.IgnoresRanges = true;
        Source = Source with { Size = Store.Content.Length };
        byte[] content = Store.Content;
        Store.Instead = (number, _) =>
        {
            Store.Content = number == 1 ? content[..200_000] : content;
            return null;
        };

        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);

        Assert.Equal(content, Saved);
    }

    [Fact]
    public async Task A_body_that_is_shorter_than_stated_each_time_is_the_size_that_is_wrong()
    {
        Store.HasNoLength = Store.IgnoresRanges = true;
        Source = Source with { Size = 400_000 };

        var error = await FailAsync(ErrorKind.SizeMismatch);

        Assert.Contains("has 300000 bytes in the store", error.Message);
        Assert.Equal(2, Store.Requests.Count);
    }

    [Fact]
    public async Task An_object_without_bytes_is_read_a_second_time_too()
    {
        Store.Content = [];
        Store.IgnoresRanges = true;
        Source = Source with { Size = 0 };

        await SaveAsync();

        Assert.Equal(2, Store.Requests.Count);
    }
}
