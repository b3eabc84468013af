using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Http;

/// <summary>
/// Offers a credential to a proxy once, until the proxy has accepted it: directories lock an account after a few
/// wrong passwords, and a command may have hundreds of requests in flight. The first request goes alone; when the proxy
/// refuses its credential, the others fail without being sent.
/// </summary>
internal sealed class ProxyAdmission
{
    private readonly object _lock = new();
    private Task? _trial;
    private bool _isAdmitted;
    private bool _isRefused;

    /// <summary>Forgets a refusal: the account may be unlocked, or the proxy mended.</summary>
    public void Forget()
    {
        lock (_lock)
            _isRefused = false;
    }

    /// <summary>Sends a request, when it may be.</summary>
    /// <exception cref="ProxyRefusedException">The proxy refused this request, or the credential before.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool>? own = null;
        while (Enter(ref own) is { } trial)
            await WaitAsync(trial, cancellationToken).ConfigureAwait(false);

        bool? isAdmitted = null;
        try
        {
            var response = await send().ConfigureAwait(false);
            isAdmitted = true;
            return response;
        }
        catch (ProxyRefusedException e)
        {
            isAdmitted = e.Status != HttpStatusCode.ProxyAuthenticationRequired;
            throw;
        }
        finally
        {
            Leave(own, isAdmitted);
        }
    }

    // The trial to wait for; null when the request may be sent.
    private Task? Enter(ref TaskCompletionSource<bool>? own)
    {
        lock (_lock)
        {
            if (_isRefused)
                throw new ProxyRefusedException(HttpStatusCode.ProxyAuthenticationRequired, hadCredential: true);
            if (_isAdmitted)
                return null;
            if (_trial is not null)
                return _trial;
            own = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _trial = own.Task;
            return null;
        }
    }

    // A request that failed for another reason says nothing; the next one is the trial.
    private void Leave(TaskCompletionSource<bool>? own, bool? isAdmitted)
    {
        lock (_lock)
        {
            _isAdmitted = isAdmitted ?? _isAdmitted;
            _isRefused |= isAdmitted == false;
            if (own is not null)
                _trial = null;
        }

        own?.SetResult(true);
    }

    private static async Task WaitAsync(Task trial, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetCanceled()))
            await (await Task.WhenAny(trial, cancelled.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
