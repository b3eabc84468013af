using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>An entity tag of 32 digits is perhaps an MD5.</summary>
public sealed class TagDoubtTests : TransferTest
{
    private const string NoMd5 = "\"5b3c1a2e053d763e1b002cc607c5a0fe\"";

    public TagDoubtTests()
    {
        Store.Content = Bytes(300_000);
        Store.Tag = NoMd5;
    }

    [Fact]
    public async Task Two_readings_with_one_hash_prove_that_the_tag_is_no_MD5()
    {
        Assert.Equal(SaveStatus.Saved, (await SaveAsync()).Status);

        AssertWhole();
        Assert.Equal(["0-8388607", $"all if {NoMd5}"], Store.Requests);
        Assert.Equal(2, Warnings.Count);
        Assert.Contains("not its MD5", Warnings[1]);
    }

    [Fact]
    public async Task IgnoreEntityTag_says_so_at_once()
    {
        Settings = Settings with { IgnoreEntityTag = true };

        await SaveAsync();

        AssertWhole();
        Assert.Single(Store.Requests);
        Assert.Empty(Warnings);
    }

    [Fact]
    public async Task A_tag_that_is_the_MD5_costs_no_second_reading()
    {
        Store.Tag = Store.Md5Tag;

        await SaveAsync();

        Assert.Single(Store.Requests);
    }

    [Fact]
    public async Task Bytes_that_were_spoilt_on_their_way_are_downloaded_again()
    {
        Store.Tag = Store.Md5Tag;
        Spoil(1);

        await SaveAsync();

        AssertWhole();
        Assert.Contains(Warnings, warning => warning.Contains("spoilt"));
    }

    [Fact]
    public async Task Bytes_that_are_spoilt_each_time_are_not_said_to_be_changed_by_the_store()
    {
        Store.Tag = Store.Md5Tag;
        Spoil(1, 3, 5);

        var error = await FailAsync(ErrorKind.HashMismatch);

        Assert.Contains("check the network", error.Message);
        Assert.DoesNotContain("changes", error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_second_reading_is_not_one_of_a_cache(bool isRefused)
    {
        Store.Instead = (_, request) =>
            isRefused && request.Headers.IfMatch.Count > 0 ? FakeStore.Refuse(412) : null;

        await SaveAsync();

        Assert.Equal(
            isRefused ? [false, true, true] : [false, true],
            Store.Messages.Select(message => message.Headers.CacheControl is { NoCache: true }));
    }

    [Fact]
    public async Task Two_checksums_that_are_both_wrong_are_spoilt_bytes_also_when_they_are_the_same_twice()
    {
        Store.Change = (_, response) =>
        {
            response.Headers.TryAddWithoutValidation("x-oss-hash-crc64ecma", "1234567890");
            response.Headers.TryAddWithoutValidation("X-BackupLinks-Proxy", "http://proxy.example:8080");
        };

        var error = await FailAsync(ErrorKind.HashMismatch);

        Assert.Contains("Two readings through proxy http://proxy.example:8080 have the same SHA-256", error.Message);
        Assert.Contains(NoMd5.Trim('"'), error.Message);
        Assert.Contains("1234567890", error.Message);
        Assert.Equal(Store.Content, File.ReadAllBytes(FilePath + ".partial"));
        Assert.Equal(2, Store.Requests.Count);

        // The advice works: one wrong checksum remains, which the second reading settles.
        Settings = Settings with { IgnoreEntityTag = true };
        await SaveAsync();
        AssertWhole();
    }

    [Fact]
    public async Task The_tag_of_an_object_that_the_store_encrypts_is_no_MD5()
    {
        Store.Change = (_, response) =>
            response.Headers.TryAddWithoutValidation("x-oss-server-side-encryption", "KMS");

        Assert.Null((await SaveAsync()).VerifiedBy);

        Assert.Single(Store.Requests);
        Assert.Empty(Warnings);
    }

    [Fact]
    public async Task A_second_reading_is_within_the_limit_too()
    {
        var clock = new ManualClock(advanceByItself: true);
        Limiter = new BandwidthLimiter(100_000, clock);

        await SaveAsync();

        Assert.Equal(6, clock.GetElapsed().TotalSeconds, precision: 3);
    }

    [Fact]
    public async Task Bytes_of_an_earlier_run_that_a_second_reading_does_not_have_are_downloaded_again()
    {
        Store.Instead = (number, _) => number == 2 ? FakeStore.Refuse(404) : null;
        await FailAsync(ErrorKind.NotFound);
        Store.Content = Bytes(300_000, seed: 2);

        Assert.Equal(0, (await SaveAsync()).BytesResumed);

        AssertWhole();
        Assert.Contains(Warnings, warning => warning.Contains("spoilt"));
    }

    [Fact]
    public async Task Two_readings_that_differ_are_an_error_and_the_bytes_are_kept()
    {
        Spoil(1, 2);
        byte[] content = Store.Content;
        Store.Instead = (number, _) =>
        {
            Store.Content = [.. content];
            Store.Content[number] ^= 1;
            return null;
        };

        await FailAsync(ErrorKind.HashMismatch);

        Assert.Equal(content.Length, new FileInfo(FilePath + ".partial").Length);
    }

    // Without a validator the next run could not tell whether they are of the same object.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bytes_are_said_to_be_kept_where_they_are(bool isProvable)
    {
        byte[] content = Store.Content;
        Store.Tag = isProvable ? NoMd5 : null;
        Store.Instead = (number, _) =>
        {
            Store.Content = [.. content];
            Store.Content[number] ^= 1;
            return null;
        };
        Store.Change = (_, response) =>
            response.Headers.TryAddWithoutValidation("x-oss-hash-crc64ecma", "1234567890");

        var error = await FailAsync(ErrorKind.HashMismatch);

        Assert.StartsWith("Two readings of 'dump.rdb' differ", error.Message);
        Assert.Equal(isProvable, error.Message.Contains("kept"));
        Assert.Equal(isProvable, File.Exists(FilePath + ".partial"));
    }

    [Fact]
    public async Task A_second_reading_that_fails_keeps_the_bytes_for_the_next_run()
    {
        Store.Instead = (number, _) => number == 2 ? FakeStore.Refuse(404) : null;
        await FailAsync(ErrorKind.NotFound);
        Assert.Equal(Store.Content, File.ReadAllBytes(FilePath + ".partial"));
        Store.Requests.Clear();
        Store.Instead = (_, _) => null;

        var saved = await SaveAsync();

        AssertWhole();
        Assert.Equal(Store.Content.Length, saved.BytesResumed);
        Assert.Equal([$"299999-299999 if {NoMd5}", $"all if {NoMd5}"], Store.Requests);
    }

    [Fact]
    public async Task Bytes_of_a_body_without_a_length_are_kept_for_the_next_run_too()
    {
        Store.HasNoLength = Store.IgnoresRanges = true;
        Store.Instead = (number, _) => number == 2 ? FakeStore.Refuse(404) : null;
        await FailAsync(ErrorKind.NotFound);
        Store.HasNoLength = Store.IgnoresRanges = false;
        Warnings.Clear();

        var saved = await SaveAsync();

        AssertWhole();
        Assert.Equal(Store.Content.Length, saved.BytesResumed);
        Assert.DoesNotContain(Warnings, warning => warning.Contains("check the disk"));
    }

    [Fact]
    public async Task A_second_reading_resumes_where_it_broke()
    {
        Store.Change = (number, _) => Store.CutAfter = number is 1 or 2 ? 100_000 : null;

        await SaveAsync();

        AssertWhole();
        Assert.Equal(
            ["0-8388607", "all", "100000-299999", "200000-299999"],
            Store.Requests.Select(request => request.Split(' ')[0]));
    }

    [Fact]
    public async Task A_second_reading_begins_again_when_the_store_sends_all_of_it_for_the_rest()
    {
        Store.Instead = (number, _) =>
        {
            Store.CutAfter = number == 2 ? 100_000 : null;
            Store.IgnoresRanges = number == 3;
            return null;
        };

        await SaveAsync();

        AssertWhole();
        Assert.Equal(3, Store.Requests.Count);
        Assert.Contains("not its MD5", Warnings[^1]);
    }

    [Fact]
    public async Task An_object_that_is_replaced_between_the_readings_is_downloaded_again()
    {
        Store.Change = (number, _) =>
        {
            if (number != 1)
                return;
            Store.Content = Bytes(300_000, seed: 2);
            Store.Tag = Store.Md5Tag;
        };

        await SaveAsync();

        AssertWhole();
        Assert.Contains(Warnings, warning => warning.Contains("was replaced while"));
    }

    [Fact]
    public async Task A_second_reading_that_breaks_before_the_end_of_its_body_is_read_again()
    {
        Store.IgnoresRanges = true;
        Store.Change = (number, response) =>
        {
            if (number != 2)
                return;
            response.Content = new StreamContent(new BrokenEnd(Store.Content));
            response.Headers.TransferEncodingChunked = true;
        };

        await SaveAsync();

        AssertWhole();
        Assert.Equal(3, Store.Requests.Count);
    }

    [Fact]
    public async Task A_second_response_without_a_proof_says_so_and_the_bytes_are_kept()
    {
        Store.IgnoresConditions = true;
        Store.Change = (number, response) =>
        {
            if (number > 1)
                response.Headers.Remove("ETag");
        };

        var error = await FailAsync(ErrorKind.HashMismatch);

        Assert.Contains("does not prove that it is of the same object", error.Message);
        Assert.DoesNotContain(Warnings, warning => warning.Contains("replaced"));
        Assert.Equal(Store.Content, File.ReadAllBytes(FilePath + ".partial"));
    }

    [Fact]
    public async Task A_resumed_file_with_a_wrong_hash_is_downloaded_again_once()
    {
        Store.Content = Bytes(2 * (int)Download.SegmentLength);
        Store.Tag = "\"abc\"";
        Store.CutAfter = Download.SegmentLength - 1;
        Store.Instead = (number, _) => number == 1 ? null : FakeStore.Refuse(404);
        await FailAsync(ErrorKind.NotFound);
        byte[] expected = Store.Content;
        // What came before was of other bytes under the same tag.
        Store.Content = Bytes(2 * (int)Download.SegmentLength, seed: 2);
        Source = Source with { ExpectedHash = Store.Sha256 };
        Store.Instead = (_, _) => null;
        Store.CutAfter = null;

        Assert.Equal(0, (await SaveAsync()).BytesResumed);

        AssertWhole();
        Assert.NotEqual(expected, Saved);
    }

    private void Spoil(params int[] requests)
    {
        byte[] content = Store.Content;
        Store.Instead = (number, _) =>
        {
            Store.Content = [.. content];
            if (requests.Contains(number))
                Store.Content[1000 + number] ^= 1;
            return null;
        };
        Store.Change = (_, _) => Store.Content = content;
    }

    // All bytes, and then no end.
    private sealed class BrokenEnd(byte[] content) : ResponseStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position == Length ? throw new IOException("The connection was reset.") : new(Read(buffer.Span));
    }
}
