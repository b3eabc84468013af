using System;
using System.IO;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>
/// A connection that stays open, or breaks, behind the last byte of a body whose end it should have told.
/// </summary>
public sealed class OpenConnectionTests : TransferTest
{
    private const int Length = 300_000;

    private readonly byte[] _backup = Bytes(Length);

    public OpenConnectionTests()
    {
        Store.Content = [.. _backup, 0];
        Store.CutAfter = Length;
        Store.HasNoLength = Store.IgnoresRanges = true;
        Settings = Settings with { MaximumRetryCount = 1 };
        Source = Source with { Size = Length };
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task All_bytes_of_the_size_that_the_provider_states_are_the_file(bool isChunked, bool isSilent)
    {
        Store.CutWith = () => isSilent ? new TimeoutException() : new IOException();
        Store.Change = (_, response) =>
        {
            if (!isChunked)
                response.Headers.TransferEncodingChunked = null;
        };

        await SaveAsync();

        Assert.Equal(_backup, Saved);
        Assert.Single(Store.Requests);
        Assert.Contains(Told, line => line.Contains("behind the last of 300000 bytes, which is the stated size"));
    }

    [Fact]
    public async Task A_second_reading_of_them_needs_no_end_either()
    {
        Store.Tag = "\"5b3c1a2e053d763e1b002cc607c5a0fe\"";

        await SaveAsync();

        Assert.Equal(_backup, Saved);
        Assert.Equal(2, Store.Requests.Count);
    }

    [Theory]
    [InlineData(Length + 1, 1)]
    [InlineData(Length / 1024 * 1024, 1024)]
    [InlineData(null, 1)]
    public async Task Another_size_or_a_rounded_one_or_none_leaves_the_end_open(int? size, int unit)
    {
        Store.CutWith = () => new TimeoutException();
        Source = Source with { Size = size, SizeUnit = unit };

        await FailAsync(ErrorKind.Stalled);
    }

    [Fact]
    public async Task A_compressed_body_of_that_size_has_an_end_of_its_own_that_must_come()
    {
        byte[] body = Formats.Compressed.Gzip(_backup);
        Store.Content = body;
        Store.CutAfter = body.Length - 4;
        Store.Codings = ["gzip"];
        Store.CutWith = () => new IOException();

        await FailAsync(ErrorKind.ServiceUnavailable);
    }
}
