using System;
using BackupLinks.Errors;
using BackupLinks.Parameters;

namespace BackupLinks.Tests.Module;

public sealed class FilterParametersTests
{
    private static readonly DateTimeOffset Since = new(2026, 1, 14, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2026, 1, 15, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_filter_has_what_the_caller_gave()
    {
        var filter = FilterParameters.Backups(
            true, TimeSpan.FromHours(26), Since, Until, ["COMPLETED"], ["full"], null, ["MySQL"]);

        Assert.Equal((true, TimeSpan.FromHours(26), Since, Until),
            (filter.Latest, filter.MaximumAge, filter.Since, filter.Until));
        Assert.Equal(["COMPLETED"], filter.Statuses);
        Assert.Equal(["full"], filter.Types);
        Assert.Equal(["MySQL"], filter.Engines);
    }

    [Fact]
    public void A_time_that_is_not_given_is_none()
    {
        var filter = FilterParameters.Backups(false, null, default, default, [], [], null, []);

        Assert.Equal((false, null, null, null), (filter.Latest, filter.MaximumAge, filter.Since, filter.Until));
    }

    [Fact]
    public void Times_that_no_backup_can_be_between_are_refused()
    {
        FilterParameters.RequireOrder(Since, Since);
        FilterParameters.RequireOrder(Since, default);

        Assert.All(
            [
                () => FilterParameters.RequireOrder(Until, Since),
                () => FilterParameters.Backups(false, null, Until, Since, [], [], null, []),
            ],
            (Action refused) => Assert.Equal(
                ErrorKind.InvalidRequest, Assert.Throws<BackupLinksException>(refused).Kind));
    }

    [Fact]
    public void An_age_is_that_of_the_newest_backup()
    {
        var error = Assert.Throws<BackupLinksException>(
            () => FilterParameters.Backups(false, TimeSpan.FromHours(26), default, default, [], [], null, []));

        Assert.Equal(ErrorKind.InvalidRequest, error.Kind);
    }
}
