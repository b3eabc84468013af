using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>
/// What proves that a later part is of the same version, and what becomes of a download without a proof.
/// </summary>
public sealed class ResumptionTests : TransferTest
{
    private static readonly DateTimeOffset Stored = new(2026, 1, 15, 11, 0, 0, TimeSpan.Zero);

    public ResumptionTests()
    {
        Store.Content = Bytes(1_000_000);
        Store.CutAfter = 90_000;
    }

    [Theory]
    [InlineData("\"abc\"", "if \"abc\"")]
    [InlineData("0123456789abcdef0123456789abcdef-2", "if \"0123456789abcdef0123456789abcdef-2\"")]
    [InlineData("W/\"abc\"", "if unmodified")]
    [InlineData("W/abc", "if unmodified")]
    [InlineData("\"\"", "if unmodified")]
    [InlineData(null, "if unmodified")]
    public async Task More_breaks_than_retries_are_survived_by_resuming(string? tag, string condition)
    {
        Store.Tag = tag;
        Store.LastModified = Stored;
        Store.IgnoresConditions = true;

        await SaveAsync();

        AssertWhole();
        Assert.Equal(12, Store.Requests.Count);
        Assert.All(Store.Requests.Skip(1), request => Assert.EndsWith(condition, request));
        Assert.Empty(Warnings);
    }

    [Fact]
    public async Task A_time_that_the_store_compares_is_sent_as_it_was_received()
    {
        Store.LastModified = Stored;

        await SaveAsync();

        AssertWhole();
        Assert.All(Store.Messages.Skip(1), request => Assert.Equal(Stored, request.Headers.IfUnmodifiedSince));
    }

    [Fact]
    public async Task A_whole_file_whose_rename_fails_costs_the_next_run_one_byte()
    {
        Store.Tag = "\"abc\"";
        Store.CutAfter = null;
        Disk = new RecordingDisk
        {
            Before = call =>
            {
                if (call == "rename dump.rdb")
                    throw new UnauthorizedAccessException("Access is denied.");
            },
        };
        await FailAsync(ErrorKind.DestinationUnavailable);
        Disk = BackupLinks.Files.Disk.Local;
        Store.Requests.Clear();

        var saved = await SaveAsync();

        AssertWhole();
        Assert.Equal(1_000_000, saved.BytesResumed);
        Assert.Equal(["999999-999999 if \"abc\""], Store.Requests);
    }

    [Fact]
    public async Task A_time_of_less_than_a_minute_ago_proves_nothing()
    {
        Store.LastModified = Store.Date.AddSeconds(-59);

        var error = await FailAsync(ErrorKind.ServiceUnavailable);

        Assert.Contains("5 attempts in a row", error.Message);
        Assert.All(Store.Requests, request => Assert.DoesNotContain("if", request));
    }

    [Fact]
    public async Task A_weak_tag_that_changes_is_another_version_even_when_the_time_stays()
    {
        Store.LastModified = Stored;
        Store.Tag = "W/\"1\"";
        Store.Change = (number, response) =>
        {
            Store.Tag = number < 3 ? "W/\"2\"" : Store.Tag;
            Store.CutAfter = number < 2 ? 90_000 : null;
        };

        await SaveAsync();

        AssertWhole();
        Assert.Contains("replaced", Assert.Single(Warnings));
    }

    [Fact]
    public async Task Without_any_proof_each_start_that_gets_further_counts_as_progress()
    {
        Store.IgnoresRanges = true;
        Store.Change = (number, response) => Store.CutAfter = number < 9 ? 100_000 * (number + 1) : null;

        await SaveAsync();

        AssertWhole();
        Assert.Equal(
            10, Store.Requests.Count(
                request => request == "all" || request.StartsWith("0-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_any_proof_and_without_progress_it_is_an_error_after_the_retries()
    {
        Settings = Settings with { MaximumRetryCount = 2 };

        var error = await FailAsync(ErrorKind.ServiceUnavailable);

        Assert.Contains("in 3 attempts in a row", error.Message);
        Assert.DoesNotContain("kept", error.Message);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task One_attempt_is_said_only_after_one()
    {
        Settings = Settings with { MaximumRetryCount = 0 };

        Assert.Contains("in one attempt", (await FailAsync(ErrorKind.ServiceUnavailable)).Message);
    }

    [Fact]
    public async Task An_object_that_is_another_one_each_time_is_an_error_after_two_new_starts()
    {
        Settings = Settings with { SegmentCount = 1 };
        Store.IgnoresConditions = true;
        Store.Change = (number, _) => Store.Tag = $"\"version {number}\"";
        Store.Tag = "\"version 0\"";

        var error = await FailAsync(ErrorKind.ObjectChanged);

        Assert.Contains("after 2 restarts", error.Message);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task What_an_earlier_run_left_is_resumed_by_its_time_too()
    {
        Store.Content = Bytes(3 * (int)Download.SegmentLength);
        Store.LastModified = Stored;
        Store.CutAfter = Download.SegmentLength - 1;
        Store.Instead = (number, _) => number == 1 ? null : FakeStore.Refuse(404);
        await FailAsync(ErrorKind.NotFound);
        Store.Instead = (_, _) => null;
        Store.CutAfter = null;

        var saved = await SaveAsync();

        AssertWhole();
        Assert.True(saved.BytesResumed > 0);
    }
}
