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
internal abstract class SigningHandler(ClockSkewTracker clocks, RequestLog log) : AuthenticationHandler
{
    private static readonly Regex NamesClock = new(
        "expire|skew|timestamp|time stamp|x-sdk-date",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));

    // Backups, accounts and tokens expire, too; without a Date to go by, only these words will do.
    private static readonly Regex NamesSignatureTime = new(
        "signature[^;]{0,20}expire|expired signature|skew|(x-sdk-date|timestamp)[^;=]{0,30}(expire|invalid|old|off)",
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
            || clocks.Learn(address, response, (DateTimeOffset)used!) is not { } lesson)
        {
            return false;
        }

        if (lesson.IsNew)
        {
            var offset = lesson.Offset;
            string finding = !ClockSkewTracker.IsOff(offset)
                ? $"This machine's clock and that of {address.Authority} agree again"
                : $"This machine's clock is {offset.Duration().TotalMinutes:0.0} minutes {(offset > TimeSpan.Zero ? "behind" : "ahead of")} that of {address.Authority}";
            log.Warn(finding + "; signing with that host's time from now on.");
        }

        return true;
    }

    /// <summary>True when a refusal blames the time of the signature, and rightly so as far as can be told.</summary>
    /// <param name="response">The refusal.</param>
    /// <param name="message">What it says.</param>
    /// <param name="signingTime">The time that a signature would carry now.</param>
    public static bool BlamesTheClock(HttpResponseMessage response, string? message, DateTimeOffset signingTime)
    {
        if (message is null || !IsRefusal(response.StatusCode))
            return false;
        bool isDated = response.Headers.Date is not null && !response.Headers.Contains("Age");
        return isDated
            ? NamesClock.IsMatch(message) && ClockSkewTracker.IsOff(response.Headers.Date!.Value - signingTime)
            : NamesSignatureTime.IsMatch(message);
    }

    private static bool IsRefusal(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    private static async Task<bool> IsRefusedForClockAsync(HttpResponseMessage response)
    {
        if (!IsRefusal(response.StatusCode))
            return false;
        string body = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        return NamesClock.IsMatch(body) || body.IndexOf(MayMeanClock, StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
