using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Providers;

/// <summary>
/// Sends a request for links until the provider has made them. Many may wait at once: only a request on its way counts
/// against the command's limit.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="waits">Takes what is waited for, for the progress line.</param>
/// <param name="gate">Lets so many requests pass at once; null for any number.</param>
internal sealed class LinkWaiter(Clock clock, RequestWaits waits, SemaphoreSlim? gate)
{
    /// <summary>The longest wait for a link when the caller names none.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(10);

    /// <summary>Sends a request, and once more after each response that says that the links are being made.</summary>
    /// <param name="item">The backup or log.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="sendAsync">Sends the request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The links; those that are there, when the wait was too short for the others.</returns>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.NotReady"/>, or what the request fails with.
    /// </exception>
    public async Task<IResultPage<DownloadLink>> SendAsync(
        RequestItem item, TimeSpan timeout, Func<CancellationToken, Task<IResultPage<DownloadLink>>> sendAsync,
        CancellationToken cancellationToken)
    {
        var end = clock.GetElapsed() + timeout;
        for (var interval = TimeSpan.FromSeconds(1); ; interval += interval)
        {
            var page = await PassAsync(sendAsync, cancellationToken).ConfigureAwait(false);
            if (page is not PendingLinks pending)
                return page;
            sendAsync = pending.SendAsync ?? sendAsync;
            var left = end - clock.GetElapsed();
            if (left <= TimeSpan.Zero)
                return pending.Made?.Invoke() ?? throw NotReady(item, timeout, pending.State);
            interval = interval < LongestInterval ? interval : LongestInterval;
            var delay = interval < left ? interval : left;
            string reason = ScreenText.Sentence($"the provider is making its link ('{pending.State}')");
            using (waits.Add(clock.GetUtcNow() + delay, item.Subject + ": next check", reason))
                await clock.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
        }
    }

    private static BackupLinksException NotReady(RequestItem item, TimeSpan timeout, string state)
    {
        string seconds = timeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return new(
            ErrorKind.NotReady,
            item.Subject + ScreenText.Sentence(
                $" has no link after {seconds} s: the provider is still making it ('{state}')")
            + "; run the command again later, or wait longer with -WaitTimeoutSec.");
    }

    private async Task<IResultPage<DownloadLink>> PassAsync(
        Func<CancellationToken, Task<IResultPage<DownloadLink>>> sendAsync, CancellationToken cancellationToken)
    {
        if (gate is null)
            return await sendAsync(cancellationToken).ConfigureAwait(false);
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await sendAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }
}
