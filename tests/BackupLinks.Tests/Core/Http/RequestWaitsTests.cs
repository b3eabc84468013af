using System;
using BackupLinks.Http;

namespace BackupLinks.Tests.Core.Http;

public sealed class RequestWaitsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_request_waits_until_its_wait_is_over()
    {
        var waits = new RequestWaits();
        Assert.False(waits.Any);

        var wait = waits.Add(Now.AddSeconds(1), "retry 1 of 4", "HTTP 503");

        Assert.True(waits.Any);
        wait.Dispose();
        wait.Dispose();
        Assert.False(waits.Any);
        Assert.Null(waits.Describe(Now));
    }

    [Fact]
    public void The_waits_of_a_part_are_those_of_the_command()
    {
        var all = new RequestWaits();
        var part = new RequestWaits(all);

        using (part.Add(Now.AddSeconds(1), "retry 1 of 4", "HTTP 503"))
        {
            Assert.Equal("retry 1 of 4 in 1 s: HTTP 503", all.Describe(Now));
            Assert.Equal("retry 1 of 4 in 1 s: HTTP 503", part.Describe(Now));
        }

        Assert.False(all.Any);
        Assert.False(part.Any);
    }

    [Fact]
    public void Of_several_waits_the_one_that_ends_first_is_told_and_of_these_the_oldest()
    {
        var waits = new RequestWaits();
        waits.Add(Now.AddSeconds(9), "a", "x");
        waits.Add(Now.AddSeconds(2), "b", "x");
        Assert.Equal("b in 2 s: x (and 1 more)", waits.Describe(Now));

        waits.Add(Now.AddSeconds(2), "c", "x");
        waits.Add(() => null, "d", "x");

        Assert.Equal("b in 2 s: x (and 2 more)", waits.Describe(Now));
    }

    [Theory]
    [InlineData(0.1, "1")]
    [InlineData(0, "0")]
    [InlineData(-5, "0")]
    public void The_rest_of_a_wait_is_in_whole_seconds_and_never_below_none(double seconds, string text)
    {
        var waits = new RequestWaits();
        waits.Add(Now.AddSeconds(seconds), "a", "x");

        Assert.Equal($"a in {text} s: x", waits.Describe(Now));
    }
}
