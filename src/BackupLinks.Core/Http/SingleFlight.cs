using System;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Time;

namespace BackupLinks.Http;

/// <summary>
/// A value that many items need first and one of them requests: a token, a project id. The others
/// wait for the same response. A refusal is final, because a provider locks a user after a few wrong passwords; a
/// failure is shared for a while, because 500 items must not each wait through an outage.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="hasFinalRefusals">False where a refusal is a failure like any other.</param>
internal sealed class SingleFlight<T>(Clock clock, bool hasFinalRefusals = true)
{
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromSeconds(30);

    private readonly object _lock = new();
    private Task<T>? _flight;
    private DateTimeOffset _failedAt;

    /// <summary>The response.</summary>
    /// <param name="send">Sends the request; called by one item at a time.</param>
    /// <param name="isGood">False for a value that has expired.</param>
    /// <exception cref="ApiException">A copy of the error for each who gets it.</exception>
    public async Task<T> GetAsync(Func<Task<T>> send, Func<T, bool> isGood)
    {
        Task<T> flight;
        lock (_lock)
        {
            if (_flight is null || !IsUsable(_flight, isGood))
                _flight = RunAsync(send);
            flight = _flight;
        }

        try
        {
            return await flight.ConfigureAwait(false);
        }
        catch (BackupLinksException e)
        {
            throw e.Copy();
        }
    }

    private async Task<T> RunAsync(Func<Task<T>> send)
    {
        // Not under the lock.
        await Task.Yield();
        try
        {
            return await send().ConfigureAwait(false);
        }
        finally
        {
            _failedAt = clock.GetUtcNow();
        }
    }

    private bool IsUsable(Task<T> flight, Func<T, bool> isGood) => flight switch
    {
        { IsCompleted: false } => true,
        { Exception.InnerException: ApiException error } =>
            (hasFinalRefusals && IsFinal(error.Kind)) || clock.GetUtcNow() < _failedAt + FailureLifetime,
        { Status: TaskStatus.RanToCompletion } => isGood(flight.Result),
        _ => false,
    };

    private static bool IsFinal(ErrorKind kind) => kind is ErrorKind.AuthenticationFailed or ErrorKind.AccessDenied
        or ErrorKind.NotFound or ErrorKind.InvalidRequest or ErrorKind.ProjectNotFound;
}
