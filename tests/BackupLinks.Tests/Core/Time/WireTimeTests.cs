using System;
using System.Globalization;
using BackupLinks.Time;

namespace BackupLinks.Tests.Core.Time;

public sealed class WireTimeTests
{
    [Theory]
    [InlineData("2018-08-16T10:15:14+0800", "2018-08-16T02:15:14Z")]
    [InlineData("2018-08-16T10:15:14+08:00", "2018-08-16T02:15:14Z")]
    [InlineData("2018-08-16T10:15:14Z", "2018-08-16T10:15:14Z")]
    [InlineData("2018-08-16T10:15:14+05:30", "2018-08-16T04:45:14Z")]
    [InlineData("2018 - 08 - 06 T12: 41: 14 + 0530", "2018-08-06T07:11:14Z")]
    [InlineData(" 2018-08-016T10:15:14+0800", "2018-08-16T02:15:14Z")]
    [InlineData("2018-08-016T10:15:14+0000", "2018-08-16T10:15:14Z")]
    [InlineData("2018 - 08 - 06 T12: 41: 14 + 0800", "2018-08-06T04:41:14Z")]
    [InlineData("2018-08-16 10:15:14 +0800", "2018-08-16T02:15:14Z")]
    [InlineData("2019-05-10T08:31:16.166Z", "2019-05-10T08:31:16.166Z")]
    [InlineData("2020-01-08T03:50:07.574000Z", "2020-01-08T03:50:07.574Z")]
    [InlineData("1637140301659", "2021-11-17T09:11:41.659Z")]
    [InlineData("1569329601", "2019-09-24T12:53:21Z")]
    [InlineData("2018-08-16T10:15:14-0330", "2018-08-16T13:45:14Z")]
    [InlineData("2021-01-15 01:46:40 UTC", "2021-01-15T01:46:40Z")]
    [InlineData("2018-08-20T02:33:49_0800", "2018-08-19T18:33:49Z")]
    [InlineData("2024-01-15T08:30Z", "2024-01-15T08:30:00Z")]
    [InlineData("2024-01-15T08:30+0800", "2024-01-15T00:30:00Z")]
    [InlineData("2018-8-6 T1:02:03Z", "2018-08-06T01:02:03Z")]
    [InlineData("2018-08-16t10:15:14.5+08:00", "2018-08-16T02:15:14.5Z")]
    [InlineData("0", null)]
    [InlineData("123456789", null)]
    [InlineData("12345678901", null)]
    [InlineData("163714030165x", null)]
    public void Every_documented_spelling_is_read(string text, string? expected) => Assert.Equal(
        expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), WireTime.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("soon")]
    [InlineData("2018-02-31T10:15:14Z")]
    [InlineData("2018-08-116T10:15:14+0800")]
    [InlineData("2018-08-16T10:15:14+9900")]
    [InlineData("2018-08-16 10:15:14")]
    [InlineData("99999999999999999999")]
    [InlineData("2024-01-15T08:30")]
    [InlineData("2024-01-15T08Z")]
    [InlineData("2024-01-15T08:30.5Z")]
    [InlineData("0001-01-01 00:00:00")]
    [InlineData("0001-01-01T00:00:00+0800")]
    [InlineData("２０１８-08-16T10:15:14Z")]
    public void What_cannot_be_relied_on_is_no_time(string? text) => Assert.Null(WireTime.Parse(text));

    [Fact]
    public void Zone_is_assumed_only_where_the_caller_knows_it() =>
        Assert.Equal(
            new DateTimeOffset(2020, 8, 21, 15, 59, 2, TimeSpan.FromHours(8)),
            WireTime.Parse("2020-08-21 15:59:02", TimeSpan.FromHours(8)));

    [Fact]
    public void Time_before_all_times_is_none() =>
        Assert.Null(WireTime.Parse("0001-01-01 00:00:00", TimeSpan.FromHours(8)));

    [Theory]
    [InlineData("2026-03-01T12:00:00.0000000+00:00", "20260301120000", "20260301120000")]
    [InlineData("2026-03-01T12:00:00.0000001+00:00", "20260301120000", "20260301120001")]
    [InlineData("2026-03-01T12:00:59.9999999+08:00", "20260301120059", "20260301120100")]
    public void Seconds_are_cut_off_or_filled_up(string time, string down, string up)
    {
        var value = DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

        Assert.Equal(
            down, WireTime.ToSecond(value, up: false).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture));
        Assert.Equal(up, WireTime.ToSecond(value, up: true).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_last_second_of_all_is_not_filled_up()
    {
        var last = DateTimeOffset.MaxValue;

        Assert.Equal(last.Ticks - last.Ticks % TimeSpan.TicksPerSecond, WireTime.ToSecond(last, up: true).Ticks);
        Assert.Equal(WireTime.ToSecond(last, up: true), WireTime.ToSecond(last, up: false));
        var before = last.AddTicks(-TimeSpan.TicksPerSecond - 1);
        Assert.Equal(WireTime.ToSecond(last, up: false), WireTime.ToSecond(before, up: true));
    }
}
