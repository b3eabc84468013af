using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

public sealed class RenewableLinkTests
{
    private static readonly Uri Store = new("https://store.example/dump.rdb");
    private static readonly Uri Service = new("https://service.example/");

    private readonly ManualClock _clock = new();
    private readonly ClockSkewTracker _clocks;
    private readonly List<string> _warnings = [];
    private TimeSpan _lifetime = TimeSpan.FromDays(1);
    private int _asked;
    private BackupLinksException? _failure;

    public RenewableLinkTests() => _clocks = new ClockSkewTracker(_clock);

    [Theory]
    [InlineData(3600, 3589, 0)]
    [InlineData(3600, 3590, 1)]
    [InlineData(40, 29, 0)]
    [InlineData(40, 30, 1)]
    [InlineData(20, 14, 0)]
    [InlineData(20, 15, 1)]
    public async Task A_link_is_renewed_ten_seconds_ahead_or_a_quarter_of_a_short_life(
        int lifetime, int after, int renewals)
    {
        using var lease = Create(lifetime);
        _clock.Advance(TimeSpan.FromSeconds(after));

        var link = await lease.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal((renewals, renewals, renewals), (link.Number, lease.Renewals, _asked));
    }

    [Fact]
    public async Task An_early_renewal_that_fails_keeps_the_working_link_and_is_told_once()
    {
        using var lease = Create(3600);
        _failure = new BackupLinksException(ErrorKind.Throttled, "Too many.");
        _clock.Advance(TimeSpan.FromSeconds(3595));

        for (int i = 0; i < 3; i++)
            Assert.Equal(0, (await lease.GetAsync(TestContext.Current.CancellationToken)).Number);

        Assert.Contains("expires soon", Assert.Single(_warnings));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task A_link_that_seems_expired_and_cannot_be_renewed_is_used_and_its_refusal_is_real()
    {
        using var lease = Create(60);
        _failure = new BackupLinksException(ErrorKind.CredentialNotFound, "No credential.");
        _clock.Advance(TimeSpan.FromHours(5));

        var link = await lease.GetAsync(TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<BackupLinksException>(
            () => lease.TryRenewAsync(link, TestContext.Current.CancellationToken));

        Assert.Equal((Store, ErrorKind.LinkRenewalFailed, 1), (link.Uri, error.Kind, _asked));
        Assert.Contains("No credential", error.Message);
        Assert.Contains("seems to have expired", Assert.Single(_warnings));
    }

    [Fact]
    public async Task A_new_link_that_seems_to_have_expired_is_tried_before_another_is_requested()
    {
        _lifetime = TimeSpan.FromSeconds(-5);
        using var lease = Create(60);
        _clock.Advance(TimeSpan.FromHours(1));
        var token = TestContext.Current.CancellationToken;
        await lease.GetAsync(token);

        var link = await lease.GetAsync(token);

        Assert.Equal((1, 1), (link.Number, _asked));
        link.HasWorked = true;
        Assert.Equal(2, (await lease.GetAsync(token)).Number);
    }

    [Fact]
    public async Task A_provider_that_failed_is_asked_again_after_ten_seconds()
    {
        using var lease = Create(60);
        _failure = new BackupLinksException(ErrorKind.ServiceUnavailable, "Down.");
        var link = await lease.GetAsync(TestContext.Current.CancellationToken);
        for (int i = 0; i < 2; i++)
            await Assert.ThrowsAsync<BackupLinksException>(
                () => lease.TryRenewAsync(link, TestContext.Current.CancellationToken));
        Assert.Equal(1, _asked);
        _clock.Advance(TimeSpan.FromSeconds(10));
        _failure = null;

        Assert.True(await lease.TryRenewAsync(link, TestContext.Current.CancellationToken));

        Assert.Equal((2, 1), (_asked, lease.Renewals));
    }

    [Fact]
    public async Task A_link_that_cannot_be_renewed_is_used_whatever_the_clock_says()
    {
        using var lease = Create(60, canRenew: false);
        _clock.Advance(TimeSpan.FromDays(1));

        var link = await lease.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Store, link.Uri);
        Assert.False(await lease.TryRenewAsync(link, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(-5, 3, 0)]
    [InlineData(5, 0, 1)]
    public async Task The_stores_clock_decides_whether_a_link_is_to_be_renewed(
        int storeIsAheadByHours, int localHours, int renewals)
    {
        using var lease = Create(3600);
        Observe(Store, TimeSpan.FromHours(storeIsAheadByHours));
        _clock.Advance(TimeSpan.FromHours(localHours));

        Assert.Equal(renewals, (await lease.GetAsync(TestContext.Current.CancellationToken)).Number);
    }

    [Fact]
    public void The_services_clock_stands_in_for_a_store_that_has_not_responded_yet()
    {
        Observe(Service, TimeSpan.FromHours(-5));

        Assert.Equal(_clock.GetUtcNow().AddHours(-5), _clocks.GetUtcNow(Store, Service));
        Assert.True(_clocks.IsKnown(Service));
        Assert.False(_clocks.IsKnown(Store) || _clocks.IsKnown(null));
        // What a Date header says is no reason to sign by another clock.
        Assert.Equal(_clock.GetUtcNow(), _clocks.GetUtcNow(Service));
    }

    [Fact]
    public void A_response_out_of_a_cache_or_a_small_difference_corrects_nothing()
    {
        Observe(Store, TimeSpan.FromHours(5), age: "60");
        Assert.False(_clocks.IsKnown(Store));

        Observe(Store, TimeSpan.FromMinutes(3));
        Assert.Equal(_clock.GetUtcNow(), _clocks.GetUtcNow(Store, null));
        Assert.True(_clocks.IsKnown(Store));
    }

    [Fact]
    public async Task Connections_that_are_refused_together_share_one_renewal()
    {
        using var lease = Create(3600);
        var link = await lease.GetAsync(TestContext.Current.CancellationToken);

        bool[] renewed = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => lease.TryRenewAsync(link, TestContext.Current.CancellationToken)));

        Assert.DoesNotContain(false, renewed);
        Assert.Equal((1, 1), (_asked, lease.Renewals));
    }

    private void Observe(Uri address, TimeSpan ahead, string? age = null)
    {
        using var response = new HttpResponseMessage();
        response.Headers.Date = _clock.GetUtcNow() + ahead;
        if (age is not null)
            response.Headers.Add("Age", age);
        _clocks.Observe(address, response);
    }

    private RenewableLink Create(int lifetimeSeconds, bool canRenew = true)
    {
        var source = new TransferSource
        {
            Uri = Store,
            FileName = "dump.rdb",
            ExpiresAt = _clock.GetUtcNow().AddSeconds(lifetimeSeconds),
            Service = Service,
            Renew = !canRenew ? null : _ =>
            {
                _asked++;
                return _failure is null
                    ? Task.FromResult(new RenewedLink(new Uri(Store, "?new"), _clock.GetUtcNow() + _lifetime))
                    : Task.FromException<RenewedLink>(_failure);
            },
        };
        return new RenewableLink(source, _clocks, _clock, new RequestLog(null, _warnings.Add));
    }
}
