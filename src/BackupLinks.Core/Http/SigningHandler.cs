using System;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Http;

/// <summary>
/// Signs each attempt with the time of the host's clock. When a signature is refused and the answer shows
/// that this machine's clock is wrong, the offset is learned and the request signed once more.
/// </summary>
internal abstract class SigningHandler(HostClocks clocks, IProgress<RequestReport>? progress) : AuthenticationHandler
{
    private static readonly Regex NamesClock = new(
        "expire|skew|timestamp|time stamp|x-sdk-date",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));

    // Huawei's gateway also says this of a wrong key; only the Date of its answer tells the two apart.
    private const string MayMeanClock = "verify aksk signature fail";

    /// <summary>Signs the request as of this time.</summary>
    protected abstract Task SignAsync(HttpRequestMessage request, DateTimeOffset now);

    protected sealed override async Task<object?> AuthenticateAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var now = clocks.GetUtcNow(request.RequestUri!);
        await SignAsync(request, now).ConfigureAwait(false);
        return now;
    }

    protected sealed override async Task<bool> TryRecoverAsync(
        Uri address, object? used, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!await IsRefusedForClockAsync(response).ConfigureAwait(false)
            || clocks.Learn(address, response, (DateTimeOffset)used!) is not { } offset)
        {
            return false;
        }

        progress?.Report(new RequestReport(
            $"This machine's clock is {offset.Duration().TotalMinutes:0.0} minutes {(offset > TimeSpan.Zero ? "behind" : "ahead of")} "
            + $"that of {address.Authority}; signing with that host's time from now on.",
            IsRoutine: false));
        return true;
    }

    /// <summary>True when a refusal's words blame the time of the signature.</summary>
    public static bool NamesTheClock(HttpStatusCode status, string? message) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        && message is not null
        && NamesClock.IsMatch(message);

    private static async Task<bool> IsRefusedForClockAsync(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
            return false;
        string body = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        return NamesTheClock(response.StatusCode, body)
            || (response.StatusCode == HttpStatusCode.Unauthorized && body.IndexOf(MayMeanClock, StringComparison.OrdinalIgnoreCase) >= 0);
    }
}
