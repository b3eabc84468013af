using System;
using BackupLinks.Formatting;
using BackupLinks.Manifests;

namespace BackupLinks.Tests.Module;

/// <summary>What the warning of an export says of the links.</summary>
public sealed class ExportedLifetimesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ExportedLifetimes _links = new();

    [Fact]
    public void Links_work_until_the_last_of_them_expires()
    {
        Add(hours: 3);
        Assert.Equal($"a link that works until {Time(3)}", _links.ToString());

        Add(hours: 3);
        Assert.Equal($"2 links that work until {Time(3)}", _links.ToString());

        Add(hours: 1);
        Add(hours: 2);
        Assert.Equal($"4 links that work until {Time(3)}, the first of them until {Time(1)}", _links.ToString());
        Assert.Equal((4, true, ""), (_links.Count, _links.MayWork, _links.Advise()));
    }

    [Fact]
    public void A_link_without_an_end_says_so()
    {
        Add(hours: null);
        Assert.Equal("a link that does not state when it expires", _links.ToString());

        Add(hours: null);
        Assert.Equal("2 links that do not state when they expire", _links.ToString());

        Add(hours: 1);
        Assert.Equal(
            $"3 links that work until {Time(1)}, and 2 do not state when they expire", _links.ToString());
        Assert.True(_links.MayWork);
    }

    [Fact]
    public void One_of_several_without_an_end_says_so()
    {
        Add(hours: 1);
        Add(hours: null);

        Assert.Equal($"2 links that work until {Time(1)}, and one does not state when it expires", _links.ToString());
    }

    [Fact]
    public void An_expired_link_is_counted_apart_and_does_not_work_until_a_time_that_is_past()
    {
        Add(hours: -5);
        Add(hours: 2);

        Assert.Equal($"a link that works until {Time(2)}, and one that has expired", _links.ToString());
        Assert.Equal(" Save-BackupFile renews it after Import-BackupLink.", _links.Advise());
        Assert.Equal((2, true), (_links.Count, _links.MayWork));

        Add(hours: -1);
        Assert.Equal($"a link that works until {Time(2)}, and 2 that have expired", _links.ToString());
        Assert.Equal(" Save-BackupFile renews them after Import-BackupLink.", _links.Advise());
    }

    [Fact]
    public void A_link_expires_at_its_end() => Assert.Equal(
        ("a link that has expired", false, 1), (Text(hours: 0), _links.MayWork, _links.Count));

    [Fact]
    public void An_expired_link_whose_provider_is_not_known_is_requested_again()
    {
        Add(hours: -1, canRenew: false);
        Assert.Equal(" Request it again.", _links.Advise());

        Add(hours: -1, canRenew: true);
        Assert.Equal("2 links that have expired", _links.ToString());
        Assert.Equal(
            " Request those again whose provider is not known; Save-BackupFile renews the others.", _links.Advise());
    }

    [Fact]
    public void A_link_that_has_expired_by_this_machines_clock_may_work()
    {
        Assert.Equal("a link that has expired by this machine's clock", Text(hours: -1, isKnown: false));

        Assert.True(_links.MayWork);
        Assert.Equal(" Check the clock; Save-BackupFile renews it after Import-BackupLink.", _links.Advise());
    }

    private static string Time(int hours) => Display.Time(Now.AddHours(hours));

    private string Text(int hours, bool isKnown = true)
    {
        Add(hours, isKnown);
        return _links.ToString();
    }

    private void Add(int? hours, bool isKnown = true, bool canRenew = true) =>
        _links.Add(hours is { } count ? Now.AddHours(count) : null, Now, isKnown, canRenew);
}
