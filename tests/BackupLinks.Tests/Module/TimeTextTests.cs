using System;
using System.Globalization;
using BackupLinks.Formatting;

namespace BackupLinks.Tests.Module;

public sealed class TimeTextTests
{
    private static readonly DateTimeOffset Time = new(2027, 1, 5, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    [InlineData("en-GB")]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    [InlineData("ar-SA")]
    [InlineData("zh-CN")]
    [InlineData("")]
    public void A_time_is_read_as_the_session_wrote_it_and_as_every_standard_does(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(Time, TimeText.Parse(Time.ToString(CultureInfo.CurrentCulture)));
            Assert.All(
                ["2027-01-05T03:04:05Z", "2027-01-05T03:04:05.0000000+00:00", "2027-01-05 03:04:05Z",
                "2027-01-05T04:04:05+01:00", "2027-01-05 03:04:05", "20270105T030405Z",
                "Tue, 05 Jan 2027 03:04:05 GMT"],
                text => Assert.Equal(Time, TimeText.Parse(text)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("13/31/2027 03:04:05 +00:00")]
    [InlineData("tomorrow")]
    [InlineData("")]
    public void Text_that_is_not_a_time_is_none(string text) => Assert.Null(TimeText.Parse(text));

    [Fact]
    public void The_invariant_culture_is_asked_where_the_session_cannot_read_the_text()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(
                new DateTimeOffset(2027, 12, 31, 3, 4, 5, TimeSpan.Zero), TimeText.Parse("12/31/2027 03:04:05 +00:00"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
