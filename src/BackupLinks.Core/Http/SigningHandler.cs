using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;

namespace BackupLinks.Http;

/// <summary>
/// Signs each attempt with the time of the host's clock. When a signature is refused and the response shows
/// that this machine's clock is wrong, the offset is learned and the request signed once more.
/// </summary>
/// <param name="refusal">How a refusal blames the clock.</param>
/// <param name="clocks">The clocks of hosts.</param>
/// <param name="log">Told of a wrong clock.</param>
/// <param name="keys">Has the key, where it may have to be requested; null where it is at hand.</param>
internal abstract class SigningHandler(
    ClockRefusal refusal, ClockSkewTracker clocks, RequestLog log, IKeySource? keys = null)
    : AuthenticationHandler
{
    /// <summary>The key to sign with; only for a handler with a source of keys.</summary>
    protected SigningKey Key => keys!.Current;

    /// <summary>Signs the request as of this time.</summary>
    protected abstract Task SignAsync(HttpRequestMessage request, DateTimeOffset now);

    protected sealed override async Task<object?> AuthenticateAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (keys is not null)
            await keys.PrepareAsync(cancellationToken).ConfigureAwait(false);
        var now = clocks.GetUtcNow(request.RequestUri!);
        await SignAsync(request, now).ConfigureAwait(false);
        return now;
    }

    protected sealed override async Task<bool> TryRecoverAsync(
        Uri address, object? used, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!await refusal.IsPossibleAsync(response).ConfigureAwait(false)
            || clocks.Learn(address, response, (DateTimeOffset)used!) is not { } lesson)
        {
            return false;
        }

        if (lesson.IsNew)
        {
            var offset = lesson.Offset;
            string finding = !ClockSkewTracker.IsOff(offset)
                ? $"This machine's clock and that of {address.Authority} agree again"
                : $"This machine's clock is {offset.Duration().TotalMinutes:0.0} minutes "
                    + $"{(offset > TimeSpan.Zero ? "behind" : "ahead of")} that of {address.Authority}";
            log.Warn(finding + "; requests are signed with that host's time from now on.");
        }

        return true;
    }
}
