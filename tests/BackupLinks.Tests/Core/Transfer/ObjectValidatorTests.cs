using System;
using System.Net.Http;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

public sealed class ObjectValidatorTests
{
    [Theory]
    [InlineData("\"abc\"", "\"abc\"")]
    [InlineData("abc", "\"abc\"")]
    [InlineData("W/\"abc\"", null)]
    [InlineData("w/abc", null)]
    [InlineData("\"\"", null)]
    [InlineData("", null)]
    [InlineData("a\"b", null)]
    [InlineData("a, b", null)]
    [InlineData("\"null\"", null)]
    [InlineData("\"None\"", null)]
    [InlineData("\"0\"", null)]
    [InlineData("\"1\"", "\"1\"")]
    [InlineData("-", null)]
    public void A_strong_tag_is_read_with_its_quotes_and_a_weak_one_is_none(string header, string? tag)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("ETag", header);

        Assert.Equal(tag, ObjectValidator.GetStrongTag(response));
    }

    [Theory]
    [InlineData("Wed, 14 Jan 2026 03:00:00 GMT", true)]
    [InlineData("Mon, 01 Jan 1990 00:00:00 GMT", true)]
    [InlineData("Sun, 31 Dec 1989 23:59:59 GMT", false)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", false)]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT", false)]
    public void A_time_before_the_web_is_none(string time, bool isTime)
    {
        using var response = Respond(("Last-Modified", time));

        Assert.Equal(isTime ? time : null, ObjectValidator.Read(response));
        Assert.Equal(isTime, ObjectValidator.ReadModified(response) is not null);
    }

    [Fact]
    public void Of_two_values_that_differ_none_is_believed()
    {
        const string Time = "Wed, 14 Jan 2026 03:00:00 GMT";
        using var tags = Respond(("ETag", "\"a\""), ("ETag", "\"b\""));
        using var times = Respond(("Last-Modified", Time), ("Last-Modified", "Tue, 13 Jan 2026 03:00:00 GMT"));
        using var same = Respond(("ETag", "\"a\""), ("ETag", "\"a\""));

        Assert.Null(ObjectValidator.Read(tags));
        Assert.Null(ObjectValidator.Read(times));
        Assert.Equal("\"a\"", ObjectValidator.Read(same));
    }

    private static HttpResponseMessage Respond(params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage();
        response.Headers.Date = new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
        foreach (var (name, value) in headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
                response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
