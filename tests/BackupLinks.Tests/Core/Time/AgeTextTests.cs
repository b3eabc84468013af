using System;
using System.Threading.Tasks;
using BackupLinks.Tests.Isolation;
using BackupLinks.Time;

namespace BackupLinks.Tests.Core.Time;

/// <summary>Ages as people write them.</summary>
public sealed class AgeTextTests
{
    [Theory]
    [InlineData("26h", "1.02:00:00")]
    [InlineData("1d12h", "1.12:00:00")]
    [InlineData("1d 12h", "1.12:00:00")]
    [InlineData("90m", "01:30:00")]
    [InlineData("90min", "01:30:00")]
    [InlineData(" 26 Hours ", "1.02:00:00")]
    [InlineData("1w", "7.00:00:00")]
    [InlineData("1.5d", "1.12:00:00")]
    [InlineData("1h30m15s", "01:30:15")]
    [InlineData("1.02:00:00", "1.02:00:00")]
    [InlineData("12:00", "12:00:00")]
    public void Age_with_units_is_read(string text, string expected)
    {
        Assert.True(AgeText.TryParse(text, out var age));
        Assert.Equal(TimeSpan.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), age);
    }

    [Theory]
    [InlineData("26")]
    [InlineData("1.5")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("h")]
    [InlineData("12h1d")]
    [InlineData("26h ago")]
    [InlineData("-26h")]
    [InlineData("1,5d")]
    [InlineData("999999999999999w")]
    [InlineData("922337203685.4775807s")]
    [InlineData("tomorrow")]
    [InlineData("a:b")]
    [InlineData("٧d")]
    [InlineData("1.٧d")]
    [InlineData("1.d")]
    public void Bare_number_and_other_text_is_not_an_age(string text) => Assert.False(AgeText.TryParse(text, out _));

    // Places for white space between all units, tried one with another, are some 10^12 ways for these.
    [Fact]
    public async Task Blanks_are_passed_over_once()
    {
        string blanks = new(' ', 1000);

        bool isAge = await Task.Run(() => AgeText.TryParse(blanks + "tomorrow", out _)).WaitAsync(TestTimeout.Hang);

        Assert.False(isAge);
        Assert.True(AgeText.TryParse(blanks + "1" + blanks + "w" + blanks + "2s" + blanks, out var age));
        Assert.Equal(new TimeSpan(7, 0, 0, 2), age);
    }

    [Theory]
    [InlineData("00:00:30", "0 min")]
    [InlineData("01:30:00", "90 min")]
    [InlineData("1.02:00:00", "26 h")]
    [InlineData("1.02:05:59", "26 h 5 min")]
    [InlineData("12.03:59:00", "12 d 3 h")]
    [InlineData("01:59:59", "119 min")]
    [InlineData("02:00:00", "2 h")]
    [InlineData("2.23:59:59", "71 h 59 min")]
    [InlineData("3.00:00:00", "3 d")]
    public void Age_for_people_has_two_units_at_most(string age, string expected) =>
        Assert.Equal(expected, AgeText.Format(TimeSpan.Parse(age, System.Globalization.CultureInfo.InvariantCulture)));
}
