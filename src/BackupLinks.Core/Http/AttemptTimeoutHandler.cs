using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;

namespace BackupLinks.Http;

/// <summary>
/// Bounds one attempt, body included. HttpClient's own time-out is not used: it spans all attempts, and it
/// looks like a cancellation, which only the user's Ctrl+C may look like.
/// </summary>
/// <param name="clock">The clock that the time passes on.</param>
/// <param name="timeout">The bound; null for none.</param>
internal sealed class AttemptTimeoutHandler(Clock clock, TimeSpan? timeout) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (timeout is { } limit)
            clock.CancelAfter(attempt, limit);
        try
        {
            return await base.SendAsync(request, attempt.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // Also where the framework gives up by itself, and says so with the same exception.
            throw new TimeoutException("No complete response in time.", e);
        }
    }
}
