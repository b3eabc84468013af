using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>What a store sends for the samples of a file that is there.</summary>
public sealed class PresentSampleTests : TransferTest
{
    private const int SampleLength = 64 * 1024;
    private const int MostRead = 1024 * 1024;

    public PresentSampleTests()
    {
        Store.Content = Bytes(300_000);
        Store.Tag = "\"abc-2\"";
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(FilePath, Store.Content);
    }

    [Fact]
    public async Task A_file_with_the_samples_of_the_object_looks_the_same()
    {
        Assert.Equal(SaveStatus.AlreadyPresent, (await SaveAsync()).Status);
        Assert.Contains(Warnings, warning => warning.Contains("looks the same"));
    }

    // A store that sends no parts: every byte is compared, and proves more than a time.
    [Theory]
    [InlineData(null)]
    [InlineData("\"abc-2\"")]
    public async Task A_file_is_compared_with_the_whole_of_a_store_that_sends_no_parts(string? tag)
    {
        Store.Tag = tag;
        Store.IgnoresRanges = true;
        Store.LastModified = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(SaveStatus.AlreadyPresent, (await SaveAsync()).Status);

        Assert.Empty(Warnings);
        Assert.Equal(2, Store.Requests.Count);
    }

    // The whole must not look like the part that was requested.
    [Fact]
    public async Task A_file_as_long_as_a_sample_is_compared_with_the_whole_too()
    {
        Store.Content = Bytes(SampleLength);
        File.WriteAllBytes(FilePath, Store.Content);
        Store.IgnoresRanges = true;

        Assert.Equal(SaveStatus.AlreadyPresent, (await SaveAsync()).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    [InlineData(299_999)]
    public async Task A_file_that_differs_in_one_byte_from_the_whole_of_the_store_is_another(int place)
    {
        Store.IgnoresRanges = true;
        byte[] other = [.. Store.Content];
        other[place] ^= 1;
        File.WriteAllBytes(FilePath, other);

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.FileExists, error.Kind);
        Assert.Equal(other, Saved);
    }

    [Fact]
    public async Task An_object_that_is_replaced_while_a_file_is_compared_with_it_is_another()
    {
        Store.IgnoresRanges = true;
        Store.Change = (_, _) => (Store.Content, Store.Tag) = (Bytes(300_000, seed: 2), "\"new-2\"");

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.FileExists, error.Kind);
    }

    [Fact]
    public async Task A_file_that_only_a_tag_speaks_against_is_told_with_the_switch_that_ignores_the_tag()
    {
        Store.Tag = "\"5b3c1a2e053d763e1b002cc607c5a0fe\"";

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.FileExists, error.Kind);
        Assert.Contains("-IgnoreEntityTag compares without it", error.Message);
        Settings = Settings with { IgnoreEntityTag = true };
        Assert.Equal(SaveStatus.AlreadyPresent, (await SaveAsync()).Status);
    }

    // The second of two samples was left out where the two would overlap.
    [Theory]
    [InlineData(SampleLength - 1)]
    [InlineData(SampleLength + 1)]
    [InlineData(2 * SampleLength)]
    [InlineData(3 * SampleLength)]
    public async Task The_last_byte_is_compared_whatever_the_size(int size)
    {
        Store.Content = Bytes(size);
        byte[] other = [.. Store.Content];
        other[size - 1] ^= 1;
        File.WriteAllBytes(FilePath, other);

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.FileExists, error.Kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_sample_whose_connection_breaks_is_requested_again(int broken)
    {
        Store.Instead = (number, _) =>
        {
            Store.CutAfter = number == broken ? 100 : null;
            return null;
        };

        Assert.Equal(SaveStatus.AlreadyPresent, (await SaveAsync()).Status);

        Assert.Equal(4, Store.Requests.Count);
    }

    [Fact]
    public async Task A_connection_that_breaks_again_and_again_is_not_blamed_on_the_disk()
    {
        Store.CutAfter = 100;

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.ServiceUnavailable, error.Kind);
        Assert.Equal(Settings.MaximumRetryCount + 1, Store.Requests.Count);
        AssertWhole();
    }

    [Fact]
    public async Task A_sample_that_does_not_come_is_a_store_that_stalls()
    {
        Settings = Settings with { MaximumRetryCount = 0, StallTimeout = TimeSpan.FromMilliseconds(20) };
        Store.Change = (_, response) =>
        {
            var range = response.Content.Headers.ContentRange;
            response.Content = new StreamContent(new SilentBody());
            response.Content.Headers.ContentRange = range;
            response.Content.Headers.ContentLength = range!.To - range.From + 1;
        };

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.Stalled, error.Kind);
    }

    [Fact]
    public async Task A_present_file_that_is_in_use_or_cannot_be_read_is_not_said_to_be_unwritable()
    {
        using var locked = new FileStream(FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.FileInUse, error.Kind);
        Assert.Contains(
            "cannot be read",
            FileErrors.ToReadException(new IOException("Input/output error"), FilePath).Message);
    }

    [Fact]
    public async Task Samples_of_two_versions_prove_nothing()
    {
        Store.Change = (_, _) => Store.Tag = "\"abc-3\"";

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.FileExists, error.Kind);
    }

    [Fact]
    public async Task A_sample_that_is_shorter_than_the_request_proves_nothing()
    {
        Store.Change = (_, response) =>
        {
            int from = (int)response.Content.Headers.ContentRange!.From!.Value;
            response.Content = new ByteArrayContent(Store.Content[from..(from + 1)]);
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, from, Store.Content.Length);
        };

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.FileExists, error.Kind);
    }

    // A part of any length went into memory.
    [Theory]
    [InlineData(SampleLength)]
    [InlineData(300_000)]
    public async Task A_sample_that_is_longer_than_the_request_proves_nothing_and_is_not_read_to_its_end(int end)
    {
        Store.Instead = (_, _) =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.PartialContent)
            {
                Content = new StreamContent(new EndlessBody(Store.Content)),
            };
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(0, end - 1, Store.Content.Length);
            response.Headers.TransferEncodingChunked = true;
            response.Headers.TryAddWithoutValidation("ETag", Store.Tag);
            return response;
        };

        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);

        Assert.Equal(ErrorKind.FileExists, error.Kind);
        AssertWhole();
    }

    // The bytes of the object, again and again.
    private sealed class EndlessBody(byte[] content) : ResponseStream(content)
    {
        private int _read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length)
                Position = 0;
            int count = Read(buffer.Span);
            return (_read += count) > MostRead
                ? throw new IOException("It was read on and on.") : ValueTask.FromResult(count);
        }
    }
}
