using System;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Core.Http;

/// <summary>One request for all that wait for the same.</summary>
public sealed class SingleFlightTests
{
    private readonly ManualClock _clock = new();
    private readonly SingleFlight<string> _flight;
    private int _requests;

    public SingleFlightTests() => _flight = new SingleFlight<string>(_clock);

    [Fact]
    public async Task A_result_is_requested_once_and_again_when_it_is_no_longer_good()
    {
        Assert.Equal("1", await GetAsync());
        Assert.Equal("1", await GetAsync());

        Assert.Equal("2", await GetAsync(isGood: result => result != "1"));
        Assert.Equal("2", await GetAsync());
    }

    [Theory]
    [InlineData(ErrorKind.AuthenticationFailed)]
    [InlineData(ErrorKind.AccessDenied)]
    [InlineData(ErrorKind.NotFound)]
    [InlineData(ErrorKind.InvalidRequest)]
    [InlineData(ErrorKind.ProjectNotFound)]
    public async Task A_refusal_is_final(ErrorKind kind)
    {
        await FailAsync(new ApiException(kind, "no"));
        _clock.Advance(TimeSpan.FromDays(1));

        await FailAsync(new ApiException(kind, "no"));

        Assert.Equal(1, _requests);
    }

    [Theory]
    [InlineData(29, 1)]
    [InlineData(30, 2)]
    public async Task A_failure_is_forgotten_after_half_a_minute(int seconds, int requests)
    {
        await FailAsync(new ApiException(ErrorKind.ServiceUnavailable, "later"));
        _clock.Advance(TimeSpan.FromSeconds(seconds));

        await FailAsync(new ApiException(ErrorKind.ServiceUnavailable, "later"));

        Assert.Equal(requests, _requests);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_not_the_others_failure()
    {
        await FailAsync(new OperationCanceledException());

        Assert.Equal("2", await GetAsync());
    }

    [Fact]
    public async Task Each_caller_gets_an_error_of_its_own()
    {
        var original = new ApiException(ErrorKind.AccessDenied, "no");

        var first = await FailAsync(original);
        var second = await FailAsync(original);

        Assert.NotSame(first, second);
        Assert.Equal((original.Message, original.Message), (first.Message, second.Message));
    }

    private Task<string> GetAsync(Func<string, bool>? isGood = null, Exception? failure = null) => _flight.GetAsync(
        () => failure is null
            ? Task.FromResult($"{++_requests}")
            : Fail(failure),
        isGood ?? (static _ => true)).WaitAsync(TestTimeout.Hang);

    private Task<string> Fail(Exception failure)
    {
        _requests++;
        return Task.FromException<string>(failure);
    }

    private async Task<Exception> FailAsync(Exception failure)
    {
        var error = await Record.ExceptionAsync(() => GetAsync(failure: failure));
        Assert.IsType(failure.GetType(), error);
        return error;
    }
}
