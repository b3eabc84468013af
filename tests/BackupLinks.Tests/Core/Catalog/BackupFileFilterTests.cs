using System;
using BackupLinks.Catalog;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>Which saved files are wanted.</summary>
public sealed class BackupFileFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-31.0, true)]
    [InlineData(-30.0, false)]
    [InlineData(0.0, false)]
    [InlineData(1.0, true)]
    [InlineData(null, true)]
    public void A_test_counts_from_the_time_that_was_given_until_now(double? days, bool isWanted)
    {
        var filter = new BackupFileFilter { NotTestedSince = Now.AddDays(-30), Now = Now };

        Assert.Equal(
            isWanted, filter.IsWanted(new BackupFile("/a") { TestedAt = days is { } ago ? Now.AddDays(ago) : null }));
    }
}
