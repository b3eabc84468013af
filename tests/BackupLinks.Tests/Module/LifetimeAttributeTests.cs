using System;
using System.Globalization;
using System.Management.Automation;
using BackupLinks.Parameters;

namespace BackupLinks.Tests.Module;

/// <summary>Lifetimes of links as people write them.</summary>
public sealed class LifetimeAttributeTests
{
    [Theory]
    [InlineData(3600, "01:00:00")]
    [InlineData("3600", "01:00:00")]
    [InlineData(1, "00:00:01")]
    [InlineData("6h", "06:00:00")]
    [InlineData("01:30:00", "01:30:00")]
    public void A_lifetime_is_seconds_or_a_time_with_its_unit(object written, string expected) => Assert.Equal(
        TimeSpan.Parse(expected, CultureInfo.InvariantCulture), new LifetimeAttribute().Transform(null!, written));

    [Fact]
    public void A_TimeSpan_stays_also_in_the_wrapping_of_the_engine()
    {
        Assert.Equal(TimeSpan.FromTicks(1), new LifetimeAttribute().Transform(null!, TimeSpan.FromTicks(1)));
        Assert.Equal(
            TimeSpan.FromHours(2), new LifetimeAttribute().Transform(null!, new PSObject(TimeSpan.FromHours(2))));
    }

    [Theory]
    [InlineData(0, "A lifetime must be more than nothing")]
    [InlineData("0h", "A lifetime must be more than nothing")]
    [InlineData("-00:00:01", "A lifetime must be more than nothing")]
    [InlineData("soon", "'soon' is not a lifetime; write seconds")]
    [InlineData(null, "'' is not a lifetime")]
    public void Anything_else_is_refused(object? written, string problem) => Assert.StartsWith(
        problem,
        Assert.Throws<ArgumentTransformationMetadataException>(
            () => new LifetimeAttribute().Transform(null!, written!)).Message);
}
